// Rows of files. Which report or action a file belongs to is said by the tables of their slices, which
// reference piece(id); no function here lists files across owners.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "db/db.hpp"
#include "piece/piece.hpp"
#include "piece/reception.hpp"

namespace piece::store {

/// Writes the row of a received file, in the transaction that also writes what owns it.
Piece inserer(db::Transaction&, const PieceRecue&, Instant maintenant);
/// The caller has checked that the reader may see it.
std::optional<Piece> trouver(db::Transaction&, const Id<Piece>&);
/// The files of these ids in the same order; those that do not exist are left out. 200 ids at most.
std::vector<Piece> par_ids(db::Transaction&, const std::vector<Id<Piece>>&);
/// Removes the row; its owner's row must be gone. The content goes with the next purge unless shared.
void supprimer(db::Transaction&, const Id<Piece>&);

/// How many files are in each state but Saine, for the monitoring.
std::vector<std::pair<Etat, std::int64_t>> compter_par_etat(db::Transaction&);

} // namespace piece::store

namespace piece {

struct Purge {
    std::size_t pieces = 0;   // rows removed
    std::size_t contenus = 0; // contents removed
};

/// Removes the files that no row of any table references and that are older than `jours`, then the contents
/// that no file names, in the Magasin and in this machine's airlock. An owner is any row with a foreign key
/// to piece(id): the schema itself says which. Reads the whole Magasin: run it once a day.
Purge purger_orphelins(db::Database&, Fichiers&, Instant maintenant, int jours = 7);

} // namespace piece
