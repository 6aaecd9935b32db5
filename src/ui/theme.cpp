// The two dresses of a page (see theme.hpp).
#include "ui/theme.hpp"

#include "ui/components.hpp"

namespace ui::theme {

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

void write_menu_entries(Html& h, const Chrome& chrome, std::string_view item_class,
                        std::string_view link_class)
{
    for (const auto& entry : chrome.navigation) {
        Attrs current;
        if (is_current_entry(entry, chrome.path))
            current.set("aria-current", entry.url.text() == chrome.path ? "page" : "true");
        h("<li{}><a{} href=\"{}\"{}>{}</a></li>", Attrs{}.maybe("class", item_class),
          Attrs{}.maybe("class", link_class), entry.url, current, entry.label);
    }
}

void write_quick_links(Html& h, const Chrome& chrome)
{
    h("<ul class=\"{}\">", chrome.state ? "fr-btns-group" : "logis-entete__outils");
    for (const auto& link : chrome.quick_links)
        h("<li><a class=\"fr-btn\" href=\"{}\">{}</a></li>", link.url, link.label);
    if (!chrome.agent_name.empty()) {
        h("<li><form method=\"post\" action=\"{}\" class=\"logis-bouton-seul\">"
          "<input type=\"hidden\" name=\"csrf\" value=\"{}\">"
          "<button type=\"submit\" class=\"fr-btn fr-icon-logout-box-r-line fr-btn--icon-left\">"
          "Se déconnecter<span class=\"fr-sr-only\"> ({})</span></button></form></li>",
          chrome.log_out, chrome.csrf, chrome.agent_name);
    }
    h("</ul>");
}

const Link legal_links[] = {
    {"Plan du site", url("/plan-du-site")},         {"Accessibilité : non conforme", url("/accessibilite")},
    {"Mentions légales", url("/mentions-legales")}, {"Données personnelles", url("/donnees-personnelles")},
    {"Gestion des cookies", url("/cookies")},
};

void write_help(Html& h, const Chrome& chrome, std::string_view css_class)
{
    Attrs a;
    a.maybe("class", css_class);
    h("<p{}>En cas de danger immédiat, appelez le 112. {} ne remplace pas les secours.</p>", a,
      chrome.service);
    if (!chrome.contact.empty())
        h("<p{}>Une question sur le service ? <a href=\"{}\">{}</a></p>", a, mailto(chrome.contact),
          chrome.contact);
}

// ── The State ────────────────────────────────────────────────────────────────────────────────────────────

void write_state_header(Html& h, const Chrome& chrome, bool has_menu)
{
    // The script of the DSFR copies these links into the menu: they go together.
    const bool has_tools = has_menu && (!chrome.quick_links.empty() || !chrome.agent_name.empty());
    h("<header role=\"banner\" class=\"fr-header\"><div class=\"fr-header__body\"><div "
      "class=\"fr-container\">"
      "<div class=\"fr-header__body-row\"><div class=\"fr-header__brand fr-enlarge-link\">"
      "<div class=\"fr-header__brand-top\">"
      "<div class=\"fr-header__logo\"><p class=\"fr-logo\">République<br>Française</p></div>");
    if (has_menu) {
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
    if (has_menu) {
        h("<div class=\"fr-header__menu fr-modal\" id=\"menu-principal\" aria-labelledby=\"bouton-menu\">"
          "<div class=\"fr-container\"><button type=\"button\" class=\"fr-btn fr-btn--close\" "
          "aria-controls=\"menu-principal\" title=\"Fermer\">Fermer</button>"
          "<div class=\"fr-header__menu-links\"></div>"
          "<nav class=\"fr-nav\" id=\"navigation\" role=\"navigation\" aria-label=\"Menu principal\">"
          "<ul class=\"fr-nav__list\">");
        write_menu_entries(h, chrome, "fr-nav__item", "fr-nav__link");
        h("</ul></nav></div></div>");
    }
    h("</header>\n");
}

void write_state_footer(Html& h, const Chrome& chrome)
{
    h("<footer class=\"fr-footer\" role=\"contentinfo\" id=\"pied-de-page\" tabindex=\"-1\">"
      "<div class=\"fr-container\"><div class=\"fr-footer__body\">"
      "<div class=\"fr-footer__brand fr-enlarge-link\"><a href=\"{}\" "
      "title=\"Retour à l’accueil du site – {} – République Française\">"
      "<p class=\"fr-logo\">République<br>Française</p></a></div><div class=\"fr-footer__content\">",
      url("/"), chrome.service);
    write_help(h, chrome, "fr-footer__content-desc");
    h("<ul class=\"fr-footer__content-list\">");
    for (const std::string_view site :
         {"info.gouv.fr", "service-public.gouv.fr", "legifrance.gouv.fr", "data.gouv.fr"})
        h("<li class=\"fr-footer__content-item\"><a class=\"fr-footer__content-link\" target=\"_blank\" "
          "rel=\"noopener external\" href=\"{}\" title=\"{} – nouvelle fenêtre\">{}</a></li>",
          external("https://" + std::string(site)), site, site);
    h("</ul></div></div><div class=\"fr-footer__bottom\"><ul class=\"fr-footer__bottom-list\">");
    for (const auto& link : legal_links)
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

// ── Everybody else ───────────────────────────────────────────────────────────────────────────────────────

void write_neutral_header(Html& h, const Chrome& chrome, bool has_menu)
{
    h("<header role=\"banner\" class=\"logis-entete\" id=\"entete\" tabindex=\"-1\">"
      "<div class=\"fr-container logis-entete__ligne\"><a class=\"logis-marque\" href=\"{}\">"
      "<img src=\"{}\" alt=\"\" width=\"40\" height=\"40\"><span><span class=\"logis-marque__nom\">{}"
      "<span class=\"fr-sr-only\"> – accueil</span></span>",
      url("/"), asset("favicon.svg"), chrome.service);
    if (!chrome.tagline.empty()) h("<span class=\"logis-marque__devise\">{}</span>", chrome.tagline);
    h("</span></a>");
    if (names_its_operator(chrome)) h("<p class=\"logis-entete__operateur\">{}</p>", chrome.operator_name);
    if (has_menu) {
        // Shown on small screens where a script can fold the links (assets/islands/menu.ts).
        h("<button type=\"button\" class=\"fr-btn fr-btn--secondary fr-btn--sm logis-entete__menu\" "
          "aria-expanded=\"false\" aria-controls=\"entete-liens\">Menu</button>"
          "<div class=\"logis-entete__liens\" id=\"entete-liens\">");
        if (!chrome.quick_links.empty() || !chrome.agent_name.empty()) write_quick_links(h, chrome);
        h("<nav class=\"logis-nav\" id=\"navigation\" role=\"navigation\" aria-label=\"Menu "
          "principal\"><ul>");
        write_menu_entries(h, chrome, {}, {});
        h("</ul></nav></div>");
    }
    h("</div></header>\n");
}

void write_neutral_footer(Html& h, const Chrome& chrome)
{
    h("<footer class=\"logis-pied\" role=\"contentinfo\" id=\"pied-de-page\" tabindex=\"-1\">"
      "<div class=\"fr-container\"><p class=\"fr-text--bold\">{}{}{}</p>",
      chrome.service, names_its_operator(chrome) ? ", " : "",
      names_its_operator(chrome) ? chrome.operator_name : std::string{});
    write_help(h, chrome, {});
    h("<ul class=\"logis-pied__liens\">");
    for (const auto& link : legal_links) h("<li><a href=\"{}\">{}</a></li>", link.url, link.label);
    h("<li><a class=\"fr-icon-theme-fill fr-link--icon-left\" href=\"{}\">Paramètres d’affichage</a></li>"
      "</ul></div></footer>\n",
      url("/parametres-affichage"));
}

} // namespace

Attrs root_attributes(const Chrome& chrome)
{
    Attrs root;
    if (!chrome.state) return root;
    root.set("data-fr-scheme", chrome.theme.empty() ? "system" : chrome.theme);
    // Without JavaScript an explicit choice still applies; "system" then means light.
    if (chrome.theme == "dark" || chrome.theme == "light") root.set("data-fr-theme", chrome.theme);
    return root;
}

void head(Html& h, const Chrome& chrome)
{
    const bool chosen = chrome.theme == "dark" || chrome.theme == "light";
    h("<meta name=\"color-scheme\" content=\"{}\">\n", chosen ? chrome.theme : "light dark");
    if (chrome.state) {
        for (const std::string_view font : {"marianne-regular.woff2", "marianne-bold.woff2"})
            h("<link rel=\"preload\" href=\"{}\" as=\"font\" type=\"font/woff2\" crossorigin>\n",
              asset(font));
        h("<script src=\"{}\"></script>\n", asset("theme.js"));
        h("<link rel=\"stylesheet\" href=\"{}\">\n<link rel=\"stylesheet\" href=\"{}\">\n", asset("dsfr.css"),
          asset("etat.css"));
        h("<script type=\"module\" src=\"{}\"></script>\n", asset("dsfr.js"));
    } else {
        h("<link rel=\"preload\" href=\"{}\" as=\"font\" type=\"font/woff2\" crossorigin>\n",
          asset("atkinson-hyperlegible-next.woff2"));
        h("<link rel=\"stylesheet\" href=\"{}\">\n", asset("neutre.css"));
        if (chrome.theme == "dark")
            h("<link rel=\"stylesheet\" href=\"{}\">\n", asset("neutre-sombre.css"));
        else if (!chosen)
            h("<link rel=\"stylesheet\" href=\"{}\" media=\"(prefers-color-scheme: dark)\">\n",
              asset("neutre-sombre.css"));
    }
    h("<script type=\"module\" src=\"{}\"></script>\n", asset("logis.js"));
}

void header(Html& h, const Chrome& chrome, bool has_menu)
{
    chrome.state ? write_state_header(h, chrome, has_menu) : write_neutral_header(h, chrome, has_menu);
}

Url menu_anchor(const Chrome& chrome)
{
    return anchor(chrome.state ? "navigation" : "entete");
}

void footer(Html& h, const Chrome& chrome)
{
    chrome.state ? write_state_footer(h, chrome) : write_neutral_footer(h, chrome);
}

} // namespace ui::theme
