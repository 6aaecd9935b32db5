// The document around every page: head, skip links, header, menu, footer; and the pages that belong to no
// slice.
#include "ui/components.hpp"

namespace ui {

namespace {

/// True when the entry leads to the page or to one above it.
bool is_current_entry(const Link& entry, const std::string& path)
{
    if (entry.current) return true;
    const auto& target = entry.url.text();
    const auto plain = target.substr(0, target.find_first_of("?#"));
    if (plain.empty() || plain == "/") return path == plain;
    return path == plain || path.starts_with(plain + "/");
}

/// An operator that has the name of the service is said once.
bool names_its_operator(const Chrome& chrome)
{
    return !chrome.operator_name.empty() && chrome.operator_name != chrome.service;
}

void write_head(Html& h, const Chrome& chrome, const PageInfo& info)
{
    Attrs root;
    root.set("data-fr-scheme", chrome.theme.empty() ? "system" : chrome.theme);
    // Without JavaScript an explicit choice still applies; "system" then means light.
    if (chrome.theme == "dark" || chrome.theme == "light") root.set("data-fr-theme", chrome.theme);
    h("<!DOCTYPE html>\n<html lang=\"fr\"{}>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n",
      root);
    h("<title>{}{} – {}</title>\n", info.error ? "Erreur – " : "", info.title, chrome.service);
    if (!info.indexed) h("<meta name=\"robots\" content=\"noindex\">\n");
    h("<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\">\n", asset("favicon.svg"));
    h("<link rel=\"preload\" href=\"{}\" as=\"font\" type=\"font/woff2\" crossorigin>\n",
      asset("marianne-regular.woff2"));
    h("<link rel=\"preload\" href=\"{}\" as=\"font\" type=\"font/woff2\" crossorigin>\n",
      asset("marianne-bold.woff2"));
    h("<script src=\"{}\"></script>\n", asset("theme.js"));
    h("<link rel=\"stylesheet\" href=\"{}\">\n<link rel=\"stylesheet\" href=\"{}\">\n", asset("dsfr.css"),
      asset("logis.css"));
    h("<script type=\"module\" src=\"{}\"></script>\n<script type=\"module\" src=\"{}\"></script>\n</head>\n",
      asset("dsfr.js"), asset("logis.js"));
}

void write_skip_links(Html& h, bool has_menu)
{
    h("<div class=\"fr-skiplinks\"><nav role=\"navigation\" aria-label=\"Accès rapide\" "
      "class=\"fr-container\">"
      "<ul class=\"fr-skiplinks__list\"><li><a class=\"fr-link\" href=\"#contenu\">Contenu</a></li>");
    if (has_menu) h("<li><a class=\"fr-link\" href=\"#navigation\">Menu</a></li>");
    h("<li><a class=\"fr-link\" href=\"#pied-de-page\">Pied de page</a></li></ul></nav></div>\n");
}

void write_quick_links(Html& h, const Chrome& chrome)
{
    h("<ul class=\"fr-btns-group\">");
    for (const auto& link : chrome.quick_links)
        h("<li><a class=\"fr-btn\" href=\"{}\">{}</a></li>", link.url, link.label);
    if (!chrome.agent_name.empty()) {
        h("<li><form method=\"post\" action=\"{}\" class=\"logis-bouton-seul\">"
          "<input type=\"hidden\" name=\"csrf\" value=\"{}\">"
          "<button type=\"submit\" class=\"fr-btn fr-icon-logout-box-r-line fr-btn--icon-left\">"
          "Se déconnecter<span class=\"fr-sr-only\"> ({})</span></button></form></li>",
          url("/deconnexion"), chrome.csrf, chrome.agent_name);
    }
    h("</ul>");
}

void write_header(Html& h, const Chrome& chrome, bool has_menu)
{
    const bool has_tools = !chrome.quick_links.empty() || !chrome.agent_name.empty();
    const bool has_modal = has_menu || has_tools;
    h("<header role=\"banner\" class=\"fr-header\"><div class=\"fr-header__body\"><div "
      "class=\"fr-container\">"
      "<div class=\"fr-header__body-row\"><div class=\"fr-header__brand fr-enlarge-link{}\">"
      "<div class=\"fr-header__brand-top\">",
      chrome.state || names_its_operator(chrome) ? "" : " logis-sans-operateur");
    if (chrome.state) {
        h("<div class=\"fr-header__logo\"><p class=\"fr-logo\">République<br>Française</p></div>");
    } else if (names_its_operator(chrome)) {
        h("<div class=\"logis-operateur\"><p>{}</p></div>", chrome.operator_name);
    }
    if (has_modal) {
        // Without JavaScript the menu is a page; the button takes the link's place once the DSFR has started.
        h("<div class=\"fr-header__navbar\">"
          "<a class=\"fr-btn fr-btn--menu logis-sans-js\" href=\"{}\" title=\"Menu\">Menu</a>"
          "<button type=\"button\" class=\"fr-btn fr-btn--menu logis-avec-js\" data-fr-opened=\"false\" "
          "aria-controls=\"menu-principal\" aria-haspopup=\"menu\" id=\"bouton-menu\" title=\"Menu\">Menu"
          "</button></div>",
          url("/plan-du-site"));
    }
    h("</div><div class=\"fr-header__service\"><a href=\"{}\" title=\"Accueil – {}{}{}\">"
      "<p class=\"fr-header__service-title\">{}</p></a>",
      url("/"), chrome.service, chrome.operator_name.empty() ? "" : " – ", chrome.operator_name,
      chrome.service);
    if (!chrome.tagline.empty()) h("<p class=\"fr-header__service-tagline\">{}</p>", chrome.tagline);
    h("</div></div>");
    if (has_tools) {
        h("<div class=\"fr-header__tools\"><div class=\"fr-header__tools-links\">");
        write_quick_links(h, chrome);
        h("</div></div>");
    }
    h("</div></div></div>");
    if (has_modal) {
        h("<div class=\"fr-header__menu fr-modal\" id=\"menu-principal\" aria-labelledby=\"bouton-menu\">"
          "<div class=\"fr-container\"><button type=\"button\" class=\"fr-btn fr-btn--close\" "
          "aria-controls=\"menu-principal\" title=\"Fermer\">Fermer</button>"
          "<div class=\"fr-header__menu-links\"></div>");
        if (has_menu) {
            h("<nav class=\"fr-nav\" id=\"navigation\" role=\"navigation\" aria-label=\"Menu principal\">"
              "<ul class=\"fr-nav__list\">");
            for (const auto& entry : chrome.navigation) {
                Attrs current;
                if (is_current_entry(entry, chrome.path))
                    current.set("aria-current", entry.url.text() == chrome.path ? "page" : "true");
                h("<li class=\"fr-nav__item\"><a class=\"fr-nav__link\" href=\"{}\"{}>{}</a></li>", entry.url,
                  current, entry.label);
            }
            h("</ul></nav>");
        }
        h("</div></div>");
    }
    h("</header>\n");
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

void write_footer(Html& h, const Chrome& chrome)
{
    h("<footer class=\"fr-footer\" role=\"contentinfo\" id=\"pied-de-page\" tabindex=\"-1\">"
      "<div class=\"fr-container\"><div class=\"fr-footer__body\">");
    if (chrome.state) {
        h("<div class=\"fr-footer__brand fr-enlarge-link\"><a href=\"{}\" "
          "title=\"Retour à l’accueil du site – {} – République Française\">"
          "<p class=\"fr-logo\">République<br>Française</p></a></div>",
          url("/"), chrome.service);
    } else {
        h("<div class=\"logis-pied-operateur\"><p class=\"fr-text--bold\">{}</p>", chrome.service);
        if (names_its_operator(chrome)) h("<p>{}</p>", chrome.operator_name);
        h("</div>");
    }
    h("<div class=\"fr-footer__content\"><p class=\"fr-footer__content-desc\">"
      "En cas de danger immédiat, appelez le 112. Logis ne remplace pas les secours.</p>");
    if (!chrome.contact.empty())
        h("<p class=\"fr-footer__content-desc\">Une question sur le service ? <a href=\"{}\">{}</a></p>",
          mailto(chrome.contact), chrome.contact);
    h("<ul class=\"fr-footer__content-list\">");
    for (const std::string_view site :
         {"info.gouv.fr", "service-public.gouv.fr", "legifrance.gouv.fr", "data.gouv.fr"})
        h("<li class=\"fr-footer__content-item\"><a class=\"fr-footer__content-link\" target=\"_blank\" "
          "rel=\"noopener external\" href=\"{}\" title=\"{} – nouvelle fenêtre\">{}</a></li>",
          external("https://" + std::string(site)), site, site);
    h("</ul></div></div><div class=\"fr-footer__bottom\"><ul class=\"fr-footer__bottom-list\">");
    const Link links[] = {
        {"Plan du site", url("/plan-du-site")},
        {"Accessibilité : non conforme", url("/accessibilite")},
        {"Mentions légales", url("/mentions-legales")},
        {"Données personnelles", url("/donnees-personnelles")},
        {"Gestion des cookies", url("/cookies")},
    };
    for (const auto& link : links)
        h("<li class=\"fr-footer__bottom-item\"><a class=\"fr-footer__bottom-link\" href=\"{}\">{}</a></li>",
          link.url, link.label);
    h("<li class=\"fr-footer__bottom-item\"><a class=\"fr-footer__bottom-link fr-icon-theme-fill "
      "fr-link--icon-left\" href=\"{}\">Paramètres d’affichage</a></li>",
      url("/parametres-affichage"));
    h("</ul><div class=\"fr-footer__bottom-copy\"><p>Sauf mention contraire, les contenus de ce site sont "
      "proposés sous <a href=\"https://github.com/etalab/licence-ouverte/blob/master/LO.md\" "
      "target=\"_blank\" "
      "rel=\"noopener external\" title=\"licence etalab-2.0 – nouvelle fenêtre\">licence etalab-2.0</a>.</p>"
      "</div></div></div></footer>\n");
}

} // namespace

std::string page(const Chrome& chrome, const PageInfo& info, const Body& body)
{
    Html h;
    const bool has_menu = !info.bare && !chrome.navigation.empty();
    write_head(h, chrome, info);
    h("<body>\n");
    write_skip_links(h, has_menu);
    if (chrome.demo) {
        h("<div role=\"region\" aria-label=\"Avertissement\">");
        notice(h, Tone::Info, "Démonstration",
               "Les personnes, les adresses et les dossiers sont inventés. N’écrivez rien de réel.");
        h("</div>");
    }
    write_header(h, chrome, has_menu);
    h("<main id=\"contenu\" role=\"main\" tabindex=\"-1\"><div class=\"fr-container logis-contenu\">\n");
    if (!info.breadcrumb.empty()) write_breadcrumb(h, info);
    if (info.width == Width::Reading) h("<div class=\"fr-grid-row\"><div class=\"fr-col-12 fr-col-lg-8\">\n");
    body(h);
    if (info.width == Width::Reading) h("</div></div>");
    h("\n</div></main>\n");
    write_footer(h, chrome);
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
            action_button(h, url("/deconnexion"), chrome.csrf,
                          {.label = "Se déconnecter", .importance = Importance::Secondary});
    });
}

} // namespace ui
