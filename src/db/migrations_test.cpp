// The migrator on both engines: order, checksums, several processes at once, binaries of other versions.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "db/migrations.hpp"
#include "support/databases.hpp"

namespace db::migrations_tests {

constexpr db::Migration one{
    "0001_un", "CREATE TABLE un (id TEXT PRIMARY KEY); INSERT INTO un VALUES ('a')", {}, {}};
constexpr db::Migration two{"0002_deux", "CREATE TABLE deux (id TEXT)", "CREATE TABLE deux_propre (id TEXT)",
                            "CREATE TABLE deux_propre (id UUID)"};
constexpr db::Migration three{"0003_trois", "ALTER TABLE un ADD COLUMN b TEXT", {}, {}};
constexpr db::Migration broken{
    "0004_cassee", "CREATE TABLE quatre (id TEXT); CREATE TABLE un (id TEXT)", {}, {}};

using Names = std::vector<std::string>;

template <class F> void on_each_engine(F&& f)
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        test::FreshDatabase fresh{engine, false};
        f(fresh);
    }
}

TEST_CASE("les migrations passent une fois, dans l’ordre, puis ne font plus rien")
{
    on_each_engine([](test::FreshDatabase& fresh) {
        const db::Migration first[] = {one, two};
        CHECK(db::schema_version(*fresh).empty());
        CHECK(db::migrate(*fresh, first) == Names{"0001_un", "0002_deux"});
        CHECK(db::schema_version(*fresh) == "0002_deux");
        const db::Migration all[] = {one, two, three};
        CHECK(db::migrate(*fresh, all) == Names{"0003_trois"});
        CHECK(db::migrate(*fresh, all).empty());
        auto tx = fresh->read();
        CHECK(tx.one<std::int64_t>("SELECT count(*) FROM deux_propre") == 0);
        CHECK(tx.one<std::string>("SELECT id FROM un WHERE b IS NULL") == "a");
    });
}

TEST_CASE("une migration modifiée, inconnue ou intercalée est refusée avec la marche à suivre")
{
    on_each_engine([](test::FreshDatabase& fresh) {
        const db::Migration all[] = {one, three};
        db::migrate(*fresh, all);
        const db::Migration changed[] = {{"0001_un", "CREATE TABLE un (id INTEGER)", {}, {}}, three};
        CHECK_THROWS_WITH_AS(db::migrate(*fresh, changed), doctest::Contains("0001_un was changed"),
                             db::Error);
        const db::Migration older[] = {one};
        CHECK_THROWS_WITH_AS(db::migrate(*fresh, older), doctest::Contains("newer than this program"),
                             db::Error);
        const db::Migration inserted[] = {one, two, three};
        CHECK_THROWS_WITH_AS(db::migrate(*fresh, inserted), doctest::Contains("0002_deux comes before"),
                             db::Error);
    });
}

TEST_CASE("la partie de l’autre moteur peut changer sans gêner celui-ci")
{
    on_each_engine([](test::FreshDatabase& fresh) {
        const db::Migration all[] = {two};
        db::migrate(*fresh, all);
        auto other = two;
        (fresh->engine() == db::Engine::Sqlite ? other.postgres : other.sqlite) = "CREATE TABLE x (id TEXT)";
        const db::Migration changed[] = {other};
        CHECK(db::migrate(*fresh, changed).empty());
    });
}

TEST_CASE("une migration qui échoue ne laisse rien derrière elle et dit son nom")
{
    on_each_engine([](test::FreshDatabase& fresh) {
        const db::Migration all[] = {one, broken};
        CHECK_THROWS_WITH_AS(db::migrate(*fresh, all), doctest::Contains("0004_cassee"), db::Error);
        CHECK(db::schema_version(*fresh) == "0001_un");
        auto tx = fresh->begin();
        CHECK_NOTHROW(tx.script("CREATE TABLE quatre (id TEXT)"));
    });
}

TEST_CASE("plusieurs processus qui démarrent ensemble migrent une seule fois")
{
    on_each_engine([](test::FreshDatabase& fresh) {
        const db::Migration all[] = {one, two, three};
        std::atomic<int> applied = 0, failures = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 6; ++i)
            threads.emplace_back([&] {
                try {
                    const auto database = db::Database::open(fresh.url(), 1);
                    applied += static_cast<int>(db::migrate(*database, all).size());
                } catch (const std::exception&) {
                    ++failures;
                }
            });
        for (auto& t : threads) t.join();
        CHECK(failures == 0);
        CHECK(applied == 3);
    });
}

TEST_CASE("les migrations du programme passent sur chaque moteur")
{
    test::for_each_engine([](db::Database& database) {
        const auto all = db::embedded_migrations();
        CHECK(db::schema_version(database) == (all.empty() ? std::string_view{} : all.back().name));
        CHECK(db::migrate(database).empty());
    });
}

} // namespace db::migrations_tests
