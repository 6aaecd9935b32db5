// Applies the embedded schema changes in order, one transaction each, behind one lock for all processes.
#include "db/migrations.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace db {

namespace {

struct AppliedMigration {
    std::string name, checksum;
};

std::string_view engine_part(const Migration& m, Engine engine)
{
    return engine == Engine::Sqlite ? m.sqlite : m.postgres;
}

std::string checksum_of(const Migration& m, Engine engine)
{
    return base::sha256_hex(std::string{m.common} + "\n-- engine part --\n" +
                            std::string{engine_part(m, engine)});
}

/// Waits until no other process migrates. On SQLite the write transaction itself is that lock.
void lock_migrations(Transaction& tx)
{
    constexpr std::int64_t key = 5'065'781'205'046'290'291; // "FMIGLOGS": any number of ours
    if (tx.engine() == Engine::Sqlite) return;
    tx.exec("SET LOCAL statement_timeout = 0"); // the other process may have a long migration to run
    tx.find<std::string>("SELECT pg_advisory_xact_lock($1)", key);
}

bool has_migration_table(Transaction& tx)
{
    const auto* sql = tx.engine() == Engine::Sqlite
                          ? "SELECT count(*) FROM sqlite_master WHERE name = 'schema_migration'"
                          : "SELECT count(to_regclass('schema_migration'))";
    return tx.one<std::int64_t>(sql) != 0;
}

std::vector<AppliedMigration> applied_migrations(Transaction& tx)
{
    return tx.query<AppliedMigration>("SELECT name, checksum FROM schema_migration ORDER BY name");
}

/// The migration to run next; nothing when the schema is up to date. Throws when the database and this
/// binary do not belong together.
const Migration* next_migration(const std::vector<AppliedMigration>& applied, std::span<const Migration> all,
                                Engine engine)
{
    for (const auto& done : applied) {
        const auto known =
            std::find_if(all.begin(), all.end(), [&](const Migration& m) { return m.name == done.name; });
        if (known == all.end())
            throw Error{"the database is newer than this program: it holds the migration " + done.name +
                        ", which this program does not know. Start the newer version again, or restore the "
                        "backup made before it was installed."};
        if (checksum_of(*known, engine) != done.checksum)
            throw Error{"the migration " + done.name +
                        " was changed after it had been applied to this database. Put the file back as it "
                        "was and write the change as a new migration; a development database can simply be "
                        "deleted."};
    }
    const auto is_applied = [&](const Migration& m) {
        return std::any_of(applied.begin(), applied.end(), [&](const auto& a) { return a.name == m.name; });
    };
    const auto next = std::find_if_not(all.begin(), all.end(), is_applied);
    if (next == all.end()) return nullptr;
    if (!applied.empty() && applied.back().name > next->name)
        throw Error{"the migration " + std::string{next->name} + " comes before " + applied.back().name +
                    ", which this database already has: migrations are applied in order. Give the new one "
                    "the next number; a development database can simply be deleted."};
    return &*next;
}

} // namespace

std::vector<std::string> migrate(Database& database, std::span<const Migration> all)
{
    std::vector<std::string> names;
    while (true) {
        const auto name = database.write([&](Transaction& tx) -> std::string {
            lock_migrations(tx);
            if (!has_migration_table(tx))
                tx.script("CREATE TABLE schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, "
                          "applied_at TEXT NOT NULL)");
            const auto* const next = next_migration(applied_migrations(tx), all, tx.engine());
            if (!next) return {};
            try {
                if (!next->common.empty()) tx.script(next->common);
                if (const auto part = engine_part(*next, tx.engine()); !part.empty()) tx.script(part);
            } catch (const Retry&) {
                throw;
            } catch (const Error& e) {
                throw Error{"migration " + std::string{next->name} + ": " + e.what()};
            }
            tx.exec("INSERT INTO schema_migration (name, checksum, applied_at) VALUES ($1, $2, $3)",
                    next->name, checksum_of(*next, tx.engine()), base::Clock{}.now());
            return std::string{next->name};
        });
        if (name.empty()) return names;
        names.push_back(name);
    }
}

std::string schema_version(Database& database)
{
    auto tx = database.read();
    if (!has_migration_table(tx)) return {};
    const auto applied = applied_migrations(tx);
    return applied.empty() ? std::string{} : applied.back().name;
}

} // namespace db
