// The edge as a browser meets it: what becomes of a form that cannot be taken, and what the address of the
// login page may hold. Doors and tokens of each route: routes_test.cpp.
#include <doctest/doctest.h>

#include "support/client.hpp"
#include "support/platform.hpp"

namespace {

const Instant matin = *base::parse_instant("2026-11-23T08:00:00Z");
constexpr std::string_view nadia = "nadia.belkacem@demo.logis.example";
constexpr std::string_view mot_de_passe = "Logis-demo-2026";
constexpr std::string_view long_texte = "Visite du 20 novembre : le plafond <b>de la chambre</b> "
                                        "s’affaisse.\nL’occupante demande à être rappelée.";
constexpr std::string_view montre =
    "Visite du 20 novembre : le plafond &lt;b&gt;de la chambre&lt;/b&gt; s’affaisse.\nL’occupante";

bool contient(const test::Page& page, std::string_view texte)
{
    return page.body.find(texte) != std::string::npos;
}

/// A database of each engine, seeded, and the site on it.
template <class F> void pour_chaque_site(F&& f)
{
    test::for_each_platform([&](test::Platform& platform) {
        test::Site site{platform.app().db, matin};
        f(site);
    });
}

} // namespace

TEST_CASE("une session terminée ne fait pas perdre ce qui était écrit")
{
    pour_chaque_site([](test::Site& site) {
        test::Client agente{site};
        agente.headers = {{"sec-fetch-site", "same-origin"},
                          {"referer", "http://logis.test/administration/partenaires?q=Dupont"}};
        agente.log_in(nadia, mot_de_passe);
        agente.cookies.clear();
        const auto page = agente.post("/signalements/inconnu/suivi", {{"texte", std::string{long_texte}},
                                                                      {"type", "visite"},
                                                                      {"version", "41"},
                                                                      {"mot_de_passe", "ne pas montrer"}});
        CHECK(page.status == 401);
        CHECK(page.says("Votre session s’est terminée avant l’envoi"));
        CHECK(contient(page, montre));
        CHECK(page.says("visite"));
        CHECK_FALSE(page.says("ne pas montrer"));
        CHECK_FALSE(contient(page, "<dd><div>41</div>"));
        CHECK_FALSE(contient(page, "name=\"csrf\" value=\"" + std::string{"csrf"}));
        // The login page opens beside, and leads back to the page that was left, without what was searched
        // there.
        CHECK(contient(page, "href=\"/connexion?retour=%2Fadministration%2Fpartenaires\" target=\"_blank\""));
    });
}

TEST_CASE("un jeton refusé ne fait pas perdre ce qui était écrit")
{
    pour_chaque_site([](test::Site& site) {
        test::Client deposante{site};
        deposante.get("/signaler");
        deposante.headers = {{"origin", "http://logis.test"},
                             {"referer", "http://logis.test/suivi/jeton-secret"}};
        const http::Pairs formulaire = {{"message", std::string{long_texte}}, {"csrf", "périmé"}};
        const auto page = deposante.post_without_token("/suivi/jeton-secret/messages", formulaire);
        CHECK(page.status == 403);
        CHECK(page.says("ouverte depuis trop longtemps"));
        CHECK(contient(page, montre));
        CHECK_FALSE(page.says("périmé"));
        CHECK(contient(page, "href=\"/suivi/jeton-secret\" target=\"_blank\""));

        deposante.cookies.clear();
        const auto sans_cookie = deposante.post_without_token("/suivi/jeton-secret/messages", formulaire);
        CHECK(sans_cookie.status == 403);
        CHECK(sans_cookie.says("Autorisez les cookies"));
        CHECK(contient(sans_cookie, montre));

        // The session of an agent ended on a page that anyone may open: its secret does not go into an
        // address.
        const auto session = deposante.post("/deconnexion");
        CHECK(session.status == 401);
        CHECK(contient(session, "href=\"/connexion\""));
        CHECK_FALSE(contient(session, "jeton-secret"));
    });
}

TEST_CASE("un autre site ne fait jamais dire ses mots au nôtre")
{
    pour_chaque_site([](test::Site& site) {
        const http::Pairs formulaire = {{"message", "Appelez vite le 0899 : votre dossier va être supprimé"}};
        for (const http::Pairs& navigateur :
             {http::Pairs{{"sec-fetch-site", "cross-site"}, {"origin", "https://pirate.example"}},
              http::Pairs{{"sec-fetch-site", "same-site"}, {"origin", "http://logis.test"}},
              http::Pairs{{"origin", "https://pirate.example"}}, http::Pairs{{"origin", "null"}},
              http::Pairs{{"origin", "http://logis.test.pirate.example"}},
              http::Pairs{{"referer", "https://pirate.example/http://logis.test"}}, http::Pairs{}}) {
            test::Client victime{site};
            victime.headers = navigateur;
            for (const auto* adresse : {"/suivi/x/messages", "/signalements/x/suivi"}) {
                const auto page = victime.post_without_token(adresse, formulaire);
                CHECK((page.status == 403 || page.status == 401));
                CHECK(page.says("ien n’a été enregistré"));
                CHECK_FALSE(page.says("0899"));
                CHECK_FALSE(contient(page, "pirate"));
            }
        }
    });
}

TEST_CASE("un formulaire de mot de passe refusé ne redit rien de ce qui y était écrit")
{
    pour_chaque_site([](test::Site& site) {
        test::Client client{site};
        client.headers = {{"sec-fetch-site", "same-origin"}, {"referer", "http://logis.test/connexion"}};
        const auto page = client.post_without_token(
            "/connexion", {{"email", std::string{nadia}}, {"mot_de_passe", std::string{mot_de_passe}}});
        CHECK(page.status == 403);
        CHECK_FALSE(contient(page, mot_de_passe));
        CHECK_FALSE(contient(page, nadia));
        CHECK(contient(page, "href=\"/connexion\""));
    });
}

TEST_CASE("une panne ne fait pas perdre ce qui était écrit")
{
    for (const auto moteur : test::engines()) {
        test::FreshDatabase base{moteur};
        test::Site site{*base, matin};
        test::Client deposant{site};
        deposant.headers = {{"sec-fetch-site", "same-origin"}, {"referer", "http://logis.test/signaler"}};
        deposant.get("/parametres-affichage");
        base->write([](db::Transaction& tx) { tx.exec("ALTER TABLE compte RENAME TO compte_en_panne"); });
        const auto page = deposant.post("/mot-de-passe-oublie",
                                        {{"email", "a@b.fr"}, {"message", std::string{long_texte}}});
        CHECK(page.status == 500);
        CHECK(page.says("Le service a rencontré un problème"));
        CHECK(contient(page, montre));
        CHECK(contient(page, "href=\"/signaler\" target=\"_blank\""));
        CHECK(page.says("donnez ce numéro"));
    }
}

TEST_CASE("une page dépassée ne déconnecte pas en apparence, et nomme les champs comme l’écran")
{
    pour_chaque_site([](test::Site& site) {
        test::Client agente{site};
        agente.log_in(nadia, mot_de_passe);
        const std::string fiche = "/administration/partenaires/partenaire-76-ars";
        agente.headers = {{"sec-fetch-site", "same-origin"}, {"referer", "http://logis.test" + fiche}};
        agente.get(fiche);
        const auto page = agente.post(fiche, {{"nom", "Agence de santé"},
                                              {"type", "ars"},
                                              {"email", "boite@ars.example"},
                                              {"telephone", "02 61 91 01 20"},
                                              {"version", "0"}});
        CHECK(page.status == 409);
        CHECK(page.says("Cette page n’est plus à jour"));
        CHECK_FALSE(page.says("ce dossier"));
        CHECK(page.says("Nadia Belkacem"));
        CHECK(page.says("Adresse électronique"));
        CHECK(page.says("Téléphone"));
        CHECK(contient(page, "href=\"" + fiche + "\""));
    });
}

TEST_CASE("un texte démesuré est rendu en partie, et la page le dit")
{
    pour_chaque_site([](test::Site& site) {
        test::Client client{site};
        client.headers = {{"sec-fetch-site", "same-origin"}};
        http::Pairs formulaire;
        for (int i = 0; i < 150; ++i)
            formulaire.emplace_back("champ" + std::to_string(i), std::string(30'000, 'x'));
        const auto page = client.post_without_token("/suivi/x/messages", formulaire);
        CHECK(page.status == 403);
        CHECK(page.says("la fin n’est pas montrée ici"));
        CHECK(page.body.size() < 300'000);
    });
}

TEST_CASE("l’adresse de la page de connexion ne garde pas ce qui a été cherché")
{
    pour_chaque_site([](test::Site& site) {
        test::Client inconnu{site};
        CHECK(inconnu.get("/signalements?statut=a_trier&q=Mme+Dupont&page=3").location ==
              "/connexion?retour=%2Fsignalements%3Fstatut%3Da_trier%26page%3D3");
        CHECK(inconnu.get("/administration/comptes?q=julien%40mairie.fr").location ==
              "/connexion?retour=%2Fadministration%2Fcomptes");
        CHECK(inconnu.get("/signalements?statut=Mme+Dupont").location == "/connexion?retour=%2Fsignalements");
        CHECK(inconnu.get("/signalements?statut=" + std::string(60, 'a')).location ==
              "/connexion?retour=%2Fsignalements");
    });
}

TEST_CASE("les moteurs de recherche n’ont rien à faire dans les adresses qui portent un secret")
{
    pour_chaque_site([](test::Site& site) {
        test::Client moteur{site};
        const auto regles = moteur.get("/robots.txt").body;
        for (const auto* chemin : {"/administration/", "/signalements", "/signaler/", "/suivi/",
                                   "/activation/", "/nouveau-mot-de-passe/", "/mon-compte"})
            CHECK(regles.find("Disallow: " + std::string{chemin} + "\n") != std::string::npos);
    });
}
