// Makes one migrated model per engine and process, then copies it: a fresh database costs milliseconds.
#include "support/databases.hpp"

#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "db/migrations.hpp"

namespace test {

namespace {

namespace fs = std::filesystem;

std::string postgres_url()
{
    const char* url = std::getenv("LOGIS_TEST_POSTGRES");
    return url ? url : "";
}

/// The same server, another database: the path of the URL is replaced.
std::string with_database(const std::string& url, const std::string& name)
{
    const auto authority = url.find("://") + 3;
    const auto query = url.find('?', authority);
    const auto slash = std::min(url.find('/', authority), query);
    return url.substr(0, slash) + "/" + name + (query == std::string::npos ? "" : url.substr(query));
}

/// CREATE and DROP DATABASE cannot run in a transaction, so not through db::Database.
void administer(const std::string& sql)
{
    PGconn* const c = PQconnectdb(postgres_url().c_str());
    PGresult* const r = PQstatus(c) == CONNECTION_OK ? PQexec(c, sql.c_str()) : nullptr;
    const bool done = PQresultStatus(r) == PGRES_COMMAND_OK;
    const std::string why = PQerrorMessage(c);
    PQclear(r);
    PQfinish(c);
    if (!done) throw std::runtime_error{"LOGIS_TEST_POSTGRES: " + sql + ": " + why};
}

std::string new_name()
{
    static int n = 0;
    return "logis_test_" + std::to_string(getpid()) + "_" + std::to_string(n++);
}

/// Where the databases of this process live, and the models they are copied from.
struct Workshop {
    Workshop()
    {
        auto path = (fs::temp_directory_path() / "logis-tests-XXXXXX").string();
        if (!mkdtemp(path.data())) throw std::runtime_error{"cannot create a directory below " + path};
        directory = path;
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    ~Workshop()
    {
        std::error_code ignored;
        fs::remove_all(directory, ignored);
        try {
            if (!postgres_model.empty()) administer("DROP DATABASE IF EXISTS " + postgres_model);
        } catch (const std::exception& e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
    }

    const fs::path& sqlite()
    {
        if (sqlite_model.empty()) {
            const auto path = directory / "model.db";
            const auto database = db::Database::open("sqlite:" + path.string() + "?durable=no", 1);
            db::migrate(*database);
            sqlite_model = path;
        }
        return sqlite_model;
    }

    const std::string& postgres()
    {
        if (postgres_model.empty()) {
            const auto name = new_name() + "_model";
            administer("CREATE DATABASE " + name + " TEMPLATE template0");
            postgres_model = name;
            const auto database = db::Database::open(with_database(postgres_url(), name), 1);
            db::migrate(*database);
        }
        return postgres_model;
    }

    fs::path directory, sqlite_model;
    std::string postgres_model;
};

Workshop& workshop()
{
    static Workshop one;
    return one;
}

} // namespace

FreshDatabase::FreshDatabase(db::Engine engine, bool migrated)
{
    auto& w = workshop();
    if (engine == db::Engine::Sqlite) {
        name_ = (w.directory / (new_name() + ".db")).string();
        if (migrated) fs::copy_file(w.sqlite(), name_);
        url_ = "sqlite:" + name_ + "?durable=no";
    } else {
        name_ = new_name();
        // Copied as files: the default writes the 40 MB of reference data to the log again, and takes five
        // times longer.
        administer("CREATE DATABASE " + name_ + " STRATEGY file_copy TEMPLATE " +
                   (migrated ? w.postgres() : "template0"));
        url_ = with_database(postgres_url(), name_);
    }
    database_ = db::Database::open(url_);
}

FreshDatabase::~FreshDatabase()
{
    const auto engine = database_->engine();
    database_.reset();
    if (engine == db::Engine::Sqlite) {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(name_ + suffix, ignored);
        return;
    }
    try {
        administer("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
}

std::vector<db::Engine> engines()
{
    if (!postgres_url().empty()) return {db::Engine::Sqlite, db::Engine::Postgres};
    static const bool said = [] {
        std::fprintf(stderr, "LOGIS_TEST_POSTGRES is not set: the tests on PostgreSQL are skipped.\n");
        return true;
    }();
    static_cast<void>(said);
    return {db::Engine::Sqlite};
}

std::string name_of(db::Engine engine)
{
    return engine == db::Engine::Sqlite ? "SQLite" : "PostgreSQL";
}

} // namespace test
