// multipart/form-data (RFC 7578) over a body that is wholly in memory or mapped. Strict, and copies no
// content.
#include "base/text.hpp"
#include "http/ascii.hpp"
#include "http/parse.hpp"

#include <algorithm>

namespace http {

namespace multipart {

constexpr Refusal malformed{400, "multipart"};

bool is_boundary(std::string_view s)
{
    return !s.empty() && s.size() <= 70 && s.back() != ' ' && std::all_of(s.begin(), s.end(), [](char c) {
        return ascii::is_alnum(c) || std::string_view{"'()+_,-./:=? "}.find(c) != std::string_view::npos;
    });
}

/// Takes what may stand between a delimiter and its line break. False when something else does.
bool skip_line_end(std::string_view& s)
{
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    if (!s.starts_with("\r\n")) return false;
    s.remove_prefix(2);
    return true;
}

/// Browsers write a quote in a name as %22 (and nothing else but line breaks, which names do not have).
std::optional<std::string> readable_name(std::string_view s)
{
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s.substr(i).starts_with("%22")) {
            out += '"';
            i += 2;
        } else {
            out += s[i];
        }
    }
    return base::clean_text(out);
}

/// filename*=UTF-8''na%C3%AFve.jpg (RFC 5987).
std::optional<std::string> extended_name(std::string_view s)
{
    const auto charset_end = s.find('\'');
    if (charset_end == std::string_view::npos || ascii::lower(s.substr(0, charset_end)) != "utf-8")
        return std::nullopt;
    const auto language_end = s.find('\'', charset_end + 1);
    if (language_end == std::string_view::npos) return std::nullopt;
    const auto bytes = decode(s.substr(language_end + 1), false);
    return bytes ? base::clean_text(*bytes) : std::nullopt;
}

/// Reads the header lines of a part up to the empty one, taking them from `rest`.
std::optional<Part> read_header(std::string_view& rest, std::size_t max_bytes)
{
    const auto window = rest.substr(0, max_bytes);
    std::size_t at = 0;
    bool disposed = false;
    bool typed = false;
    Part part;
    part.type = "text/plain";
    while (true) {
        const auto end = window.find("\r\n", at);
        if (end == std::string_view::npos) return std::nullopt;
        const auto line = window.substr(at, end - at);
        at = end + 2;
        if (line.empty()) break;
        if (line.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos) return std::nullopt;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) return std::nullopt;
        const auto name = ascii::lower(line.substr(0, colon));
        if (name.find_first_of(" \t") != std::string::npos) return std::nullopt;
        const auto value = ascii::trim(line.substr(colon + 1));

        if (name == "content-disposition") {
            const auto disposition = parse_parameters(value);
            if (disposed || !disposition || disposition->value != "form-data") return std::nullopt;
            disposed = true;
            const auto* field = disposition->find("name");
            if (!field) return std::nullopt;
            auto readable = readable_name(*field);
            if (!readable || readable->empty()) return std::nullopt;
            part.name = std::move(*readable);
            if (const auto* file = disposition->find("filename")) {
                part.filename = readable_name(*file);
                if (!part.filename) return std::nullopt;
            }
            if (const auto* file = disposition->find("filename*")) {
                part.filename = extended_name(*file);
                if (!part.filename) return std::nullopt;
            }
        } else if (name == "content-type") {
            auto type = base::clean_text(value);
            if (typed || !type) return std::nullopt;
            typed = true;
            part.type = std::move(*type);
        } else if (name == "content-transfer-encoding") {
            // Deprecated by RFC 7578 §4.7; an encoding that we would have to undo is not accepted silently.
            const auto encoding = ascii::lower(value);
            if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") return std::nullopt;
        }
    }
    if (!disposed) return std::nullopt;
    rest.remove_prefix(at);
    return part;
}

} // namespace multipart

Parsed<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary,
                                          const MultipartLimits& limits)
{
    using multipart::malformed;
    if (!multipart::is_boundary(boundary)) return malformed;
    const std::string delimiter = "\r\n--" + std::string{boundary};
    const auto opening = std::string_view{delimiter}.substr(2);

    std::vector<Part> parts;
    std::size_t text_bytes = 0;
    if (!body.starts_with(opening)) return malformed;
    body.remove_prefix(opening.size());
    while (true) {
        if (body.starts_with("--")) {
            body.remove_prefix(2);
            if (!body.empty() && body != "\r\n") return malformed;
            return parts;
        }
        if (!multipart::skip_line_end(body)) return malformed;
        if (parts.size() == limits.parts) return Refusal{413, "too many parts"};
        auto part = multipart::read_header(body, limits.header_bytes);
        if (!part) return malformed;
        // memmem-like search: std::string_view::find is linear here, since delimiters start with CR.
        const auto end = body.find(delimiter);
        if (end == std::string_view::npos) return malformed;
        part->data = body.substr(0, end);
        body.remove_prefix(end + delimiter.size());
        if (!part->filename) {
            text_bytes += part->data.size();
            if (text_bytes > limits.text_bytes) return Refusal{413, "text of a form"};
        }
        parts.push_back(std::move(*part));
    }
}

} // namespace http
