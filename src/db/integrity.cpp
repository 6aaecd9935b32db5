// The checks that each engine brings along, as lines of text.
#include "db/integrity.hpp"

#include <map>

namespace db {

namespace {

struct ForeignKey {
    std::string name, child, column, parent, parent_column;
    bool validated = true;
};

/// Every foreign key of the schema; all of ours have one column.
std::vector<ForeignKey> foreign_keys_of_postgres(Transaction& tx)
{
    return tx.query<ForeignKey>(
        "SELECT CAST(c.conname AS TEXT), CAST(r.relname AS TEXT), CAST(a.attname AS TEXT), CAST(p.relname AS "
        "TEXT), CAST(b.attname AS TEXT), c.convalidated FROM pg_constraint c "
        "JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid "
        "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
        "JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] "
        "WHERE c.contype = 'f' AND r.relnamespace = to_regnamespace(current_schema()) ORDER BY 2, 3");
}

std::string sqlite_integrity(Database& database, bool quick, std::vector<std::string>& findings)
{
    auto tx = database.read();
    const std::string pragma = quick ? "PRAGMA quick_check(" : "PRAGMA integrity_check(";
    for (auto& line : tx.query<std::string>(pragma + std::to_string(integrity_findings_max) + ")"))
        if (line != "ok") findings.push_back(std::move(line));
    return {};
}

std::string postgres_integrity(Database& database, bool quick, std::vector<std::string>& findings)
{
    std::vector<std::string> indexes;
    {
        auto tx = database.read();
        const auto failures = tx.one<std::int64_t>("SELECT COALESCE(MAX(checksum_failures), 0) FROM "
                                                   "pg_stat_database WHERE datname = current_database()");
        if (failures != 0)
            findings.push_back("PostgreSQL counted " + std::to_string(failures) + " page checksum failures");
        for (auto& name :
             tx.query<std::string>("SELECT CAST(r.relname AS TEXT) FROM pg_index i JOIN pg_class r ON r.oid "
                                   "= i.indexrelid WHERE NOT i.indisvalid ORDER BY 1 LIMIT 100"))
            findings.push_back("index " + name + " is not valid");
        if (quick) return {};
        if (!tx.find<std::int64_t>("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'"))
            return "the extension amcheck is not installed: indexes were not compared with their tables";
        indexes = tx.query<std::string>(
            "SELECT CAST(i.indexrelid AS TEXT) FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid "
            "JOIN pg_am m ON m.oid = r.relam WHERE m.amname = 'btree' AND i.indisvalid AND "
            "r.relnamespace = to_regnamespace(current_schema()) ORDER BY r.relname");
    }
    for (const auto& index : indexes) {
        if (findings.size() >= integrity_findings_max) break;
        try {
            auto tx = database.read();
            tx.exec("SET LOCAL statement_timeout = 0");
            tx.query<std::string>("SELECT CAST(bt_index_check(CAST($1 AS oid), true) AS TEXT)", index);
        } catch (const Unavailable&) {
            throw;
        } catch (const Error& e) {
            const std::string what = e.what();
            if (what.find("(42501)") != std::string::npos)
                return "this account may not use the extension amcheck: indexes were not compared with their "
                       "tables";
            findings.push_back(what);
        }
    }
    return {};
}

} // namespace

Integrity check_integrity(Database& database, bool quick)
{
    Integrity out;
    out.not_checked = database.engine() == Engine::Sqlite ? sqlite_integrity(database, quick, out.findings)
                                                          : postgres_integrity(database, quick, out.findings);
    return out;
}

std::vector<std::string> check_foreign_keys(Database& database)
{
    std::vector<std::string> out;
    if (database.engine() == Engine::Sqlite) {
        struct Row {
            std::string table;
            std::optional<std::int64_t> rowid;
            std::string parent;
            std::int64_t number;
        };
        std::map<std::string, std::int64_t> broken;
        auto tx = database.read();
        tx.each<Row>("PRAGMA foreign_key_check", [&](const Row& r) { ++broken[r.table + " → " + r.parent]; });
        for (const auto& [what, n] : broken) out.push_back(what + ": " + std::to_string(n));
        return out;
    }
    auto tx = database.read();
    tx.exec("SET LOCAL statement_timeout = 0");
    for (const auto& k : foreign_keys_of_postgres(tx)) {
        if (!k.validated) out.push_back(k.child + "." + k.column + ": the constraint was never validated");
        const auto n =
            tx.one<std::int64_t>("SELECT COUNT(*) FROM \"" + k.child + "\" c WHERE c.\"" + k.column +
                                 "\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"" + k.parent +
                                 "\" p WHERE p.\"" + k.parent_column + "\" = c.\"" + k.column + "\")");
        if (n != 0) out.push_back(k.child + " → " + k.parent + ": " + std::to_string(n));
    }
    return out;
}

} // namespace db
