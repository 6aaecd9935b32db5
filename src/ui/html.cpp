// Writing what the templates of html.hpp have checked: escaping, addresses, attributes.
#include "ui/html.hpp"

#include <array>

#include "base/expect.hpp"

namespace ui {

namespace {

bool is_unreserved(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

void append_percent_encoded(std::string& out, std::string_view text)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(byte)) {
            out += c;
        } else {
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
}

/// The characters to stop at, as a table: pages are made of long stretches without any.
template <std::size_t N> constexpr std::array<bool, 256> stops_of(const char (&characters)[N])
{
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i + 1 < N; ++i) table[static_cast<unsigned char>(characters[i])] = true;
    return table;
}

/// Position of the first of them from `start` on; the end of the text when there is none.
std::size_t next_stop(std::string_view text, std::size_t start, const std::array<bool, 256>& stops)
{
    while (start < text.size() && !stops[static_cast<unsigned char>(text[start])]) ++start;
    return start;
}

/// The literal pieces of a template write {{ and }} for braces.
void append_literal(std::string& out, std::string_view literal)
{
    static constexpr auto braces = stops_of("{}");
    for (std::size_t start = 0;;) {
        const auto brace = next_stop(literal, start, braces);
        if (brace == literal.size()) {
            out += literal.substr(start);
            return;
        }
        out += literal.substr(start, brace + 1 - start);
        start = brace + 2;
    }
}

} // namespace

void append_escaped(std::string& out, std::string_view text)
{
    static constexpr auto specials = stops_of("&<>\"'");
    for (std::size_t start = 0;;) {
        const auto special = next_stop(text, start, specials);
        out += text.substr(start, special - start);
        if (special == text.size()) return;
        switch (text[special]) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += "&#39;";
        }
        start = special + 1;
    }
}

void Html::append(std::string_view text, std::span<const detail::Slot> slots,
                  std::span<const detail::Value> values)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        append_literal(out_, text.substr(at, slots[i].end - at));
        at = slots[i].next;
        const auto& value = values[i];
        if (value.kind == detail::Kind::Number) {
            out_ += std::to_string(value.number);
        } else if (value.kind == detail::Kind::Markup || value.kind == detail::Kind::Attrs) {
            out_ += value.text;
        } else if (slots[i].place == detail::Place::UrlPart) {
            append_percent_encoded(out_, value.text);
        } else {
            append_escaped(out_, value.text);
        }
    }
    append_literal(out_, text.substr(at));
}

Markup::Markup(std::string_view text)
{
    append_escaped(html_, text);
}

Attrs& Attrs::set(AttrName name, std::string_view value)
{
    html_ += ' ';
    html_ += name.text();
    html_ += "=\"";
    append_escaped(html_, value);
    html_ += '"';
    return *this;
}

Attrs& Attrs::set(AttrName name, long long value)
{
    return set(name, std::to_string(value));
}

Attrs& Attrs::set(AttrName name, const Url& value)
{
    return set(name, value.text());
}

Attrs& Attrs::maybe(AttrName name, std::string_view value)
{
    return value.empty() ? *this : set(name, value);
}

Attrs& Attrs::flag(AttrName name, bool present)
{
    if (present) {
        html_ += ' ';
        html_ += name.text();
    }
    return *this;
}

Attrs& Attrs::add(const Attrs& other)
{
    html_ += other.html_;
    return *this;
}

Url Url::with(std::string_view name, std::string_view value) const
{
    const auto hash = text_.find('#');
    std::string out = text_.substr(0, hash);
    out += out.find('?') == out.npos ? '?' : '&';
    append_percent_encoded(out, name);
    out += '=';
    append_percent_encoded(out, value);
    if (hash != text_.npos) out += text_.substr(hash);
    return Url{std::move(out)};
}

Url Url::with(std::string_view name, long long value) const
{
    return with(name, std::to_string(value));
}

Url Url::fragment(std::string_view id) const
{
    std::string out = text_.substr(0, text_.find('#'));
    out += '#';
    append_percent_encoded(out, id);
    return Url{std::move(out)};
}

Url url_of(std::string_view path, std::span<const detail::Value> values)
{
    std::string out;
    std::size_t i = 0;
    for (std::size_t at = 0;;) {
        const auto brace = path.find('{', at);
        out += path.substr(at, brace == path.npos ? brace : brace - at);
        if (brace == path.npos) break;
        const auto& value = values[i++];
        if (value.kind == detail::Kind::Number) {
            out += std::to_string(value.number);
        } else {
            base::expect(!value.text.empty() && value.text != "." && value.text != "..",
                         "a segment of a path is neither empty nor a dot");
            append_percent_encoded(out, value.text);
        }
        at = brace + 2;
    }
    return Url{std::move(out)};
}

Url anchor(std::string_view id)
{
    return Url{}.fragment(id);
}

Url mailto(std::string_view address)
{
    std::string out = "mailto:";
    const auto at = address.rfind('@');
    append_percent_encoded(out, address.substr(0, at));
    if (at != address.npos) {
        out += '@';
        append_percent_encoded(out, address.substr(at + 1));
    }
    return Url{std::move(out)};
}

Url tel(std::string_view number)
{
    std::string out = "tel:";
    for (const char c : number)
        if ((c >= '0' && c <= '9') || c == '+') out += c;
    return Url{std::move(out)};
}

Url external(std::string_view address)
{
    base::expect(address.starts_with("https://") || address.starts_with("http://"),
                 "a foreign address begins with https:// or http://");
    for (const char c : address)
        base::expect(static_cast<unsigned char>(c) > 0x20 && c != '\\', "a foreign address has no space");
    return Url{std::string(address)};
}

std::optional<Url> local_url(std::string_view path_and_query)
{
    if (!path_and_query.starts_with('/') || path_and_query.starts_with("//")) return std::nullopt;
    for (const char c : path_and_query)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '\\' || c == 0x7F) return std::nullopt;
    return Url{std::string(path_and_query)};
}

Markup json_script(std::string_view id, std::string_view json)
{
    // In a JSON text < stands inside strings only, where its escape means the same.
    std::string safe;
    for (const char c : json) {
        if (c == '<')
            safe += "\\u003c";
        else
            safe += c;
    }
    Markup out;
    out.html_ = "<script type=\"application/json\"" + Attrs{}.set("id", id).html() + ">" + safe + "</script>";
    return out;
}

Markup paragraphs(std::string_view text)
{
    Html h;
    while (!text.empty()) {
        const auto blank = text.find("\n\n");
        auto block = text.substr(0, blank);
        text = blank == text.npos ? std::string_view{} : text.substr(blank + 2);
        while (block.starts_with('\n')) block.remove_prefix(1);
        if (block.empty()) continue;
        h("<p>");
        for (;;) {
            const auto end = block.find('\n');
            h("{}", block.substr(0, end));
            if (end == block.npos) break;
            h("<br>");
            block.remove_prefix(end + 1);
        }
        h("</p>");
    }
    return std::move(h).markup();
}

} // namespace ui
