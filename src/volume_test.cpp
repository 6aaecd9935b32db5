// Bulk data: exact quantities, resumable, consistent with the rules.
#include "volume.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "db/db.hpp"
#include "demande/candidature/store_vivier.hpp"
#include "demande/formulaire.hpp"
#include "demande/numero.hpp"
#include "demande/taches.hpp"
#include "demande/territoires.hpp"
#include "support/databases.hpp"
#include "support/platform.hpp"
#include "verification/verification.hpp"
#include "volume_index.hpp"

TEST_CASE("une quantité illisible est nommée")
{
    CHECK(volume::lire("signalements=10,suivis=25").suivis == 25);
    CHECK(volume::lire("signalements=10").suivis == 100);
    CHECK(volume::lire("").signalements == 0); // plain `logis seed`
    CHECK_THROWS_WITH(volume::lire("signalement=10"), "--volume: 'signalement=10' is not understood; write "
                                                      "signalements=100000,suivis=1000000,demandes=300000");
    CHECK(volume::lire("demandes=12").demandes == 12);
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

TEST_CASE("les demandes en volume sont celles qu’un guichet aurait inscrites, et leurs jours ceux des règles")
{
    test::for_each_engine([](db::Database& db) {
        test::Platform platform{db};
        auto& app = platform.app();
        const auto jour = base::local_date(app.clock.now());
        const auto combien = [&](const std::string& sql) {
            auto tx = db.read();
            return tx.one<std::int64_t>(sql);
        };
        const auto avant = combien("SELECT COUNT(*) FROM demande");
        std::ostringstream progression;
        volume::charger(app, {.demandes = 200}, progression);
        volume::charger(app, {.demandes = 1500}, progression); // goes on
        volume::charger(app, {.demandes = 1500}, progression); // nothing more
        CHECK(combien("SELECT COUNT(*) FROM demande") == avant + 1500);
        CHECK(
            combien("SELECT COUNT(*) FROM demande d WHERE NOT EXISTS (SELECT 1 FROM demande_souhait s WHERE "
                    "s.demande = d.id AND s.rang = 1)") == 0);
        CHECK(combien("SELECT COUNT(DISTINCT territoire) FROM demande") > 50);
        CHECK(combien("SELECT COUNT(DISTINCT etat) FROM demande") >= 4);
        CHECK(
            combien("SELECT COUNT(*) FROM demande WHERE vivier_version <> version AND guichet LIKE '%V_'") ==
            0);
        CHECK(verification::verifier(app, {}, [](const auto& c) {
                  MESSAGE(c.objet, " : ", c.detail);
              }).erreurs == 0);

        struct Rangee {
            std::string id, numero, territoire, contenu;
        };
        std::vector<Rangee> semees;
        {
            auto tx = db.read();
            semees = tx.query<Rangee>(
                "SELECT id, numero, territoire, contenu FROM demande WHERE guichet LIKE '%V_' "
                "AND etat <> 'purgee' ORDER BY id");
            for (const auto& d : semees) {
                INFO(d.contenu);
                REQUIRE(demande::lire_numero(d.numero).has_value());
                demande::Contexte c{.aujourd_hui = jour, .territoire = d.territoire};
                for (auto& insee : tx.query<std::string>(
                         "SELECT insee FROM demande_souhait WHERE demande = $1 ORDER BY rang", d.id))
                    c.communes.emplace_back(std::move(insee));
                const auto lue = demande::lire(demande::Reponses::de_json(d.contenu), c);
                if (!lue) MESSAGE(lue.error().front().field, " : ", lue.error().front().message);
                REQUIRE(lue.has_value());
                CHECK(lue->communes.size() == c.communes.size());
            }
        }
        // What the vivier holds is what its task would have put there.
        const auto vivier = [&] {
            auto tx = db.read();
            std::string tout;
            tx.run("SELECT demande || insee || deposee_le || territoire, pieces, prioritaire, acces, "
                   "personnes FROM "
                   "vivier ORDER BY demande, insee, pieces",
                   {}, [&](std::span<const db::Value> l) {
                       tout += std::get<std::string>(l[0]);
                       for (std::size_t i = 1; i < l.size(); ++i)
                           tout += " " + std::to_string(std::get<std::int64_t>(l[i]));
                       tout += "\n";
                   });
            return tout;
        };
        db.write([&](db::Transaction& tx) {
            while (demande::candidature::store::tenir_le_vivier(tx, app.clock.now()) > 0) {
            }
        });
        const auto seme = vivier();
        db.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET vivier_version = 0");
            while (demande::candidature::store::tenir_le_vivier(tx, app.clock.now()) > 0) {
            }
        });
        CHECK(vivier() == seme);

        // The day's notices are those of one day in a year, and the next run has nothing left to do.
        demande::suivre_les_echeances(app, {});
        const auto prepares = combien("SELECT COUNT(DISTINCT demande) FROM preavis WHERE prepare_le = '" +
                                      base::to_iso(app.clock.now()) + "'");
        CHECK(prepares > 0);
        CHECK(prepares <= 20);
        CHECK(demande::suivre_les_echeances(app, {}) == 0);
        // A notice changes nothing of what candidates are looked for by.
        CHECK(combien("SELECT COUNT(*) FROM demande WHERE vivier_version <> version") == 0);
        CHECK(
            combien(
                "SELECT COUNT(*) FROM preavis p JOIN lot_courrier l ON l.id = p.lot WHERE p.rang > l.lettres "
                "OR p.guichet <> l.guichet") == 0);
        CHECK(verification::verifier(app, {}, [](const auto& c) {
                  MESSAGE(c.objet, " : ", c.detail);
              }).erreurs == 0);
        platform.login("guichet.076v1@volume.logis.example");
        CHECK(platform.get("/demandes").status == 200);
        CHECK(platform.get("/courriers").status == 200);
    });
}

TEST_CASE("les index écartés pendant un chargement reviennent tels qu’ils étaient, même après un arrêt")
{
    test::for_each_engine([](db::Database& db) {
        const auto index = [&] {
            auto tx = db.read();
            std::string tous;
            for (const auto& d : tx.query<std::string>(
                     tx.engine() == db::Engine::Sqlite ? "SELECT sql FROM sqlite_master WHERE type = 'index' "
                                                         "AND sql IS NOT NULL ORDER BY name"
                                                       : "SELECT indexdef FROM pg_indexes WHERE schemaname = "
                                                         "current_schema() ORDER BY indexname"))
                tous += d + "\n";
            return tous;
        };
        const auto avant = index();
        constexpr std::string_view deux[] = {"demande_souhait_commune", "vivier_prioritaire"};
        volume::ecarter_les_index(db, deux);
        CHECK(index() != avant);
        volume::remettre_les_index(db); // by the next run
        CHECK(index() == avant);
        volume::remettre_les_index(db);
        constexpr std::string_view regle[] = {"demandeur_demande_titulaire"};
        CHECK_THROWS(volume::ecarter_les_index(db, regle));
        CHECK(index() == avant);
    });
}
