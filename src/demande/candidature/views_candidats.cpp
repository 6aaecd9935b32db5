// The screen where candidates for a dwelling are looked for: numbers, never names.
#include <fmt/format.h>

#include "demande/candidature/paroles.hpp"
#include "demande/candidature/views.hpp"
#include "demande/candidature/vivier.hpp"

namespace demande::candidature::views {

namespace {

std::string classe_en_mots(int acces)
{
    if (acces == acces_inconnu) return "Revenu inconnu";
    if (acces == acces_au_dessus) return "Au-dessus des plafonds";
    return std::string{base::label_of(financements, static_cast<Financement>(acces))};
}

ui::Markup priorite_en_mots(const store::Trouvee& d)
{
    if (d.dalo) return ui::badge("Dalo reconnu", ui::BadgeTone::Success);
    if (d.priorite) return ui::badge("Reconnue", ui::BadgeTone::Success);
    return d.prioritaire ? ui::badge("Déclarée", ui::BadgeTone::Info) : ui::Markup{"–"};
}

} // namespace

std::string candidats(const ui::Chrome& chrome, const Candidats& v, const ui::Values& filtres)
{
    const auto& l = v.logement;
    return ui::page(
        chrome,
        {.title = "Chercher des candidats",
         .breadcrumb = {{"Logements proposés", ui::url("/logements")}, {l.reference, url_logement(l.id)}}},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Chercher des candidats",
                    .above = en_bref(l, v.commune),
                    .lead = fmt::format("Les demandes en cours qui demandent {}, la plus ancienne d’abord.",
                                        v.commune)});
            ui::form(
                h,
                {.action = ui::url("/logements/{}/candidats", l.id),
                 .values = &filtres,
                 .get = true,
                 .required_note = "Affinez si besoin."},
                [&](ui::Form& f) {
                    std::vector<ui::Option> pieces;
                    for (int n = 1; n <= 6; ++n) pieces.push_back({std::to_string(n), typologie(n)});
                    f.select(
                        {.name = "pieces", .label = "Type demandé", .options = pieces, .empty_label = ""});
                    f.input({.name = "deposee_avant",
                             .label = "Déposée au plus tard le",
                             .hint = "Par exemple\u00a0: 21/11/2024",
                             .optional = true,
                             .width = 10});
                    f.checkbox({.name = "prioritaires",
                                .label = "Priorité déclarée",
                                .hint = "CCH, article L. 441-1\u00a0; à vérifier dans le dossier"});
                    f.checkbox({.name = "reconnues",
                                .label = "Priorité reconnue",
                                .hint = "Dalo, ou autre priorité qu’un service a reconnue"});
                    f.checkbox({.name = "plafond",
                                .label = ui::markup("Sous le plafond {}",
                                                    base::label_of(financements, l.financement))});
                    f.submit({{.label = "Chercher", .importance = ui::Importance::Secondary}});
                });
            ui::Table t{.caption = "Demandes trouvées",
                        .columns = {{.title = "Demande"},
                                    {.title = "Déposée le"},
                                    {.title = "Personnes", .number = true},
                                    {.title = "Plafond"},
                                    {.title = "Priorité"},
                                    {.title = "Action", .hidden = true}},
                        .empty = "Aucune demande ne correspond."};
            for (const auto& d : v.trouvees) {
                const auto numero = numero_montre(d.numero);
                ui::Html bouton;
                if (d.deja)
                    bouton("Déjà candidate");
                else if (v.peut_designer)
                    ui::action_button(bouton, ui::url("/logements/{}/candidatures", l.id), chrome.csrf,
                                      {.label = "Désigner",
                                       .importance = ui::Importance::Secondary,
                                       .small = true,
                                       .title = "Désigner " + numero},
                                      {{"numero", d.numero}});
                t.rows.push_back({ui::link(numero, ui::url("/demandes/{}", d.demande)),
                                  base::short_text(d.deposee_le), std::to_string(d.personnes),
                                  classe_en_mots(d.acces), priorite_en_mots(d), std::move(bouton).markup()});
            }
            ui::table(h, t);
            if (v.suite) h("<p>{}</p>", ui::link("Demandes suivantes", *v.suite));
        });
}

} // namespace demande::candidature::views
