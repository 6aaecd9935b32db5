// What the pages of an applicant refuse before they receive anything, on both engines.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "compte/exemples_test.hpp"
#include "demande/chargement.hpp"
#include "demande/demo.hpp"
#include "demande/espace/pages.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store.hpp"
#include "support/client.hpp"
#include "support/databases.hpp"

namespace demande::portail {
namespace test_pages {

using compte::exemples::matin;

/// An account and its registered demande.
struct Compte {
    Demandeur demandeur;
    std::string demande;
};

Compte semer(db::Database& base)
{
    compte::exemples::semer(base);
    return base.write([](db::Transaction& tx) {
        demande::semer_demo(tx, matin);
        const auto g = demande::store::find_guichet(tx, demo_guichet_ccas).value();
        const auto id = demande::store::enregistrer(
                            tx, *lire(exemples::formulaire_rempli(), exemples::contexte()), g,
                            {"compte-demo-fatou-sarr", "Fatou Sarr", "", {}}, "une clé de test", matin)
                            ->id;
        const auto d = store::ouvrir_compte(tx, "maelle@exemple.example", matin);
        store::lier(tx, d.id, id, RoleSurDemande::Titulaire, Voie::Recherche, matin);
        return Compte{d, id};
    });
}

TEST_CASE("un compte n’envoie pas plus de soixante fois des fichiers en une heure, où qu’il les dépose")
{
    test::for_each_engine([](db::Database& base) {
        const auto compte = semer(base);
        test::Site site{base, matin};
        Visitor elle;
        elle.demandeur = &compte.demandeur;
        elle.chrome.csrf = "un jeton";
        http::Request envoi;
        envoi.captures = {{"id", compte.demande}, {"type", "avis_impot"}, {"personne", "demandeur"}};
        envoi.files.push_back({"fichier", "avis.pdf", "", "%PDF-1.7 essai"});
        for (int i = 0; i < 60; ++i) REQUIRE_FALSE(trop_de_fichiers(site.app(), envoi, elle));
        CHECK(trop_de_fichiers(site.app(), envoi, elle)->status == 429);
        CHECK(espace::post_ajout_de_piece(site.app(), envoi, elle).status == 429);
        // Without a file, nothing is counted.
        envoi.files.clear();
        CHECK(espace::post_ajout_de_piece(site.app(), envoi, elle).status == 422);
    });
}

TEST_CASE("une pièce dont la date est fausse n’est pas reçue, et ne compte pas")
{
    test::for_each_engine([](db::Database& base) {
        const auto compte = semer(base);
        test::Site site{base, matin};
        Visitor elle;
        elle.demandeur = &compte.demandeur;
        elle.chrome.csrf = "un jeton";
        http::Request envoi;
        envoi.captures = {{"id", compte.demande}, {"type", "avis_impot"}, {"personne", "demandeur"}};
        envoi.form = {{"expire_le", "bientôt"}};
        envoi.files.push_back({"fichier", "avis.pdf", "", "%PDF-1.7 essai"});
        for (int i = 0; i < 61; ++i)
            REQUIRE(espace::post_ajout_de_piece(site.app(), envoi, elle).status == 422);
        CHECK_FALSE(trop_de_fichiers(site.app(), envoi, elle));
    });
}

/// Somebody signed in, with their draft under way; `une`: its address.
struct Brouillon {
    test::Client elle;
    std::string une;
};

test::Client entree(db::Database& base, test::Site& site, std::string_view courriel)
{
    test::Client elle{site};
    elle.cookies.emplace_back(cookie_session(false), base.write([&](db::Transaction& tx) {
        return store::creer_session(tx, store::ouvrir_compte(tx, courriel, matin), "", matin);
    }));
    elle.get("/ma-demande");
    return elle;
}

Brouillon commencer(db::Database& base, test::Site& site)
{
    auto elle = entree(base, site, "zelie@exemple.example");
    elle.get("/commencer-demande/76540");
    const auto r = elle.post("/nouvelle-demande", {{"insee", "76540"}});
    REQUIRE(r.status == 303);
    return {elle, r.location};
}

/// The same form twice at the same moment, from two copies of one browser.
std::pair<test::Page, test::Page> deux_fois(const test::Client& elle, const std::string& chemin,
                                            const http::Pairs& champs)
{
    std::array<test::Page, 2> reponses;
    std::array<test::Client, 2> mains{elle, elle};
    std::atomic<bool> partez = false;
    std::vector<std::thread> fils;
    for (std::size_t i = 0; i < 2; ++i)
        fils.emplace_back([&, i] {
            while (!partez) std::this_thread::yield();
            do reponses[i] = mains[i].post(chemin, champs);
            while (reponses[i].status == 503);
        });
    partez = true;
    for (auto& f : fils) f.join();
    return {reponses[0], reponses[1]};
}

TEST_CASE("le même écran envoyé deux fois à la fois est gardé une fois, et les deux réponses sont les mêmes")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        const auto b = commencer(base, site);
        for (int fois = 0; fois < 8; ++fois) {
            const auto [une, autre] =
                deux_fois(b.elle, b.une + "/coordonnees",
                          {{"demandeur.telephone", "06 12 34 56 7" + std::to_string(fois)},
                           {"demandeur.email", "zelie@exemple.example"}});
            CHECK(une.status == 303);
            CHECK(autre.status == 303);
            CHECK(une.location == b.une + "/courrier");
            CHECK(autre.location == une.location);
        }
        CHECK(test::Client{b.elle}.get(b.une + "/coordonnees").says("06 12 34 56 77"));
    });
}

TEST_CASE("une commune retirée d’un double appui n’en emporte pas une autre")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        auto b = commencer(base, site);
        const auto cle = cle_nir(site.app());
        base.write([&](db::Transaction& tx) {
            const auto d = store::find(tx, b.une.substr(b.une.rfind('/') + 1),
                                       store::ouvrir_compte(tx, "zelie@exemple.example", matin).id, cle)
                               .value();
            auto r = d.reponses;
            r.mettre("localisation.2.commune", "Elbeuf");
            store::garder(tx, d, r, "communes", cle, matin);
        });
        const auto [retiree, aussi] =
            deux_fois(b.elle, b.une + "/communes", {{"action", "retirer"}, {"rang", "1"}, {"cle", "k2"}});
        CHECK(retiree.status == 303);
        CHECK(aussi.location == retiree.location);
        const auto page = b.elle.get(b.une + "/communes");
        CHECK(page.says("Elbeuf"));
        CHECK(page.body.find("Retirer Rouen") == std::string::npos);
    });
}

TEST_CASE("un compte tient dix demandes à la fois, ouvertes une à une même d’un double appui")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        auto b = commencer(base, site);
        for (std::size_t i = 1; i + 1 < demandes_a_la_fois; ++i)
            REQUIRE(b.elle.post("/nouvelle-demande", {{"insee", "76540"}, {"autre", "oui"}}).status == 303);
        // Two pages open on the last place.
        const auto [une, autre] =
            deux_fois(b.elle, "/nouvelle-demande", {{"insee", "76540"}, {"autre", "oui"}});
        CHECK(std::min(une.status, autre.status) == 303);
        CHECK(std::max(une.status, autre.status) == 409);
        CHECK((une.status == 409 ? une : autre).says("10 demandes à la fois au plus"));
        CHECK(base.read().one<std::int64_t>("SELECT COUNT(*) FROM demande_en_ligne") ==
              static_cast<std::int64_t>(demandes_a_la_fois));
        // The one under way is still found again.
        CHECK(b.elle.post("/nouvelle-demande", {{"insee", "76540"}}).status == 303);
        CHECK(b.elle.get("/commencer-demande/76540").body.find("name=\"autre\"") == std::string::npos);
        b.elle.post(b.une + "/abandon");
        CHECK(b.elle.post("/nouvelle-demande", {{"insee", "76540"}, {"autre", "oui"}}).status == 303);
    });
}

TEST_CASE("tout effacer d’un double appui répond deux fois que tout est effacé")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        auto b = commencer(base, site);
        CHECK(b.elle.get(b.une + "/abandon").body.find("name=\"cle\"") != std::string::npos);
        const auto [une, autre] = deux_fois(b.elle, b.une + "/abandon", {{"cle", "k3"}});
        CHECK(une.location == "/ma-demande?fait=abandon");
        CHECK(autre.location == une.location);
        CHECK(b.elle.post(b.une + "/abandon", {{"cle", "k4"}}).status == 404);
    });
}

TEST_CASE("ce que la demande dit déjà s’envoie de nouveau sans que l’on dise qu’elle a changé")
{
    test::for_each_engine([](db::Database& base) {
        const auto compte = semer(base);
        test::Site site{base, matin};
        auto elle = entree(base, site, compte.demandeur.courriel);
        const auto volet = "/ma-demande/" + compte.demande + "/situation/souhait";
        REQUIRE(elle.get(volet).status == 200);
        http::Pairs champs{{"version", "1"},
                           {"souhait.t3", "oui"},
                           {"souhait.personnes", "3"},
                           {"localisation.1.commune", "Rouen 76000"}};
        const auto premiere = elle.post(volet, champs);
        REQUIRE(premiere.status == 303);
        const auto deuxieme = elle.post(volet, champs);
        CHECK(deuxieme.status == 303);
        champs[2].second = "4";
        CHECK(elle.post(volet, champs).status == 409);
    });
}

TEST_CASE("le code tapé deux fois ne renvoie pas à la porte celui qui est entré")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client elle{site};
        elle.get("/demander/connexion");
        REQUIRE(elle.post("/demander/connexion", {{"courriel", "zelie@exemple.example"}}).status == 303);
        const auto texte = base.read().one<std::string>(
            "SELECT texte FROM courriel WHERE gabarit = 'code_demandeur' ORDER BY id DESC LIMIT 1");
        const auto ou = texte.find("code\u00a0: ");
        REQUIRE(ou != std::string::npos);
        const http::Pairs champs{{"code", texte.substr(ou + 8, 9)}};
        const auto avant = elle.cookies;
        CHECK(elle.post("/demander/code", champs).location == "/ma-demande");
        CHECK(elle.post("/demander/code", champs).location == "/ma-demande");
        // Another browser stays outside.
        test::Client autre{site};
        autre.get("/demander/connexion");
        autre.cookies.insert(autre.cookies.end(), avant.begin(), avant.end());
        CHECK(autre.post("/demander/code", champs).location == "/demander/connexion?etat=perime");
    });
}

} // namespace test_pages
} // namespace demande::portail
