// The database layer on both engines: values, refusals, transactions, concurrency.
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>

#include "base/expect.hpp"
#include "base/log.hpp"
#include "db/db.hpp"
#include "db/migrations.hpp"
#include "db/query.hpp"
#include "support/databases.hpp"

namespace db_test {

/// The same empty database on every engine: these tests make their own tables.
template <class F> void on_each_engine(F&& f)
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        test::FreshDatabase fresh{engine, false};
        f(*fresh);
    }
}

void create(db::Database& database, std::string_view ddl)
{
    database.write([&](db::Transaction& tx) { tx.script(ddl); });
}

std::int64_t rows_of(db::Database& database, const std::string& table)
{
    return database.read().one<std::int64_t>("SELECT count(*) FROM " + table);
}

struct Everything {
    std::string text;
    std::int64_t whole;
    double real;
    Instant moment;
    Date day;
    bool flag;
    std::optional<std::string> nothing;
};

} // namespace db_test

TEST_CASE("une valeur de chaque type revient telle qu’elle a été écrite")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database,
                        "CREATE TABLE t (a TEXT, b BIGINT, c DOUBLE PRECISION, d TEXT, e TEXT, f INTEGER, "
                        "g TEXT)");
        const db_test::Everything in{"Ça coûte « 1 € » 🏚️ \\ ' \" $1",
                                     std::numeric_limits<std::int64_t>::min(),
                                     0.1 + 0.2,
                                     Instant{1'795'000'000'123},
                                     Date{2026, 2, 28},
                                     true,
                                     std::nullopt};
        database.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7)", in.text, in.whole, in.real,
                    in.moment, in.day, in.flag, in.nothing);
        });
        const auto out = database.read().one<db_test::Everything>("SELECT * FROM t");
        CHECK(out.text == in.text);
        CHECK(out.whole == in.whole);
        CHECK(out.real == in.real);
        CHECK(out.moment == in.moment);
        CHECK(out.day == in.day);
        CHECK(out.flag);
        CHECK(!out.nothing);
        for (const double d : {0.0, -1.5, 1e300, 5e-324, 2.0, 1.0 / 3}) {
            database.write([&](db::Transaction& tx) { tx.exec("UPDATE t SET c = $1", d); });
            CHECK(database.read().one<double>("SELECT c FROM t") == d);
        }
    });
}

TEST_CASE("les octets reviennent identiques, y compris aucun")
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        test::FreshDatabase fresh{engine, false};
        db_test::create(*fresh, engine == db::Engine::Sqlite ? "CREATE TABLE t (b BLOB)"
                                                             : "CREATE TABLE t (b BYTEA)");
        db::Blob all;
        for (int i = 0; i < 512; ++i) all.push_back(static_cast<std::byte>(i));
        for (const auto& blob : {all, db::Blob{}}) {
            fresh->write([&](db::Transaction& tx) {
                tx.exec("DELETE FROM t");
                tx.exec("INSERT INTO t VALUES ($1)", blob);
            });
            CHECK(fresh->read().one<db::Blob>("SELECT b FROM t") == blob);
        }
    }
}

TEST_CASE("les paramètres se lient par leur numéro, dans n’importe quel ordre et plusieurs fois")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (a TEXT, b TEXT, c TEXT)");
        database.write([](db::Transaction& tx) {
            tx.exec("INSERT INTO t (c, b, a) VALUES ($3, $2, $1)", "un", "deux", "trois");
            tx.exec("INSERT INTO t (a, b, c) VALUES ($2, $1, $2)", "x", "y");
        });
        auto tx = database.read();
        CHECK(tx.one<std::string>("SELECT a FROM t WHERE c = 'trois'") == "un");
        CHECK(tx.one<std::string>("SELECT c || b || a FROM t WHERE b = $1", "x") == "yxy");
    });
}

TEST_CASE("cent cinquante paramètres passent, un mauvais nombre est refusé clairement")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT)");
        std::string list;
        std::vector<db::Value> values;
        for (int i = 1; i <= 150; ++i) {
            list += (i > 1 ? "), ($" : "($") + std::to_string(i);
            values.emplace_back(std::int64_t{i});
        }
        database.write([&](db::Transaction& tx) {
            CHECK(tx.run("INSERT INTO t VALUES " + list + ")", values, nullptr) == 150);
        });
        auto tx = database.read();
        CHECK(tx.one<std::int64_t>("SELECT sum(n) FROM t") == 150 * 151 / 2);
        for (const auto* sql : {"SELECT n FROM t WHERE n = $1", "SELECT n FROM t WHERE n IN ($1, $2, $3)"}) {
            auto other = database.read();
            CHECK_THROWS_AS(other.query<std::int64_t>(sql, 1, 2), db::Error);
        }
    });
}

TEST_CASE("les agrégats ont le même type sur les deux moteurs")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT, i INTEGER)");
        database.write([](db::Transaction& tx) { tx.exec("INSERT INTO t VALUES (1, 2), (2, 3)"); });
        auto tx = database.read();
        CHECK(tx.one<std::int64_t>("SELECT sum(n) FROM t") == 3);
        CHECK(tx.one<std::int64_t>("SELECT sum(i) FROM t") == 5);
        CHECK(tx.one<double>("SELECT avg(n) FROM t") == doctest::Approx(1.5));
        CHECK(tx.one<bool>("SELECT EXISTS (SELECT 1 FROM t WHERE n = $1)", 2));
        CHECK(!tx.one<bool>("SELECT EXISTS (SELECT 1 FROM t WHERE n = $1)", 9));
        CHECK(tx.one<std::int64_t>("SELECT count(*) FILTER (WHERE n > $1) FROM t", 1) == 1);
        CHECK(!tx.one<std::optional<std::int64_t>>("SELECT sum(n) FROM t WHERE n > 100"));
    });
}

TEST_CASE("les signes « % », « _ » et « ! » tapés par une personne se cherchent comme des lettres")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (a TEXT NOT NULL)");
        auto tx = database.begin();
        for (const auto* text : {"100 % humide", "100 fois", "un_mot", "unXmot", "attention !"})
            tx.exec("INSERT INTO t (a) VALUES ($1)", text);
        const auto found = [&](const char* part) {
            db::Query query;
            const auto condition = db::containing(query, part);
            return query.run<std::string>(tx, "SELECT a FROM t WHERE a " + condition + " ORDER BY a");
        };
        CHECK(found("100 %") == std::vector<std::string>{"100 % humide"});
        CHECK(found("un_mot") == std::vector<std::string>{"un_mot"});
        CHECK(found("!") == std::vector<std::string>{"attention !"});
        CHECK(found("").size() == 5);
    });
}

TEST_CASE("LIKE distingue les majuscules sur les deux moteurs")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (a TEXT)");
        database.write([](db::Transaction& tx) { tx.exec("INSERT INTO t VALUES ('Rouen')"); });
        auto tx = database.read();
        CHECK(tx.one<std::int64_t>("SELECT count(*) FROM t WHERE a LIKE $1", "Rou%") == 1);
        CHECK(tx.one<std::int64_t>("SELECT count(*) FROM t WHERE a LIKE $1", "rou%") == 0);
    });
}

TEST_CASE("le nombre de lignes changées est celui de l’instruction")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT PRIMARY KEY, v TEXT)");
        auto tx = database.begin();
        CHECK(tx.exec("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')") == 3);
        CHECK(tx.exec("UPDATE t SET v = 'z' WHERE n > 1") == 2);
        CHECK(tx.exec("UPDATE t SET v = 'z' WHERE n > 100") == 0);
        CHECK(tx.exec("INSERT INTO t VALUES (1, 'x') ON CONFLICT (n) DO NOTHING") == 0);
        CHECK(tx.exec("DELETE FROM t WHERE n = 1") == 1);
        CHECK(tx.exec("SELECT n FROM t") == 0);
        CHECK(tx.one<std::int64_t>("INSERT INTO t VALUES (9, 'n') RETURNING n") == 9);
    });
}

TEST_CASE("une valeur déjà prise dit quelle contrainte, sous le même nom partout")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(
            database,
            "CREATE TABLE compte (id TEXT PRIMARY KEY, email TEXT UNIQUE, a TEXT, b TEXT, UNIQUE (a, b));"
            "CREATE UNIQUE INDEX compte_actif ON compte (a) WHERE b = 'actif'");
        const auto constraint_of = [&](const char* sql) -> std::string {
            auto tx = database.begin();
            tx.exec("INSERT INTO compte VALUES ('1', 'x', 'a', 'actif')");
            try {
                tx.exec(sql);
            } catch (const db::UniqueViolation& e) {
                return e.constraint;
            }
            return "(none)";
        };
        CHECK(constraint_of("INSERT INTO compte VALUES ('1', 'y', 'b', 'b')") == "compte_pkey");
        CHECK(constraint_of("INSERT INTO compte VALUES ('2', 'x', 'b', 'b')") == "compte_email_key");
        CHECK(constraint_of("INSERT INTO compte VALUES ('2', 'z', 'a', 'actif')") != "(none)");
        auto tx = database.begin();
        tx.exec("INSERT INTO compte VALUES ('1', 'x', 'a', 'b')");
        CHECK_THROWS_AS(tx.exec("INSERT INTO compte VALUES ('2', 'x', 'b', 'b')"), db::UniqueViolation);
        // PostgreSQL refuses everything after a failure: so does the layer on SQLite.
        CHECK_THROWS_AS(tx.exec("DELETE FROM compte"), db::Error);
        CHECK_THROWS_AS(tx.commit(), db::Error);
    });
}

TEST_CASE("une transaction abandonnée ne laisse rien")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT)");
        {
            auto tx = database.begin();
            tx.exec("INSERT INTO t VALUES (1)");
        }
        CHECK(db_test::rows_of(database, "t") == 0);
        CHECK_THROWS_AS(database.write([](db::Transaction& tx) {
            tx.exec("INSERT INTO t VALUES (1)");
            throw db::Conflict{};
        }),
                        db::Conflict);
        CHECK(db_test::rows_of(database, "t") == 0);
        auto tx = database.begin();
        tx.exec("INSERT INTO t VALUES (1)");
        auto moved = std::move(tx);
        moved.commit();
        CHECK(db_test::rows_of(database, "t") == 1);
        CHECK_THROWS_AS(moved.exec("INSERT INTO t VALUES (2)"), db::Error);
        CHECK_THROWS_AS(moved.commit(), db::Error);
    });
}

TEST_CASE("une lecture ne peut pas écrire et voit un seul instant")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT)");
        {
            auto tx = database.read();
            CHECK_THROWS_AS(tx.exec("INSERT INTO t VALUES (1)"), db::Error);
        }
        auto reader = database.read();
        CHECK(reader.one<std::int64_t>("SELECT count(*) FROM t") == 0);
        database.write([](db::Transaction& tx) { tx.exec("INSERT INTO t VALUES (1)"); });
        CHECK(reader.one<std::int64_t>("SELECT count(*) FROM t") == 0);
        CHECK(db_test::rows_of(database, "t") == 1);
    });
}

TEST_CASE("une instruction dans les lignes d’une autre est refusée, la même ensuite passe")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT)");
        database.write([](db::Transaction& tx) { tx.exec("INSERT INTO t VALUES (1), (2), (3)"); });
        auto tx = database.begin();
        CHECK_THROWS_WITH_AS(tx.each<std::int64_t>("SELECT n FROM t",
                                                   [&](auto n) { tx.exec("DELETE FROM t WHERE n = $1", n); }),
                             doctest::Contains("collect the rows first"), db::Error);
    });
}

TEST_CASE("une exception pendant les lignes laisse la connexion saine")
{
    db_test::on_each_engine([](db::Database& database) {
        struct Enough {};
        const auto* many = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 200000) "
                           "SELECT n FROM s";
        for (int i = 0; i < 3; ++i) {
            auto tx = database.read();
            CHECK_THROWS_AS(tx.each<std::int64_t>(many,
                                                  [](auto n) {
                                                      if (n == 3) throw Enough{};
                                                  }),
                            Enough);
        }
        auto tx = database.read();
        std::int64_t rows = 0;
        tx.each<std::int64_t>(many, [&](auto) { ++rows; });
        CHECK(rows == 200'000);
    });
}

TEST_CASE("un texte avec un octet nul, deux instructions ou une mauvaise colonne sont refusés")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (a TEXT)");
        const auto refused = [&](const auto& run) {
            auto tx = database.begin();
            CHECK_THROWS_AS(run(tx), db::Error);
        };
        refused([](auto& tx) { tx.exec("INSERT INTO t VALUES ($1)", std::string("a\0b", 3)); });
        refused([](auto& tx) { tx.exec("INSERT INTO t VALUES ('a'); DELETE FROM t"); });
        refused([](auto& tx) { tx.exec("SELECT \"a string\""); });
        refused([](auto& tx) { tx.exec(""); });
        refused([](auto& tx) { tx.exec("INSERT INTO nowhere VALUES (1)"); });
        refused([](auto& tx) { tx.template query<Instant>("SELECT 'hier'"); });
        refused([](auto& tx) { tx.template query<std::string>("SELECT CAST(NULL AS TEXT)"); });
        refused([](auto& tx) { tx.template query<std::string>("SELECT 'a', 'b'"); });
        refused([](auto& tx) { tx.template one<std::string>("SELECT a FROM t"); });
        CHECK(db_test::rows_of(database, "t") == 0);
    });
}

TEST_CASE("une clé étrangère est vérifiée")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database,
                        "CREATE TABLE a (id TEXT PRIMARY KEY); CREATE TABLE b (a TEXT REFERENCES a (id))");
        auto tx = database.begin();
        CHECK_THROWS_AS(tx.exec("INSERT INTO b VALUES ('x')"), db::Error);
    });
}

TEST_CASE("huit fils qui comptent ensemble ne perdent rien")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE compteur (n BIGINT); INSERT INTO compteur VALUES (0)");
        constexpr int per_thread = 50;
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                try {
                    for (int k = 0; k < per_thread; ++k)
                        database.write([](db::Transaction& tx) {
                            tx.one<std::int64_t>("UPDATE compteur SET n = n + 1 RETURNING n");
                        });
                } catch (const std::exception&) {
                    ++failures;
                }
            });
        for (auto& t : threads) t.join();
        CHECK(failures == 0);
        CHECK(database.read().one<std::int64_t>("SELECT n FROM compteur") == 8 * per_thread);
    });
}

TEST_CASE("deux interblocages croisés finissent tous deux par passer")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(
            database,
            "CREATE TABLE t (id INTEGER PRIMARY KEY, n BIGINT); INSERT INTO t VALUES (1, 0), (2, 0)");
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int i = 0; i < 2; ++i)
            threads.emplace_back([&, i] {
                try {
                    for (int k = 0; k < 3; ++k)
                        database.write([&](db::Transaction& tx) {
                            tx.exec("UPDATE t SET n = n + 1 WHERE id = $1", 1 + i);
                            std::this_thread::sleep_for(std::chrono::milliseconds{20});
                            tx.exec("UPDATE t SET n = n + 1 WHERE id = $1", 2 - i);
                        });
                } catch (const std::exception&) {
                    ++failures;
                }
            });
        for (auto& t : threads) t.join();
        CHECK(failures == 0);
        CHECK(database.read().one<std::int64_t>("SELECT sum(n) FROM t") == 12);
    });
}

TEST_CASE("un fil qui ouvre une seconde écriture est averti au lieu d’attendre pour toujours")
{
    test::FreshDatabase fresh{db::Engine::Sqlite, false};
    auto tx = fresh->begin();
    CHECK_THROWS_AS(fresh->begin(), base::Bug);
    tx.commit();
    CHECK_NOTHROW(fresh->begin());
}

TEST_CASE("quand toutes les connexions sont prises, on attend puis on le dit")
{
    test::FreshDatabase fresh{db::Engine::Sqlite, false};
    const auto one = db::Database::open(fresh.url(), 1);
    auto tx = std::make_unique<db::Transaction>(one->read());
    std::thread frees{[&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
        tx.reset();
    }};
    auto waited = one->read();
    frees.join();
    CHECK_THROWS_AS(one->read(), db::Unavailable);
}

TEST_CASE("une base inaccessible se dit clairement")
{
    CHECK_THROWS_AS(db::Database::open("mysql://x"), db::Error);
    CHECK_THROWS_AS(db::Database::open("sqlite:"), db::Error);
    CHECK_THROWS_AS(db::Database::open("sqlite:/proc/nowhere/logis.db"), db::Error);
    CHECK_THROWS_AS(db::Database::open("postgresql://nobody@127.0.0.1:1/none"), db::Unavailable);
}

TEST_CASE("une connexion PostgreSQL perdue est remplacée à la transaction suivante")
{
    for (const auto engine : test::engines()) {
        if (engine != db::Engine::Postgres) continue;
        test::FreshDatabase fresh{engine, false};
        const auto other = db::Database::open(fresh.url());
        const auto pid = fresh->read().one<std::int64_t>("SELECT pg_backend_pid()");
        other->read().find<bool>("SELECT pg_terminate_backend($1)", pid);
        CHECK(fresh->read().one<std::int64_t>("SELECT pg_backend_pid()") != pid);
        auto lost = fresh->begin();
        other->read().find<bool>("SELECT pg_terminate_backend($1)",
                                 lost.one<std::int64_t>("SELECT pg_backend_pid()"));
        CHECK_THROWS_AS(lost.exec("SELECT 1"), db::Unavailable);
    }
}

TEST_CASE("une migration qui change une colonne n’arrête pas les instructions déjà préparées")
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        test::FreshDatabase fresh{engine, false};
        db_test::create(*fresh, "CREATE TABLE t (a TEXT)");
        const auto other = db::Database::open(fresh.url());
        const auto width = [&] {
            return other->write([](db::Transaction& tx) {
                std::size_t columns = 0;
                tx.run("SELECT * FROM t", {}, [&](auto row) { columns = row.size(); });
                return columns;
            });
        };
        fresh->write([](db::Transaction& tx) { tx.exec("INSERT INTO t VALUES ('x')"); });
        CHECK(width() == 1);
        db_test::create(*fresh, "ALTER TABLE t ADD COLUMN b TEXT");
        CHECK(width() == 2);
    }
}

TEST_CASE("l’entretien quotidien passe sur chaque moteur")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT PRIMARY KEY, v TEXT); CREATE INDEX t_v ON t (v); "
                                  "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        CHECK_NOTHROW(database.maintain());
        CHECK_NOTHROW(database.maintain());
        CHECK(db_test::rows_of(database, "t") == 2);
    });
}

TEST_CASE("SQLite : journal WAL, clés étrangères et fold sans accents sont en place")
{
    test::FreshDatabase fresh{db::Engine::Sqlite, false};
    auto tx = fresh->begin();
    CHECK(tx.one<std::string>("PRAGMA journal_mode") == "wal");
    CHECK(tx.one<std::int64_t>("PRAGMA foreign_keys") == 1);
    CHECK(tx.one<std::string>("SELECT unaccent_fold($1)", "Saint-Étienne") == "saint etienne");
}

TEST_CASE("SQLite : la base et ses dossiers sont créés pour leur seul propriétaire, écrits avec fsync")
{
    namespace fs = std::filesystem;
    test::FreshDatabase anchor{db::Engine::Sqlite, false};
    const auto below = fs::path{anchor.url().substr(7)}.parent_path() / "neuf" / "var";
    const auto path = below / "logis.db";
    {
        const auto database = db::Database::open("sqlite:" + path.string());
        CHECK(database->read().one<std::int64_t>("PRAGMA synchronous") == 2);
        CHECK((fs::status(below).permissions() & fs::perms::mask) == fs::perms::owner_all);
        CHECK((fs::status(path).permissions() & fs::perms::mask) ==
              (fs::perms::owner_read | fs::perms::owner_write));
    }
    fs::remove_all(below.parent_path());
}

TEST_CASE("un commit que la réplique n’a pas confirmé n’est pas tenu pour acquis")
{
    for (const auto engine : test::engines()) {
        if (engine != db::Engine::Postgres) continue;
        test::FreshDatabase fresh{engine, false};
        // A warning at the very end, as PostgreSQL gives when a wait for the synchronous replica is cut
        // short.
        db_test::create(*fresh,
                        "CREATE TABLE t (a TEXT);"
                        "CREATE FUNCTION avertir() RETURNS trigger LANGUAGE plpgsql AS "
                        "$$ BEGIN RAISE WARNING 'canceling wait'; RETURN NULL; END $$;"
                        "CREATE CONSTRAINT TRIGGER avertir AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED "
                        "FOR EACH ROW EXECUTE FUNCTION avertir()");
        auto tx = fresh->begin();
        tx.exec("INSERT INTO t VALUES ('x')");
        CHECK_THROWS_AS(tx.commit(), db::Unavailable);
    }
}

TEST_CASE("un serveur devenu réplique n’est pas une panne du programme : on réessaie ailleurs")
{
    for (const auto engine : test::engines()) {
        if (engine != db::Engine::Postgres) continue;
        test::FreshDatabase fresh{engine, false};
        db_test::create(*fresh, "CREATE TABLE t (a TEXT)");
        auto tx = fresh->begin();
        tx.exec("SET TRANSACTION READ ONLY");
        CHECK_THROWS_AS(tx.exec("INSERT INTO t VALUES ('x')"), db::Unavailable);
    }
}

TEST_CASE("sans réplique qui réponde, on lit et on écrit sur le primaire")
{
    for (const auto engine : test::engines()) {
        if (engine != db::Engine::Postgres) continue;
        test::FreshDatabase fresh{engine, false};
        db_test::create(*fresh, "CREATE TABLE t (n BIGINT)");
        const auto late = db::Database::open_replica("postgresql://nobody@127.0.0.1:1/none", *fresh, 2);
        late->write([](db::Transaction& tx) { tx.exec("INSERT INTO t VALUES (1)"); });
        CHECK(db_test::rows_of(*late, "t") == 1);
        CHECK(db_test::rows_of(*fresh, "t") == 1);
        // A server that is no replica is never late.
        const auto itself = db::Database::open_replica(fresh.url(), *fresh, 2);
        CHECK(db_test::rows_of(*itself, "t") == 1);
    }
}

TEST_CASE("PostgreSQL sait pour quelle requête il travaille, et l’oublie à la fin de la transaction")
{
    for (const auto engine : test::engines()) {
        if (engine != db::Engine::Postgres) continue;
        test::FreshDatabase fresh{engine, false};
        const auto named = [&](db::Transaction tx) {
            return tx.one<std::string>("SELECT current_setting('application_name')");
        };
        {
            const base::RequestScope scope{"c9d9269118927876"};
            CHECK(named(fresh->read()) == "logis/c9d9269118927876");
            CHECK(named(fresh->begin()) == "logis/c9d9269118927876");
        }
        CHECK(named(fresh->read()) == "logis");
    }
}

TEST_CASE("ce qui est demandé ensemble arrive dans l’ordre où c’était demandé")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (n BIGINT)");
        auto tx = database.begin();
        auto before = tx.ask<std::int64_t>("SELECT count(*) FROM t");
        for (int n = 1; n <= 200; ++n) tx.post("INSERT INTO t VALUES ($1)", n); // more than one flight
        auto after = tx.ask<std::int64_t>("SELECT n FROM t WHERE n > $1 ORDER BY n", 198);
        CHECK(tx.one<std::int64_t>("SELECT count(*) FROM t") == 200);
        CHECK(before.one() == 0);
        CHECK(after.all() == std::vector<std::int64_t>{199, 200});
        tx.post("DELETE FROM t WHERE n <> $1", 1);
        tx.commit();
        CHECK(db_test::rows_of(database, "t") == 1);
    });
}

TEST_CASE("une écriture envoyée sans attendre qui viole une contrainte se dit au plus tard au commit")
{
    db_test::on_each_engine([](db::Database& database) {
        db_test::create(database, "CREATE TABLE t (id TEXT PRIMARY KEY); INSERT INTO t VALUES ('x')");
        const auto violates = [&](auto&& then) {
            auto tx = database.begin();
            tx.exec("INSERT INTO t VALUES ('autre')");
            tx.post("INSERT INTO t VALUES ('x')");
            then(tx);
        };
        CHECK_THROWS_AS(violates([](db::Transaction& tx) { tx.commit(); }), db::UniqueViolation);
        CHECK_THROWS_AS(violates([](db::Transaction& tx) { tx.flush(); }), db::UniqueViolation);
        CHECK_THROWS_AS(violates([](db::Transaction& tx) { tx.query<std::string>("SELECT id FROM t"); }),
                        db::UniqueViolation);
        CHECK(db_test::rows_of(database, "t") == 1);
        int tries = 0;
        database.write([&](db::Transaction& tx) {
            tx.post_or_retry("INSERT INTO t VALUES ($1)", ++tries == 1 ? "x" : "y");
        });
        CHECK(tries == 2);
        CHECK(db_test::rows_of(database, "t") == 2);
    });
}

TEST_CASE(
    "une connexion PostgreSQL perdue en cours d’écriture ne laisse rien, perdue avant elle est remplacée")
{
    for (const auto engine : test::engines()) {
        if (engine != db::Engine::Postgres) continue;
        test::FreshDatabase fresh{engine, false};
        db_test::create(*fresh, "CREATE TABLE t (n BIGINT)");
        const auto other = db::Database::open(fresh.url());
        const auto one = db::Database::open(fresh.url(), 1);
        const auto kill = [&](std::int64_t pid) {
            other->read().find<bool>("SELECT pg_terminate_backend($1)", pid);
        };
        kill(one->read().one<std::int64_t>("SELECT pg_backend_pid()"));
        one->write([](db::Transaction& tx) { tx.post("INSERT INTO t VALUES (1)"); });
        CHECK(db_test::rows_of(*one, "t") == 1);
        auto cut = one->begin();
        kill(cut.one<std::int64_t>("SELECT pg_backend_pid()"));
        cut.post("INSERT INTO t VALUES (2)");
        CHECK_THROWS_AS(cut.commit(), db::Unavailable);
        CHECK(db_test::rows_of(*fresh, "t") == 1);
    }
}
