// The whole program on a fresh database with its demonstration, without sockets: what the tests of routes and
// pages talk to. One visitor; those who need several, or a page as a person reads it, take client.hpp.
#pragma once

#include <string>

#include "support/client.hpp"
#include "support/databases.hpp"

namespace test {

/// A seeded demo platform at a fixed moment. One visitor at a time: cookies are kept between requests.
class Platform {
public:
    explicit Platform(db::Database&, Instant now = {1'795'000'000'000});

    http::Response get(const std::string& path_and_query);
    /// Adds the CSRF token of the current visitor.
    http::Response post(const std::string& path, http::Pairs form);
    /// The same without any token.
    http::Response post_without_csrf(const std::string& path, http::Pairs form);
    /// Logs in with the demo password; fails the test when refused.
    void login(const std::string& email);
    /// Enters as an applicant, by the code of this mailbox.
    void login_applicant(const std::string& courriel);
    void forget_cookies() { visitor_.cookies.clear(); }
    App& app() { return site_.app(); }

private:
    Site site_;
    Client visitor_{site_};
};

Platform& shared_platform(db::Engine);

/// Calls f(Platform&) with one seeded platform of each engine, shared by every test of the process: seeding
/// takes seconds. For tests that read, or that leave behind only what nobody counts.
template <class F> void for_each_platform(F&& f)
{
    for (const auto engine : engines()) {
        INFO("moteur : ", name_of(engine));
        auto& platform = shared_platform(engine);
        platform.forget_cookies();
        f(platform);
    }
}

} // namespace test
