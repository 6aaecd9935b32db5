// Forms and their fields: label, hint, value, error, each tied to the others as the RGAA asks
// (11.1, 11.10, 11.11).
#include "ui/components.hpp"

#include <algorithm>

#include "base/expect.hpp"
#include "base/text.hpp"

namespace ui {

namespace {

/// What every field says beside itself.
struct FieldParts {
    std::string id;
    bool has_error = false;

    [[nodiscard]] std::string messages_id() const { return id + "-messages"; }
    [[nodiscard]] Attrs described() const
    {
        Attrs a;
        a.set("aria-describedby", messages_id());
        if (has_error) a.set("aria-invalid", "true");
        return a;
    }
};

void write_messages(Html& h, const FieldParts& field, std::string_view error)
{
    h("<div class=\"fr-messages-group\" id=\"{}\" aria-live=\"polite\">", field.messages_id());
    if (!error.empty())
        h("<p class=\"fr-message fr-message--error\" id=\"{}-erreur\">{}</p>", field.id, error);
    h("</div>");
}

Markup label_content(const Markup& label, const Markup& hint, bool optional)
{
    Html h;
    h(label);
    if (optional) h(" <span class=\"logis-facultatif\">(facultatif)</span>");
    if (!hint.empty()) h(" <span class=\"fr-hint-text\">{}</span>", hint);
    return std::move(h).markup();
}

void write_label(Html& h, const FieldParts& field, const Markup& content, bool hidden = false)
{
    h("<label class=\"{}\" for=\"{}\">{}</label>", hidden ? "fr-sr-only" : "fr-label", field.id, content);
}

void open_fieldset(Html& h, const FieldParts& field, const Markup& legend, const Markup& hint, bool optional,
                   bool is_heading)
{
    h("<fieldset class=\"fr-fieldset{}\" id=\"{}-groupe\" aria-labelledby=\"{}-legende {}\"{}>",
      field.has_error ? " fr-fieldset--error" : "", field.id, field.id, field.messages_id(),
      field.has_error ? Attrs{}.set("role", "group") : Attrs{});
    h("<legend class=\"fr-fieldset__legend{}\" id=\"{}-legende\">",
      is_heading ? "" : " fr-fieldset__legend--regular", field.id);
    if (is_heading) {
        h("<h2 class=\"fr-h5 fr-mb-0\">{}</h2>", legend);
        if (!hint.empty()) h("<span class=\"fr-hint-text\">{}</span>", hint);
    } else {
        h(label_content(legend, hint, optional));
    }
    h("</legend>");
}

/// The first choice carries the field's own id, so that a link of the error summary reaches it.
std::string choice_id(const FieldParts& field, std::size_t index)
{
    return index == 0 ? field.id : field.id + "-" + std::to_string(index + 1);
}

} // namespace

std::string field_id(std::string_view name)
{
    std::string id = "champ-";
    for (const char c : name) id += detail::is_letter(c) || (c >= '0' && c <= '9') ? c : '-';
    return id;
}

std::string Form::error_of(std::string_view name) const
{
    if (info_.errors)
        for (const auto& error : *info_.errors)
            if (error.field == name) return error.message;
    return {};
}

std::string Form::value_of(std::string_view name) const
{
    if (info_.values)
        for (const auto& [key, value] : *info_.values)
            if (key == name) return value;
    return {};
}

std::vector<std::string> Form::values_of(std::string_view name) const
{
    std::vector<std::string> out;
    if (info_.values)
        for (const auto& [key, value] : *info_.values)
            if (key == name) out.push_back(value);
    return out;
}

/// Counts what is asked. In a search nothing is required, so nothing says that it is not.
bool Form::count_field(bool optional)
{
    if (info_.get) return false;
    ++(optional ? optional_ : required_);
    return optional;
}

/// Two groups of one form may send the same name (proposed partners, other partners): ids stay unique, and
/// links of the error summary go to the first.
std::string Form::take_id(std::string_view name)
{
    auto id = field_id(name);
    const auto times = std::count(ids_.begin(), ids_.end(), id);
    ids_.push_back(id);
    if (times > 0) id += "-groupe" + std::to_string(times + 1);
    return id;
}

void Form::input(Input x)
{
    x.optional = count_field(x.optional);
    if (x.error.empty()) x.error = error_of(x.name);
    if (!x.value) x.value = value_of(x.name);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    h("<div class=\"fr-input-group{}\">", field.has_error ? " fr-input-group--error" : "");
    const Markup unit =
        x.suffix.empty() ? Markup{} : ui::markup("<span class=\"fr-sr-only\"> ({})</span>", x.suffix);
    write_label(h, field, label_content(ui::markup("{}{}", x.label, unit), x.hint, x.optional),
                x.label_hidden);
    Attrs a = field.described();
    a.maybe("autocomplete", x.autocomplete).maybe("inputmode", x.inputmode);
    if (x.max_length > 0) a.set("maxlength", x.max_length);
    if (x.width > 0) a.set("size", x.width);
    if (!x.optional && !info_.get) a.set("aria-required", "true");
    a.flag("required", x.required_attribute);
    if (x.type == "email" || x.type == "password") a.set("spellcheck", "false").set("autocapitalize", "none");
    // A password never comes back in a page.
    if (x.type != "password" && !x.value->empty()) a.set("value", *x.value);
    a.add(x.attributes);
    if (!x.suffix.empty()) h("<div class=\"logis-suffixe\">");
    h("<input class=\"fr-input{}\" id=\"{}\" name=\"{}\" type=\"{}\"{}>", x.width > 0 ? " logis-taille" : "",
      field.id, x.name, x.type, a);
    if (!x.suffix.empty()) h("<span aria-hidden=\"true\">{}</span></div>", x.suffix);
    write_messages(h, field, x.error);
    h("</div>");
}

void Form::textarea(TextArea x)
{
    x.optional = count_field(x.optional);
    if (x.error.empty()) x.error = error_of(x.name);
    if (!x.value) x.value = value_of(x.name);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    Html hint;
    hint(x.hint);
    if (x.max_length > 0)
        hint("{}{} caractères au plus.", x.hint.empty() ? "" : " ", base::format_integer(x.max_length));
    h("<div class=\"fr-input-group{}\">", field.has_error ? " fr-input-group--error" : "");
    write_label(h, field, label_content(x.label, std::move(hint).markup(), x.optional));
    Attrs a = field.described();
    if (!x.optional && !info_.get) a.set("aria-required", "true");
    if (x.max_length > 0) a.set("data-compteur", x.max_length);
    a.add(x.attributes);
    // The parser drops the first line break of a textarea: without this one, the person's own would be lost.
    h("<textarea class=\"fr-input\" id=\"{}\" name=\"{}\" rows=\"{}\"{}>\n{}</textarea>", field.id, x.name,
      x.rows, a, *x.value);
    write_messages(h, field, x.error);
    h("</div>");
}

void Form::select(Select x)
{
    x.optional = count_field(x.optional);
    if (x.error.empty()) x.error = error_of(x.name);
    if (!x.value) x.value = value_of(x.name);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    h("<div class=\"fr-select-group{}\">", field.has_error ? " fr-select-group--error" : "");
    write_label(h, field, label_content(x.label, x.hint, x.optional), x.label_hidden);
    Attrs a = field.described();
    if (!x.optional && !info_.get) a.set("aria-required", "true");
    a.add(x.attributes);
    h("<select class=\"fr-select\" id=\"{}\" name=\"{}\"{}>", field.id, x.name, a);
    if (!x.empty_label.empty()) h("<option value=\"\">{}</option>", x.empty_label);
    std::string group;
    for (const auto& option : x.options) {
        if (option.group != group) {
            if (!group.empty()) h("</optgroup>");
            group = option.group;
            if (!group.empty()) h("<optgroup label=\"{}\">", group);
        }
        h("<option value=\"{}\"{}>{}</option>", option.value,
          Attrs{}.flag("selected", option.value == *x.value), option.label);
    }
    if (!group.empty()) h("</optgroup>");
    h("</select>");
    write_messages(h, field, x.error);
    h("</div>");
}

void Form::radios(Radios x)
{
    x.optional = count_field(x.optional);
    if (x.error.empty()) x.error = error_of(x.name);
    if (!x.value) x.value = value_of(x.name);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    open_fieldset(h, field, x.legend, x.hint, x.optional, x.legend_is_heading);
    for (std::size_t i = 0; i < x.options.size(); ++i) {
        const auto& option = x.options[i];
        const auto id = choice_id(field, i);
        h("<div class=\"fr-fieldset__element{}\"><div class=\"fr-radio-group\">"
          "<input type=\"radio\" id=\"{}\" name=\"{}\" value=\"{}\"{}><label class=\"fr-label\" "
          "for=\"{}\">{}</label>"
          "</div></div>",
          x.in_line ? " fr-fieldset__element--inline" : "", id, x.name, option.value,
          Attrs{}.flag("checked", option.value == *x.value), id,
          label_content(option.label, option.hint, false));
    }
    write_messages(h, field, x.error);
    h("</fieldset>");
}

void Form::checkboxes(Checkboxes x)
{
    x.optional = count_field(x.optional);
    if (x.error.empty()) x.error = error_of(x.name);
    if (!x.values) x.values = values_of(x.name);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    open_fieldset(h, field, x.legend, x.hint, x.optional, x.legend_is_heading);
    for (std::size_t i = 0; i < x.options.size(); ++i) {
        const auto& option = x.options[i];
        const auto id = choice_id(field, i);
        const bool checked = std::find(x.values->begin(), x.values->end(), option.value) != x.values->end();
        h("<div class=\"fr-fieldset__element{}\"><div class=\"fr-checkbox-group{}\">"
          "<input type=\"checkbox\" id=\"{}\" name=\"{}\" value=\"{}\"{}>"
          "<label class=\"fr-label\" for=\"{}\">{}</label></div></div>",
          x.in_line ? " fr-fieldset__element--inline" : "", x.small ? " fr-checkbox-group--sm" : "", id,
          x.name, option.value, Attrs{}.flag("checked", checked), id,
          label_content(option.label, option.hint, false));
    }
    write_messages(h, field, x.error);
    h("</fieldset>");
}

void Form::checkbox(Checkbox x)
{
    if (x.error.empty()) x.error = error_of(x.name);
    const bool checked = x.checked.value_or(value_of(x.name) == x.value);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    h("<div class=\"fr-checkbox-group{} logis-case\"><input type=\"checkbox\" id=\"{}\" name=\"{}\" "
      "value=\"{}\"{}>"
      "<label class=\"fr-label\" for=\"{}\">{}</label>",
      field.has_error ? " fr-checkbox-group--error" : "", field.id, x.name, x.value,
      field.described().flag("checked", checked), field.id, label_content(x.label, x.hint, false));
    write_messages(h, field, x.error);
    h("</div>");
}

void Form::date(DateInput x)
{
    input({.name = std::move(x.name),
           .label = std::move(x.label),
           .hint = std::move(x.hint),
           .value = std::move(x.value),
           .error = std::move(x.error),
           .optional = x.optional,
           .autocomplete = std::move(x.autocomplete),
           .inputmode = "numeric",
           .width = 12});
}

void Form::upload(Upload x)
{
    if (x.error.empty()) x.error = error_of(x.name);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    Attrs group;
    if (x.progressive) {
        group.set("data-envoi", x.send_to).maybe("data-liste", x.list_id);
        if (!x.resumable_to.text().empty())
            group.set("data-televersements", x.resumable_to).set("data-tus", asset("tus.js"));
        if (x.max_bytes > 0) group.set("data-octets-max", x.max_bytes);
    }
    h("<div class=\"fr-upload-group{} logis-depot\"{}>", field.has_error ? " fr-upload-group--error" : "",
      group);
    write_label(h, field, label_content(x.label, x.limits, x.optional));
    h("<input class=\"fr-upload\" type=\"file\" id=\"{}\" name=\"{}\"{}>", field.id, x.name,
      field.described().maybe("accept", x.accept).flag("multiple", x.multiple));
    write_messages(h, field, x.error);
    h("</div>");
}

void Form::address(AddressInput x)
{
    x.optional = count_field(x.optional);
    if (x.error.empty()) x.error = error_of(x.name);
    if (!x.value) x.value = value_of(x.name);
    const FieldParts field{take_id(x.name), !x.error.empty()};
    std::string fills;
    for (const auto& [property, target] : x.fills) {
        if (!fills.empty()) fills += ' ';
        fills += property + '=' + target;
    }
    h("<div class=\"fr-input-group{} logis-adresse\" data-adresses=\"{}\" data-remplit=\"{}\">",
      field.has_error ? " fr-input-group--error" : "", x.source, fills);
    write_label(h, field, label_content(x.label, x.hint, x.optional));
    Attrs a = field.described();
    if (!x.optional && !info_.get) a.set("aria-required", "true");
    h("<div class=\"logis-adresse__champ\"><input class=\"fr-input\" type=\"text\" id=\"{}\" name=\"{}\" "
      "value=\"{}\" "
      "maxlength=\"255\"{}></div>",
      field.id, x.name, *x.value, a);
    write_messages(h, field, x.error);
    h("</div>");
}

void Form::hidden(std::string_view name, std::string_view value)
{
    h("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
}

void Form::group(const Markup& legend, const std::function<void()>& fields, const Markup& hint)
{
    h("<fieldset class=\"fr-fieldset logis-groupe\"><legend class=\"fr-fieldset__legend\">{}", legend);
    if (!hint.empty()) h(" <span class=\"fr-hint-text\">{}</span>", hint);
    h("</legend><div class=\"fr-fieldset__element\">");
    fields();
    h("</div></fieldset>");
}

void Form::only_if(std::string_view name, std::string_view value, const std::function<void()>& fields)
{
    h("<div class=\"logis-condition\" data-visible-si=\"{}={}\">", name, value);
    fields();
    h("</div>");
}

void Form::submit(std::string_view label)
{
    submit({{.label = std::string(label)}});
}

void Form::submit(const std::vector<Button>& list)
{
    h("<div class=\"logis-actions\">");
    buttons(h, list);
    h("</div>");
}

void Form::honeypot(std::string_view name)
{
    const auto id = field_id(name);
    h("<div class=\"logis-leurre\" aria-hidden=\"true\"><label for=\"{}\">Laissez ce champ vide</label>"
      "<input type=\"text\" id=\"{}\" name=\"{}\" tabindex=\"-1\" autocomplete=\"off\"></div>",
      id, id, name);
}

void error_summary(Html& h, const FormErrors& errors)
{
    if (errors.empty()) return;
    h("<div class=\"fr-alert fr-alert--error logis-erreurs\" id=\"erreurs\" role=\"alert\" tabindex=\"-1\" "
      "autofocus>"
      "<h2 class=\"fr-alert__title\">{}</h2><ul>",
      errors.size() == 1 ? "Une réponse est à corriger" : "Des réponses sont à corriger");
    for (const auto& error : errors) {
        if (error.field.empty())
            h("<li>{}</li>", error.message);
        else
            h("<li><a href=\"{}\">{}</a></li>", anchor(field_id(error.field)), error.message);
    }
    h("</ul></div>");
}

void form(Html& h, const FormInfo& info, const std::function<void(Form&)>& fields)
{
    if (info.summary && info.errors) error_summary(h, *info.errors);
    Attrs a;
    a.maybe("id", info.id);
    if (info.multipart) a.set("enctype", "multipart/form-data");
    if (!info.autosave.empty()) a.set("data-autosave", info.autosave);
    a.add(info.attributes);
    if (info.get) {
        h("<form method=\"get\" action=\"{}\" class=\"logis-filtres\"{}>", info.action, a);
    } else {
        base::expect(!info.csrf.empty(), "a form that posts carries a CSRF token");
        // Our own messages say more than the browser's: they are written by the server, in the page.
        h("<form method=\"post\" action=\"{}\" novalidate{}>", info.action, a);
        h("<input type=\"hidden\" name=\"csrf\" value=\"{}\">", info.csrf);
        if (!info.once.empty()) h("<input type=\"hidden\" name=\"cle\" value=\"{}\">", info.once);
    }
    const auto start = h.text().size();
    Form f{h, info};
    fields(f);
    if (!info.get && f.required_fields() > 1)
        h.insert(start, markup("<p class=\"fr-hint-text logis-obligatoires\">{}</p>",
                               !info.required_note.empty()
                                   ? std::string_view{info.required_note}
                                   : std::string_view{
                                         f.optional_fields() > 0
                                             ? "Sauf mention contraire, tous les champs sont obligatoires."
                                             : "Tous les champs sont obligatoires."}));
    if (!info.autosave.empty())
        h("<p class=\"logis-enregistrement\" role=\"status\" data-autosave-etat></p>");
    h("</form>");
}

void action_button(Html& h, const Url& action, std::string_view csrf, const Button& b, const Values& hidden)
{
    base::expect(!csrf.empty(), "a form that posts carries a CSRF token");
    h("<form method=\"post\" action=\"{}\" class=\"logis-bouton-seul\"><input type=\"hidden\" name=\"csrf\" "
      "value=\"{}\">",
      action, csrf);
    for (const auto& [name, value] : hidden)
        h("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
    h("{}</form>", button(b));
}

void confirm(Html& h, const Confirm& c)
{
    if (c.level == 1)
        h("<h1>{}</h1>", c.title);
    else
        h("<h3 class=\"fr-h5\">{}</h3>", c.title);
    if (!c.text.empty())
        h("<div{}>{}</div>", Attrs{}.maybe("class", c.level == 1 ? "fr-text--lead" : ""), c.text);
    form(h, {.action = c.action, .csrf = c.csrf}, [&](Form& f) {
        for (const auto& [name, value] : c.hidden) f.hidden(name, value);
        std::vector<Button> choice{{.label = c.yes}};
        if (!c.no.empty())
            choice.push_back({.label = c.no_label, .url = c.no, .importance = Importance::Secondary});
        f.submit(choice);
    });
}

void search(Html& h, const Search& s)
{
    const auto id = field_id(s.name);
    h("<form method=\"get\" action=\"{}\" class=\"fr-search-bar\" role=\"search\"><label class=\"fr-label\" "
      "for=\"{}\">{}"
      "</label><input class=\"fr-input\" type=\"search\" id=\"{}\" name=\"{}\" value=\"{}\" "
      "placeholder=\"{}\">"
      "<button type=\"submit\" class=\"fr-btn\" title=\"{}\">{}</button></form>",
      s.action, id, s.label, id, s.name, s.value, s.placeholder.empty() ? s.label : s.placeholder, s.label,
      s.label);
}

} // namespace ui
