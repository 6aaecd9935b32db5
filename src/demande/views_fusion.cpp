// What two demandes become.
#include "demande/views_fusion.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/chargement.hpp"
#include "demande/pieces.hpp"
#include "demande/questions.hpp"

namespace demande::views {

namespace {
namespace reunion_de_deux {

std::vector<std::string> pieces_de(const std::vector<PieceAComparer>& pieces)
{
    std::vector<std::string> types;
    for (const auto& p : pieces)
        if (std::ranges::find(types, p.type) == types.end()) types.push_back(p.type);
    return types;
}

std::string en_mots(const std::vector<std::string>& types, std::string_view aucune)
{
    std::vector<std::string> libelles;
    for (const auto& t : types) libelles.push_back(libelle_de_piece(t));
    return libelles.empty() ? std::string{aucune} : base::join(libelles, "\u00a0; ");
}

void montrer_les_differences(ui::Html& h, const Reunion::Apercu& a)
{
    ui::Table t{.caption = "Ce que les deux demandes disent autrement",
                .columns = {{.title = "Question"}, {.title = "Demande gardée"}, {.title = "Demande radiée"}},
                .empty = "Elles disent la même chose."};
    for (const auto& rubrique : rubriques())
        for (int ligne = 1; ligne <= rubrique.lignes; ++ligne)
            for (const auto& q : rubrique.questions) {
                const auto nom = champ(rubrique, ligne, q);
                const auto& ici = a.gardee.reponses.texte(nom);
                const auto& la = a.radiee.reponses.texte(nom);
                if (rubrique.slug == "depot" || ici == la) continue;
                t.rows.push_back({(rubrique.lignes > 1 ? fmt::format("{} {}, ", rubrique.nom_de_ligne, ligne)
                                                       : std::string{}) +
                                      std::string{q.libelle},
                                  ici.empty() ? std::string{"–"} : libelle_de_la_reponse(q, ici),
                                  la.empty() ? std::string{"–"} : libelle_de_la_reponse(q, la)});
            }
    ui::table(h, t);
}

void montrer(ui::Html& h, const ui::Chrome& chrome, const Reunion& v, const Saisie& s)
{
    const auto& a = *v.apercu;
    ui::Recap r{.title = "Ce qui va se passer", .level = 2};
    r.rows = {
        {.label = "Demande gardée",
         .value = numero_lu(a.gardee.numero) + ", déposée le " + base::in_words(a.gardee.deposee_le)},
        {.label = "Elle sera valable jusqu’au", .value = base::in_words(a.fin_de_validite) + " inclus"},
        {.label = "Demande radiée, pour réunion",
         .value = numero_lu(a.radiee.numero) + ", déposée le " + base::in_words(a.radiee.deposee_le)},
        {.label = "Candidatures en cours qui suivent", .value = base::format_integer(a.suit.candidatures)},
        {.label = "Pièces qui suivent", .value = en_mots(pieces_de(a.suit.pieces), "aucune")},
        {.label = "Pièces qui restent un an sur la demande radiée",
         .value = en_mots(a.suit.pieces_laissees, "aucune")},
        {.label = "Priorités reconnues qui suivent", .value = base::format_integer(a.suit.reconnaissances)},
    };
    if (a.suit.suivi == SuiviEnLigne::Repris)
        r.rows.push_back({.label = "Suivi en ligne",
                          .value = "Le compte qui suit la demande radiée suivra la demande gardée"});
    ui::recap(h, r);
    if (a.suit.suivi == SuiviEnLigne::Autre)
        ui::alert(h, {.tone = ui::Tone::Warning,
                      .text =
                          "Deux comptes différents suivent ces demandes en ligne. Celui de la demande gardée "
                          "reste\u00a0; l’autre ne la verra pas. Si le demandeur n’entre plus par le "
                          "premier, fermez ensuite cet accès et ouvrez-en un à sa boîte."});
    h("<p>Les autres réponses de la demande gardée ne changent pas\u00a0: mettez-la à jour ensuite, avec le "
      "demandeur. Il est prévenu.</p>");
    montrer_les_differences(h, a);
    ui::form(h,
             {.action = ui::url("/demandes/{}/reunion", v.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.hidden("autre", v.autre);
                 f.hidden("vues", fmt::format("{}.{}", a.gardee.version, a.radiee.version));
                 if (a.se_joignent_autrement)
                     f.radios({.name = "coordonnees",
                               .legend = "Où joindre le demandeur aujourd’hui",
                               .hint =
                                   "Adresses, téléphone et courriel ne sont pas les mêmes : demandez-lui. "
                                   "C’est là que partiront ses courriers",
                               .options = {{"gardee", "Comme le dit la demande gardée"},
                                           {"radiee", "Comme le dit la demande radiée"}}});
                 f.checkbox({.name = "confirme",
                             .label = "C’est la même personne, et le même ménage",
                             .hint = "Une réunion ne se défait pas"});
                 f.submit("Réunir les deux demandes");
             });
}

} // namespace reunion_de_deux
} // namespace

std::string reunion(const ui::Chrome& chrome, const Reunion& v, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Réunir deux demandes",
         .error = (s.erreurs && !s.erreurs->empty()) || !v.refus.empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}, {"Demande", url_demande(v.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Réunir deux demandes",
                    .above = v.numero,
                    .lead = "La plus ancienne est gardée, avec son numéro et son ancienneté\u00a0; l’autre "
                            "est radiée (CCH, article R. 441-2-8, f)."});
            if (!v.refus.empty()) ui::alert(h, {.tone = ui::Tone::Error, .text = v.refus, .announce = true});
            if (v.apercu) {
                reunion_de_deux::montrer(h, chrome, v, s);
                return;
            }
            ui::form(h,
                     {.action = ui::url("/demandes/{}/reunion/apercu", v.id),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.input({.name = "numero",
                                  .label = "Numéro unique de l’autre demande",
                                  .hint = "18 caractères, par exemple 076 1125 000123 76R01",
                                  .autocomplete = "off",
                                  .width = 26});
                         f.submit("Voir ce qui va se passer");
                     });
        });
}

} // namespace demande::views
