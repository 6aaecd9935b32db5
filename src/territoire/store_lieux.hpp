// The one thing SQLite needs and PostgreSQL does by itself: telling its full-text index what changed in
// `lieu`.
#pragma once

#include <string>
#include <string_view>

#include "db/db.hpp"

namespace territoire::store {

/// After inserting: the places of this condition ("source = 'demo'", "rang = $1") become searchable.
template <class... A> void index_lieux(db::Transaction& tx, std::string_view condition, const A&... args)
{
    if (tx.engine() == db::Engine::Sqlite)
        tx.exec("INSERT INTO lieu_recherche (rowid, recherche) SELECT rang, recherche FROM lieu WHERE " +
                    std::string{condition},
                args...);
}

/// Before deleting or changing: the index forgets the places of this condition, while their text is still
/// there.
template <class... A> void unindex_lieux(db::Transaction& tx, std::string_view condition, const A&... args)
{
    if (tx.engine() == db::Engine::Sqlite)
        tx.exec("INSERT INTO lieu_recherche (lieu_recherche, rowid, recherche) SELECT 'delete', rang, "
                "recherche FROM "
                "lieu WHERE " +
                    std::string{condition},
                args...);
}

/// After many changes: what PostgreSQL would do by itself a minute later, so that the first searches are fast
/// too.
inline void settle_lieux(db::Transaction& tx)
{
    if (tx.engine() == db::Engine::Sqlite) return;
    // What was inserted waits in a list that every search reads until it is sorted into the index.
    tx.query<std::int64_t>(
        "SELECT gin_clean_pending_list(CAST(indexrelid AS regclass)) FROM pg_index JOIN pg_class ON "
        "oid = indexrelid WHERE relname IN ('lieu_mots', 'lieu_trigrammes_communes', "
        "'lieu_trigrammes_voies')");
    tx.exec("ANALYZE lieu");
}

} // namespace territoire::store
