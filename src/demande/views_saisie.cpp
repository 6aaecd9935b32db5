// The paper form as a screen: sections in the order of the paper, case numbers beside the questions, short
// fields side by side so that a form is typed without leaving the keyboard.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/numero.hpp"
#include "demande/portail/etapes.hpp"
#include "demande/questions.hpp"
#include "demande/views.hpp"

namespace demande::views {

namespace {
namespace saisie {

/// The applicant has no paper before him: the numbers of the boxes are for who types one.
std::vector<ui::Option> options(const Question& q, bool du_papier)
{
    std::vector<ui::Option> out;
    if (q.genre == Genre::OuiNon) return {{"oui", "Oui"}, {"non", "Non"}};
    for (const auto& c : q.choix)
        out.push_back({std::string{c.valeur}, du_papier ? c.libelle : sans_le_cas(c.libelle)});
    return out;
}

/// « Case A2. 15 chiffres, clé comprise »
std::string aide(const Question& q, std::optional<Date> pour)
{
    if (pour) return portail::aide_en_ligne(q, *pour);
    const auto cas = q.cas.empty() ? std::string{} : fmt::format("Case {}", q.cas);
    if (q.aide.empty() || cas.empty()) return cas + std::string{q.aide};
    return cas + ". " + std::string{q.aide};
}

int colonnes(const Question& q)
{
    return q.genre == Genre::TexteLong ? 12 : 4;
}

void ecrire(ui::Form& f, const Question& q, std::string nom, bool obligatoire, std::optional<Date> pour)
{
    const auto indice = aide(q, pour);
    const auto libelle = pour ? portail::en_ligne(q, *pour) : std::string{q.libelle};
    switch (q.genre) {
    case Genre::Choix:
    case Genre::OuiNon:
        f.select({.name = std::move(nom),
                  .label = libelle,
                  .hint = indice,
                  .options = options(q, !pour),
                  .optional = !obligatoire,
                  .empty_label = "–"});
        return;
    case Genre::Case:
        f.checkbox({.name = std::move(nom), .label = libelle, .hint = indice});
        return;
    case Genre::TexteLong:
        f.textarea({.name = std::move(nom),
                    .label = libelle,
                    .hint = indice,
                    .optional = !obligatoire,
                    .rows = 4,
                    .max_length = q.max});
        return;
    case Genre::Texte:
    case Genre::Nom:
    case Genre::Date:
    case Genre::DateAVenir:
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
    ui::Input i{.name = std::move(nom), .label = libelle, .hint = indice, .optional = !obligatoire};
    const bool chiffres = q.genre == Genre::CodePostal || q.genre == Genre::Entier ||
                          q.genre == Genre::Montant || q.genre == Genre::Siret || q.genre == Genre::Siren;
    if (chiffres) i.inputmode = "numeric";
    if (q.genre == Genre::Montant) i.suffix = "€";
    // The applicant's data in the agent's browser: it must not be offered at the next form.
    i.autocomplete = "off";
    f.input(std::move(i));
}

void ecrire_questions(ui::Form& f, const Rubrique& r, int ligne, const Posee& posee, std::optional<Date> pour)
{
    ui::row(f.h, [&](ui::Html& h) {
        for (const auto& q : r.questions) {
            if (posee && !posee(q)) continue;
            ui::column(h, colonnes(q), [&](ui::Html&) {
                const bool obligatoire = q.exigence == Exigence::Obligatoire &&
                                         (r.lignes == 1 || (r.slug == "localisation" && ligne == 1));
                ecrire(f, q, champ(r, ligne, q), obligatoire, pour);
            });
        }
    });
}

bool est_ecrite(const ui::Form& f, const Rubrique& r, int ligne)
{
    return std::ranges::any_of(r.questions, [&](const Question& q) {
        const auto nom = champ(r, ligne, q);
        return !f.value_of(nom).empty() || !f.error_of(nom).empty();
    });
}

std::string titre(const Rubrique& r, std::optional<Date> pour)
{
    if (pour) return std::string{portail::titre_en_ligne(r)};
    return r.page.empty() ? std::string{r.titre} : fmt::format("{} (page {})", r.titre, r.page);
}

/// Beside the question that says which document was seen.
void demander_la_copie(ui::Form& f)
{
    f.upload({.name = std::string{champ_copie_d_identite},
              .label = "Copie numérisée de la pièce d’identité",
              .accept = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif",
              .limits =
                  "PDF, JPEG, PNG, WebP ou HEIC ; 20 Mo au plus. Sans fichier, elle s’ajoute plus tard, "
                  "à l’écran « Pièces » de la demande",
              .multiple = false});
}

std::string numero_en_groupes(const std::string& numero)
{
    const auto n = lire_numero(numero);
    return n ? en_groupes(*n) : numero;
}

} // namespace saisie
} // namespace

void ecrire_rubrique(ui::Form& f, const Rubrique& r, const Posee& posee, std::optional<Date> pour)
{
    f.h("<h2 class=\"fr-h4 fr-mt-4w\" id=\"rubrique-{}\">{}</h2>", r.slug, saisie::titre(r, pour));
    if (!r.aide.empty()) f.h("<p>{}</p>", r.aide);
    if (r.lignes == 1) {
        const auto groupe = [&] {
            f.group(ui::markup("<span class=\"fr-sr-only\">{}</span>", r.titre),
                    [&] { saisie::ecrire_questions(f, r, 1, posee, pour); });
        };
        // Few households have a second or a third who signs: who types the others passes over them.
        if (rang_de_la_section(r.slug) > 1)
            ui::details(f.h, {.title = std::string{r.titre}, .open = saisie::est_ecrite(f, r, 1)},
                        [&](ui::Html&) { groupe(); });
        else
            groupe();
        return;
    }
    for (int ligne = 1; ligne <= r.lignes; ++ligne) {
        const auto debut = fmt::format("{}.{}.", r.slug, ligne);
        auto nom = fmt::format("{} {}", r.nom_de_ligne, ligne);
        const auto qui = f.value_of(debut + "nom");
        if (!qui.empty()) nom += fmt::format(" : {} {}", f.value_of(debut + "prenom"), qui);
        const bool remplie = saisie::est_ecrite(f, r, ligne);
        ui::details(f.h, {.title = nom, .open = ligne == 1 || remplie}, [&](ui::Html&) {
            f.group(ui::markup("<span class=\"fr-sr-only\">{}</span>", nom), [&] {
                saisie::ecrire_questions(f, r, ligne, posee, pour);
                if (posee && remplie)
                    f.checkbox({.name = debut + std::string{ligne_retiree},
                                .label = fmt::format("Retirer de la demande ({} {})",
                                                     base::fold(r.nom_de_ligne), ligne)});
            });
        });
    }
}

void montrer_doublons(ui::Html& h, const std::vector<store::Doublon>& doublons)
{
    if (doublons.empty()) {
        ui::alert(h, {.tone = ui::Tone::Success,
                      .text = "Aucune demande ne ressemble à celle-ci dans le territoire."});
        return;
    }
    ui::alert(
        h,
        {.tone = ui::Tone::Warning,
         .title = "Cette personne a peut-être déjà une demande",
         .text =
             "Si c’est elle, n’en créez pas une seconde : ouvrez la demande, ou orientez vers le guichet qui "
             "l’a enregistrée. Une demande radiée peut souvent être réactivée, avec son ancienneté.",
         .level = 2});
    ui::Table t{
        .caption = "Demandes qui ressemblent à celle-ci",
        .columns = {
            {.title = "Numéro unique"}, {.title = "Ressemblance"}, {.title = "Guichet"}, {.title = "Dépôt"}}};
    for (const auto& d : doublons) {
        const auto numero = saisie::numero_en_groupes(d.numero);
        t.rows.push_back({d.lisible ? ui::link(numero, url_demande(d.demande)) : ui::Markup{numero},
                          base::label_of(ressemblances, d.ressemblance), d.guichet,
                          base::short_text(d.deposee_le) + (d.radiee ? ", radiée" : "")});
    }
    ui::table(h, t);
}

std::string recherche(const ui::Chrome& chrome, const std::vector<Guichet>& guichets, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Enregistrer une demande",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Enregistrer une demande",
                         .lead = "Cherchons d’abord si la personne a déjà une demande dans ce territoire."});
            ui::form(h,
                     {.action = ui::url("/demandes/nouvelle"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         if (guichets.size() > 1) {
                             std::vector<ui::Option> options;
                             for (const auto& g : guichets) options.push_back({g.code, g.nom});
                             f.select({.name = "guichet", .label = "Guichet", .options = options});
                         } else {
                             f.hidden("guichet", guichets.front().code);
                         }
                         f.input(
                             {.name = "demandeur.nom", .label = "Nom de naissance", .autocomplete = "off"});
                         f.input({.name = "demandeur.prenom", .label = "Prénoms", .autocomplete = "off"});
                         f.date({.name = "demandeur.naissance_le", .label = "Date de naissance"});
                         f.input({.name = "demandeur.nir",
                                  .label = "Numéro de sécurité sociale",
                                  .hint = "Case A2. 15 chiffres, clé comprise",
                                  .optional = true,
                                  .autocomplete = "off"});
                         f.submit("Chercher, puis saisir le formulaire");
                     });
        });
}

std::string formulaire(const ui::Chrome& chrome, const Formulaire& modele, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Saisir le formulaire papier",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}}},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Saisir le formulaire papier",
                    .above = modele.guichet.nom,
                    .lead = "Dans l’ordre du Cerfa 14069. Le numéro de chaque case est sous la question."});
            montrer_doublons(h, modele.doublons);
            std::vector<ui::Link> sommaire;
            for (const auto& r : rubriques())
                sommaire.push_back({std::string{r.titre}, ui::anchor(fmt::format("rubrique-{}", r.slug))});
            ui::details(h, {.title = "Aller à une partie"}, [&](ui::Html& d) { ui::summary(d, sommaire); });
            ui::form(
                h,
                {.action = ui::url("/demandes"),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = s.erreurs,
                 .values = s.valeurs,
                 .multipart = true,
                 .required_note =
                     "Ce qui n’est pas marqué « facultatif » est nécessaire pour enregistrer. Le reste "
                     "peut être complété plus tard."},
                [&](ui::Form& f) {
                    f.hidden("guichet", modele.guichet.code);
                    for (const auto& r : rubriques()) {
                        ecrire_rubrique(f, r);
                        if (r.slug == "depot") saisie::demander_la_copie(f);
                    }
                    if (!modele.doublons.empty())
                        f.checkbox(
                            {.name = "verifie",
                             .label =
                                 "J’ai vérifié : ce n’est aucune des demandes affichées en haut de la page"});
                    f.submit("Enregistrer et donner le numéro unique");
                });
        });
}

} // namespace demande::views
