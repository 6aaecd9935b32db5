// Sessions, return paths, anti-forgery tokens, folded addresses: the rules around logging in.
#include <doctest/doctest.h>

#include "compte/csrf.hpp"
#include "compte/regles.hpp"

namespace compte {
namespace test_connexion {

const Instant matin = *base::parse_instant("2026-11-23T08:00:00Z");

TEST_CASE("une session se ferme après deux heures sans requête, et toujours après douze heures")
{
    const auto fin = matin.plus_seconds(session_absolue_secondes);
    CHECK(session_valable(matin, fin, matin));
    CHECK(session_valable(matin, fin, matin.plus_seconds(2 * 3600 - 1)));
    CHECK_FALSE(session_valable(matin, fin, matin.plus_seconds(2 * 3600)));
    CHECK_FALSE(session_valable(matin.plus_seconds(12 * 3600 - 60), fin, fin));
}

TEST_CASE("après la connexion on ne revient que sur une page de ce site")
{
    const auto retour = [](std::string_view chemin) { return chemin_de_retour(chemin, "/accueil"); };
    CHECK(retour("/signalements/abc?onglet=suivi#x") == "/signalements/abc?onglet=suivi#x");
    for (const auto* chemin :
         {"", "https://pirate.example", "//pirate.example", "/\\pirate.example", "javascript:x",
          "/a\r\nSet-Cookie: x=1", "/a b", "/connexion?retour=/x", "/deconnexion", "/é"}) {
        CAPTURE(chemin);
        CHECK(retour(chemin) == "/accueil");
    }
}

TEST_CASE("un jeton de formulaire ne vaut que pour le cookie auquel il est lié")
{
    const auto cookie = nouveau_visiteur();
    const auto jeton = csrf_pour("secret", cookie);
    CHECK(verifier_csrf("secret", cookie, jeton));
    CHECK(verifier_csrf("secret", cookie, csrf_pour("secret", cookie)));
    CHECK(jeton != csrf_pour("secret", cookie)); // masked: compression cannot reveal it
    CHECK_FALSE(verifier_csrf("secret", nouveau_visiteur(), jeton));
    CHECK_FALSE(verifier_csrf("autre", cookie, jeton));
    CHECK_FALSE(verifier_csrf("secret", cookie, ""));
    CHECK_FALSE(verifier_csrf("secret", "", csrf_pour("secret", "")));
    CHECK_FALSE(verifier_csrf("secret", cookie, jeton.substr(0, jeton.size() - 1)));
    CHECK_FALSE(verifier_csrf("secret", cookie, "." + jeton));
}

TEST_CASE("en https les cookies portent le préfixe que le navigateur protège")
{
    CHECK(cookie_session(true) == "__Host-logis_session");
    CHECK(cookie_visiteur(true) == "__Host-logis_visiteur");
    CHECK(cookie_session(false) == "logis_session");
}

TEST_CASE("une adresse électronique est la même en majuscules et en minuscules")
{
    CHECK(plier_email("  Nadia.Belkacem@Ville.Example ") == "nadia.belkacem@ville.example");
    CHECK_FALSE(plier_email("nadia"));
    CHECK_FALSE(plier_email("a@" + std::string(300, 'b') + ".fr"));
}

TEST_CASE("une session se reconnaît à son navigateur")
{
    CHECK(appareil("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0") ==
          "Firefox sur Windows");
    CHECK(appareil("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36") ==
          "Chrome sur Android");
    CHECK(appareil("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1") ==
          "Safari sur iPhone ou iPad");
    CHECK(appareil("") == "Navigateur inconnu");
}

} // namespace test_connexion
} // namespace compte
