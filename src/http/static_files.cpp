// Serving embedded files: which encoding, which cache headers, when nothing at all.
#include "http/static_files.hpp"

#include "http/ascii.hpp"

#include <algorithm>

namespace http {

namespace serving {

/// Does Accept-Encoding take this coding? "br;q=0" refuses it, "*" takes any that is not named.
bool accepts(std::string_view header, std::string_view coding)
{
    bool any = false;
    while (!header.empty()) {
        auto item = ascii::next_piece(header, ',');
        const auto name = ascii::next_piece(item, ';');
        bool refused = false;
        while (!item.empty()) {
            auto parameter = ascii::next_piece(item, ';');
            const auto key = ascii::next_piece(parameter, '=');
            if (ascii::same(key, "q"))
                refused = parameter.starts_with('0') &&
                          parameter.find_first_of("123456789") == std::string_view::npos;
        }
        if (ascii::same(name, coding)) return !refused;
        if (name == "*") any = !refused;
    }
    return any;
}

/// The tag of one encoded form of a file: two bodies that differ may not share a strong tag.
std::string tag_of(const StaticFile& file, std::string_view encoding)
{
    std::string tag{file.etag};
    if (!encoding.empty() && tag.size() >= 2) {
        tag.pop_back();
        tag += '-';
        tag += encoding;
        tag += '"';
    }
    return tag;
}

bool holds(std::string_view if_none_match, std::string_view tag)
{
    while (!if_none_match.empty()) {
        auto candidate = ascii::next_piece(if_none_match, ',');
        if (candidate == "*") return true;
        if (candidate.starts_with("W/"))
            candidate.remove_prefix(2); // a proxy that compresses weakens our tags
        if (candidate == tag) return true;
    }
    return false;
}

} // namespace serving

const StaticFile* find_static(std::span<const StaticFile> sorted, std::string_view path)
{
    const auto it = std::lower_bound(sorted.begin(), sorted.end(), path,
                                     [](const StaticFile& f, std::string_view p) { return f.path < p; });
    return it != sorted.end() && it->path == path ? &*it : nullptr;
}

std::optional<Response> serve_static(std::span<const StaticFile> sorted, const Request& req)
{
    const auto* file = find_static(sorted, req.path);
    if (!file) return std::nullopt;
    if (req.method != Method::Get && req.method != Method::Head)
        return text("Cette adresse se lit seulement.\n", 405).header("Allow", "GET, HEAD");

    const auto accepted = req.header("accept-encoding");
    std::string_view encoding;
    std::string_view body = file->body;
    if (!file->brotli.empty() && serving::accepts(accepted, "br")) {
        encoding = "br";
        body = file->brotli;
    } else if (!file->gzip.empty() && serving::accepts(accepted, "gzip")) {
        encoding = "gzip";
        body = file->gzip;
    }

    Response r;
    const auto tag = serving::tag_of(*file, encoding);
    r.header("ETag", tag);
    r.header("Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (!file->brotli.empty() || !file->gzip.empty()) r.header("Vary", "Accept-Encoding");
    r.header("X-Content-Type-Options", "nosniff");
    if (serving::holds(req.header("if-none-match"), tag)) {
        r.status = 304;
        return r;
    }
    r.header("Content-Type", std::string{file->type});
    if (!encoding.empty()) r.header("Content-Encoding", std::string{encoding});
    r.static_body = body;
    return r;
}

} // namespace http
