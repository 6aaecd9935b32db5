// Loads the geographic code once per engine.
#include "support/reference.hpp"

#include <map>
#include <memory>

#include "support/databases.hpp"
#include "territoire/import.hpp"

namespace test {

db::Database& reference_database(db::Engine engine)
{
    // What FreshDatabase stands on must be built first, so that it is still there when these are removed.
    static const bool ready = [] {
        return FreshDatabase
        {
            db::Engine::Sqlite, false
            } -> engine() == db::Engine::Sqlite;
    }();
    static_cast<void>(ready);
    static std::map<db::Engine, std::unique_ptr<FreshDatabase>> loaded;
    auto& fresh = loaded[engine];
    if (!fresh) {
        auto made = std::make_unique<FreshDatabase>(engine);
        territoire::charger_reference(**made, Instant{1'795'000'000'000});
        fresh = std::move(made);
    }
    return **fresh;
}

} // namespace test
