// The edge: between the transport and the pages. Finds the route, the visitor and the rights of the door;
// checks the anti-forgery token of every change; adds the security headers; turns refusals and breakdowns
// into calm pages.
#pragma once

#include "app.hpp"
#include <memory>

#include "base/result.hpp"
#include "http/web.hpp"
#include "ui/chrome.hpp"

class Edge {
public:
    /// `replica`: where the pages that may be late are read; null when there is none.
    explicit Edge(App&, db::Database* replica = nullptr);
    ~Edge();

    /// Answers any request; never throws.
    http::Response handle(http::Request&);
    /// Limits of the route a request is for, asked before its body is read.
    [[nodiscard]] http::Limits limits_of(http::Method, std::string_view path) const;
    /// Page of a request that never reached us: too large, too slow, malformed, or one too many.
    [[nodiscard]] http::Response refused(int status) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A page that says what went wrong, in the style of the site; JSON for those who ask for it.
http::Response error_response(const Problem&, const http::Request&, const ui::Chrome&);
