// Messages, links, layout and lists: each function writes one component of the DSFR, or one of ours (classes
// logis-…, assets/css/logis.css). Forms are in forms.cpp, the page in page.cpp.
#include "ui/components.hpp"

#include <algorithm>
#include <array>

#include "base/expect.hpp"

namespace ui {

namespace {

/// <h2 class="…">title</h2> at the wanted level: tag names cannot be values, so each level is spelt out.
void write_title(Html& h, int level, std::string_view css_class, const Markup& title,
                 std::string_view id = {})
{
    Attrs a;
    a.maybe("class", css_class).maybe("id", id);
    switch (level) {
    case 1:
        h("<h1{}>{}</h1>", a, title);
        break;
    case 2:
        h("<h2{}>{}</h2>", a, title);
        break;
    case 3:
        h("<h3{}>{}</h3>", a, title);
        break;
    case 4:
        h("<h4{}>{}</h4>", a, title);
        break;
    case 5:
        h("<h5{}>{}</h5>", a, title);
        break;
    case 6:
        h("<h6{}>{}</h6>", a, title);
        break;
    default:
        throw base::Bug{"a heading has a level from 1 to 6"};
    }
}

/// Text given as plain words becomes a paragraph; text that already brings its own blocks stands in a <div>,
/// since a paragraph cannot hold them.
void write_prose(Html& h, const Markup& text, std::string_view css_class = {})
{
    if (text.empty()) return;
    Attrs a;
    a.maybe("class", css_class);
    for (const std::string_view block : {"<p", "<ul", "<ol", "<div", "<dl"})
        if (text.html().starts_with(block)) {
            h("<div{}>{}</div>", a, text);
            return;
        }
    h("<p{}>{}</p>", a, text);
}

std::string_view tone_slug(Tone tone)
{
    switch (tone) {
    case Tone::Info:
        return "info";
    case Tone::Success:
        return "success";
    case Tone::Warning:
        return "warning";
    case Tone::Error:
        return "error";
    }
    throw base::Bug{"a tone without a class"};
}

std::string_view badge_class(BadgeTone tone)
{
    switch (tone) {
    case BadgeTone::None:
        return "";
    case BadgeTone::Info:
        return " fr-badge--info";
    case BadgeTone::Success:
        return " fr-badge--success";
    case BadgeTone::Warning:
        return " fr-badge--warning";
    case BadgeTone::Error:
        return " fr-badge--error";
    case BadgeTone::New:
        return " fr-badge--new";
    case BadgeTone::Blue:
        return " fr-badge--blue-cumulus";
    case BadgeTone::Purple:
        return " fr-badge--purple-glycine";
    }
    throw base::Bug{"a badge tone without a class"};
}

std::string_view importance_class(Importance importance)
{
    switch (importance) {
    case Importance::Primary:
        return "";
    case Importance::Secondary:
        return " fr-btn--secondary";
    case Importance::Tertiary:
        return " fr-btn--tertiary";
    case Importance::Plain:
        return " fr-btn--tertiary-no-outline";
    }
    throw base::Bug{"an importance without a class"};
}

std::string_view step_class(StepState state)
{
    switch (state) {
    case StepState::Done:
        return "faite";
    case StepState::Current:
        return "en-cours";
    case StepState::Next:
        return "a-venir";
    case StepState::Plain:
        return "libre";
    }
    throw base::Bug{"a step state without a class"};
}

std::string_view step_words(StepState state)
{
    switch (state) {
    case StepState::Done:
        return "Étape faite";
    case StepState::Current:
        return "Étape en cours";
    case StepState::Next:
        return "À venir";
    case StepState::Plain:
        return "";
    }
    throw base::Bug{"a step state without words"};
}

} // namespace

// ── Messages ─────────────────────────────────────────────────────────────────────────────────────────────

void alert(Html& h, const Alert& a)
{
    Attrs attrs;
    if (a.announce) attrs.set("role", "alert");
    attrs.maybe("id", a.id);
    h("<div class=\"fr-alert fr-alert--{}{} logis-bloc\"{}>", tone_slug(a.tone),
      a.title.empty() ? " fr-alert--sm" : "", attrs);
    if (!a.title.empty()) {
        if (a.level == 0)
            h("<p class=\"fr-alert__title\">{}</p>", a.title);
        else
            write_title(h, a.level, "fr-alert__title", a.title);
    }
    write_prose(h, a.text);
    h("</div>");
}

void alert(Html& h, const Problem* problem)
{
    if (problem && problem->field.empty())
        alert(h, {.tone = Tone::Error, .title = problem->message, .announce = true});
}

void notice(Html& h, Tone tone, const Markup& title, const Markup& text)
{
    const auto slug = tone == Tone::Error     ? std::string_view("alert")
                      : tone == Tone::Success ? std::string_view("info")
                                              : tone_slug(tone);
    h("<div class=\"fr-notice fr-notice--{}\"><div class=\"fr-container\"><div class=\"fr-notice__body\"><p>"
      "<span class=\"fr-notice__title\">{}</span>",
      slug, title);
    if (!text.empty()) h(" <span class=\"fr-notice__desc\">{}</span>", text);
    h("</p></div></div></div>\n");
}

void callout(Html& h, const Callout& c, const Body& body)
{
    std::string css = "fr-callout";
    if (c.icon) css += " fr-icon-information-line";
    if (!c.color.empty()) css += " fr-callout--" + c.color;
    h("<div class=\"{}\">", css);
    if (!c.title.empty()) write_title(h, c.level, "fr-callout__title", c.title);
    h("<div class=\"fr-callout__text\">");
    body(h);
    h("</div></div>");
}

void highlight(Html& h, const Body& body)
{
    h("<div class=\"fr-highlight\">");
    body(h);
    h("</div>");
}

Markup badge(std::string_view label, BadgeTone tone, bool icon)
{
    // Coloured badges of state have an icon of their own; the label already says everything.
    return markup("<span class=\"fr-badge{}{}\">{}</span>", badge_class(tone),
                  icon || tone == BadgeTone::None || tone == BadgeTone::Blue || tone == BadgeTone::Purple
                      ? ""
                      : " fr-badge--no-icon",
                  label);
}

Markup tag(std::string_view label)
{
    return markup("<span class=\"fr-tag fr-tag--sm\">{}</span>", label);
}

Markup tag(std::string_view label, const Url& target)
{
    return markup("<a class=\"fr-tag fr-tag--sm\" href=\"{}\">{}</a>", target, label);
}

// ── Links and buttons ────────────────────────────────────────────────────────────────────────────────────

Markup link(const Markup& label, const Url& target)
{
    return markup("<a href=\"{}\">{}</a>", target, label);
}

Markup external_link(const Markup& label, const Url& target)
{
    return markup(
        "<a href=\"{}\" rel=\"noopener external\">{}<span class=\"fr-sr-only\"> (autre site)</span></a>",
        target, label);
}

Markup download(const Markup& label, const Url& target, std::string_view format, std::string_view size)
{
    return markup(
        "<a class=\"fr-link fr-link--download\" href=\"{}\">{}<span class=\"fr-link__detail\">{}{}{}"
        "</span></a>",
        target, label, format, size.empty() ? "" : " – ", size);
}

Markup button(const Button& b)
{
    std::string css = "fr-btn";
    css += importance_class(b.importance);
    if (b.small) css += " fr-btn--sm";
    Attrs attrs;
    attrs.maybe("title", b.title);
    if (!b.url.empty()) return markup("<a class=\"{}\" href=\"{}\"{}>{}</a>", css, b.url, attrs, b.label);
    attrs.maybe("name", b.name);
    if (!b.name.empty()) attrs.set("value", b.value);
    return markup("<button type=\"submit\" class=\"{}\"{}>{}</button>", css, attrs, b.label);
}

void buttons(Html& h, const std::vector<Button>& list)
{
    h("<ul class=\"fr-btns-group fr-btns-group--inline-md{}\">",
      !list.empty() && list.front().small ? " fr-btns-group--sm" : "");
    for (const auto& b : list) h("<li>{}</li>", button(b));
    h("</ul>");
}

// ── Layout ───────────────────────────────────────────────────────────────────────────────────────────────

void row(Html& h, const Body& body)
{
    h("<div class=\"fr-grid-row fr-grid-row--gutters\">");
    body(h);
    h("</div>");
}

void column(Html& h, int of_twelve, const Body& body)
{
    h("<div class=\"fr-col-12 fr-col-md-{}\">", of_twelve);
    body(h);
    h("</div>");
}

void heading(Html& h, const Heading& x)
{
    h("<div class=\"logis-titre\">");
    if (!x.above.empty()) h("<p class=\"logis-titre__dessus\">{}</p>", x.above);
    h("<div class=\"logis-titre__ligne\"><h1>{}</h1>", x.title);
    if (!x.badges.empty()) {
        h("<p class=\"logis-titre__badges\">");
        for (const auto& b : x.badges) h("{} ", b);
        h("</p>");
    }
    h("</div>");
    write_prose(h, x.lead, "fr-text--lead");
    h("</div>");
}

void panel(Html& h, const Markup& title, const Body& body, int level)
{
    h("<section class=\"logis-panneau\">");
    if (!title.empty()) write_title(h, level, "logis-panneau__titre", title);
    body(h);
    h("</section>");
}

void details(Html& h, const Details& d, const Body& body)
{
    h("<details class=\"logis-details\"{}><summary>{}</summary><div class=\"logis-details__corps\">",
      Attrs{}.flag("open", d.open).maybe("id", d.id), d.title);
    body(h);
    h("</div></details>");
}

void tabs(Html& h, std::string_view label, const std::vector<Link>& links)
{
    h("<nav class=\"logis-onglets\" aria-label=\"{}\"><ul>", label);
    for (const auto& link : links) {
        Attrs current;
        if (link.current) current.set("aria-current", "page");
        h("<li><a href=\"{}\"{}>{}</a></li>", link.url, current, link.label);
    }
    h("</ul></nav>");
}

void side_menu(Html& h, std::string_view title, const std::vector<Link>& links)
{
    h("<nav class=\"logis-menu-lateral\" aria-label=\"{}\"><p class=\"logis-menu-lateral__titre\" "
      "aria-hidden=\"true\">{}</p><ul>",
      title, title);
    for (const auto& link : links) {
        Attrs current;
        if (link.current) current.set("aria-current", "page");
        h("<li><a href=\"{}\"{}>{}</a></li>", link.url, current, link.label);
    }
    h("</ul></nav>");
}

void summary(Html& h, const std::vector<Link>& links)
{
    h("<nav class=\"fr-summary\" role=\"navigation\" aria-labelledby=\"sommaire-titre\">"
      "<h2 class=\"fr-summary__title\" id=\"sommaire-titre\">Sommaire</h2><ol>");
    for (const auto& link : links)
        h("<li><a class=\"fr-summary__link\" href=\"{}\">{}</a></li>", link.url, link.label);
    h("</ol></nav>");
}

// ── Lists and data ───────────────────────────────────────────────────────────────────────────────────────

void tile(Html& h, const Tile& t)
{
    h("<div class=\"fr-tile fr-tile--horizontal fr-enlarge-link\"><div class=\"fr-tile__body\">"
      "<div class=\"fr-tile__content\">");
    write_title(h, t.level, "fr-tile__title", link(t.title, t.url));
    write_prose(h, t.detail, "fr-tile__detail");
    h("</div></div></div>");
}

void card(Html& h, const Card& c)
{
    h("<div class=\"fr-card fr-card--sm{}\"><div class=\"fr-card__body\"><div class=\"fr-card__content\">",
      c.url.empty() ? "" : " fr-enlarge-link");
    write_title(h, c.level, "fr-card__title", c.url.empty() ? Markup{c.title} : link(c.title, c.url));
    write_prose(h, c.description, "fr-card__desc");
    if (!c.badges.empty() || !c.detail.empty()) {
        h("<div class=\"fr-card__start\">");
        if (!c.badges.empty()) {
            h("<ul class=\"fr-badges-group\">");
            for (const auto& b : c.badges) h("<li>{}</li>", b);
            h("</ul>");
        }
        if (!c.detail.empty()) h("<p class=\"fr-card__detail\">{}</p>", c.detail);
        h("</div>");
    }
    if (!c.end.empty()) h("<div class=\"fr-card__end\"><p class=\"fr-card__detail\">{}</p></div>", c.end);
    h("</div></div></div>");
}

void table(Html& h, const Table& t)
{
    if (t.rows.empty()) {
        h("<p class=\"logis-vide-ligne\">{}</p>", t.empty);
        return;
    }
    // Roles are written out: small screens show each row as a card (display: block), where browsers would
    // forget them.
    h("<div class=\"fr-table fr-table--multiline{}{} logis-table\"><div class=\"fr-table__wrapper\">"
      "<div class=\"fr-table__container\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">"
      "<div class=\"fr-table__content\"><table role=\"table\"><caption>{}</caption><thead role=\"rowgroup\">"
      "<tr role=\"row\">",
      t.caption_hidden ? " fr-table--no-caption" : "", t.compact ? " fr-table--sm" : "", t.caption,
      t.caption);
    for (const auto& column : t.columns) {
        Attrs a;
        if (column.number) a.set("class", "fr-cell--right");
        if (column.hidden)
            h("<th scope=\"col\" role=\"columnheader\"{}><span class=\"fr-sr-only\">{}</span></th>", a,
              column.title);
        else
            h("<th scope=\"col\" role=\"columnheader\"{}>{}</th>", a, column.title);
    }
    h("</tr></thead><tbody role=\"rowgroup\">");
    for (const auto& line : t.rows) {
        base::expect(line.size() == t.columns.size(),
                     "a row of a table has as many cells as the table has columns");
        h("<tr role=\"row\">");
        for (std::size_t i = 0; i < line.size(); ++i) {
            Attrs a;
            if (t.columns[i].number) a.set("class", "fr-cell--right");
            if (i == 0) {
                h("<th scope=\"row\" role=\"rowheader\"{}>{}</th>", a, line[i]);
                continue;
            }
            if (!t.columns[i].hidden) a.set("data-libelle", t.columns[i].title);
            h("<td role=\"cell\"{}>{}</td>", a, line[i]);
        }
        h("</tr>");
    }
    h("</tbody></table></div></div></div></div>");
}

void pagination(Html& h, const Pagination& p)
{
    if (p.pages <= 1) return;
    const auto go = [&](int n, std::string_view css, std::string_view title, const Markup& label,
                        bool possible) {
        if (possible)
            h("<li><a class=\"fr-pagination__link{}\" href=\"{}\" title=\"{}\">{}</a></li>", css,
              p.base.with(p.parameter, n), title, label);
        else
            h("<li><a class=\"fr-pagination__link{}\" aria-disabled=\"true\" role=\"link\">{}</a></li>", css,
              label);
    };
    const auto number = [&](int n) {
        if (n == p.page)
            h("<li><a class=\"fr-pagination__link\" aria-current=\"page\" title=\"Page {}\">{}</a></li>", n,
              n);
        else
            h("<li><a class=\"fr-pagination__link{}\" href=\"{}\" title=\"Page {}\">{}</a></li>",
              n == 1 || n == p.pages ? "" : " fr-hidden fr-unhidden-lg", p.base.with(p.parameter, n), n, n);
    };
    const auto gap = [&] {
        h("<li><span class=\"fr-pagination__link fr-hidden fr-unhidden-lg\">…</span></li>");
    };
    h("<nav role=\"navigation\" class=\"fr-pagination\" aria-label=\"Pagination\"><ul "
      "class=\"fr-pagination__list\">");
    go(p.page - 1, " fr-pagination__link--prev fr-pagination__link--lg-label", "Page précédente",
       "Page précédente", p.page > 1);
    const int from = std::max(2, p.page - 2);
    const int to = std::min(p.pages - 1, p.page + 2);
    number(1);
    if (from > 2) gap();
    for (int n = from; n <= to; ++n) number(n);
    if (to < p.pages - 1) gap();
    number(p.pages);
    go(p.page + 1, " fr-pagination__link--next fr-pagination__link--lg-label", "Page suivante",
       "Page suivante", p.page < p.pages);
    h("</ul></nav>");
}

void recap(Html& h, const Recap& r)
{
    h("<div class=\"logis-recap\">");
    if (!r.title.empty() || !r.change.empty()) {
        h("<div class=\"logis-recap__tete\">");
        if (!r.title.empty()) write_title(h, r.level, "logis-recap__titre", r.title);
        if (!r.change.empty())
            h("<a class=\"fr-link\" href=\"{}\">Modifier<span class=\"fr-sr-only\"> : {}</span></a>",
              r.change, r.change_title.empty() ? r.title : r.change_title);
        h("</div>");
    }
    const auto unknown = [](const RecapRow& line) { return line.value.empty() && line.change.empty(); };
    const bool gather = std::count_if(r.rows.begin(), r.rows.end(), unknown) > 1;
    h("<dl>");
    for (const auto& line : r.rows) {
        if (gather && unknown(line)) continue;
        h("<div class=\"logis-recap__ligne\"><dt>{}</dt><dd>", line.label);
        if (line.value.empty())
            h("<span class=\"logis-discret\">Non renseigné</span>");
        else
            h("<div>{}</div>", line.value);
        if (!line.change.empty())
            h("<a class=\"fr-link\" href=\"{}\">Modifier<span class=\"fr-sr-only\"> : {}</span></a>",
              line.change, line.change_title.empty() ? line.label : Markup{line.change_title});
        h("</dd></div>");
    }
    if (gather) {
        h("<div class=\"logis-recap__ligne\"><dt>Non renseigné</dt><dd><div class=\"logis-discret\">");
        bool first = true;
        for (const auto& line : r.rows)
            if (unknown(line)) {
                h("{}{}", first ? "" : " · ", line.label);
                first = false;
            }
        h("</div></dd></div>");
    }
    h("</dl></div>");
}

void timeline(Html& h, const std::vector<TimelineItem>& items, int level)
{
    h("<ol class=\"logis-histoire\">");
    for (const auto& item : items) {
        h("<li><div class=\"logis-histoire__tete\">");
        write_title(h, level, "logis-histoire__titre", item.title);
        for (const auto& b : item.badges) h(" {}", b);
        h("</div><p class=\"logis-histoire__qui\">");
        if (item.when_iso.empty())
            h("{}", item.when);
        else
            h("<time datetime=\"{}\">{}</time>", item.when_iso, item.when);
        if (!item.author.empty()) h(" · {}", item.author);
        h("</p>");
        if (!item.body.empty()) h("<div class=\"logis-histoire__corps\">{}</div>", item.body);
        h("</li>");
    }
    h("</ol>");
}

void steps(Html& h, std::string_view label, const std::vector<Step>& list)
{
    h("<ol class=\"logis-etapes\" aria-label=\"{}\">", label);
    for (const auto& step : list) {
        Attrs a;
        if (step.state == StepState::Current) a.set("aria-current", "step");
        h("<li class=\"logis-etapes__etape logis-etapes__etape--{}\"{}>", step_class(step.state), a);
        if (step.state != StepState::Plain)
            h("<p class=\"logis-etapes__etat\">{}</p>", step_words(step.state));
        h("<p class=\"logis-etapes__titre\">{}</p>", step.title);
        if (!step.detail.empty()) h("<div class=\"logis-etapes__detail\">{}</div>", step.detail);
        h("</li>");
    }
    h("</ol>");
}

void figures(Html& h, const std::vector<Figure>& list)
{
    h("<ul class=\"logis-chiffres\">");
    for (const auto& f : list) {
        h("<li>");
        if (f.url.empty())
            h("<div class=\"logis-chiffres__bloc\"><span class=\"logis-chiffres__valeur\">{}</span> "
              "<span class=\"logis-chiffres__libelle\">{}</span></div>",
              f.value, f.label);
        else
            h("<a class=\"logis-chiffres__bloc\" href=\"{}\"><span "
              "class=\"logis-chiffres__valeur\">{}</span> "
              "<span class=\"logis-chiffres__libelle\">{}</span></a>",
              f.url, f.value, f.label);
        h("</li>");
    }
    h("</ul>");
}

void empty_state(Html& h, const EmptyState& e)
{
    h("<div class=\"logis-vide\">");
    write_title(h, e.level, "fr-h5", e.title);
    write_prose(h, e.text);
    if (!e.actions.empty()) buttons(h, e.actions);
    h("</div>");
}

namespace {

void gallery_state(Html& h, const Picture& p)
{
    h("<figure><span class=\"logis-galerie__lien\"><span class=\"logis-galerie__document {}\" "
      "aria-hidden=\"true\"></span></span><figcaption>",
      p.waiting ? "fr-icon-time-line" : "fr-icon-warning-line");
    if (!p.legend.empty()) h("<span class=\"logis-galerie__legende\">{}</span>", p.legend);
    h("<span class=\"logis-galerie__etat\">{}</span></figcaption></figure>", p.state);
    if (!p.actions.empty()) h("<div class=\"logis-galerie__actions\">{}</div>", p.actions);
    h("</li>");
}

} // namespace

void gallery(Html& h, const std::vector<Picture>& pictures)
{
    h("<ul class=\"logis-galerie\">");
    for (const auto& p : pictures) {
        if (p.id.empty())
            h("<li>");
        else if (p.waiting)
            h("<li id=\"{}\" data-attente>", p.id);
        else
            h("<li id=\"{}\">", p.id);
        if (!p.state.empty()) {
            gallery_state(h, p);
            continue;
        }
        h("<figure><a class=\"logis-galerie__lien\" href=\"{}\">", p.full);
        if (p.thumbnail.empty())
            h("<span class=\"logis-galerie__document fr-icon-file-text-line\" aria-hidden=\"true\"></span>"
              "<span class=\"fr-sr-only\">Ouvrir le document : {}</span>",
              p.alt);
        else
            h("<img src=\"{}\" alt=\"Ouvrir la photo : {}\" loading=\"lazy\" width=\"240\" height=\"180\">",
              p.thumbnail, p.alt);
        h("</a><figcaption>");
        if (!p.legend.empty()) h("<span class=\"logis-galerie__legende\">{}</span>", p.legend);
        if (!p.format.empty() || !p.size.empty())
            h("<span class=\"logis-discret\">{}{}{}</span>", p.format,
              p.format.empty() || p.size.empty() ? "" : " – ", p.size);
        h("</figcaption></figure>");
        if (!p.actions.empty()) h("<div class=\"logis-galerie__actions\">{}</div>", p.actions);
        h("</li>");
    }
    h("</ul>");
}

// ── Steps of a procedure ─────────────────────────────────────────────────────────────────────────────────

void stepper(Html& h, const Stepper& s)
{
    h("<div class=\"fr-stepper\"><h1 class=\"fr-stepper__title\">{} <span class=\"fr-stepper__state\">Étape "
      "{} sur {}"
      "</span></h1><div class=\"fr-stepper__steps\" data-fr-current-step=\"{}\" data-fr-steps=\"{}\"></div>",
      s.title, s.current, s.total, s.current, s.total);
    if (!s.next.empty())
        h("<p class=\"fr-stepper__details\"><span class=\"fr-text--bold\">Étape suivante :</span> {}</p>",
          s.next);
    h("</div>");
}

void confirmation(Html& h, const Confirmation& c)
{
    h("<div class=\"logis-confirmation\"><h1 class=\"logis-confirmation__titre\">"
      "<span class=\"fr-icon-checkbox-circle-fill\" aria-hidden=\"true\"></span> {}</h1>",
      c.title);
    if (!c.reference.empty())
        h("<p class=\"logis-confirmation__reference\">{} <strong>{}</strong></p>", c.reference_label,
          c.reference);
    if (!c.text.empty()) h("<div>{}</div>", c.text);
    h("</div>");
}

} // namespace ui
