// The screens of a change of situation, and the versions of a demande.
#include "demande/views_situation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/separation.hpp"

namespace demande::views {

namespace {
namespace mise_a_jour {

std::vector<ui::Link> fil(const DeLaDemande& de)
{
    return {{"Demandes de logement", ui::url("/demandes")}, {"Demande " + de.numero, url_demande(de.id)}};
}

void dire_le_conflit(ui::Html& h, const EcranDeVolet& e)
{
    ui::alert(h, {.tone = ui::Tone::Warning,
                  .title = "La demande a changé pendant que vous écriviez",
                  .text = ui::markup(
                      "{} vient de l’enregistrer. Rien de ce que vous avez tapé n’est perdu : relisez, "
                      "puis enregistrez à votre tour.",
                      e.par),
                  .announce = true,
                  .level = 2});
    ui::table(h, avant_apres("Changé pendant que vous écriviez", e.entre_temps));
    if (e.disputees.empty()) return;
    h("<p><strong>Vous avez changé la même chose. Votre réponse remplacera la sienne :</strong></p><ul>");
    for (const auto& d : e.disputees) h("<li>{}</li>", d);
    h("</ul>");
}

} // namespace mise_a_jour
} // namespace

ui::Table avant_apres(std::string caption, const std::vector<Difference>& differences)
{
    ui::Table t{.caption = std::move(caption),
                .columns = {{.title = "Question"}, {.title = "Avant"}, {.title = "Après"}},
                .empty = "Aucune réponse n’a changé."};
    for (const auto& d : differences)
        t.rows.push_back({ui::markup("{}<br><span class=\"fr-text--xs\">{}</span>", d.question, d.rubrique),
                          d.avant.empty() ? "–" : d.avant, d.apres.empty() ? "–" : d.apres});
    return t;
}

std::string situation(const ui::Chrome& chrome, const DeLaDemande& de, bool modifiable, bool a_deux)
{
    return ui::page(
        chrome, {.title = "Mettre à jour la situation", .breadcrumb = mise_a_jour::fil(de)},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Mettre à jour la situation",
                         .above = de.numero + ", " + de.qui,
                         .lead = "À tout moment, et à tout guichet du territoire. L’ancienneté et la date de "
                                 "renouvellement ne changent pas."});
            if (!modifiable) {
                ui::alert(h, {.tone = ui::Tone::Info,
                              .text = "Cette demande n’est plus en cours : elle ne se modifie plus."});
                return;
            }
            ui::row(h, [&](ui::Html& r) {
                for (const auto& v : volets())
                    ui::column(r, 4, [&](ui::Html& c) {
                        ui::tile(c, {.title = std::string{base::label_of(raisons, v.raison)},
                                     .url = ui::url("/demandes/{}/situation/{}", de.id,
                                                    base::slug_of(raisons, v.raison)),
                                     .detail = v.aide,
                                     .level = 2});
                    });
                if (a_deux)
                    ui::column(r, 4, [&](ui::Html& c) {
                        ui::tile(c, {.title = "Séparation",
                                     .url = ui::url("/demandes/{}/separation", de.id),
                                     .detail = "Chacun a sa demande, et garde son ancienneté.",
                                     .level = 2});
                    });
            });
        });
}

std::string volet(const ui::Chrome& chrome, const EcranDeVolet& e, const Saisie& s)
{
    const auto titre = base::label_of(raisons, e.volet->raison);
    auto fil = mise_a_jour::fil(e.de);
    fil.push_back({"Mettre à jour la situation", ui::url("/demandes/{}/situation", e.de.id)});
    return ui::page(
        chrome, {.title = std::string{titre}, .error = s.erreurs && !s.erreurs->empty(), .breadcrumb = fil},
        [&](ui::Html& h) {
            ui::heading(h, {.title = std::string{titre}, .above = e.de.numero + ", " + e.de.qui});
            if (!e.entre_temps.empty()) mise_a_jour::dire_le_conflit(h, e);
            if (!e.doublons.empty()) montrer_doublons(h, e.doublons);
            ui::form(
                h,
                {.action =
                     ui::url("/demandes/{}/situation/{}", e.de.id, base::slug_of(raisons, e.volet->raison)),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = s.erreurs,
                 .values = s.valeurs,
                 .required_note = "Ce qui n’est pas marqué « facultatif » ne peut pas rester vide."},
                [&](ui::Form& f) {
                    f.hidden("version", std::to_string(e.version));
                    for (const auto& r : rubriques()) {
                        const auto posee = [&](const Question& q) {
                            return demande_la_question(*e.volet, r, q);
                        };
                        if (std::ranges::none_of(r.questions, posee)) continue;
                        ecrire_rubrique(f, r, posee);
                        for (std::size_t rang = 0; rang < e.nirs.size(); ++rang)
                            if (!e.nirs[rang].empty() && (r.slug == "demandeur") == (rang == 0) &&
                                std::ranges::any_of(
                                    r.questions,
                                    [&](const Question& q) { return q.genre == Genre::Nir && posee(q); }) &&
                                (rang == 0 || r.slug == "codemandeur"))
                                h("<p class=\"fr-text--sm\">Numéro de sécurité sociale connu{} : {}. Laissez "
                                  "la "
                                  "case vide pour le garder.</p>",
                                  rang == 0 ? std::string{} : fmt::format(" du codemandeur {}", rang),
                                  e.nirs[rang]);
                    }
                    h("<h2 class=\"fr-h4 fr-mt-4w\">Sur quoi repose ce changement</h2>");
                    std::vector<ui::Option> options;
                    for (const auto& j : justificatifs)
                        if (justificatif_d_un_agent(j.slug))
                            options.push_back({std::string{j.slug}, j.label});
                    f.select({.name = "justificatif",
                              .label = "Pièce ou déclaration",
                              .hint = "Le demandeur le lira dans l’historique de sa demande",
                              .options = options});
                    if (!e.doublons.empty())
                        f.checkbox({.name = "verifie",
                                    .label = "J’ai vérifié : ce n’est aucune des demandes affichées en haut "
                                             "de la page"});
                    f.submit("Enregistrer ce changement");
                });
        });
}

std::string separation(const ui::Chrome& chrome, const EcranDeSeparation& e, const Saisie& s)
{
    auto fil = mise_a_jour::fil(e.de);
    fil.push_back({"Mettre à jour la situation", ui::url("/demandes/{}/situation", e.de.id)});
    return ui::page(
        chrome,
        {.title = "Séparation",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = fil,
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Séparation",
                            .above = e.de.numero + ", " + e.de.qui,
                            .lead =
                                "La personne qui part reçoit sa propre demande et son numéro. Elle garde son "
                                "ancienneté : le premier jour où elle était inscrite ici."});
            if (e.codemandeurs.empty()) {
                ui::alert(h, {.tone = ui::Tone::Info, .text = "Personne d’autre ne signe cette demande."});
                return;
            }
            if (e.depasse)
                ui::alert(h, {.tone = ui::Tone::Warning,
                              .title = "La demande a changé pendant que vous écriviez",
                              .text = "Vos réponses sont gardées. Relisez-les, puis enregistrez.",
                              .announce = true,
                              .level = 2});
            if (!e.doublons.empty()) montrer_doublons(h, e.doublons);
            ui::form(
                h,
                {.action = ui::url("/demandes/{}/separation", e.de.id),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = s.erreurs,
                 .values = s.valeurs},
                [&](ui::Form& f) {
                    f.hidden("version", std::to_string(e.version));
                    f.radios({.name = "codemandeur",
                              .legend = "Qui aura sa propre demande ?",
                              .options = e.codemandeurs});
                    const auto questions =
                        std::ranges::find(rubriques(), "depot", &Rubrique::slug)->questions;
                    const auto identite = std::ranges::find(questions, "identite", &Question::slug);
                    std::vector<ui::Option> pieces, situations, papiers, ou;
                    for (const auto& c : identite->choix)
                        pieces.push_back({std::string{c.valeur}, c.libelle});
                    const auto& demandeur = *std::ranges::find(rubriques(), "demandeur", &Rubrique::slug);
                    const auto famille =
                        std::ranges::find(demandeur.questions, "situation_familiale", &Question::slug);
                    for (const auto fin : situations_apres_separation())
                        situations.push_back({std::string{fin}, libelle_de_la_reponse(*famille, fin)});
                    for (const auto& j : justificatifs)
                        if (justificatif_d_un_agent(j.slug))
                            papiers.push_back({std::string{j.slug}, j.label});
                    for (const auto& g : gardes) ou.push_back({std::string{g.slug}, g.label});
                    f.select({.name = "identite",
                              .label = "Pièce d’identité présentée par cette personne",
                              .options = pieces});
                    f.select({.name = "situation",
                              .label = "Situation de famille de chacun désormais",
                              .options = situations});
                    if (!e.acces.empty())
                        f.radios(
                            {.name = "acces",
                             .legend = "Qui se sert de l’accès en ligne à cette demande ?",
                             .hint =
                                 "Celui qui part ne doit plus la suivre, ni le mandat donné depuis cet accès",
                             .options = e.acces});
                    if (e.violences) {
                        std::vector<ui::Option> suites;
                        for (const auto& row : suites_des_violences)
                            suites.push_back({std::string{row.slug}, row.label});
                        f.radios({.name = "violences",
                                  .legend = "Quelle demande garde les violences déclarées ?",
                                  .hint = "Celle de la personne en danger : c’est ce qui la cache. L’autre "
                                          "personne les lirait sur la sienne",
                                  .options = std::move(suites)});
                    }
                    for (const auto& c : e.a_charge)
                        f.select({.name = fmt::format("garde.{}", c.ligne),
                                  .label = c.nom,
                                  .hint = "Personne à charge",
                                  .options = ou,
                                  .empty_label = {}});
                    f.checkbox({.name = "garde_adresse",
                                .label = "La personne qui part vit encore à l’adresse de cette demande",
                                .hint = "Sinon, son adresse reste à indiquer : l’autre ne la verra pas"});
                    if (e.guichets.size() > 1) {
                        std::vector<ui::Option> options;
                        for (const auto& g : e.guichets) options.push_back({g.code, g.nom});
                        f.select({.name = "guichet",
                                  .label = "Guichet qui enregistre la nouvelle demande",
                                  .options = options});
                    }
                    f.select({.name = "justificatif",
                              .label = "Sur quoi repose ce changement",
                              .options = papiers});
                    if (!e.doublons.empty())
                        f.checkbox({.name = "verifie",
                                    .label = "J’ai vérifié : ce n’est aucune des demandes affichées en haut "
                                             "de la page"});
                    f.submit("Enregistrer la séparation");
                });
        });
}

std::string versions(const ui::Chrome& chrome, const Versions& v)
{
    return ui::page(
        chrome, {.title = "Versions de la demande", .breadcrumb = mise_a_jour::fil(v.de)}, [&](ui::Html& h) {
            ui::heading(h, {.title = "Versions de la demande",
                            .above = v.de.numero + ", " + v.de.qui,
                            .lead = "Tout ce qui a changé, qui l’a changé, et sur quelle pièce."});
            for (const auto& l : v.lignes) {
                const auto& version = l.version;
                h("<h2 class=\"fr-h4 fr-mt-4w\">Version {} : {}</h2><p>Le {}, par {}.{}</p>", version.numero,
                  base::label_of(raisons, version.raison), base::in_words(version.le, v.fuseau),
                  version.auteur,
                  version.justificatif
                      ? ui::markup(" Sur quoi : {}.", base::label_of(justificatifs, *version.justificatif))
                      : ui::Markup{});
                if (version.numero > 1)
                    ui::table(h, avant_apres(fmt::format("Ce que la version {} a changé", version.numero),
                                             l.differences));
            }
            if (v.plus_anciennes > 0)
                h("<p class=\"fr-mt-4w\">{}</p>",
                  ui::link("Versions plus anciennes", ui::url("/demandes/{}/versions", v.de.id)
                                                          .with("avant", std::to_string(v.plus_anciennes))));
        });
}

} // namespace demande::views
