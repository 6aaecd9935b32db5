// When the periodic tasks run, who runs them, and what a failing one leaves behind. Both engines.
#include <doctest/doctest.h>

#include <stdlib.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "courrier/store.hpp"
#include "jobs.hpp"
#include "piece/fichiers.hpp"
#include "support/databases.hpp"
#include "support/smtp.hpp"
#include "territoire/geocodeur.hpp"

namespace jobs::tests {

const Instant morning = *base::parse_instant("2026-11-21T08:00:00Z");

/// A directory of its own for the files, removed at the end.
struct Folder {
    Folder()
    {
        auto name = (std::filesystem::temp_directory_path() / "logis-jobs-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error{"cannot create a directory below " + name};
        path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

struct Platform {
    explicit Platform(db::Database& database) : db(database), config(settings(folder.path)), fichiers(config)
    {}
    static Config settings(const std::filesystem::path& files)
    {
        Config config;
        config.files_directory = files.string();
        return config;
    }

    App at(Instant now) { return {db, base::Clock{now}, config, fichiers, geocodeur}; }
    std::vector<std::string> run(Instant now)
    {
        auto app = at(now);
        return jobs::run_due(app);
    }

    db::Database& db;
    Folder folder;
    Config config;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
};

struct TaskRow {
    std::string nom;
    Instant prochain_le;
    std::optional<Instant> dernier_le;
    std::optional<std::string> bail_par;
};

std::vector<TaskRow> rows(db::Database& database)
{
    return database.read().query<TaskRow>(
        "SELECT nom, prochain_le, dernier_le, bail_par FROM tache ORDER BY nom");
}

TaskRow row(db::Database& database, std::string_view name)
{
    return database.read().one<TaskRow>(
        "SELECT nom, prochain_le, dernier_le, bail_par FROM tache WHERE nom = $1", name);
}

std::string post(db::Database& database, const std::string& to)
{
    return database.write([&](db::Transaction& tx) {
        return courrier::enqueue(
            tx, {"essai", to, "Objet", {courrier::Paragraphe{"Bonjour"}}, "", "essai", "1"}, morning);
    });
}

constexpr const char* sessions = "purger_les_sessions";

TEST_CASE("chaque tâche se fait quand elle est due, une fois, même après des jours d’arrêt")
{
    test::for_each_engine([](db::Database& database) {
        Platform p{database};
        CHECK(!p.run(morning).empty());
        const auto first = rows(database);
        REQUIRE(first.size() >= 4);
        for (const auto& r : first) {
            INFO(r.nom);
            CHECK(r.dernier_le == morning);
            CHECK(r.prochain_le > morning);
            CHECK(!r.bail_par);
        }
        CHECK(p.run(morning).empty());
        CHECK(p.run(morning.plus_seconds(60)).empty());
        CHECK(row(database, sessions).dernier_le == morning);
        const auto much_later = morning.plus_days(9);
        CHECK(!p.run(much_later).empty());
        CHECK(row(database, sessions).dernier_le == much_later);
        CHECK(row(database, sessions).prochain_le == much_later.plus_seconds(3600));
        CHECK(p.run(much_later).empty());
    });
}

TEST_CASE(
    "les chiffres se comptent la nuit, à trois heures à Paris, quelle que soit l’heure de la première fois")
{
    test::for_each_engine([](db::Database& database) {
        Platform p{database};
        const auto due = [&] { return base::to_iso(row(database, "relever_les_chiffres").prochain_le); };
        p.run(morning);
        CHECK(due() == "2026-11-22T02:00:00.000Z");
        p.run(*base::parse_instant("2026-11-22T01:59:59Z"));
        CHECK(due() == "2026-11-22T02:00:00.000Z");
        p.run(*base::parse_instant("2026-11-22T02:00:00Z"));
        CHECK(due() == "2026-11-23T02:00:00.000Z");
        p.run(*base::parse_instant("2027-06-30T15:00:00Z")); // stopped for months, in summer
        CHECK(due() == "2027-07-01T01:00:00.000Z");
    });
}

TEST_CASE("une tâche arrêtée en chemin est encore due, une tâche qui échoue se retente bientôt")
{
    const Rhythm night{std::chrono::hours{24}, 3}, often{std::chrono::minutes{1}};
    CHECK(due_again(night, morning, {.failed = false, .stopped = true}) == morning);
    CHECK(due_again(night, morning, {.failed = true, .stopped = false}) == morning.plus_seconds(300));
    CHECK(due_again(often, morning, {.failed = true, .stopped = false}) == morning.plus_seconds(60));
    CHECK(due_again(often, morning, {}) == morning.plus_seconds(60));
    // Within an hour, the night one is lost and the night one comes twice.
    CHECK(base::to_iso(due_again(night, *base::parse_instant("2027-03-27T12:00:00Z"), {})) ==
          "2027-03-28T02:00:00.000Z");
    CHECK(base::to_iso(due_again(night, *base::parse_instant("2027-10-30T12:00:00Z"), {})) ==
          "2027-10-31T01:00:00.000Z");
}

TEST_CASE("une tâche tenue par un autre est laissée, reprise quand son bail est fini")
{
    test::for_each_engine([](db::Database& database) {
        Platform p{database};
        p.run(morning);
        const auto due = morning.plus_seconds(3600);
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE tache SET bail_par = 'mort', bail_jusqu_au = $1 WHERE nom = $2",
                    due.plus_seconds(60), sessions);
        });
        p.run(due);
        CHECK(row(database, sessions).bail_par == "mort");
        p.run(due.plus_seconds(60));
        CHECK(row(database, sessions).dernier_le == due.plus_seconds(60));
        CHECK(!row(database, sessions).bail_par);
    });
}

TEST_CASE("plusieurs processus ensemble ne font chaque tâche qu’une fois")
{
    test::for_each_engine([](db::Database& database) {
        Platform p{database};
        std::atomic<int> lines = 0, failures = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                try {
                    for (const auto& line : p.run(morning))
                        if (line.starts_with(sessions)) ++lines;
                } catch (const std::exception&) {
                    ++failures;
                }
            });
        for (auto& t : threads) t.join();
        CHECK(failures == 0);
        CHECK(lines == 1);
    });
}

TEST_CASE("une tâche qui échoue n’arrête pas les autres et se voit")
{
    test::for_each_engine([](db::Database& database) {
        Platform p{database};
        p.config.smtp_url = "smtp://127.0.0.1:1";
        p.config.mail_from = "pas une adresse";
        post(database, "a@mairie.fr");
        CHECK_THROWS_WITH_AS(p.run(morning), doctest::Contains("envoyer_les_courriels"), std::runtime_error);
        CHECK(row(database, sessions).dernier_le == morning);
    });
}

TEST_CASE("avec une horloge arrêtée, les courriels déposés ensuite partent quand même")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        Platform p{database};
        p.config.smtp_url = sink.url();
        p.run(morning);
        post(database, "a@mairie.fr");
        CHECK(p.run(morning).size() == 1);
        CHECK(sink.received().size() == 1);
    });
}

TEST_CASE("la boucle de fond envoie ce qui arrive et s’arrête aussitôt demandé")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        Platform p{database};
        p.config.smtp_url = sink.url();
        auto app = p.at(morning);
        post(database, "a@mairie.fr");
        const auto start = std::chrono::steady_clock::now();
        {
            const jobs::Loop loop{app};
            while (sink.received().empty() &&
                   std::chrono::steady_clock::now() - start < std::chrono::seconds{20})
                std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
        CHECK(sink.received().size() == 1);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{15});
    });
}

} // namespace jobs::tests
