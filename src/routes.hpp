// The shape of a row of routes.cpp, the one table of every URL.
#pragma once

#include <span>
#include <string_view>

#include "app.hpp"
#include "compte/agent.hpp"
#include "http/web.hpp"
#include "ui/chrome.hpp"

/// Who is asking, as far as the edge knows. `agent` is null for a visitor.
struct Visitor {
    const compte::Agent* agent = nullptr;
    std::string csrf;  // token to put in every form (ui::form does)
    std::string theme; // "light", "dark" or "system", from the display settings cookie
    ui::Chrome chrome; // what surrounds the page: ui::page(visitor.chrome, …)
};

enum class Acces {
    Public, // anybody
    Agent,  // a logged-in agent; anonymous visitors are sent to /connexion. Fine rights live in the slices.
    Admin,  // super-administrators and territory managers
};

using Page = http::Response (*)(App&, const http::Request&, const Visitor&);

struct Route {
    http::Method method;
    std::string_view path; // "/signalements/{id}/cloture"
    Acces acces;
    Page page;
    http::Limits limits = {};
};

std::span<const Route> routes();
