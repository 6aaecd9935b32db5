// The pieces pages are made of: DSFR 1.15.3 components with the structure their documentation requires, as
// functions that append to an Html. They decide nothing: texts, links and states come from the caller.
// Every parameter of type Markup takes plain text (escaped) or ui::markup(…).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "ui/chrome.hpp"
#include "ui/html.hpp"

namespace ui {

using Body = std::function<void(Html&)>;
/// Names and values as a form sends them (the same type as http::Pairs).
using Values = std::vector<std::pair<std::string, std::string>>;

// ── The page ─────────────────────────────────────────────────────────────────────────────────────────────

enum class Width {
    Full,    // lists, tables, back office
    Reading, // forms and texts: two thirds of the width
};

struct PageInfo {
    std::string title = {};            // « Signalement 76-2026-0012 »; the service's name is added
    bool error = false;                // a form was refused: the title begins with « Erreur – »
    std::vector<Link> breadcrumb = {}; // the parents, without home nor the page itself
    Width width = Width::Full;
    bool indexed = false; // public pages that search engines may list
    bool bare = false;    // without menu nor links in the header: the steps of the deposit
};

/// A whole document. The body writes its own <h1>.
std::string page(const Chrome&, const PageInfo&, const Body& body);

struct ErrorPage {
    int status = 404;
    std::string title = "Page introuvable";
    Markup text = {};
    std::vector<Link> links = {};
    std::string request_id = {}; // shown so that support can find the log line
};
std::string error_page(const Chrome&, const ErrorPage&);

/// The form of the display settings; `current` is "light", "dark" or "system". Posts `theme` and `retour`.
std::string display_settings_page(const Chrome&, const Url& action, const Url& back, bool saved = false);

/// All the pages one may reach: what the menu button opens without JavaScript.
struct SiteMapSection {
    std::string title = {};
    std::vector<Link> links = {};
};
std::string site_map_page(const Chrome&, const std::vector<SiteMapSection>&);

// ── Messages ─────────────────────────────────────────────────────────────────────────────────────────────

enum class Tone { Info, Success, Warning, Error };

struct Alert {
    Tone tone = Tone::Info;
    Markup title = {}; // empty: small alert
    Markup text = {};
    bool announce = false; // role="alert": only on the page that answers an action
    std::string id = {};
    int level = 0; // heading level of the title when it is a part of the page; 0: a paragraph
};
void alert(Html&, const Alert&);
/// The message of a refusal, when there is one and it concerns no field.
void alert(Html&, const Problem*);

/// A band across the width, for what concerns the whole page.
void notice(Html&, Tone, const Markup& title, const Markup& text = {});

struct Callout {
    std::string title = {};
    int level = 2;
    bool icon = false;
    std::string color = {}; // DSFR accent ("green-emeraude"); empty: neutral
};
void callout(Html&, const Callout&, const Body& body);
void highlight(Html&, const Body& body);

enum class BadgeTone { None, Info, Success, Warning, Error, New, Blue, Purple };
/// A state in one or two words. Colour only repeats what the label says.
Markup badge(std::string_view label, BadgeTone = BadgeTone::None, bool icon = false);
Markup tag(std::string_view label);
Markup tag(std::string_view label, const Url&);

// ── Links and buttons ────────────────────────────────────────────────────────────────────────────────────

Markup link(const Markup& label, const Url&);
/// Opens a foreign site in the same window, marked as such.
Markup external_link(const Markup& label, const Url&);
/// A file: its format and size are said in the link.
Markup download(const Markup& label, const Url&, std::string_view format, std::string_view size);

enum class Importance { Primary, Secondary, Tertiary, Plain };
struct Button {
    std::string label = {};
    Url url = {}; // a link that looks like a button; empty: a submit button
    Importance importance = Importance::Primary;
    std::string name = {}; // submit buttons: what is sent
    std::string value = {};
    bool small = false;
    std::string title = {}; // when the label alone is ambiguous: « Modifier l’adresse »
};
Markup button(const Button&);
/// Several buttons side by side, stacked on small screens.
void buttons(Html&, const std::vector<Button>&);

// ── Layout ───────────────────────────────────────────────────────────────────────────────────────────────

/// A row of columns: row(h, [&](Html& h) { column(h, 8, …); column(h, 4, …); }). Widths are of 12, from the
/// medium breakpoint up; columns stack below it.
void row(Html&, const Body& body);
void column(Html&, int of_twelve, const Body& body);
/// Heading of a page with what goes beside it: a badge, a line of context.
struct Heading {
    std::string title = {};
    std::string above = {}; // small line before: « Étape 2 », a reference
    Markup lead = {};       // one sentence under the title
    std::vector<Markup> badges = {};
};
void heading(Html&, const Heading&);
/// A white block with a border and a title, for the sides of back-office pages.
void panel(Html&, const Markup& title, const Body& body, int level = 2);
/// Folded content (<details>): works without JavaScript.
struct Details {
    Markup title = {};
    bool open = false;
    std::string id = {};
};
void details(Html&, const Details&, const Body& body);
/// Tabs that are links to real pages (?onglet=…).
void tabs(Html&, std::string_view label, const std::vector<Link>&);
/// Side menu.
void side_menu(Html&, std::string_view title, const std::vector<Link>&);
/// « Sommaire » of a long page: links to ids.
void summary(Html&, const std::vector<Link>&);

// ── Lists and data ───────────────────────────────────────────────────────────────────────────────────────

struct Tile {
    std::string title = {};
    Url url = {};
    Markup detail = {};
    int level = 3;
};
void tile(Html&, const Tile&);

struct Card {
    std::string title = {};
    Url url = {};
    Markup description = {};
    std::vector<Markup> badges = {};
    std::string detail = {}; // small line under the title
    std::string end = {};    // small line at the bottom
    int level = 3;
};
void card(Html&, const Card&);

struct Column {
    std::string title = {};
    bool number = false; // aligned right
    bool hidden = false; // title for screen readers only (a column of buttons)
};
struct Table {
    std::string caption = {};
    bool caption_hidden = false;
    std::vector<Column> columns = {};
    std::vector<std::vector<Markup>> rows = {}; // the first cell names the row
    Markup empty = "Aucune ligne.";             // shown instead of a table without rows
    bool compact = false;
};
void table(Html&, const Table&);

struct Pagination {
    int page = 1;
    int pages = 1;
    Url base = {}; // receives page=N
    std::string parameter = "page";
};
void pagination(Html&, const Pagination&);

/// « Check your answers » and facts about a case: label, value, and where to change it. Two or more facts
/// that nobody gave, and that cannot be changed here, share one last line.
struct RecapRow {
    Markup label = {};
    Markup value = {}; // empty: « Non renseigné »
    Url change = {};
    std::string change_title = {}; // « Modifier l’adresse »
};
struct Recap {
    std::string title = {}; // empty: no heading
    std::vector<RecapRow> rows = {};
    Url change = {}; // one link for the whole block
    std::string change_title = {};
    int level = 2;
};
void recap(Html&, const Recap&);

/// History, newest first or last as given.
struct TimelineItem {
    std::string when = {};     // in words
    std::string when_iso = {}; // for <time datetime>
    Markup title = {};
    std::string author = {};
    Markup body = {};
    std::vector<Markup> badges = {};
};
void timeline(Html&, const std::vector<TimelineItem>&, int level = 3);

/// Where a case is, for the person who reported it. The state is written, not only coloured.
enum class StepState {
    Done,
    Current,
    Next,
    Plain // no case yet: « how it goes », numbered
};
struct Step {
    Markup title = {};
    StepState state = StepState::Next;
    Markup detail = {};
};
void steps(Html&, std::string_view label, const std::vector<Step>&);

/// A count that leads to its list.
struct Figure {
    std::string value = {};
    std::string label = {};
    Url url = {};
};
void figures(Html&, const std::vector<Figure>&);

struct EmptyState {
    std::string title = {};
    Markup text = {};
    std::vector<Button> actions = {};
    int level = 2;
};
void empty_state(Html&, const EmptyState&);

/// Thumbnails that open the picture, each with its legend and, when given, a button to remove it.
struct Picture {
    std::string id = {}; // of its element; needed when it may have to wait
    Url full = {};
    Url thumbnail = {}; // empty: a document, shown by its name
    std::string alt = {};
    Markup legend = {};
    std::string format = {}; // « PDF », « JPEG »
    std::string size = {};
    Markup actions = {};
    std::string state = {}; // not empty: it cannot be opened (yet), and this says why
    bool waiting = false;   // it soon can: an island asks for the page again until it can
};
void gallery(Html&, const std::vector<Picture>&);

// ── Steps of a procedure ─────────────────────────────────────────────────────────────────────────────────

struct Stepper {
    std::string title = {}; // of the current step: this is the page's <h1>
    int current = 1;
    int total = 1;
    std::string next = {}; // title of the next step
};
void stepper(Html&, const Stepper&);

/// End of a procedure: what was done, under which reference.
struct Confirmation {
    std::string title = {};
    std::string reference_label = "Référence";
    std::string reference = {};
    Markup text = {};
};
void confirmation(Html&, const Confirmation&);

// ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────
// Fields are written through a Form, which finds the error and the value of each by its name:
//   ui::form(h, {.action = ui::url("/connexion"), .csrf = chrome.csrf, .errors = &errors, .values =
//   &req.form},
//            [&](ui::Form& f) {
//       f.input({.name = "courriel", .label = "Adresse électronique", .type = "email"});
//       f.submit("Se connecter");
//   });
// A field is required unless .optional = true, which adds « (facultatif) » to its label.

struct Input {
    std::string name = {};
    Markup label = {};
    Markup hint = {};
    std::optional<std::string> value = {};
    std::string error = {};
    bool optional = false;
    std::string type = "text";       // text, email, tel, password, number…
    std::string autocomplete = {};   // "given-name", "email", "postal-code"…
    std::string inputmode = {};      // "numeric", "decimal"…
    int max_length = 0;              // characters; 0: no limit
    int width = 0;                   // characters that are expected; 0: the whole width
    bool label_hidden = false;       // filters: the label is for screen readers only
    std::string suffix = {};         // unit written after the field: « m² », « € »
    bool required_attribute = false; // lets the browser refuse too; off, so that our messages are read
    Attrs attributes = {};
};
struct TextArea {
    std::string name = {};
    Markup label = {};
    Markup hint = {};
    std::optional<std::string> value = {};
    std::string error = {};
    bool optional = false;
    int rows = 5;
    int max_length = 0; // shown as a hint, counted down by an island
    Attrs attributes = {};
};
struct Option {
    std::string value = {};
    Markup label = {};
    Markup hint = {};
    std::string group = {}; // select only: title of an optgroup, options of a group follow each other
};
struct Select {
    std::string name = {};
    Markup label = {};
    Markup hint = {};
    std::vector<Option> options = {};
    std::optional<std::string> value = {};
    std::string error = {};
    bool optional = false;
    std::string empty_label = "Sélectionner une option"; // empty: no such line
    bool label_hidden = false;
    Attrs attributes = {};
};
struct Radios {
    std::string name = {};
    Markup legend = {};
    Markup hint = {};
    std::vector<Option> options = {};
    std::optional<std::string> value = {};
    std::string error = {};
    bool optional = false;
    bool in_line = false;           // short answers side by side: oui / non
    bool legend_is_heading = false; // the only question of the page
};
struct Checkboxes {
    std::string name = {};
    Markup legend = {};
    Markup hint = {};
    std::vector<Option> options = {};
    std::optional<std::vector<std::string>> values = {};
    std::string error = {};
    bool optional = false;
    bool in_line = false;
    bool small = false;
    bool legend_is_heading = false;
};
struct Checkbox {
    std::string name = {};
    Markup label = {};
    Markup hint = {};
    std::string value = "oui";
    std::optional<bool> checked = {};
    std::string error = {};
};
struct DateInput {
    std::string name = {};
    Markup label = {};
    Markup hint = "Format attendu : JJ/MM/AAAA, par exemple 21/11/2026";
    std::optional<std::string> value = {};
    std::string error = {};
    bool optional = false;
    std::string autocomplete = {}; // "bday" for a birth date
};
struct Upload {
    std::string name = {};
    Markup label = {};
    std::string accept = {}; // ".jpg,.jpeg,.png,.pdf"
    Markup limits = {};      // « 10 Mo au plus par fichier. Formats : … », read before choosing
    bool multiple = true;
    std::string error = {};
    bool optional = true;
    /// The island sends each file at once to the action of its form, with progress: see
    /// assets/islands/envoi.ts.
    bool progressive = false;
    Url send_to = {};         // where the island sends files, when it is not the form's action
    Url resumable_to = {};    // where it can send them so that a cut network costs nothing
    long long max_bytes = 0;  // checked before sending
    std::string list_id = {}; // element whose content the answer replaces
};
/// An address with suggestions (assets/islands/adresse.ts). Without JavaScript it is a plain text field.
struct AddressInput {
    std::string name = "adresse";
    Markup label = "Adresse du logement";
    Markup hint = "Numéro, rue et commune";
    std::optional<std::string> value = {};
    std::string error = {};
    bool optional = false;
    /// GeoCodeJSON property → name of the field it fills: {"citycode", "insee"}, {"lat", "lat"}…
    std::vector<std::pair<std::string, std::string>> fills = {};
    std::string source = "/api/adresses";
};

struct FormInfo {
    Url action = {};
    std::string csrf = {};
    std::string once = {}; // one-time key of the page: sent twice, the form is done once
    const FormErrors* errors = nullptr;
    const Values* values = nullptr; // what was typed, or what is known
    bool multipart = false;
    bool get = false; // searches and filters: no CSRF token
    std::string id = {};
    Url autosave = {};              // the island posts the form there while it is being filled
    bool summary = true;            // errors listed above the fields, each with a link
    std::string required_note = {}; // in place of « tous les champs sont obligatoires », where that is not so
    Attrs attributes = {};
};

/// The form being written. `h` is the page; methods add fields with their error and value.
class Form {
public:
    Form(Html& html, const FormInfo& info) : h(html), info_(info) {}
    Html& h;

    void input(Input);
    void textarea(TextArea);
    void select(Select);
    void radios(Radios);
    void checkboxes(Checkboxes);
    void checkbox(Checkbox);
    void date(DateInput);
    void upload(Upload);
    void address(AddressInput);
    void hidden(std::string_view name, std::string_view value);
    /// A group of fields under one legend.
    void group(const Markup& legend, const std::function<void()>& fields, const Markup& hint = {});
    /// Fields that matter only when another has this value. Without JavaScript they always show.
    void only_if(std::string_view name, std::string_view value, const std::function<void()>& fields);
    void submit(std::string_view label);
    void submit(const std::vector<Button>&);
    /// Invisible field that people leave empty and robots fill.
    void honeypot(std::string_view name);

    [[nodiscard]] std::string error_of(std::string_view name) const;
    [[nodiscard]] std::string value_of(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> values_of(std::string_view name) const;

    [[nodiscard]] int required_fields() const { return required_; }
    [[nodiscard]] int optional_fields() const { return optional_; }

private:
    bool count_field(bool optional);
    std::string take_id(std::string_view name);

    const FormInfo& info_;
    int required_ = 0;
    int optional_ = 0;
    std::vector<std::string> ids_;
};

/// Writes <form> with the CSRF token, the summary of errors, then what `fields` writes.
void form(Html&, const FormInfo&, const std::function<void(Form&)>& fields);
/// A form that is only a button: an action in a list or on a page.
void action_button(Html&, const Url& action, std::string_view csrf, const Button&, const Values& hidden = {});
/// The list of errors with links to the fields; takes the focus when the page opens.
void error_summary(Html&, const FormErrors&);
/// Asks before something that cannot be undone: a text, a button that does it, a link that leaves.
struct Confirm {
    std::string title = {};
    Markup text = {};
    Url action = {};
    std::string csrf = {};
    std::string yes = {};
    Url no = {}; // empty: nowhere to go, the question folds away
    std::string no_label = "Annuler";
    Values hidden = {};
    int level = 1; // of the title: 1 on a page of its own
};
void confirm(Html&, const Confirm&);
/// Search field with its button, sending `name` by GET.
struct Search {
    Url action = {};
    std::string name = "q";
    std::string label = "Rechercher";
    std::string placeholder = {};
    std::string value = {};
};
void search(Html&, const Search&);

/// The id of a field's element, from its name.
std::string field_id(std::string_view name);

} // namespace ui
