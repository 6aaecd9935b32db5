// The shape of a row of routes.cpp, the one table of every URL.
#pragma once

#include <span>
#include <string_view>

#include "app.hpp"
#include "compte/agent.hpp"
#include "demande/portail/demandeur.hpp"
#include "http/web.hpp"
#include "ui/chrome.hpp"

/// Who is asking, as far as the edge knows.
struct Visitor {
    const compte::Agent* agent = nullptr; // null for somebody who is not logged in
    /// An applicant, on the pages that are theirs (Acces::Demandeur) and nowhere else; never beside an agent.
    const demande::portail::Demandeur* demandeur = nullptr;
    std::string session; // names the row of that session; empty without either
    std::string cookie;  // value of the session cookie, else of the visitor cookie
    ui::Chrome chrome;   // what every page is surrounded with, CSRF token included

    /// Who is signed in, as one text: what a form done once is told apart by. Empty: nobody.
    [[nodiscard]] std::string who() const
    {
        if (agent) return agent->id;
        return demandeur ? "demandeur/" + demandeur->id : std::string{};
    }
};

enum class Acces {
    Public,  // anybody
    Agent,   // a logged-in agent; anonymous visitors are sent to /connexion. Fine rights live in the slices.
    Gestion, // an agent too, whose committees come with the partners they reach: accounts and partners
    Admin,   // super-administrators and territory managers
    /// A signed-in applicant; others are sent to /demander/connexion. The session of an agent is left unread.
    Demandeur,
};

using Page = http::Response (*)(App&, const http::Request&, const Visitor&);

struct Route {
    http::Method method;
    std::string_view path; // "/signalements/{id}/cloture"
    Acces acces;
    Page page;
    http::Limits limits = {};
    /// The page only reads, and may show what was true some seconds ago: a replica may answer it.
    bool late = false;
};

std::span<const Route> routes();
