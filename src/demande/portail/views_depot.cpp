// The identity document, reading everything again, and what comes after the deposit.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/portail/views_en_ligne.hpp"

namespace demande::portail::views {

namespace {
namespace depot {

void montrer_les_fichiers(ui::Html& h, const ui::Chrome& chrome, const std::string& id,
                          const std::vector<piece::Piece>& fichiers)
{
    if (fichiers.empty()) return;
    h("<h2 class=\"fr-h4\">Fichiers reçus</h2><ul class=\"fr-raw-list\">");
    for (const auto& p : fichiers) {
        h("<li class=\"fr-mb-2w\">");
        if (p.disponible())
            h("{}", ui::link(p.nom, ui::url("/nouvelle-demande/{}/fichiers/{}", id, p.id.text)));
        else
            h("{} : {}", p.nom, base::fold(base::label_of(piece::etats, p.etat)));
        h(" <span class=\"fr-text--sm\">({})</span>", base::format_bytes(p.taille));
        ui::action_button(h, ui::url("/nouvelle-demande/{}/fichiers/{}/retrait", id, p.id.text), chrome.csrf,
                          {.label = "Retirer",
                           .importance = ui::Importance::Tertiary,
                           .small = true,
                           .title = "Retirer " + p.nom});
        h("</li>");
    }
    h("</ul>");
}

/// « Rouen 76000 » of a list, each thing on its line.
ui::Markup lignes(const std::vector<std::string>& textes)
{
    ui::Html h;
    for (std::size_t i = 0; i < textes.size(); ++i) {
        if (i) h("<br>");
        h("{}", textes[i]);
    }
    return std::move(h).markup();
}

/// Whoever is still signed in changes their mailbox; whoever is not goes to a guichet.
void dire_le_recours(ui::Html& h, const Recours& r, bool deposee)
{
    ui::details(h, {.title = "Et si je n’ouvre plus ma boîte de messages ?"}, [&](ui::Html& d) {
        d("<p>Connecté ici, {} : un code part à la nouvelle.</p>",
          ui::link("changez l’adresse de votre compte", ui::url("/ma-demande/compte")));
        if (deposee)
            d("<p>Sinon, allez avec votre pièce d’identité dans un guichet de ce territoire : votre demande "
              "est "
              "déposée, elle y est vérifiée, et l’agent vous ouvre l’accès avec une autre adresse.</p>");
        else
            d("<p>Sinon, ce brouillon ne s’ouvre plus : recommencez avec une autre adresse, ou allez avec "
              "votre "
              "pièce d’identité dans un guichet de ce territoire, qui enregistre votre demande sur "
              "papier.</p>");
        if (r.guichets.empty()) return;
        d("<ul>");
        for (const auto& g : r.guichets) d("<li>{}</li>", g);
        if (r.d_autres) d("<li>et d’autres dans ce territoire</li>");
        d("</ul>");
    });
}

std::string reponse(const Question& q, const std::string& texte)
{
    if (q.genre == Genre::Case) return "Oui";
    if (q.genre == Genre::Montant) return texte.ends_with("€") ? texte : texte + "\u00a0€";
    if (q.genre == Genre::Date || q.genre == Genre::DateAVenir)
        if (const auto d = base::parse_typed_date(texte)) return base::in_words(*d);
    return std::string{sans_le_cas(libelle_de_la_reponse(q, texte))};
}

} // namespace depot
} // namespace

void recapituler(ui::Html& h, const Reponses& r, Date jour, const std::vector<std::string>& nirs,
                 std::string_view id)
{
    for (const auto& e : etapes()) {
        if (e.genre == GenreEtape::Verification) continue;
        ui::Recap recap{.title = std::string{e.titre}};
        for (const auto& p : rubriques_posees(e, r)) {
            const auto& rubrique = rubrique_de(p);
            std::vector<std::string> coches;
            for (int ligne = 1; ligne <= rubrique.lignes; ++ligne) {
                if (rubrique.lignes > 1 && !est_remplie(rubrique, ligne, r)) continue;
                for (const auto& q : rubrique.questions) {
                    const auto nom = champ(rubrique, ligne, q);
                    // The number itself is not shown again.
                    const bool nir = std::ranges::find(nirs, nom) != nirs.end();
                    if (!pose(p, q) || (!r.a(nom) && !nir)) continue;
                    if (q.genre == Genre::Case && rubrique.lignes == 1) {
                        coches.push_back(en_ligne(q, jour));
                        continue;
                    }
                    auto libelle = en_ligne(q, jour);
                    if (rubrique.lignes > 1)
                        libelle = libelle == rubrique.nom_de_ligne
                                      ? fmt::format("{} {}", rubrique.nom_de_ligne, ligne)
                                      : fmt::format("{} {}\u00a0: {}", rubrique.nom_de_ligne, ligne, libelle);
                    const auto texte = nir ? std::string{"Donné"} : depot::reponse(q, r.texte(nom));
                    recap.rows.push_back({.label = libelle, .value = texte});
                }
            }
            if (!coches.empty())
                recap.rows.push_back({.label = titre_en_ligne(rubrique), .value = depot::lignes(coches)});
        }
        if (recap.rows.empty()) recap.rows.push_back({.label = "Vos réponses", .value = "Rien d’indiqué"});
        if (!id.empty()) {
            recap.change = url_en_ligne(id, e.slug).with("retour", "verification");
            recap.change_title = fmt::format("Modifier\u00a0: {}", e.titre);
        }
        ui::recap(h, recap);
    }
}

std::string identite(const ui::Chrome& chrome, const EcranIdentite& e, const FormErrors& erreurs)
{
    const auto valeurs = e.ecran.reponses.paires();
    return page_d_ecran(chrome, e.ecran, !erreurs.empty(), [&](ui::Html& h) {
        h("<p>C’est la seule pièce nécessaire pour déposer. Nationalité française : une pièce d’identité, "
          "même "
          "périmée. Union européenne : une pièce d’identité valable. Autre nationalité : votre titre de "
          "séjour, "
          "ou son récépissé.</p>");
        depot::montrer_les_fichiers(h, chrome, e.ecran.id, e.fichiers);
        ui::form(
            h,
            {.action = ui::url("/nouvelle-demande/{}/fichiers", e.ecran.id),
             .csrf = chrome.csrf,
             .once = chrome.once,
             .errors = &erreurs,
             .values = &valeurs,
             .multipart = true},
            [&](ui::Form& f) {
                const auto& r = rubrique_de(e.ecran.etape.rubriques.front());
                for (const auto& q : r.questions) {
                    if (!pose(e.ecran.etape.rubriques.front(), q)) continue;
                    std::vector<ui::Option> options;
                    for (const auto& c : q.choix) options.push_back({std::string{c.valeur}, c.libelle});
                    f.select(
                        {.name = champ(r, 1, q), .label = en_ligne(q, e.ecran.jour), .options = options});
                }
                f.upload(
                    {.name = std::string{champ_identite},
                     .label = e.fichiers.empty() ? "Photo ou PDF du document"
                                                 : "Ajouter une photo ou un PDF (l’autre côté)",
                     .accept = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif",
                     .limits =
                         "PDF, JPEG, PNG, WebP ou HEIC ; 20 Mo au plus par fichier. Les deux côtés si le "
                         "document en a deux",
                     .multiple = true,
                     .optional = !e.fichiers.empty()});
                f.submit(boutons_d_ecran(e.ecran, false));
            });
    });
}

std::string verification(const ui::Chrome& chrome, const EcranVerification& e, bool refuse)
{
    return page_d_ecran(chrome, e.ecran, refuse, [&](ui::Html& h) {
        if (!e.a_corriger.empty()) {
            ui::Html liste;
            liste("<ul>");
            for (const auto& erreur : e.a_corriger) {
                const auto* ou = etape_du_champ(erreur.field);
                liste("<li>{}</li>",
                      ui::link(erreur.message, url_en_ligne(e.ecran.id, ou ? ou->slug : "identite")
                                                   .with("retour", "verification")));
            }
            liste("</ul>");
            ui::alert(h, {.tone = ui::Tone::Error,
                          .title = "Il manque encore ceci pour déposer",
                          .text = std::move(liste).markup(),
                          .announce = refuse,
                          .id = "a-corriger",
                          .level = 2});
        }
        if (!e.a_completer.empty()) {
            ui::Html liste;
            liste("<p>Vous pouvez déposer sans attendre, et compléter plus tard.</p><ul>");
            for (const auto& manque : e.a_completer) {
                const auto* ou = etape_du_champ(manque.field);
                if (ou)
                    liste("<li>{}</li>",
                          ui::link(manque.message,
                                   url_en_ligne(e.ecran.id, ou->slug).with("retour", "verification")));
                else
                    liste("<li>{}</li>", manque.message);
            }
            liste("</ul>");
            ui::details(
                h, {.title = fmt::format("Ce que vous pouvez encore préciser ({})", e.a_completer.size())},
                [&](ui::Html& d) { d("{}", std::move(liste).markup()); });
        }
        recapituler(h, e.ecran.reponses, e.ecran.jour, e.ecran.nirs, e.ecran.id);
        h("<h2 class=\"fr-h4\">Pièce d’identité</h2><p>{}.</p>",
          base::count(static_cast<long long>(e.fichiers.size()), "fichier reçu", "fichiers reçus"));
        h("<h2 class=\"fr-h3\">Déposer</h2><p>En déposant, vous déclarez que ces informations sont exactes. "
          "Votre ancienneté compte à partir de ce jour.</p>");
        ui::form(h,
                 {.action = ui::url("/nouvelle-demande/{}/envoi", e.ecran.id),
                  .csrf = chrome.csrf,
                  .once = chrome.once},
                 [&](ui::Form& f) { f.submit("Déposer ma demande"); });
        h("<div class=\"fr-mt-4w\">");
        depot::dire_le_recours(h, e.recours, false);
        h("</div><p>{} · {}</p>", ui::link("Finir plus tard", ui::url("/ma-demande")),
          ui::link("Tout effacer", ui::url("/nouvelle-demande/{}/abandon", e.ecran.id)));
    });
}

std::string deposee(const ui::Chrome& chrome, const store::EnLigne& d, Date avant, const Recours& recours,
                    bool vient_d_etre_deposee)
{
    return ui::page(
        chrome,
        {.title = "Votre demande est déposée",
         .breadcrumb = {{"Ma demande", ui::url("/ma-demande")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            if (vient_d_etre_deposee)
                ui::confirmation(h, {.title = "Votre demande est déposée",
                                     .text =
                                         "Un message vient de partir à votre adresse : c’est votre accusé de "
                                         "réception."});
            else
                ui::heading(h, {.title = "Votre demande est déposée"});
            if (const auto& qui = d.reponses.texte("demandeur.prenom"); !qui.empty())
                h("<p>Demande pour {}.</p>", qui);
            if (d.deposee_le)
                h("<p>Votre ancienneté compte à partir du <strong>{}</strong>.</p>",
                  base::in_words(*d.deposee_le));
            ui::steps(
                h, "Où en est votre demande",
                {{.title = "Déposée", .state = ui::StepState::Done},
                 {.title = "Un guichet vérifie votre pièce d’identité",
                  .state = ui::StepState::Current,
                  .detail = ui::markup("D’ordinaire avant le {}, un mois au plus.", base::in_words(avant))},
                 {.title = "Vous recevez votre numéro unique et votre attestation",
                  .state = ui::StepState::Next,
                  .detail = "Par courriel si vous l’avez accepté, et sur cette page."}});
            depot::dire_le_recours(h, recours, true);
            h("<p>{}</p>", ui::link("Revenir à ma demande", ui::url("/ma-demande")));
        });
}

std::string parti_ailleurs(const ui::Chrome& chrome, const PartiAilleurs& v)
{
    const auto& d = v.demande;
    const bool deposee = d.etat == Etat::Deposee;
    return ui::page(
        chrome,
        {.title = "Suite sur un autre site",
         .breadcrumb = {{"Ma demande", ui::url("/ma-demande")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Votre demande se fait maintenant sur un autre site",
                            .above = "Nouvelle demande, " + v.territoire_nom});
            ui::callout(h, {.title = "Où aller", .level = 2}, [&](ui::Html& c) {
                c("<p>Les demandes de ce territoire ont changé de site. {}</p><p>{}</p>"
                  "<p class=\"fr-mb-0\">Rien n’est transmis d’un site à l’autre : recopiez-y ce que vous "
                  "aviez "
                  "écrit, que vous retrouvez plus bas.</p>",
                  deposee
                      ? "La vôtre, déposée ici, n’avait pas encore été vérifiée : elle ne peut plus l’être. "
                        "Déposez-la là-bas, avec votre pièce d’identité, et signalez le jour de votre "
                        "premier "
                        "dépôt."
                      : "La vôtre n’est pas encore déposée : elle se dépose là-bas.",
                  ui::external_link("Aller sur " + v.site.substr(std::string_view{"https://"}.size()),
                                    ui::external(v.site)));
            });
            if (d.deposee_le)
                h("<p>Premier dépôt ici : le <strong>{}</strong>.</p>", base::in_words(*d.deposee_le));
            h("<h2 class=\"fr-h3 fr-mt-4w\">Ce que vous avez écrit</h2>");
            recapituler(h, d.reponses, v.jour, v.nirs);
            if (!v.fichiers.empty()) {
                h("<h2 class=\"fr-h4\">Pièce d’identité</h2><ul>");
                for (const auto& f : v.fichiers)
                    h("<li>{}</li>",
                      f.disponible()
                          ? ui::link(f.nom, ui::url("/nouvelle-demande/{}/fichiers/{}", d.id, f.id.text))
                          : ui::Markup{f.nom});
                h("</ul>");
            }
            h("<p class=\"fr-mt-4w\">{}{}</p>", ui::link("Revenir à ma demande", ui::url("/ma-demande")),
              deposee ? ui::Markup{}
                      : ui::markup(" · {}", ui::link("Tout effacer ici",
                                                     ui::url("/nouvelle-demande/{}/abandon", d.id))));
        });
}

std::string abandon(const ui::Chrome& chrome, const store::EnLigne& d)
{
    const auto& qui = d.reponses.texte("demandeur.prenom");
    return ui::page(chrome,
                    {.title = "Tout effacer",
                     .breadcrumb = {{"Ma demande", ui::url("/ma-demande")}},
                     .width = ui::Width::Reading},
                    [&](ui::Html& h) {
                        ui::confirm(h, {.title = "Effacer tout ce que vous avez écrit ?",
                                        .text = ui::markup("Les réponses et les fichiers de la demande{} "
                                                           "seront effacés. Cela ne se rattrape pas.",
                                                           qui.empty() ? qui : " pour " + qui),
                                        .action = ui::url("/nouvelle-demande/{}/abandon", d.id),
                                        .csrf = chrome.csrf,
                                        .yes = "Tout effacer",
                                        .no = url_en_ligne(d.id),
                                        .hidden = {{"cle", chrome.once}}});
                    });
}

} // namespace demande::portail::views
