// The journal on both engines: one row per decision, in order, for ever.
#include <doctest/doctest.h>

#include <algorithm>
#include <thread>
#include <tuple>
#include <vector>

#include "base/expect.hpp"
#include "db/migrations.hpp"
#include "journal/journal.hpp"
#include "support/databases.hpp"

namespace journal::tests {

Entree entree(std::string evenement, std::string objet = "s1", Instant le = {1'795'000'000'000})
{
    return {"signalement",
            std::move(objet),
            std::move(evenement),
            "a1",
            "Nadia Belkacem",
            "76",
            le,
            "parce que « c’est ainsi »"};
}

TEST_CASE("l’histoire d’un objet se lit dans l’ordre où elle s’est passée, même dans le même instant")
{
    test::for_each_engine([](db::Database& database) {
        database.write([](db::Transaction& tx) {
            for (int i = 0; i < 12; ++i) journal::append(tx, entree("etape_" + std::to_string(i)));
            journal::append(tx, entree("ailleurs", "s2"));
        });
        auto tx = database.read();
        const auto histoire = journal::of(tx, "signalement", "s1");
        REQUIRE(histoire.size() == 12);
        for (std::size_t i = 0; i < histoire.size(); ++i)
            CHECK(histoire[i].evenement == "etape_" + std::to_string(i));
        CHECK(histoire[0].acteur_nom == "Nadia Belkacem");
        CHECK(histoire[0].details == "parce que « c’est ainsi »");
        CHECK(histoire[0].le == Instant{1'795'000'000'000});
        const auto fin = journal::of(tx, "signalement", "s1", 2);
        REQUIRE(fin.size() == 2);
        CHECK(fin[0].evenement == "etape_10");
        CHECK(fin[1].evenement == "etape_11");
        CHECK(journal::of(tx, "demande", "s1").empty());
    });
}

TEST_CASE("le journal ne se modifie pas et ne s’efface pas")
{
    test::for_each_engine([](db::Database& database) {
        database.write([](db::Transaction& tx) { journal::append(tx, entree("depot")); });
        for (const auto* sql : {"UPDATE journal SET details = ''", "DELETE FROM journal"})
            CHECK_THROWS_WITH_AS(database.write([&](db::Transaction& tx) { tx.exec(sql); }),
                                 doctest::Contains("append-only"), db::Error);
        auto tx = database.read();
        CHECK(journal::of(tx, "signalement", "s1").size() == 1);
    });
}

TEST_CASE("des décisions prises en même temps sur un objet s’inscrivent toutes, à la suite")
{
    test::for_each_engine([](db::Database& database) {
        {
            std::vector<std::jthread> gens;
            for (int i = 0; i < 6; ++i)
                gens.emplace_back([&] {
                    database.write([](db::Transaction& tx) { journal::append(tx, entree("suivi")); });
                });
        }
        auto tx = database.read();
        CHECK(tx.query<std::int64_t>("SELECT rang FROM journal ORDER BY rang") ==
              std::vector<std::int64_t>{1, 2, 3, 4, 5, 6});
        CHECK(journal::dernier_rang(tx, "signalement", "s1") == 6);
        CHECK(journal::dernier_rang(tx, "signalement", "autre") == 0);
    });
}

TEST_CASE("des rangs pris deux fois avant l’unicité sont remis à la suite par la migration")
{
    for (const auto engine : test::engines()) {
        test::FreshDatabase db{engine, false};
        const auto toutes = db::embedded_migrations();
        const auto unicite = std::ranges::find(toutes, "0012_unicite", &db::Migration::name);
        REQUIRE(unicite != toutes.end());
        db::migrate(*db, toutes.first(static_cast<std::size_t>(unicite - toutes.begin())));
        db->write([](db::Transaction& tx) {
            for (const auto& [id, objet, rang] : std::vector<std::tuple<const char*, const char*, int>>{
                     {"a", "s1", 1}, {"b", "s1", 2}, {"c", "s1", 2}, {"d", "s1", 3}, {"e", "s2", 1}})
                tx.exec("INSERT INTO journal (id, objet_type, objet_id, rang, evenement, acteur_id, "
                        "acteur_nom, territoire, le, details) VALUES ($1, 'signalement', $2, $3, 'suivi', "
                        "'', '', '76', '2026-11-21T12:00:00.000Z', '')",
                        id, objet, rang);
        });
        db::migrate(*db, toutes);
        db->write([](db::Transaction& tx) {
            CHECK(tx.query<std::string>("SELECT id FROM journal WHERE objet_id = 's1' ORDER BY rang") ==
                  std::vector<std::string>{"a", "b", "c", "d"});
            CHECK(journal::dernier_rang(tx, "signalement", "s1") == 4);
        });
        CHECK_THROWS_AS(db->write([](db::Transaction& tx) { tx.exec("UPDATE journal SET rang = 9"); }),
                        db::Error);
    }
}

TEST_CASE("une décision annulée ne laisse pas de trace au journal")
{
    test::for_each_engine([](db::Database& database) {
        {
            auto tx = database.begin();
            journal::append(tx, entree("depot"));
        }
        auto tx = database.read();
        CHECK(journal::of(tx, "signalement", "s1").empty());
    });
}

TEST_CASE("une entrée sans objet ou sans évènement est un défaut du programme")
{
    test::for_each_engine([](db::Database& database) {
        auto tx = database.begin();
        CHECK_THROWS_AS(journal::append(tx, entree("")), base::Bug);
        CHECK_THROWS_AS(journal::append(tx, entree("depot", "")), base::Bug);
    });
}

} // namespace journal::tests
