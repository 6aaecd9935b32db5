// SQL of the erasure of reports.
#include "signalement/conservation.hpp"

#include "courrier/store.hpp"
#include "journal/journal.hpp"
#include "signalement/store_recherche.hpp"

namespace signalement::store {

namespace {
namespace erasure {

constexpr std::int64_t batch = 50;

/// $1: closed before, $2: refused before. A message after the closure starts the time again.
constexpr std::string_view due = "((clos_le < $1 AND COALESCE(dernier_suivi_le, '') < $1) OR "
                                 "(refuse_le < $2 AND COALESCE(dernier_suivi_le, '') < $2))";

void erase(db::Transaction& tx, const std::string& id, Instant le)
{
    tx.exec("INSERT INTO signalement_efface (id, reference, territoire, statut, efface_le) "
            "SELECT id, reference, territoire, statut, CAST($2 AS TEXT) FROM signalement WHERE id = $1",
            id, le);
    tx.exec("DELETE FROM brouillon WHERE id = (SELECT cle_idempotence FROM signalement WHERE id = $1)", id);
    tx.exec("DELETE FROM suivi_piece WHERE suivi IN (SELECT id FROM suivi WHERE signalement = $1)", id);
    tx.exec("DELETE FROM suivi WHERE signalement = $1", id);
    tx.exec("DELETE FROM affectation WHERE signalement = $1", id);
    tx.exec("DELETE FROM acces_ponctuel WHERE signalement = $1", id);
    courrier::effacer_de(tx, "signalement", id);
    oublier_les_mots(tx, id);
    // What was found and the links to files go with the row.
    tx.exec("DELETE FROM signalement WHERE id = $1", id);
    journal::effacer(tx, "signalement", id);
}

} // namespace erasure
} // namespace

std::int64_t effacer_echus(db::Database& database, Instant clos_avant, Instant refuse_avant, Instant le)
{
    return database.write([&](db::Transaction& tx) {
        const auto ids = tx.query<std::string>("SELECT id FROM signalement WHERE " +
                                                   std::string{erasure::due} + " LIMIT $3",
                                               clos_avant, refuse_avant, erasure::batch);
        std::int64_t erased = 0;
        for (const auto& id : ids) {
            // Takes the row: somebody may be reopening it at this moment.
            if (tx.exec("UPDATE signalement SET version = version + 1 WHERE id = $3 AND " +
                            std::string{erasure::due},
                        clos_avant, refuse_avant, id) != 1)
                continue;
            erasure::erase(tx, id, le);
            ++erased;
        }
        return erased;
    });
}

} // namespace signalement::store
