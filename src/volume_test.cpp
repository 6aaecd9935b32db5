// Bulk data: exact quantities, resumable, consistent with the rules.
#include "volume.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "db/db.hpp"
#include "support/databases.hpp"
#include "support/platform.hpp"
#include "verification/verification.hpp"

TEST_CASE("une quantité illisible est nommée")
{
    CHECK(volume::lire("signalements=10,suivis=25").suivis == 25);
    CHECK(volume::lire("signalements=10").suivis == 100);
    CHECK(volume::lire("").signalements == 0); // plain `logis seed`
    CHECK_THROWS_WITH(
        volume::lire("signalement=10"),
        "--volume: 'signalement=10' is not understood; write signalements=100000,suivis=1000000");
    CHECK_THROWS(volume::lire("signalements=-1"));
    CHECK_THROWS(volume::lire("signalements=beaucoup"));
}

TEST_CASE("les données en volume ont les quantités demandées, et un second appel complète sans recommencer")
{
    test::for_each_engine([](db::Database& db) {
        test::Platform platform{db};
        auto& app = platform.app();
        const auto combien = [&](const char* sql) {
            auto tx = db.read();
            return tx.one<std::int64_t>(sql);
        };
        const char* signalements = "SELECT COUNT(*) FROM signalement WHERE cle_idempotence LIKE 'volume-%'";
        const char* suivis = "SELECT COUNT(*) FROM suivi y JOIN signalement s ON s.id = y.signalement "
                             "WHERE s.cle_idempotence LIKE 'volume-%'";
        std::ostringstream progression;
        volume::charger(app, {.signalements = 300, .suivis = 1200}, progression);
        CHECK(combien(signalements) == 300);
        CHECK(combien(suivis) == 1200);
        CHECK(progression.str().find("300 signalements") != std::string::npos);
        volume::charger(app, {.signalements = 700, .suivis = 2800}, progression);
        CHECK(combien(signalements) == 700);
        CHECK(combien(suivis) == 2800);

        CHECK(combien("SELECT COUNT(*) FROM (SELECT reference FROM signalement GROUP BY reference HAVING "
                      "COUNT(*) > 1) d") == 0);
        CHECK(combien("SELECT COUNT(DISTINCT territoire) FROM signalement") > 50);
        CHECK(combien("SELECT COUNT(DISTINCT statut) FROM signalement") == 4);
        // What the rules promise: a closed report has no open affectation, each one its line of deposit.
        CHECK(combien("SELECT COUNT(*) FROM affectation a JOIN signalement s ON s.id = a.signalement "
                      "WHERE s.statut = 'clos' AND a.statut IN ('en_attente', 'acceptee')") == 0);
        CHECK(combien("SELECT COUNT(*) FROM signalement s WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE "
                      "j.objet_id = s.id AND j.evenement = 'depot')") == 0);
        CHECK(verification::verifier(app, {}, [](const auto& c) {
                  MESSAGE(c.objet, " : ", c.detail);
              }).erreurs == 0);
        // And the pages show them.
        platform.login("camille.lefort@demo.logis.example");
        CHECK(platform.get("/signalements").status == 200);
    });
}
