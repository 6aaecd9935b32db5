// Fresh migrated databases for tests, on every engine at hand.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "db/db.hpp"

namespace test {

/// A database of its own, removed with this object.
class FreshDatabase {
public:
    /// `migrated` = false: empty. Throws when LOGIS_TEST_POSTGRES leads nowhere.
    explicit FreshDatabase(db::Engine engine, bool migrated = true);
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;
    ~FreshDatabase();

    db::Database& operator*() { return *database_; }
    db::Database* operator->() { return database_.get(); }
    /// To open it a second time, as another process would.
    [[nodiscard]] const std::string& url() const { return url_; }

private:
    std::string name_, url_;
    std::unique_ptr<db::Database> database_;
};

/// SQLite, and PostgreSQL when LOGIS_TEST_POSTGRES holds the URL of a server on which databases may be
/// created. Says once on the error output that PostgreSQL is skipped.
std::vector<db::Engine> engines();
std::string name_of(db::Engine);

/// Calls f(db::Database&) with a fresh migrated database of each engine. Failures name the engine.
template <class F> void for_each_engine(F&& f)
{
    for (const auto engine : engines()) {
        INFO("moteur : ", name_of(engine));
        FreshDatabase fresh{engine};
        f(*fresh);
    }
}

} // namespace test
