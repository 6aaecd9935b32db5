// The document around every page, and the pages that belong to no slice. Headers and footers are in
// theme.cpp.
#include "ui/components.hpp"
#include "ui/theme.hpp"

namespace ui {

namespace {

void write_head(Html& h, const Chrome& chrome, const PageInfo& info)
{
    h("<!DOCTYPE html>\n<html lang=\"fr\"{}>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
      theme::root_attributes(chrome));
    h("<title>{}{} – {}</title>\n", info.error ? "Erreur – " : "", info.title, chrome.service);
    if (!info.indexed) h("<meta name=\"robots\" content=\"noindex\">\n");
    h("<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\">\n", asset("favicon.svg"));
    theme::head(h, chrome);
    h("</head>\n");
}

void write_skip_links(Html& h, const Chrome& chrome, bool has_menu)
{
    h("<div class=\"fr-skiplinks\"><nav role=\"navigation\" aria-label=\"Accès rapide\" "
      "class=\"fr-container\">"
      "<ul class=\"fr-skiplinks__list\"><li><a class=\"fr-link\" href=\"#contenu\">Contenu</a></li>");
    if (has_menu) h("<li><a class=\"fr-link\" href=\"{}\">Menu</a></li>", theme::menu_anchor(chrome));
    h("<li><a class=\"fr-link\" href=\"#pied-de-page\">Pied de page</a></li></ul></nav></div>\n");
}

void write_breadcrumb(Html& h, const PageInfo& info)
{
    // Not the DSFR's markup, which hides the list on small screens behind a button that needs JavaScript.
    h("<nav role=\"navigation\" class=\"logis-ariane\" aria-label=\"vous êtes ici :\"><ol>"
      "<li><a href=\"{}\">Accueil</a></li>",
      url("/"));
    for (const auto& parent : info.breadcrumb) h("<li><a href=\"{}\">{}</a></li>", parent.url, parent.label);
    h("<li aria-current=\"page\">{}</li></ol></nav>\n", info.title);
}

} // namespace

std::string page(const Chrome& chrome, const PageInfo& info, const Body& body)
{
    Html h;
    const bool has_menu = !info.bare && !chrome.navigation.empty();
    write_head(h, chrome, info);
    h("<body>\n");
    write_skip_links(h, chrome, has_menu);
    if (chrome.demo) {
        h("<div role=\"region\" aria-label=\"Avertissement\">");
        notice(h, Tone::Info, "Démonstration",
               "Les personnes, les adresses et les dossiers sont inventés. N’écrivez rien de réel.");
        h("</div>");
    }
    theme::header(h, chrome, has_menu);
    h("<main id=\"contenu\" role=\"main\" tabindex=\"-1\"><div class=\"fr-container logis-contenu\">\n");
    if (!info.breadcrumb.empty()) write_breadcrumb(h, info);
    if (info.width == Width::Reading) h("<div class=\"fr-grid-row\"><div class=\"fr-col-12 fr-col-lg-8\">\n");
    body(h);
    if (info.width == Width::Reading) h("</div></div>");
    h("\n</div></main>\n");
    theme::footer(h, chrome);
    h("</body>\n</html>\n");
    return std::move(h).take();
}

std::string error_page(const Chrome& chrome, const ErrorPage& error)
{
    return page(chrome, {.title = error.title, .width = Width::Reading}, [&](Html& h) {
        h("<h1>{}</h1><p class=\"fr-text--sm fr-mb-3w\">Erreur {}</p>", error.title, error.status);
        if (!error.text.empty()) h("<div class=\"fr-text--lead fr-mb-3w\">{}</div>", error.text);
        std::vector<Button> leave;
        for (const auto& link : error.links)
            leave.push_back({.label = link.label,
                             .url = link.url,
                             .importance = leave.empty() ? Importance::Primary : Importance::Secondary});
        if (leave.empty()) leave.push_back({.label = "Page d’accueil", .url = url("/")});
        buttons(h, leave);
        if (!error.request_id.empty())
            h("<p class=\"fr-text--sm\">Si vous nous écrivez, donnez ce numéro : <code>{}</code></p>",
              error.request_id);
    });
}

std::string display_settings_page(const Chrome& chrome, const Url& action, const Url& back, bool saved)
{
    return page(chrome, {.title = "Paramètres d’affichage", .width = Width::Reading}, [&](Html& h) {
        if (saved)
            alert(h, {.tone = Tone::Success,
                      .text = "Votre choix est enregistré sur cet appareil.",
                      .announce = true});
        h("<h1>Paramètres d’affichage</h1>");
        form(h, {.action = action, .csrf = chrome.csrf}, [&](Form& f) {
            f.radios({.name = "theme",
                      .legend = "Choisissez le thème des pages",
                      .options = {{"light", "Thème clair"},
                                  {"dark", "Thème sombre"},
                                  {"system", "Système", "Suit le réglage de votre appareil"}},
                      .value = chrome.theme});
            if (!back.empty()) f.hidden("retour", back.text());
            f.submit("Enregistrer");
        });
        if (!back.empty())
            h("<p><a class=\"fr-link\" href=\"{}\">Revenir à la page précédente</a></p>", back);
    });
}

std::string site_map_page(const Chrome& chrome, const std::vector<SiteMapSection>& sections)
{
    return page(chrome, {.title = "Plan du site", .width = Width::Reading, .indexed = true}, [&](Html& h) {
        h("<h1>Plan du site</h1>");
        for (const auto& section : sections) {
            h("<h2 class=\"fr-h4\">{}</h2><ul class=\"logis-plan\">", section.title);
            for (const auto& link : section.links) h("<li><a href=\"{}\">{}</a></li>", link.url, link.label);
            h("</ul>");
        }
        if (!chrome.agent_name.empty())
            action_button(h, chrome.log_out, chrome.csrf,
                          {.label = "Se déconnecter", .importance = Importance::Secondary});
    });
}

} // namespace ui
