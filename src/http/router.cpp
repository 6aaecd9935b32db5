// The tree of patterns and the walk through it.
#include "http/router.hpp"

#include "base/expect.hpp"
#include "http/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace http {

namespace routing {

constexpr std::size_t method_count = 7;
constexpr std::size_t max_segments = 32;

using Segments = std::vector<std::string_view>;

/// "/a/{b}" → {"a", "{b}"}; "/" → {}. Nothing when it does not start with '/' or is absurdly deep.
std::optional<Segments> segments_of(std::string_view path)
{
    if (!path.starts_with('/')) return std::nullopt;
    Segments out;
    if (path.size() == 1) return out;
    while (!path.empty()) {
        if (out.size() == max_segments) return std::nullopt;
        path.remove_prefix(1);
        const auto slash = std::min(path.find('/'), path.size());
        out.push_back(path.substr(0, slash));
        path.remove_prefix(slash);
    }
    return out;
}

bool is_capture(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// The segments of a pattern; throws when it could not mean what its author wrote.
Segments checked_segments(std::string_view pattern)
{
    const auto refuse = [&](const char* why) {
        throw base::Bug{fmt::format("route pattern {}: {}", pattern, why)};
    };
    auto segments = segments_of(pattern);
    if (!segments) refuse("must start with '/'");
    for (std::size_t i = 0; i < segments->size(); ++i) {
        const auto s = (*segments)[i];
        if (s.empty()) refuse("empty segment");
        if (!is_capture(s)) {
            if (s.find_first_of("{}") != std::string_view::npos) refuse("stray brace");
            continue;
        }
        if (s.substr(1, s.size() - 2).find_first_of("{}") != std::string_view::npos) refuse("stray brace");
        if (std::count(segments->begin(), segments->end(), s) > 1) refuse("name given twice");
    }
    return *segments;
}

} // namespace routing

struct Router::Node {
    struct Row {
        std::size_t index = Router::none;
        std::vector<std::string> names; // of the captures on the way, in order
    };

    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> capture;
    std::array<Row, routing::method_count> rows;

    struct Walk {
        Method method;
        const routing::Segments& segments;
        std::vector<std::string_view> captured;
        std::array<bool, routing::method_count> other_methods{};
    };

    /// The row for these segments from the i-th on, most precise first; null when there is none for the
    /// method.
    const Row* find(Walk& walk, std::size_t i) const
    {
        if (i == walk.segments.size()) {
            const auto& row = rows[static_cast<std::size_t>(walk.method)];
            if (row.index != Router::none) return &row;
            const auto& get = rows[static_cast<std::size_t>(Method::Get)];
            if (walk.method == Method::Head && get.index != Router::none) return &get;
            for (std::size_t m = 0; m < rows.size(); ++m)
                if (rows[m].index != Router::none) walk.other_methods[m] = true;
            return nullptr;
        }
        const auto segment = walk.segments[i];
        if (const auto it = literals.find(segment); it != literals.end())
            if (const auto* row = it->second->find(walk, i + 1)) return row;
        if (!capture || segment.empty()) return nullptr;
        walk.captured.push_back(segment);
        if (const auto* row = capture->find(walk, i + 1)) return row;
        walk.captured.pop_back();
        return nullptr;
    }
};

Router::Router(std::span<const Pattern> patterns) : root_(std::make_unique<Node>())
{
    for (std::size_t index = 0; index < patterns.size(); ++index) {
        const auto& pattern = patterns[index];
        auto* node = root_.get();
        Node::Row row{index, {}};
        for (const auto segment : routing::checked_segments(pattern.path)) {
            const bool captures = routing::is_capture(segment);
            if (captures) row.names.emplace_back(segment.substr(1, segment.size() - 2));
            auto& child = captures ? node->capture : node->literals[std::string{segment}];
            if (!child) child = std::make_unique<Node>();
            node = child.get();
        }
        auto& place = node->rows[static_cast<std::size_t>(pattern.method)];
        if (place.index != none)
            throw base::Bug{fmt::format("two routes for {} {}", name_of(pattern.method), pattern.path)};
        place = std::move(row);
    }
}

Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

Match Router::find(Method method, std::string_view path) const
{
    Match match;
    const auto segments = routing::segments_of(path);
    if (!segments) return match;
    Node::Walk walk{method, *segments, {}, {}};
    if (const auto* row = root_->find(walk, 0)) {
        match.kind = Match::Kind::Found;
        match.index = row->index;
        for (std::size_t i = 0; i < row->names.size(); ++i)
            match.captures.emplace(row->names[i], walk.captured[i]);
        return match;
    }
    if (walk.other_methods[static_cast<std::size_t>(Method::Get)])
        walk.other_methods[static_cast<std::size_t>(Method::Head)] = true;
    for (std::size_t m = 0; m < walk.other_methods.size(); ++m) {
        if (!walk.other_methods[m]) continue;
        match.kind = Match::Kind::MethodNotAllowed;
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += name_of(static_cast<Method>(m));
    }
    return match;
}

std::size_t Router::index_of(Method method, std::string_view path) const
{
    const auto segments = routing::segments_of(path);
    if (!segments) return none;
    Node::Walk walk{method, *segments, {}, {}};
    const auto* row = root_->find(walk, 0);
    return row ? row->index : none;
}

std::vector<Collision> collisions(std::span<const Pattern> patterns)
{
    std::vector<routing::Segments> segments;
    for (const auto& p : patterns) segments.push_back(routing::checked_segments(p.path));
    std::vector<Collision> out;
    for (std::size_t a = 0; a < patterns.size(); ++a) {
        for (std::size_t b = a + 1; b < patterns.size(); ++b) {
            if (patterns[a].method != patterns[b].method || segments[a].size() != segments[b].size())
                continue;
            bool overlap = true;
            bool first_more_precise = false;
            bool second_more_precise = false;
            for (std::size_t i = 0; i < segments[a].size() && overlap; ++i) {
                const bool capture_a = routing::is_capture(segments[a][i]);
                const bool capture_b = routing::is_capture(segments[b][i]);
                if (!capture_a && !capture_b) overlap = segments[a][i] == segments[b][i];
                if (!capture_a && capture_b) first_more_precise = true;
                if (capture_a && !capture_b) second_more_precise = true;
            }
            if (overlap && first_more_precise == second_more_precise)
                out.push_back({a, b,
                               fmt::format("{} {} and {} {}", name_of(patterns[a].method), patterns[a].path,
                                           name_of(patterns[b].method), patterns[b].path)});
        }
    }
    return out;
}

} // namespace http
