// Files carried inside the binary (styles, fonts, icons, scripts) and how they are served: hashed names
// cached for a year, ready-made brotli and gzip bodies, entity tags. Nothing here reads the disk.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "http/web.hpp"

namespace http {

/// One embedded file. All views point at constants of the program (string literals or arrays of the generated
/// file).
///
/// Shape expected of the generator (tools/build-assets.mjs writes build/generated/assets.cpp, which includes
/// this header and defines http::static_files()); an aggregate of seven members, in this order:
///
///     namespace http {
///     namespace { constexpr StaticFile files[] = {
///         {"/static/app.3f2a9c01.css", "text/css; charset=utf-8", body0, brotli0, gzip0, "\"3f2a9c01\"",
///         true}, …
///     }; }
///     std::span<const StaticFile> static_files() { return files; }
///     }
struct StaticFile {
    std::string_view path;   // whole path of the URL, starting with '/', ASCII, no percent-encoding, unique
    std::string_view type;   // whole Content-Type, with "; charset=utf-8" for text
    std::string_view body;   // as it is on disk
    std::string_view brotli; // compressed body; empty when compressing does not gain
    std::string_view gzip;   // the same
    std::string_view etag;   // with its double quotes, of the uncompressed body; never weak (W/)
    bool immutable;          // the name holds a hash of the content: cached one year without asking again
};

/// The files of this build, sorted by path (byte order): lookups are a binary search.
std::span<const StaticFile> static_files();

/// The file of exactly this path, or null.
const StaticFile* find_static(std::span<const StaticFile> sorted, std::string_view path);

/// Answers GET and HEAD for a path of the table: negotiated encoding with Vary, 304 when If-None-Match holds
/// its tag, Cache-Control, nosniff. Nothing when the path is not in the table; 405 for another method.
std::optional<Response> serve_static(std::span<const StaticFile> sorted, const Request&);

} // namespace http
