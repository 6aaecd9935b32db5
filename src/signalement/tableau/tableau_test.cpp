// What waits for an agent: each figure is the number of lines of the list it opens, for each kind of reader.
#include "signalement/tableau/tableau.hpp"

#include <doctest/doctest.h>

#include <regex>

#include "signalement/exemples_test.hpp"
#include "support/databases.hpp"

namespace signalement::tableau_check {

using exemples::Bureau;

TEST_CASE("chaque nombre du tableau de bord est celui de la liste qu’il ouvre, pour chaque lecteur")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = bureau.deposer(depot::exemples::locataire());
        const auto b = bureau.deposer(depot::exemples::agent());
        bureau.deposer(depot::exemples::agent());
        auto secretaire = bureau.entrer(compte::exemples::julien);
        secretaire.get(exemples::fiche(b) + "/affectations");
        REQUIRE(secretaire.post(exemples::fiche(b) + "/affectations", {{"partenaires", "partenaire-76-ars"}})
                    .status == 303);
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET depose_le = '2026-06-01T08:00:00.000Z', danger = 1 WHERE id = $1",
                    a);
        });
        int lues = 0, pleines = 0;
        for (const auto email : {compte::exemples::julien, exemples::helene, exemples::aicha}) {
            auto agent = bureau.entrer(email);
            const auto page = agent.get("/tableau-de-bord");
            REQUIRE(page.status == 200);
            const std::regex tuile{
                "href=\"(/signalements[?][^\"]*)\"><span class=\"logis-chiffres__valeur\">([0-9]+)<"};
            for (std::sregex_iterator at{page.body.begin(), page.body.end(), tuile}, fin; at != fin; ++at) {
                const auto adresse = std::regex_replace((*at)[1].str(), std::regex{"&amp;"}, "&");
                INFO(adresse);
                const auto liste = agent.get(adresse);
                CHECK(liste.status == 200);
                CHECK(liste.says((*at)[2].str() + " signalement"));
                ++lues;
                pleines += (*at)[2].str() != "0";
            }
        }
        CHECK(lues > 15);
        CHECK(pleines > 3);
    });
}

TEST_CASE("chaque ligne du tableau dit quelque chose à quelqu’un, et un partenaire n’y trouve pas le tri des "
          "autres")
{
    const compte::Agent secretaire{.id = "s",
                                   .nom = "",
                                   .email = "",
                                   .mandats = {{compte::Role::SecretaireComite, "76", "c", "", true}}};
    const compte::Agent partenaire{
        .id = "p", .nom = "", .email = "", .mandats = {{compte::Role::AgentPartenaire, "76", "", "p", true}}};
    const Date jour{2026, 11, 23};
    const auto a = tableau::tuiles(secretaire, jour), b = tableau::tuiles(partenaire, jour);
    CHECK(a.size() == 14);
    for (const auto& t : a) CHECK_FALSE(t.filtre.a(filtre::Cle::ARepondre));
    CHECK(b.front().filtre.a(filtre::Cle::ARepondre));
    for (const auto& t : b) {
        CHECK_FALSE(t.filtre.a(filtre::Cle::SansPartenaire));
        CHECK_FALSE(t.filtre.a(filtre::Cle::Courriel));
    }
}

} // namespace signalement::tableau_check
