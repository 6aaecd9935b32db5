// See views_export.hpp.
#include "signalement/export/views_export.hpp"

#include "base/text.hpp"
#include "signalement/export/colonnes.hpp"

namespace signalement::exports::views {

namespace {

filtre::Paires adresse(filtre::Filtre f)
{
    f.ou = {}; // the whole list, whatever its page
    return filtre::ecrire(f);
}

} // namespace

ui::Url url_export(const filtre::Filtre& f)
{
    auto url = ui::url("/exports/signalements");
    for (const auto& [cle, valeur] : adresse(f)) url = url.with(cle, valeur);
    return url;
}

std::string choisir(const ui::Chrome& chrome, const filtre::Filtre& f, std::int64_t total)
{
    return ui::page(
        chrome,
        {.title = "Exporter la liste",
         .breadcrumb = {{"Signalements", signalement::views::url_liste(f)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Exporter la liste",
                            .lead = base::count(total, "signalement", "signalements") +
                                    (f.choisis.empty() ? "" : " pour cette recherche")});
            ui::alert(
                h,
                {.tone = ui::Tone::Info,
                 .text = "Ce fichier contient des données personnelles. Ne le gardez et ne le transmettez "
                         "que pour traiter ces signalements ; ce que vous ne pouvez pas lire y reste vide."});
            ui::form(h, {.action = ui::url("/exports/signalements/fichier"), .get = true, .id = "export"},
                     [&](ui::Form& form) {
                         for (const auto& [cle, valeur] : adresse(f)) form.hidden(cle, valeur);
                         form.radios({.name = "format",
                                      .legend = "Fichier",
                                      .options = {{"xlsx", "Classeur (XLSX)", "Excel, LibreOffice"},
                                                  {"csv", "Texte (CSV)", "Pour un autre logiciel"}},
                                      .value = "xlsx"});
                         std::vector<ui::Option> options;
                         std::vector<std::string> cochees;
                         for (const auto& c : colonnes()) {
                             options.push_back({std::string{c.slug}, c.label});
                             if (c.par_defaut) cochees.emplace_back(c.slug);
                         }
                         form.checkboxes({.name = "colonne",
                                          .legend = "Colonnes",
                                          .options = std::move(options),
                                          .values = std::move(cochees),
                                          .optional = true,
                                          .small = true});
                         form.submit("Télécharger");
                     });
        });
}

} // namespace signalement::exports::views
