// Which row of a table of patterns a path belongs to. Knows methods and paths only, not what is behind them.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/web.hpp"

namespace http {

/// A row of the table: "/signalements/{id}/cloture". A `{name}` takes one whole, non-empty segment.
struct Pattern {
    Method method;
    std::string_view path;
};

/// What a path leads to.
struct Match {
    enum class Kind { Found, NotFound, MethodNotAllowed };

    Kind kind = Kind::NotFound;
    std::size_t index = 0;                       // Found: position of the row in the table given
    std::map<std::string, std::string> captures; // Found: by name
    std::string allow;                           // MethodNotAllowed: value of the Allow header
};

/// Segments of the table laid out as a tree, built once. A literal segment is preferred to a capture
/// ("/signalements/nouveau" before "/signalements/{id}"). HEAD falls back to GET.
class Router {
public:
    /// Throws base::Bug when a pattern is malformed (no leading '/', empty segment, name repeated, stray
    /// brace).
    explicit Router(std::span<const Pattern>);
    /// From any table whose rows have `method` and `path`: Router::of(routes()).
    template <class Rows> static Router of(const Rows& rows) { return Router{patterns_of(rows)}; }
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    /// `path` as in Request::path: decoded, without the query. (The parser refuses an encoded '/', so that
    /// segments are the same before and after decoding.)
    [[nodiscard]] Match find(Method, std::string_view path) const;
    /// The row alone, or `none`: what the limits of a request need, without building captures.
    [[nodiscard]] std::size_t index_of(Method, std::string_view path) const;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    template <class Rows> static std::vector<Pattern> patterns_of(const Rows& rows)
    {
        std::vector<Pattern> out;
        for (const auto& row : rows) out.push_back({row.method, row.path});
        return out;
    }

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

/// Two rows of one method that some path would fit without one being plainly more precise than the other: the
/// same shape ("/a/{x}" and "/a/{y}"), or "/a/{x}/c" and "/a/b/{y}". For the test that walks the table of
/// routes.
struct Collision {
    std::size_t first, second;
    std::string message; // "GET /a/{x} and GET /a/{y}"
};
std::vector<Collision> collisions(std::span<const Pattern>);

} // namespace http
