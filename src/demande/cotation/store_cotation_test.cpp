// Scores kept on both engines: grids, the queue, the place among similar demandes.
#include "demande/cotation/store_cotation.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "demande/cotation/cotation.hpp"
#include "support/platform.hpp"

namespace demande::cotation {
namespace test_store_cotation {

const std::string illustrative = std::string{LOGIS_SOURCE_DIR} + "/demo/grille-cotation.csv";
constexpr Instant le{1'795'000'000'000}; // 18 November 2026
constexpr const char* dieppe_maritime = "247600786";

std::string id(int n)
{
    return fmt::format("cotation-{:017}", n);
}

void poser(db::Database& base, int n, std::string_view contenu, std::string_view depot,
           std::string_view insee = "76217")
{
    base.write([&](db::Transaction& tx) {
        tx.exec(
            "INSERT INTO demande (id, numero, territoire, etat, guichet, deposee_le, ancre, enregistree_le, "
            "enregistree_par, contenu) VALUES ($1, $2, '076', 'active', '76R01', $3, $3, $4, "
            "'compte-demo-fatou-sarr', $5)",
            id(n), fmt::format("0761126{:06}76R01", 900'000 + n), depot, le, contenu);
        tx.exec("INSERT INTO demande_souhait (demande, territoire, rang, insee) VALUES ($1, '076', 1, $2)",
                id(n), insee);
    });
}

/// On the platform that other tests share: what was due before is done, and nothing is left behind.
template <class F> void sur_la_plateforme(F f)
{
    test::for_each_platform([&](test::Platform& platform) {
        auto& app = platform.app();
        const auto horloge = app.clock;
        while (recalculer_les_cotations(app, {}) > 0) {
        }
        f(app, app.db);
        app.clock = horloge;
        app.db.write([](db::Transaction& tx) {
            tx.exec("DELETE FROM demande WHERE id LIKE 'cotation-%'");
            tx.exec("DELETE FROM cotation_a_calculer");
            tx.exec("DELETE FROM cotation");
            tx.exec("DELETE FROM grille_cotation");
        });
    });
}

std::vector<Vue> vues(db::Database& base, int n)
{
    auto tx = base.read();
    const auto d = store::cotable(tx, id(n)).value();
    demande::store::Fiche f{.id = d.id, .etat = d.etat, .deposee_le = d.deposee_le, .reponses = d.reponses};
    return cotations(tx, f, {2026, 11, 18});
}

TEST_CASE("une grille importée cote les demandes de son EPCI, et chacune sait sa place parmi les semblables")
{
    test::for_each_engine([](db::Database& base) {
        test::Platform platform{base};
        auto& app = platform.app();
        poser(base, 1, R"({"souhait.t2":"oui","motif.expulsion":"oui"})", "2026-10-01");
        poser(base, 2, R"({"souhait.t2":"oui"})", "2023-10-01");
        poser(base, 3, R"({"souhait.t2":"oui"})", "2023-10-01");
        poser(base, 4, R"({"souhait.t4":"oui"})", "2020-10-01");
        poser(base, 5, R"({"souhait.t2":"oui"})", "2026-10-01", "76540"); // another EPCI
        recalculer_les_cotations(app, {});                                // what the demonstration left
        CHECK(vues(base, 1).empty());

        CHECK(importer_grille(base, illustrative, dieppe_maritime, "Grille illustrative", "2026-01-01", le) ==
              1);
        CHECK(recalculer_les_cotations(app, {}) == 4);
        CHECK(recalculer_les_cotations(app, {}) == 0);
        REQUIRE(vues(base, 1).size() == 1);
        CHECK(vues(base, 1)[0].score.points == 5); // declared only
        CHECK(vues(base, 2)[0].score.points == 6); // three years
        CHECK(vues(base, 2)[0].position.devant == 0);
        CHECK(vues(base, 3)[0].position.devant == 1); // same points, same day: always in one order
        CHECK(vues(base, 1)[0].position.devant == 2);
        CHECK(vues(base, 1)[0].position.semblables == 2);
        CHECK(vues(base, 4)[0].position.semblables == 0);
        CHECK(vues(base, 5).empty());

        // A change goes through the queue; the same change twice is one line of it.
        base.write([&](db::Transaction& tx) {
            tx.exec(R"(UPDATE demande SET contenu = '{"souhait.t4":"oui"}' WHERE id = $1)", id(3));
            store::a_calculer(tx, id(3), "076", le);
            store::a_calculer(tx, id(3), "076", le);
        });
        CHECK(recalculer_les_cotations(app, {}) == 1);
        CHECK(vues(base, 1)[0].position.devant == 1);
        CHECK(vues(base, 4)[0].position.semblables == 1);

        // One that changed while it was being scored stays in the queue.
        base.write([&](db::Transaction& tx) {
            store::a_calculer(tx, id(1), "076", le);
            const auto lu = store::file(tx, le, 1);
            REQUIRE(lu.size() == 1);
            store::a_calculer(tx, id(1), "076", le);
            store::calculee(tx, lu[0]);
        });
        CHECK(recalculer_les_cotations(app, {}) == 1);

        // A new grid waits for its day, and scores everyone again then.
        CHECK(importer_grille(base, illustrative, dieppe_maritime, "Grille de 2027", "2027-01-01", le) == 2);
        CHECK(recalculer_les_cotations(app, {}) == 0);
        CHECK(vues(base, 1)[0].version == 1);
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE grille_cotation SET depuis = '2026-02-01' WHERE version = 2");
        });
        CHECK(recalculer_les_cotations(app, {}) == 4);
        CHECK(vues(base, 1)[0].version == 2);

        // A demande that ends has no score any more and stands before nobody.
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'radiee', radiee_le = '2026-11-18' WHERE id = $1", id(2));
            demande::store::noter(tx, id(2), "076", Evenement::Radiation, {"", "Essai", "", {}}, le);
        });
        CHECK(recalculer_les_cotations(app, {}) == 1);
        CHECK(vues(base, 1)[0].position.devant == 0);
    });
}

TEST_CASE("une cotation se refait d’elle-même le jour où une année d’ancienneté s’ajoute")
{
    sur_la_plateforme([](App& app, db::Database& base) {
        poser(base, 1, R"({"souhait.t2":"oui"})", "2025-11-19"); // a year tomorrow
        importer_grille(base, illustrative, dieppe_maritime, "Grille", "2026-01-01", le);
        recalculer_les_cotations(app, {});
        const auto points = [&] {
            auto tx = base.read();
            return tx.one<int>("SELECT points FROM cotation WHERE demande = $1", id(1));
        };
        CHECK(points() == 0);
        app.clock = base::Clock{le.plus_days(1)};
        CHECK(recalculer_les_cotations(app, {}) == 1);
        CHECK(points() == 2);
        CHECK(recalculer_les_cotations(app, {}) == 0);
    });
}

TEST_CASE("une nouvelle grille refait la cotation de qui demande un arrondissement de Lyon")
{
    sur_la_plateforme([](App& app, db::Database& base) {
        const auto lyon = [&] {
            auto tx = base.read();
            return tx.one<std::string>("SELECT epci FROM commune WHERE insee = '69123'");
        }();
        poser(base, 1, R"({"souhait.t2":"oui","motif.expulsion":"oui"})", "2026-10-01", "69383");
        poser(base, 2, R"({"souhait.t2":"oui"})", "2025-10-01", "69123");
        recalculer_les_cotations(app, {});
        importer_grille(base, illustrative, lyon, "Grille de Lyon", "2026-01-01", le);
        CHECK(recalculer_les_cotations(app, {}) == 2);
        CHECK(vues(base, 2).at(0).position.semblables == 1);
    });
}

TEST_CASE("une demande qui ne peut être cotée n’arrête pas les autres, et la plus ancienne passe d’abord")
{
    sur_la_plateforme([](App& app, db::Database& base) {
        poser(base, 1, "pas du json", "2026-10-01");
        poser(base, 2, R"({"souhait.t2":"oui"})", "2025-10-01");
        poser(base, 3, R"({"souhait.t2":"oui"})", "2024-10-01");
        importer_grille(base, illustrative, dieppe_maritime, "Grille", "2026-01-01", le);
        CHECK_THROWS(recalculer_les_cotations(app, {})); // its task shows that it failed
        CHECK(vues(base, 2).at(0).position.semblables == 1);
        CHECK(recalculer_les_cotations(app, {}) == 0); // and waits an hour
        base.write([](db::Transaction& tx) {
            tx.exec(R"(UPDATE demande SET contenu = '{"souhait.t2":"oui"}' WHERE id = $1)", id(1));
        });
        app.clock = base::Clock{app.clock.now().plus_seconds(3600)};
        CHECK(recalculer_les_cotations(app, {}) == 1);
        CHECK(vues(base, 2).at(0).position.semblables == 2);
        base.write([&](db::Transaction& tx) {
            store::a_calculer(tx, id(3), "076", le);
            store::a_calculer(tx, id(1), "076", le.plus_seconds(60));
            store::a_calculer(tx, id(3), "076", le.plus_seconds(120)); // keeps its place
            const auto file = store::file(tx, le.plus_seconds(120), 10);
            REQUIRE(file.size() == 2);
            CHECK(file[0].demande == id(3));
            CHECK(file[1].demande == id(1));
        });
    });
}

TEST_CASE("une cotation se refait le jour de son territoire : ni la veille, ni en boucle avant que ce jour y "
          "vienne")
{
    sur_la_plateforme([](App& app, db::Database& base) {
        const auto antilles = [&] {
            auto tx = base.read();
            return tx.one<std::string>("SELECT epci FROM commune WHERE insee = '97209'");
        }();
        poser(base, 1, R"({"souhait.t2":"oui"})", "2025-11-19", "97209"); // a year tomorrow
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE demande SET territoire = '972' WHERE id = $1", id(1));
            tx.exec("UPDATE demande_souhait SET territoire = '972' WHERE demande = $1", id(1));
        });
        importer_grille(base, illustrative, antilles, "Grille", "2026-01-01", le);
        recalculer_les_cotations(app, {});
        const auto a = [&](const char* quand) {
            app.clock = base::Clock{*base::parse_instant(quand)};
            return recalculer_les_cotations(app, {});
        };
        CHECK(a("2026-11-19T01:00:00Z") == 0); // the 19th in Paris, still the 18th in Fort-de-France
        CHECK(a("2026-11-19T03:59:00Z") == 0);
        CHECK(a("2026-11-19T04:01:00Z") == 1);
        CHECK(a("2026-11-19T04:02:00Z") == 0);
    });
}

TEST_CASE("une grille fausse ou d’un EPCI inconnu ne s’importe pas")
{
    test::for_each_platform([](test::Platform& platform) {
        auto& base = platform.app().db;
        CHECK_THROWS(importer_grille(base, illustrative, "000000000", "Grille", "2026-01-01", le));
        CHECK_THROWS(importer_grille(base, illustrative, dieppe_maritime, "Grille", "demain", le));
        CHECK_THROWS(importer_grille(base, illustrative, dieppe_maritime, " ", "2026-01-01", le));
        CHECK_THROWS(importer_grille(base, std::string{LOGIS_SOURCE_DIR} + "/tests/cas/fichiers/rpls.csv",
                                     dieppe_maritime, "Grille", "2026-01-01", le));
    });
}

} // namespace test_store_cotation
} // namespace demande::cotation
