// See views_vue.hpp.
#include "signalement/vue/views_vue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.hpp"
#include "signalement/export/colonnes.hpp"

namespace signalement::vue::views {

namespace {

ui::Url avec(ui::Url url, const filtre::Filtre& f)
{
    for (const auto& [cle, valeur] : filtre::ecrire(f)) url = url.with(cle, valeur);
    return url;
}

void liste_de_mots(ui::Html& h, const std::vector<std::string>& mots)
{
    h("<ul>");
    for (const auto& m : mots) h("<li>{}</li>", m);
    h("</ul>");
}

} // namespace

ui::Url url_recherches()
{
    return ui::url("/recherches");
}

ui::Url url_nouvelle(const filtre::Filtre& f)
{
    auto sans_place = f;
    sans_place.ou = {};
    return avec(ui::url("/recherches/nouvelle"), sans_place);
}

ui::Url url_colonnes(const filtre::Filtre& f)
{
    return avec(ui::url("/colonnes"), f);
}

void recherches(ui::Html& h, const std::vector<ui::Link>& liens)
{
    if (liens.empty()) return;
    h("<nav aria-labelledby=\"recherches\"><h2 class=\"fr-sr-only\" id=\"recherches\">Recherches "
      "enregistrées</h2><ul class=\"logis-etiquettes\">");
    for (const auto& l : std::span{liens}.first(std::min(liens.size(), en_tete_max)))
        h("<li>{}</li>", ui::tag(l.label, l.url));
    h("<li>{}</li></ul></nav>",
      ui::link(liens.size() > en_tete_max ? fmt::format("Voir les {} recherches", liens.size())
                                          : std::string{"Gérer les recherches"},
               url_recherches()));
}

std::string toutes(const ui::Chrome& chrome, const std::vector<Gardee>& gardees, std::string_view fait)
{
    return ui::page(
        chrome,
        {.title = "Recherches enregistrées",
         .breadcrumb = {{"Signalements", signalement::views::url_liste()}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Recherches enregistrées",
                            .lead = "Chacune rouvre la liste telle qu’elle est aujourd’hui, avec ce que vous "
                                    "avez le droit de lire."});
            if (!fait.empty())
                ui::alert(h, {.tone = ui::Tone::Success, .text = std::string{fait}, .announce = true});
            if (gardees.empty()) {
                ui::empty_state(h,
                                {.title = "Aucune recherche enregistrée",
                                 .text = "Filtrez la liste, puis choisissez « Enregistrer cette recherche ».",
                                 .actions = {{.label = "Ouvrir la liste",
                                              .url = signalement::views::url_liste(),
                                              .importance = ui::Importance::Secondary}}});
                return;
            }
            ui::Table table{.caption = "Recherches enregistrées",
                            .caption_hidden = true,
                            .columns = {{"Nom"}, {"Filtres"}, {"Partagée avec"}, {"Retirer", false, true}},
                            .compact = true};
            for (const auto& g : gardees) {
                ui::Html retrait;
                if (g.retirable)
                    ui::action_button(retrait, ui::url("/recherches/{}/retrait", g.vue.id), chrome.csrf,
                                      {.label = "Retirer",
                                       .importance = ui::Importance::Tertiary,
                                       .small = true,
                                       .title = fmt::format("Retirer {}", g.vue.nom)});
                table.rows.push_back({g.liste.empty() ? ui::Markup{g.vue.nom} : ui::link(g.vue.nom, g.liste),
                                      g.liste.empty() ? "Demande ce qui n’est pas ouvert à votre compte"
                                                      : base::join(g.mots, " ; "),
                                      g.avec.empty() ? "Vous seul"
                                      : g.sienne     ? g.avec
                                                     : g.avec + ", par un collègue",
                                      std::move(retrait).markup()});
            }
            ui::table(h, table);
        });
}

std::string nouvelle(const ui::Chrome& chrome, const PageNouvelle& p, const Saisie& saisie)
{
    return ui::page(
        chrome,
        {.title = "Enregistrer cette recherche",
         .error = saisie.errors != nullptr,
         .breadcrumb = {{"Signalements", signalement::views::url_liste(p.filtre)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Enregistrer cette recherche"});
            h("<p>Elle garde ces filtres, et l’ordre des lignes :</p>");
            liste_de_mots(h, p.mots);
            if (p.texte_laisse)
                ui::alert(h, {.tone = ui::Tone::Info,
                              .text = "Le texte cherché n’est pas gardé : il peut nommer quelqu’un."});
            ui::form(h,
                     {.action = url_recherches(),
                      .csrf = chrome.csrf,
                      .errors = saisie.errors,
                      .values = saisie.values,
                      .id = "recherche"},
                     [&](ui::Form& f) {
                         for (const auto& [cle, valeur] : filtre::ecrire(p.filtre))
                             f.hidden("filtre." + cle, valeur);
                         f.input({.name = "nom",
                                  .label = "Nom de la recherche",
                                  .hint = p.siennes.empty() ? ui::Markup{"Par exemple : dangers à Elbeuf"}
                                                            : ui::Markup{"Le même nom remplace : " +
                                                                         base::join(p.siennes, ", ")},
                                  .max_length = static_cast<int>(nom_max)});
                         if (!p.cercles.empty()) {
                             std::vector<ui::Option> options;
                             for (const auto& c : p.cercles) options.push_back({c.id, c.nom});
                             f.select({.name = "cercle",
                                       .label = "Partager avec",
                                       .hint = "Chacun n’y trouve que ce qu’il a le droit de lire",
                                       .options = options,
                                       .optional = true,
                                       .empty_label = "Personne"});
                         }
                         f.submit("Enregistrer");
                     });
        });
}

std::string colonnes(const ui::Chrome& chrome, const filtre::Filtre& f,
                     const std::vector<std::string>& choisies, const FormErrors& refus)
{
    return ui::page(
        chrome,
        {.title = "Choisir les colonnes",
         .error = !refus.empty(),
         .breadcrumb = {{"Signalements", signalement::views::url_liste(f)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Choisir les colonnes",
                            .lead = "La référence et l’état restent toujours. Sans choix, la liste montre le "
                                    "logement, qui l’a signalé et quand."});
            ui::form(
                h, {.action = ui::url("/colonnes"), .csrf = chrome.csrf, .errors = &refus, .id = "colonnes"},
                [&](ui::Form& form) {
                    for (const auto& [cle, valeur] : filtre::ecrire(f)) form.hidden(cle, valeur);
                    std::vector<ui::Option> options;
                    for (const auto& c : exports::colonnes())
                        if (c.slug != "reference" && c.slug != "statut")
                            options.push_back({std::string{c.slug}, c.label});
                    form.checkboxes({.name = "colonne",
                                     .legend = fmt::format("Colonnes, {} au plus", colonnes_max),
                                     .options = std::move(options),
                                     .values = choisies,
                                     .optional = true,
                                     .small = true});
                    form.submit({{.label = "Garder ces colonnes"},
                                 {.label = "Revenir aux colonnes de tous",
                                  .importance = ui::Importance::Secondary,
                                  .name = "quoi",
                                  .value = "effacer"}});
                });
        });
}

} // namespace signalement::vue::views
