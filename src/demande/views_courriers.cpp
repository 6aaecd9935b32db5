// The letters of a guichet.
#include "demande/views_courriers.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "demande/chargement.hpp"

namespace demande::views {

namespace {
namespace lettres_du_guichet {

ui::Markup etat_du_lot(const store::Lot& l, const std::string& fuseau)
{
    if (l.poste_le)
        return ui::markup("{} le {}", ui::badge("Posté", ui::BadgeTone::Success),
                          base::short_text(*l.poste_le));
    if (l.imprime_le)
        return ui::markup("{} depuis le {}", ui::badge("Clos, à poster", ui::BadgeTone::Warning),
                          base::in_words(*l.imprime_le, fuseau));
    return ui::badge("À imprimer", ui::BadgeTone::New);
}

void montrer_retours(ui::Html& h, const Courriers::DuGuichet& g)
{
    if (g.retours.empty()) return;
    preavis_non_remis(h, g.guichet.nom, g.retours);
    h("<p>Tant qu’aucun préavis obligatoire n’arrive, ces demandes ne peuvent pas être radiées. Ouvrez la "
      "demande, corrigez "
      "l’adresse, puis préparez une nouvelle lettre.</p>");
}

void montrer_tolerances(ui::Html& h, const Courriers::DuGuichet& g)
{
    if (g.en_tolerance.empty()) return;
    ui::Table t{.caption = fmt::format("Demandes expirées, encore renouvelables, {}", g.guichet.nom),
                .columns = {{.title = "Numéro unique"},
                            {.title = "Renouvelable jusqu’au"},
                            {.title = "Radiation possible"}}};
    for (const auto& [d, radiable_le] : g.en_tolerance)
        t.rows.push_back({ui::link(numero_lu(d.numero), url_demande(d.demande)),
                          base::short_text(jalons(d.ancre).fin_de_tolerance),
                          radiable_le ? ui::markup("À partir du {}", base::short_text(*radiable_le))
                                      : ui::Markup{"Suspendue : préavis non remis"}});
    ui::table(h, t);
}

} // namespace lettres_du_guichet
} // namespace

void preavis_non_remis(ui::Html& h, const std::string& guichet, const std::vector<store::Retour>& retours)
{
    const auto en_mots = [](const std::string& raison) -> std::string {
        if (raison == "sans_adresse") return "Aucune adresse complète";
        if (raison == "npai") return "Lettre revenue";
        if (raison == "courriel_refuse") return "Courriel refusé";
        return raison;
    };
    ui::Table t{
        .caption = fmt::format("Préavis non remis, {}", guichet),
        .columns = {{.title = "Numéro unique"}, {.title = "Ce qui s’est passé"}, {.title = "Depuis le"}},
        .empty = "Aucun préavis n’attend d’être renvoyé."};
    for (const auto& r : retours)
        t.rows.push_back({ui::link(numero_lu(r.numero), url_demande(r.demande)), en_mots(r.raison),
                          base::short_text(r.revenu_le)});
    ui::table(h, t);
}

std::string courriers(const ui::Chrome& chrome, const Courriers& c, const Saisie& s, std::string_view fait)
{
    return ui::page(
        chrome,
        {.title = "Courriers et préavis",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Courriers et préavis",
                            .lead = "Imprimer et poster les lettres, noter les préavis qui reviennent."});
            if (fait == "courriel_revenu")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Le retour est noté. Une lettre part avec celles du jour.",
                              .announce = true});
            if (fait == "retour")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Le retour est noté. La radiation de cette demande est suspendue.",
                              .announce = true});
            for (const auto& g : c.guichets) {
                h("<h2 class=\"fr-h4 fr-mt-4w\">{}</h2>", g.guichet.nom);
                dire_ailleurs(h, g.ou, 3);
                ui::Table t{
                    .caption = fmt::format("Lots de lettres, {}", g.guichet.nom),
                    .columns = {{.title = "Lot"}, {.title = "Lettres", .number = true}, {.title = "État"}},
                    .empty = "Aucune lettre à envoyer pour le moment."};
                for (const auto& l : g.lots)
                    t.rows.push_back({ui::link(fmt::format("{}, lot {}", base::in_words(l.jour), l.rang),
                                               ui::url("/courriers/{}", l.id)),
                                      base::format_integer(l.lettres),
                                      lettres_du_guichet::etat_du_lot(l, c.fuseau)});
                ui::table(h, t);
                lettres_du_guichet::montrer_retours(h, g);
                lettres_du_guichet::montrer_tolerances(h, g);
            }
            h("<h2 class=\"fr-h4 fr-mt-4w\">Un préavis est revenu</h2>");
            ui::form(h,
                     {.action = ui::url("/courriers/retour"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs,
                      .summary = false},
                     [&](ui::Form& f) {
                         f.input({.name = "numero",
                                  .label = "Numéro unique, en bas de la lettre ou dans le courriel",
                                  .hint = "Pour un préavis. Une lettre qui ne porte qu’un code ou un numéro "
                                          "n’a pas à être notée : elle ne change rien aux délais.",
                                  .autocomplete = "off",
                                  .width = 26});
                         f.select({.name = "canal",
                                   .label = "Ce qui est revenu",
                                   .hint = "Pour un courriel, une lettre est préparée aussitôt",
                                   .options = {{"courriel", "Un courriel"}},
                                   .optional = true,
                                   .empty_label = "Une lettre"});
                         f.submit({{.label = "Noter le retour", .importance = ui::Importance::Secondary}});
                     });
        });
}

std::string bordereau(const ui::Chrome& chrome, const Bordereau& b, std::string_view fait)
{
    const auto& l = b.lot;
    const auto titre = fmt::format("Lettres du {}, lot {}", base::in_words(l.jour), l.rang);
    return ui::page(
        chrome,
        {.title = titre,
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")},
                        {"Courriers et préavis", ui::url("/courriers")}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = titre, .badges = {lettres_du_guichet::etat_du_lot(l, b.fuseau)}});
            if (fait == "poste")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Le lot est noté comme posté aujourd’hui.",
                              .announce = true});
            if (fait == "clos")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Le lot est clos. Imprimez ses lettres, puis notez qu’elles sont "
                                      "postées.",
                              .announce = true});
            if (!l.imprime_le) {
                h("<p>Une fois clos, le lot ne reçoit plus de lettre\u00a0: celles qui suivent vont dans un "
                  "autre. "
                  "Imprimer les lettres est noté dans l’historique de chaque demande.</p>");
                ui::action_button(h, ui::url("/courriers/{}/cloture", l.id), chrome.csrf,
                                  {.label = "Clore le lot pour l’imprimer"});
            } else {
                h("<div class=\"fr-mb-3w\">");
                ui::buttons(h, {{.label = "Imprimer les lettres (PDF)",
                                 .url = ui::url("/courriers/{}/lettres.pdf", l.id)},
                                {.label = "Bordereau (CSV)",
                                 .url = ui::url("/courriers/{}/bordereau.csv", l.id),
                                 .importance = ui::Importance::Secondary}});
                h("</div>");
            }
            ui::Recap r{.title = "Bordereau", .level = 2};
            r.rows = {{.label = "Guichet", .value = b.guichet},
                      {.label = "Lettres",
                       .value = base::format_integer(static_cast<long long>(b.lettres.size()))}};
            if (!l.empreinte.empty()) {
                r.rows.push_back({.label = "Pages", .value = base::format_integer(l.pages)});
                r.rows.push_back({.label = "Empreinte du fichier (SHA-256)", .value = l.empreinte});
            }
            ui::recap(h, r);
            if (!l.empreinte.empty() && !l.poste_le)
                ui::action_button(h, ui::url("/courriers/{}/poste", l.id), chrome.csrf,
                                  {.label = "Noter que toutes les lettres sont postées"});
            ui::Table t{.caption = "Ordre des lettres",
                        .columns = {{.title = "Rang", .number = true},
                                    {.title = "Numéro unique"},
                                    {.title = "Objet"}}};
            for (const auto& lettre : b.lettres)
                t.rows.push_back({base::format_integer(lettre.rang),
                                  ui::link(numero_lu(lettre.numero), url_demande(lettre.demande)),
                                  std::string{base::label_of(store::objets_de_lettre, lettre.objet)}});
            ui::table(h, t);
        });
}

} // namespace demande::views
