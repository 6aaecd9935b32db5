// HTML templates: string literals read once by the compiler, which checks the context of every {} and the
// arguments. A value is escaped for where it stands; a value that cannot be made safe there does not compile.
// Nothing here knows a component: see components.hpp.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/id.hpp"

namespace ui {

class Html;
class Url;
class Markup;
class Attrs;

namespace detail {

enum class Kind : std::uint8_t { Text, Number, Url, Markup, Attrs };
enum class Place : std::uint8_t { Text, Attribute, UrlPart, Tag };

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_id : std::false_type {};
template <class T> struct is_id<base::Id<T>> : std::true_type {};

template <class T> consteval Kind kind_of()
{
    using U = std::remove_cvref_t<T>;
    if constexpr (is_optional<U>::value) {
        return kind_of<typename U::value_type>();
    } else if constexpr (std::same_as<U, Url>) {
        return Kind::Url;
    } else if constexpr (std::same_as<U, Markup>) {
        return Kind::Markup;
    } else if constexpr (std::same_as<U, Attrs>) {
        return Kind::Attrs;
    } else if constexpr (is_id<U>::value || std::convertible_to<const U&, std::string_view>) {
        return Kind::Text;
    } else {
        static_assert(std::integral<U> && !std::same_as<U, bool> && !std::same_as<U, char>,
                      "ui: only text, integers, ids, ui::Url, ui::Markup and ui::Attrs go into a template");
        return Kind::Number;
    }
}

/// Where the literal text before a placeholder ends, where the text after it begins, and what stands there.
struct Slot {
    std::uint32_t end = 0;
    std::uint32_t next = 0;
    Place place = Place::Text;
};

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr bool same(std::string_view a, std::string_view b)
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != b[i]) return false;
    return true;
}
constexpr bool starts(std::string_view a, std::string_view prefix)
{
    return a.size() >= prefix.size() && same(a.substr(0, prefix.size()), prefix);
}
constexpr bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
constexpr bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}
constexpr bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}
constexpr bool is_url_attribute(std::string_view name)
{
    for (std::string_view url : {"href", "src", "action", "formaction", "poster", "cite", "data", "srcset",
                                 "imagesrcset", "xlink:href", "background", "ping", "manifest", "longdesc"})
        if (same(name, url)) return true;
    return false;
}
/// What a literal address may begin with: never a scheme that runs code.
constexpr bool is_safe_url_start(std::string_view literal)
{
    if (literal.empty() || literal[0] == '/' || literal[0] == '#' || literal[0] == '?') return true;
    for (std::string_view scheme : {"https://", "http://", "mailto:", "tel:"})
        if (starts(literal, scheme)) return true;
    return false;
}
/// True when whatever follows this literal can no longer change the scheme or the host.
constexpr bool is_past_host(std::string_view literal)
{
    if (literal.empty()) return false;
    if (literal[0] == '#' || literal[0] == '?') return true;
    if (literal[0] == '/') return literal.size() < 2 || (literal[1] != '/' && literal[1] != '\\');
    for (std::string_view scheme : {"https://", "http://"})
        if (starts(literal, scheme)) return literal.substr(scheme.size()).find('/') != literal.npos;
    return false;
}

/// Walks the template once. Every throw below stops the build and is quoted by the compiler.
constexpr void read_template(std::string_view t, std::span<const Kind> kinds, std::span<Slot> slots)
{
    enum class State {
        Text,
        TagOpen,
        TagName,
        EndTag,
        BeforeName,
        Name,
        AfterName,
        BeforeValue,
        Value,
        AfterValue,
        SelfClosing,
        Doctype,
        Comment,
        Raw
    };
    State state = State::Text;
    std::size_t used = 0;
    std::size_t mark = 0;       // where the current name or value began
    bool value_has_url = false; // a Url stands at the start of the current value
    bool value_has_slot = false;
    std::string_view tag, name, raw; // raw: the element whose text is not HTML
    bool is_meta_refresh = false;

    const auto check_name = [&] {
        if (starts(name, "on"))
            throw "ui: event handler attributes (on…=) are refused: behaviour belongs in assets/islands";
        if (same(name, "style")) throw "ui: style attributes are refused: use a class";
        if (same(name, "srcdoc")) throw "ui: srcdoc is refused: it would be HTML inside an attribute";
    };
    const auto check_literal_value = [&](std::string_view value) {
        if (is_url_attribute(name) && !value_has_url && !value_has_slot && !is_safe_url_start(value))
            throw "ui: a literal address must begin with /, #, ?, https:// or mailto:";
        if (same(tag, "meta") && same(name, "http-equiv") && same(value, "refresh")) is_meta_refresh = true;
    };

    const auto end_tag_name = [&](std::size_t end) {
        tag = t.substr(mark, end - mark);
        for (std::string_view refused : {"base", "embed", "object", "plaintext", "xmp", "frameset"})
            if (same(tag, refused)) throw "ui: this element is refused";
        is_meta_refresh = false;
        state = State::AfterValue;
    };

    for (std::size_t i = 0; i < t.size(); ++i) {
        const char c = t[i];
        if (c == '}') {
            if (i + 1 < t.size() && t[i + 1] == '}') {
                ++i;
                continue;
            }
            throw "ui: a lone } in a template: write }} for a brace";
        }
        if (c == '{' && i + 1 < t.size() && t[i + 1] == '{') {
            ++i;
            continue;
        }
        if (c == '{') {
            if (i + 1 >= t.size() || t[i + 1] != '}')
                throw "ui: a lone { in a template: write {{ for a brace";
            if (used >= kinds.size()) throw "ui: too few arguments for the {} of this template";
            const Kind kind = kinds[used];
            Slot& slot = slots[used++];
            slot.end = static_cast<std::uint32_t>(i);
            slot.next = static_cast<std::uint32_t>(i + 2);
            switch (state) {
            case State::Text:
                if (kind == Kind::Attrs) throw "ui: ui::Attrs stands inside a tag, not in text";
                slot.place = Place::Text;
                break;
            case State::Raw:
                if (same(raw, "script")) throw "ui: no {} inside <script>: use ui::json_script";
                if (same(raw, "style")) throw "ui: no {} inside <style>: use a class";
                if (kind == Kind::Markup || kind == Kind::Attrs)
                    throw "ui: only text goes inside <textarea> and <title>";
                slot.place = Place::Text;
                break;
            case State::Value: {
                value_has_slot = true;
                slot.place = Place::Attribute;
                if (kind == Kind::Markup) throw "ui: ui::Markup cannot go into an attribute value";
                if (kind == Kind::Attrs) throw "ui: ui::Attrs stands between attributes, not inside a value";
                if (same(name, "http-equiv")) throw "ui: no {} in http-equiv";
                if (is_url_attribute(name)) {
                    const bool at_start = i == mark;
                    const bool is_set = same(name, "srcset") || same(name, "imagesrcset");
                    if (is_set && kind != Kind::Url && kind != Kind::Number)
                        throw "ui: srcset takes only ui::Url and integers";
                    if (at_start && kind != Kind::Url)
                        throw "ui: href, src, action… begin with a ui::Url, never with a string";
                    if (!at_start && kind == Kind::Url && !is_set)
                        throw "ui: a ui::Url stands at the start of the address; use .with() for a query";
                    if (at_start) {
                        value_has_url = true;
                    } else if (!is_set) {
                        if (!value_has_url && !is_past_host(t.substr(mark, i - mark)))
                            throw "ui: the literal start of an address must fix its scheme and host";
                        slot.place = Place::UrlPart;
                    }
                }
                break;
            }
            case State::BeforeName:
            case State::AfterValue:
                if (kind != Kind::Attrs)
                    throw "ui: between attributes stands ui::Attrs only: a name cannot be a value";
                slot.place = Place::Tag;
                break;
            case State::TagName:
                if (kind != Kind::Attrs) throw "ui: a tag name cannot be a value";
                end_tag_name(i); // <p{}>: Attrs bring their own space
                slot.place = Place::Tag;
                break;
            case State::TagOpen:
            case State::EndTag:
                throw "ui: a tag name cannot be a value";
            case State::Name:
                if (kind != Kind::Attrs) throw "ui: an attribute name cannot be a value: use ui::Attrs";
                name = t.substr(mark, i - mark);
                check_name();
                state = State::AfterValue;
                slot.place = Place::Tag;
                break;
            case State::AfterName:
                throw "ui: an attribute name cannot be a value: use ui::Attrs";
            case State::BeforeValue:
                throw "ui: attribute values are written between double quotes";
            case State::SelfClosing:
            case State::Doctype:
            case State::Comment:
                throw "ui: no {} inside a comment or a declaration";
            }
            ++i; // the closing brace
            continue;
        }
        switch (state) {
        case State::Text:
            if (c == '<') state = State::TagOpen;
            break;
        case State::TagOpen:
            if (c == '!') {
                if (t.substr(i).starts_with("!--")) {
                    state = State::Comment;
                    i += 2;
                } else {
                    state = State::Doctype;
                }
            } else if (c == '/') {
                state = State::EndTag;
            } else if (is_letter(c)) {
                state = State::TagName;
                mark = i;
            } else {
                throw "ui: < begins a tag: write &lt; in text";
            }
            break;
        case State::EndTag:
            if (c == '>')
                state = State::Text;
            else if (!is_name_char(c))
                throw "ui: an end tag holds its name only";
            break;
        case State::TagName:
            if (is_name_char(c)) break;
            end_tag_name(i);
            [[fallthrough]];
        case State::AfterValue:
        case State::BeforeName:
            if (is_space(c)) {
                state = State::BeforeName;
            } else if (c == '>') {
                if (is_meta_refresh) throw "ui: <meta http-equiv=refresh> is refused: answer with a redirect";
                state = State::Text;
                for (std::string_view element : {"script", "style", "textarea", "title", "iframe"})
                    if (same(tag, element)) {
                        state = State::Raw;
                        raw = tag;
                    }
            } else if (c == '/') {
                state = State::SelfClosing;
            } else if (is_name_char(c) && state == State::BeforeName) {
                state = State::Name;
                mark = i;
            } else {
                throw "ui: a space is missing between attributes, or this sign cannot stand in a tag";
            }
            break;
        case State::SelfClosing:
            if (c != '>') throw "ui: / in a tag is followed by >";
            if (is_meta_refresh) throw "ui: <meta http-equiv=refresh> is refused: answer with a redirect";
            state = State::Text;
            break;
        case State::Name:
            if (is_name_char(c)) break;
            name = t.substr(mark, i - mark);
            check_name();
            if (c == '=') {
                state = State::BeforeValue;
            } else if (is_space(c)) {
                state = State::AfterName;
            } else if (c == '>' || c == '/') {
                state = State::AfterValue;
                --i;
            } else {
                throw "ui: this sign cannot stand in an attribute name";
            }
            break;
        case State::AfterName:
            if (c == '=') throw "ui: no space around = in a tag";
            if (!is_space(c)) {
                state = State::BeforeName;
                --i;
            }
            break;
        case State::BeforeValue:
            if (c != '"') throw "ui: attribute values are written between double quotes";
            state = State::Value;
            mark = i + 1;
            value_has_url = value_has_slot = false;
            break;
        case State::Value:
            if (c == '"') {
                check_literal_value(t.substr(mark, i - mark));
                state = State::AfterValue;
            } else if (c == '<') {
                throw "ui: write &lt; inside an attribute value";
            }
            break;
        case State::Doctype:
            if (c == '>') state = State::Text;
            break;
        case State::Comment:
            if (t.substr(i).starts_with("-->")) {
                state = State::Text;
                i += 2;
            }
            break;
        case State::Raw:
            if (c == '<' && starts(t.substr(i), "</") && starts(t.substr(i + 2), raw)) {
                state = State::EndTag;
                ++i;
            }
            break;
        }
    }
    if (used < kinds.size()) throw "ui: too many arguments: the template has fewer {}";
    if (state == State::Raw)
        throw "ui: <script>, <style>, <textarea> and <title> are closed in their template";
    if (state == State::Comment) throw "ui: this template ends inside a comment";
    if (state != State::Text) throw "ui: this template ends inside a tag";
}

/// A value on its way into the output.
struct Value {
    Kind kind;
    long long number;
    std::string_view text;
};

} // namespace detail

/// A template checked by the compiler for arguments of these types.
template <class... Args> class Template {
public:
    template <class S>
    requires std::convertible_to<const S&, std::string_view>
    consteval Template(const S& literal) : text_(literal)
    {
        constexpr std::size_t n = sizeof...(Args);
        const std::array<detail::Kind, n> kinds{detail::kind_of<Args>()...};
        detail::read_template(text_, kinds, slots_);
    }
    [[nodiscard]] constexpr std::string_view text() const { return text_; }
    [[nodiscard]] constexpr std::span<const detail::Slot> slots() const { return slots_; }

private:
    std::string_view text_;
    std::array<detail::Slot, sizeof...(Args)> slots_{};
};

/// An address that is safe in href, src and action. Made by the functions below only, so its scheme is known.
class Url {
public:
    Url() = default; // nowhere: components leave the link out
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    /// Adds name=value to the query; both are encoded.
    [[nodiscard]] Url with(std::string_view name, std::string_view value) const;
    [[nodiscard]] Url with(std::string_view name, long long value) const;
    /// Sets the fragment: the id of an element of the page.
    [[nodiscard]] Url fragment(std::string_view id) const;
    bool operator==(const Url&) const = default;

private:
    explicit Url(std::string text) : text_(std::move(text)) {}
    friend Url url_of(std::string_view, std::span<const detail::Value>);
    friend Url anchor(std::string_view);
    friend Url mailto(std::string_view);
    friend Url tel(std::string_view);
    friend Url external(std::string_view);
    friend std::optional<Url> local_url(std::string_view);
    friend Url asset(std::string_view);

    std::string text_;
};

/// HTML that is already safe: made by Html, or from plain text, which is escaped on the way. So a parameter
/// of type Markup takes a string or something richer.
class Markup {
public:
    Markup() = default;
    Markup(std::string_view text);
    Markup(const std::string& text) : Markup(std::string_view{text}) {}
    Markup(const char* text) : Markup(std::string_view{text}) {}
    template <std::integral N>
    requires(!std::same_as<N, bool> && !std::same_as<N, char>) Markup(N number)
        : html_(std::to_string(number))
    {}
    [[nodiscard]] const std::string& html() const { return html_; }
    [[nodiscard]] bool empty() const { return html_.empty(); }

private:
    friend class Html;
    friend Markup json_script(std::string_view id, std::string_view json);
    std::string html_;
};

/// The name of an attribute, checked by the compiler: neither an event handler, nor style, nor an address.
class AttrName {
public:
    consteval AttrName(const char* name) : text_(name)
    {
        if (text_.empty()) throw "ui: an attribute needs a name";
        for (const char c : text_)
            if (!detail::is_name_char(c)) throw "ui: this sign cannot stand in an attribute name";
        if (detail::starts(text_, "on") || detail::same(text_, "style") || detail::same(text_, "srcdoc"))
            throw "ui: event handlers, style and srcdoc are refused";
        if (detail::is_url_attribute(text_))
            throw "ui: this attribute takes a ui::Url: write it in the template";
        if (detail::same(text_, "http-equiv")) throw "ui: http-equiv is refused";
    }
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// Attributes known only at run time, put between the attributes of a tag: h("<input class=\"x\"{}>", attrs).
class Attrs {
public:
    Attrs& set(AttrName, std::string_view value);
    Attrs& set(AttrName, long long value);
    Attrs& set(AttrName, const Url& value);
    /// Only when the value is not empty.
    Attrs& maybe(AttrName, std::string_view value);
    /// A boolean attribute, present or absent.
    Attrs& flag(AttrName, bool present = true);
    Attrs& add(const Attrs& other);
    [[nodiscard]] const std::string& html() const { return html_; }

private:
    std::string html_;
};

/// The page being written.
class Html {
public:
    /// Appends the template with its values, each escaped for its place.
    template <class... A> Html& operator()(Template<std::type_identity_t<A>...> t, const A&... args)
    {
        if constexpr (sizeof...(A) == 0) {
            append(t.text(), {}, {});
        } else {
            const detail::Value values[] = {value(args)...};
            append(t.text(), t.slots(), values);
        }
        return *this;
    }
    /// Exactly a Markup: a literal must be read as a template, never converted to text.
    template <std::same_as<Markup> M> Html& operator()(const M& safe)
    {
        out_ += safe.html();
        return *this;
    }
    [[nodiscard]] const std::string& text() const { return out_; }
    /// Inserts before what has been written since text() was `at` long.
    void insert(std::size_t at, const Markup& safe) { out_.insert(at, safe.html()); }
    [[nodiscard]] std::string take() && { return std::move(out_); }
    [[nodiscard]] Markup markup() &&
    {
        Markup m;
        m.html_ = std::move(out_);
        return m;
    }

    template <class T> static detail::Value value(const T& v)
    {
        using U = std::remove_cvref_t<T>;
        constexpr auto kind = detail::kind_of<U>();
        if constexpr (detail::is_optional<U>::value) {
            return v ? value(*v) : detail::Value{detail::Kind::Markup, 0, {}};
        } else if constexpr (kind == detail::Kind::Number) {
            return {kind, static_cast<long long>(v), {}};
        } else if constexpr (kind == detail::Kind::Url) {
            return {kind, 0, v.text()};
        } else if constexpr (kind == detail::Kind::Markup || kind == detail::Kind::Attrs) {
            return {kind, 0, v.html()};
        } else if constexpr (detail::is_id<U>::value) {
            return {kind, 0, v.text};
        } else {
            return {kind, 0, std::string_view(v)};
        }
    }

private:
    void append(std::string_view text, std::span<const detail::Slot>, std::span<const detail::Value>);

    std::string out_;
};

/// A piece of HTML as a value: markup("<strong>{}</strong>", name).
template <class... A> Markup markup(Template<std::type_identity_t<A>...> t, const A&... args)
{
    Html h;
    h(t, args...);
    return std::move(h).markup();
}
/// A piece of HTML written by a function: markup([&](Html& h) { … }).
template <class F>
requires std::invocable<F&, Html&> Markup markup(F&& write)
{
    Html h;
    write(h);
    return std::move(h).markup();
}

/// A path of ours: literal text with {} for values. Checked by the compiler.
template <class... Args> class Path {
public:
    template <class S>
    requires std::convertible_to<const S&, std::string_view>
    consteval Path(const S& literal) : text_(literal)
    {
        if (text_.empty() || text_[0] != '/') throw "ui: a path of ours begins with /";
        if (text_.size() > 1 && (text_[1] == '/' || text_[1] == '\\')) throw "ui: // would be another host";
        std::size_t count = 0;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char c = text_[i];
            if (c == '{') {
                if (i + 1 >= text_.size() || text_[i + 1] != '}') throw "ui: a path takes {} only";
                ++count;
                ++i;
            } else if (c == '?' || c == '#') {
                throw "ui: write .with(name, value) for a query and .fragment(id) for a fragment";
            } else if (!detail::is_name_char(c) && c != '/' && c != '.' && c != '~') {
                throw "ui: this sign cannot stand in a path";
            }
        }
        if (count > sizeof...(Args)) throw "ui: too few arguments for the {} of this path";
        if (count < sizeof...(Args)) throw "ui: too many arguments: the path has fewer {}";
        (check_argument<Args>(), ...);
    }
    [[nodiscard]] constexpr std::string_view text() const { return text_; }

private:
    template <class T> static consteval void check_argument()
    {
        constexpr auto kind = detail::kind_of<T>();
        static_assert(kind == detail::Kind::Text || kind == detail::Kind::Number,
                      "ui: a path takes text and integers");
    }
    std::string_view text_;
};

Url url_of(std::string_view path, std::span<const detail::Value>);

/// A page of ours: url("/signalements/{}/cloture", id). Each value is one segment, encoded.
template <class... A> Url url(Path<std::type_identity_t<A>...> path, const A&... args)
{
    if constexpr (sizeof...(A) == 0) {
        return url_of(path.text(), {});
    } else {
        const detail::Value values[] = {Html::value(args)...};
        return url_of(path.text(), values);
    }
}
/// An element of the same page: #id.
Url anchor(std::string_view id);
/// mailto: and tel: links. The address is encoded.
Url mailto(std::string_view address);
Url tel(std::string_view number);
/// A foreign address written in our code or our settings. Throws base::Bug unless it begins with https:// or
/// http://.
Url external(std::string_view address);
/// A path and query received from somewhere (where to go back to): nothing unless it is a path of ours.
std::optional<Url> local_url(std::string_view path_and_query);
/// A static file by its source name ("logis.css"): its hashed address. Throws base::Bug when there is none.
Url asset(std::string_view name);

/// Data for an island: <script type="application/json" id="…">, where the JSON cannot close the element.
Markup json_script(std::string_view id, std::string_view json);

/// Escapes for text and for double-quoted attribute values.
void append_escaped(std::string& out, std::string_view text);
/// Text of several lines: paragraphs at blank lines, <br> at line breaks.
Markup paragraphs(std::string_view text);

} // namespace ui
