// The screens of a registration online: one step, its questions in plain words, the list of communes.
#include <fmt/format.h>

#include <algorithm>

#include "demande/portail/views_en_ligne.hpp"

namespace demande::portail::views {

namespace {
namespace ecran {

/// What a browser may fill in by itself, of the applicant alone (WCAG 1.3.5).
constexpr std::pair<std::string_view, std::string_view> remplissage[] = {
    {"demandeur.nom", "family-name"},       {"demandeur.prenom", "given-name"},
    {"demandeur.naissance_le", "bday"},     {"demandeur.telephone", "tel"},
    {"demandeur.email", "email"},           {"adresse.voie", "address-line1"},
    {"adresse.code_postal", "postal-code"}, {"adresse.commune", "address-level2"},
    {"adresse.pays", "country-name"},
};

std::string remplissage_de(const std::string& champ)
{
    const auto r = std::ranges::find(remplissage, champ, [](const auto& p) { return p.first; });
    return r == std::end(remplissage) ? "off" : std::string{r->second};
}

std::vector<ui::Option> options(const Question& q)
{
    if (q.genre == Genre::OuiNon) return {{"oui", "Oui"}, {"non", "Non"}};
    std::vector<ui::Option> out;
    for (const auto& c : q.choix) out.push_back({std::string{c.valeur}, sans_le_cas(c.libelle)});
    return out;
}

void ecrire(ui::Form& f, const Ecran& e, const Question& q, const std::string& nom)
{
    auto libelle = en_ligne(q, e.jour);
    auto aide = aide_en_ligne(q, e.jour);
    const bool facultatif = q.exigence != Exigence::Obligatoire;
    constexpr std::size_t peu = 7;
    switch (q.genre) {
    case Genre::OuiNon:
    case Genre::Choix:
        if (auto choix = options(q); choix.size() <= peu)
            f.radios({.name = nom,
                      .legend = libelle,
                      .hint = aide,
                      .options = std::move(choix),
                      .optional = facultatif,
                      .in_line = q.genre == Genre::OuiNon});
        else
            f.select({.name = nom,
                      .label = libelle,
                      .hint = aide,
                      .options = std::move(choix),
                      .optional = facultatif});
        return;
    case Genre::Case:
        f.checkbox({.name = nom, .label = libelle, .hint = aide});
        return;
    case Genre::TexteLong:
        f.textarea({.name = nom,
                    .label = libelle,
                    .hint = aide,
                    .optional = facultatif,
                    .rows = 6,
                    .max_length = q.max});
        return;
    case Genre::Date:
    case Genre::DateAVenir:
        f.date({.name = nom, .label = libelle, .optional = facultatif, .autocomplete = remplissage_de(nom)});
        return;
    case Genre::Texte:
    case Genre::Nom:
    case Genre::Email:
    case Genre::Telephone:
    case Genre::CodePostal:
    case Genre::Commune:
    case Genre::Entier:
    case Genre::Montant:
    case Genre::Nir:
    case Genre::Siret:
    case Genre::Siren:
    case Genre::Numero:
        break;
    }
    if (q.genre == Genre::Nir && std::ranges::find(e.nirs, nom) != e.nirs.end())
        aide = "Déjà donné. Laissez vide pour le garder, ou écrivez-le de nouveau";
    ui::Input i{.name = nom, .label = libelle, .hint = aide, .optional = facultatif};
    i.autocomplete = remplissage_de(nom);
    if (q.genre == Genre::Email) i.type = "email";
    if (q.genre == Genre::Telephone) {
        i.type = "tel";
        i.width = 20;
    }
    if (q.genre == Genre::CodePostal || q.genre == Genre::Entier || q.genre == Genre::Montant ||
        q.genre == Genre::Nir || q.genre == Genre::Siret || q.genre == Genre::Siren) {
        i.inputmode = "numeric";
        i.width = q.genre == Genre::Nir || q.genre == Genre::Siret ? 24 : 10;
    }
    if (q.genre == Genre::Montant) i.suffix = "€";
    f.input(std::move(i));
}

void ecrire_ligne(ui::Form& f, const Ecran& e, const PartieDeVolet& p, const Rubrique& r, int ligne)
{
    for (const auto& q : r.questions)
        if (pose(p, q)) ecrire(f, e, q, champ(r, ligne, q));
}

void ecrire_partie(ui::Form& f, const Ecran& e, const PartieDeVolet& p, bool seule)
{
    const auto& r = rubrique_de(p);
    const auto titre = titre_en_ligne(r);
    if (!seule || titre != e.etape.titre) f.h("<h2 class=\"fr-h4 fr-mt-4w\">{}</h2>", titre);
    if (!aide_en_ligne(r).empty()) f.h("<p>{}</p>", aide_en_ligne(r));
    if (r.lignes == 1) {
        f.group(ui::markup("<span class=\"fr-sr-only\">{}</span>", titre),
                [&] { ecrire_ligne(f, e, p, r, 1); });
        return;
    }
    const int montrees = lignes_montrees(r, e.reponses);
    for (int ligne = 1; ligne <= montrees; ++ligne) {
        const auto debut = fmt::format("{}.{}.", r.slug, ligne);
        const bool remplie = est_remplie(r, ligne, e.reponses);
        const std::string quoi = r.slug == "autre_enfant" ? "enfant" : "personne";
        auto nom = ligne == 1 ? "Ajouter un" + std::string{quoi == "enfant" ? " " : "e "} + quoi
                              : "Ajouter un" + std::string{quoi == "enfant" ? " autre " : "e autre "} + quoi;
        if (remplie) nom = fmt::format("{} {}", quoi == "enfant" ? "Enfant" : "Personne", ligne);
        if (const auto& qui = e.reponses.texte(debut + "nom"); !qui.empty())
            nom = e.reponses.texte(debut + "prenom") + " " + qui;
        ui::details(f.h, {.title = nom, .open = remplie}, [&](ui::Html&) {
            f.group(ui::markup("<span class=\"fr-sr-only\">{}</span>", nom), [&] {
                ecrire_ligne(f, e, p, r, ligne);
                if (remplie)
                    f.checkbox({.name = debut + std::string{ligne_retiree},
                                .label = ui::markup(
                                    "Retirer de ma demande<span class=\"fr-sr-only\"> : {}</span>", nom)});
            });
        });
    }
}

bool a_des_lignes(const Ecran& e)
{
    return std::ranges::any_of(rubriques_posees(e.etape, e.reponses), [&](const PartieDeVolet& p) {
        const auto& r = rubrique_de(p);
        return r.lignes > 1 && lignes_montrees(r, e.reponses) <= r.lignes;
    });
}

/// Where one is, what to correct, what this screen is about.
void debut_d_ecran(ui::Html& h, const Ecran& e)
{
    const auto toutes = parties();
    const auto ou = std::ranges::find(toutes, e.etape.partie);
    const auto rang = static_cast<int>(ou - toutes.begin());
    ui::stepper(h, {.title = std::string{e.etape.titre},
                    .current = rang + 1,
                    .total = static_cast<int>(toutes.size()),
                    .next = ou + 1 == toutes.end() ? std::string{} : std::string{*(ou + 1)}});
    if (e.motif)
        ui::alert(h, {.tone = ui::Tone::Warning,
                      .title = "À corriger",
                      .text = ui::markup(
                          "{}. Déposez ensuite de nouveau : la date de votre premier dépôt est "
                          "gardée si la demande reste celle de la même personne.{}",
                          base::label_of(motifs_invalidation, *e.motif),
                          e.gardee_jusqu_au ? ui::markup(" La demande est gardée jusqu’au {}, puis effacée.",
                                                         base::in_words(*e.gardee_jusqu_au))
                                            : ui::Markup{}),
                      .level = 2});
    if (!e.etape.intro.empty()) h("<p>{}</p>", e.etape.intro);
}

} // namespace ecran
} // namespace

ui::Url url_en_ligne(std::string_view id, std::string_view etape)
{
    return etape.empty() ? ui::url("/nouvelle-demande/{}", id)
                         : ui::url("/nouvelle-demande/{}/{}", id, etape);
}

std::string page_d_ecran(const ui::Chrome& chrome, const Ecran& e, bool erreur, const ui::Body& corps)
{
    return ui::page(
        chrome,
        {.title = std::string{e.etape.titre}, .error = erreur, .width = ui::Width::Reading, .bare = true},
        [&](ui::Html& h) {
            const auto* avant = precedente(e.etape);
            h("<p class=\"fr-mb-2w\">{}</p>",
              avant ? ui::link("Étape précédente", url_en_ligne(e.id, avant->slug))
                    : ui::link("Ma demande", ui::url("/ma-demande")));
            // Whoever helps several people sees whose this is.
            if (const auto& qui = e.reponses.texte("demandeur.prenom"); !qui.empty())
                h("<p class=\"fr-text--sm fr-mb-1v\">Demande pour {}</p>", qui);
            ecran::debut_d_ecran(h, e);
            corps(h);
        });
}

std::vector<ui::Button> boutons_d_ecran(const Ecran& e, bool encore)
{
    std::vector<ui::Button> out{{.label = e.vers_verification ? "Enregistrer et revenir à la relecture"
                                                              : "Enregistrer et continuer"}};
    if (encore)
        out.push_back({.label = "Enregistrer et ajouter quelqu’un",
                       .importance = ui::Importance::Secondary,
                       .name = "suite",
                       .value = "encore"});
    out.push_back({.label = "Enregistrer et finir plus tard",
                   .importance = ui::Importance::Tertiary,
                   .name = "suite",
                   .value = "plus_tard"});
    return out;
}

std::string questions(const ui::Chrome& chrome, const Ecran& e, const FormErrors& erreurs)
{
    const auto valeurs = e.reponses.paires();
    return page_d_ecran(chrome, e, !erreurs.empty(), [&](ui::Html& h) {
        ui::form(h,
                 {.action = url_en_ligne(e.id, e.etape.slug),
                  .csrf = chrome.csrf,
                  .errors = &erreurs,
                  .values = &valeurs,
                  .required_note =
                      "Ce qui n’est pas marqué « facultatif » est nécessaire pour déposer. Le reste "
                      "peut attendre."},
                 [&](ui::Form& f) {
                     if (e.vers_verification) f.hidden("retour", "verification");
                     const auto posees = rubriques_posees(e.etape, e.reponses);
                     for (const auto& p : posees) ecran::ecrire_partie(f, e, p, posees.size() == 1);
                     f.submit(boutons_d_ecran(e, ecran::a_des_lignes(e)));
                 });
    });
}

std::string communes(const ui::Chrome& chrome, const EcranCommunes& e, const FormErrors& erreurs,
                     const ui::Values* saisies)
{
    const auto action = url_en_ligne(e.ecran.id, e.ecran.etape.slug);
    const bool reste = static_cast<int>(e.noms.size()) < communes_max;
    return page_d_ecran(chrome, e.ecran, !erreurs.empty(), [&](ui::Html& h) {
        h("<p>Huit au plus, la préférée d’abord, toutes dans le même département ou toutes en "
          "Île-de-France.</p>");
        if (!e.noms.empty()) {
            h("<h2 class=\"fr-h4\">Vos communes, dans l’ordre</h2><ol class=\"logis-choix-ordonnes\">");
            for (std::size_t i = 0; i < e.noms.size(); ++i) {
                h("<li class=\"fr-mb-2w\"><strong>{}</strong>", e.noms[i]);
                const auto rang = std::to_string(i + 1);
                if (i > 0)
                    ui::action_button(h, action, chrome.csrf,
                                      {.label = "Monter",
                                       .importance = ui::Importance::Tertiary,
                                       .small = true,
                                       .title = "Monter " + e.noms[i]},
                                      {{"action", "monter"}, {"rang", rang}, {"cle", chrome.once}});
                ui::action_button(h, action, chrome.csrf,
                                  {.label = "Retirer",
                                   .importance = ui::Importance::Tertiary,
                                   .small = true,
                                   .title = "Retirer " + e.noms[i]},
                                  {{"action", "retirer"}, {"rang", rang}, {"cle", chrome.once}});
                h("</li>");
            }
            h("</ol>");
        }
        if (reste)
            ui::form(h,
                     {.action = action,
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = &erreurs,
                      .values = saisies,
                      .id = "ajout"},
                     [&](ui::Form& f) {
                         f.hidden("action", "ajouter");
                         f.input({.name = "commune",
                                  .label = e.noms.empty() ? "Commune ou code postal"
                                                          : "Ajouter une commune ou un code postal",
                                  .autocomplete = "off"});
                         if (!e.a_distinguer.empty()) {
                             std::vector<ui::Option> options;
                             for (const auto& c : e.a_distinguer)
                                 options.push_back({c.insee, c.nom + " (" + c.departement + ")"});
                             f.radios({.name = "choix", .legend = "Laquelle ?", .options = options});
                         }
                         f.submit({{.label = "Ajouter cette commune",
                                    .importance = e.noms.empty() ? ui::Importance::Primary
                                                                 : ui::Importance::Secondary}});
                     });
        if (e.noms.empty()) return;
        const auto connues = e.ecran.reponses.paires();
        ui::form(h,
                 {.action = action,
                  .csrf = chrome.csrf,
                  .errors = reste ? nullptr : &erreurs,
                  .values = &connues,
                  .id = "suite"},
                 [&](ui::Form& f) {
                     f.hidden("action", "suite");
                     if (e.ecran.vers_verification) f.hidden("retour", "verification");
                     ui::details(f.h, {.title = "Préciser un quartier (facultatif)"}, [&](ui::Html&) {
                         for (std::size_t i = 0; i < e.noms.size(); ++i)
                             f.input({.name = fmt::format("localisation.{}.quartier", i + 1),
                                      .label = "Quartier de " + e.noms[i],
                                      .optional = true,
                                      .autocomplete = "off",
                                      .max_length = 80});
                     });
                     f.submit(boutons_d_ecran(e.ecran, false));
                 });
    });
}

} // namespace demande::portail::views
