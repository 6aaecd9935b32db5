// See platform.hpp.
#include "support/platform.hpp"

#include <map>
#include <memory>

#include "compte/demo.hpp"
#include "demande/portail/store_compte.hpp"
#include "demo.hpp"
#include "territoire/import.hpp"

namespace test {

Platform::Platform(db::Database& db, Instant now) : site_(db, now)
{
    territoire::charger_reference(db, now);
    demo::seed(site_.app(), "");
}

http::Response Platform::get(const std::string& path_and_query)
{
    return visitor_.ask(http::Method::Get, path_and_query);
}

http::Response Platform::post_without_csrf(const std::string& path, http::Pairs form)
{
    return visitor_.ask(http::Method::Post, path, std::move(form));
}

http::Response Platform::post(const std::string& path, http::Pairs form)
{
    // A form that everybody may open; an applicant has a session of their own.
    get(path.starts_with("/ma-demande") || path.starts_with("/nouvelle-demande") ? "/ma-demande"
                                                                                 : "/parametres-affichage");
    form.emplace_back("csrf", visitor_.token());
    return visitor_.ask(http::Method::Post, path, std::move(form));
}

void Platform::login(const std::string& email)
{
    forget_cookies();
    const auto answer =
        post("/connexion", {{"email", email}, {"mot_de_passe", std::string{compte::mot_de_passe_demo}}});
    REQUIRE(answer.status == 303);
}

void Platform::login_applicant(const std::string& courriel)
{
    namespace portail = demande::portail;
    forget_cookies();
    const auto now = app().clock.now();
    const auto cookie = app().db.write([&](db::Transaction& tx) {
        return portail::store::creer_session(tx, portail::store::ouvrir_compte(tx, courriel, now), "", now);
    });
    visitor_.cookies.emplace_back(portail::cookie_session(false), cookie);
}

Platform& shared_platform(db::Engine engine)
{
    struct Shared {
        explicit Shared(db::Engine e) : database(e), platform(*database) {}
        FreshDatabase database;
        Platform platform;
    };
    static std::map<db::Engine, std::unique_ptr<Shared>> all;
    auto& shared = all[engine];
    if (!shared) shared = std::make_unique<Shared>(engine);
    return shared->platform;
}

} // namespace test
