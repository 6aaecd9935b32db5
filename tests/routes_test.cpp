// The table of routes, walked: doors, anti-forgery tokens, collisions, no page that breaks on an unknown
// name.
#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "http/router.hpp"
#include "routes.hpp"
#include "support/platform.hpp"

namespace {

std::string filled(std::string_view pattern)
{
    return std::regex_replace(std::string{pattern}, std::regex{"\\{[a-z_]+\\}"}, "inconnu");
}

std::string location(const http::Response& r)
{
    for (const auto& [name, value] : r.headers)
        if (name == "Location") return value;
    return {};
}

} // namespace

TEST_CASE("deux adresses ne se confondent jamais")
{
    const auto patterns = http::Router::patterns_of(routes());
    for (const auto& c : http::collisions(patterns)) FAIL_CHECK(c.message);
}

TEST_CASE("une page réservée envoie un inconnu se connecter, et nulle part ailleurs")
{
    test::for_each_platform([](test::Platform& platform) {
        for (const auto& route : routes()) {
            if (route.acces == Acces::Public || route.method != http::Method::Get) continue;
            INFO(route.path);
            const auto answer = platform.get(filled(route.path));
            CHECK(answer.status == 303);
            CHECK(location(answer).starts_with(route.acces == Acces::Demandeur
                                                   ? "/demander/connexion?retour=%2F"
                                                   : "/connexion?retour=%2F"));
        }
    });
}

TEST_CASE("aucun changement ne passe sans jeton")
{
    test::for_each_platform([](test::Platform& platform) {
        platform.login("camille.lefort@demo.logis.example");
        for (const auto& route : routes()) {
            // The session of an agent opens nothing of an applicant's: see the next test.
            if (route.method == http::Method::Get || route.acces == Acces::Demandeur) continue;
            INFO(route.path);
            CHECK(platform.post_without_csrf(filled(route.path), {}).status == 403);
            CHECK(platform.post_without_csrf(filled(route.path), {{"csrf", "faux"}}).status == 403);
        }
    });
}

TEST_CASE("les pages d’un demandeur ne s’ouvrent qu’à un demandeur, avec son jeton, et sur ce qui est à lui")
{
    test::for_each_platform([](test::Platform& platform) {
        const auto is_theirs = [](const Route& r) { return r.acces == Acces::Demandeur; };
        const auto ask = [&](const Route& r) {
            const auto path = filled(r.path);
            return r.method == http::Method::Get ? platform.get(path) : platform.post(path, {});
        };
        platform.login("camille.lefort@demo.logis.example");
        for (const auto& route : routes()) {
            if (!is_theirs(route)) continue;
            INFO(route.path);
            CHECK(ask(route).status == (route.method == http::Method::Get ? 303 : 401));
        }
        platform.login_applicant("inconnue@exemple.example");
        for (const auto& route : routes()) {
            INFO(route.path);
            if (!is_theirs(route)) {
                if (route.acces != Acces::Public && route.method == http::Method::Get)
                    CHECK(ask(route).status == 303);
                continue;
            }
            if (route.method != http::Method::Get) {
                CHECK(platform.post_without_csrf(filled(route.path), {}).status == 403);
                continue;
            }
            const auto answer = ask(route);
            CHECK(answer.status < 500);
            if (filled(route.path) != route.path) CHECK(answer.status == 404);
        }
    });
}

TEST_CASE("un nom inconnu ne casse aucune page")
{
    test::for_each_platform([](test::Platform& platform) {
        platform.login("camille.lefort@demo.logis.example");
        for (const auto& route : routes()) {
            if (route.path == "/deconnexion") continue; // the rest of the walk is an agent's
            INFO(route.path);
            const auto path = filled(route.path);
            const auto answer =
                route.method == http::Method::Get ? platform.get(path) : platform.post(path, {});
            CHECK(answer.status < 500);
            if (path != route.path && route.acces != Acces::Public && route.acces != Acces::Demandeur)
                CHECK((answer.status == 404 || answer.status == 403));
        }
    });
}

TEST_CASE("chaque réponse porte les en-têtes de sécurité")
{
    test::for_each_platform([](test::Platform& platform) {
        for (const auto* path : {"/", "/sante", "/nulle-part", "/signalements"}) {
            const auto answer = platform.get(path);
            INFO(path);
            for (const auto* name :
                 {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Request-Id"})
                CHECK(std::ranges::any_of(answer.headers, [&](const auto& h) { return h.first == name; }));
        }
    });
}
