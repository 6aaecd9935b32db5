// SQL of the workshop: which files wait in this airlock, what became of each, and which contents are about to
// leave the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "piece/piece.hpp"

namespace piece::store {

/// A file that waits, as the workshop needs it.
struct ATraiter {
    Id<Piece> id;
    std::string cle; // in the airlock
    std::string sha256;
    std::optional<std::string> miniature;
    std::string type; // slug
    std::string etat; // slug
    int essais = 0;
};

/// Due now in this airlock, oldest first; `avec_rangement` false leaves out those that only miss the store.
std::vector<ATraiter> a_traiter(db::Transaction&, std::string_view sas, Instant maintenant,
                                bool avec_rangement, int combien);
/// The same row, if it still waits: another worker may have finished it.
std::optional<ATraiter> relire(db::Transaction&, const Id<Piece>&);

/// What a file has become once prepared.
struct Prepare {
    std::string sha256;
    std::uint64_t taille = 0;
    std::optional<std::string> miniature = {};
    std::optional<int> largeur = {}, hauteur = {};
};

/// Checked and prepared: names the contents that are about to be put in a distant store. False when one of
/// them is being removed by a purge at this moment: try again later.
bool preparer(db::Transaction&, const Id<Piece>&, const Prepare&, Instant maintenant);
/// In the store: may be given to readers.
void ranger(db::Transaction&, const Id<Piece>&, const Prepare&);
/// The same, for one already prepared.
void ranger(db::Transaction&, const Id<Piece>&);
void mettre_en_quarantaine(db::Transaction&, const Id<Piece>&, std::string_view signature);
void declarer_illisible(db::Transaction&, const Id<Piece>&, std::string_view motif);
/// Tried in vain: again later.
void reporter(db::Transaction&, const Id<Piece>&, Etat, Instant prochain_le);

/// Of these contents, those that no row names; until `gracier`, no row can start naming them.
std::vector<std::string> condamner(db::Transaction&, const std::vector<std::string>& sha256s,
                                   Instant maintenant);
void gracier(db::Transaction&, const std::vector<std::string>& sha256s);
/// Condemned by a purge that did not end.
std::vector<std::string> condamnes_avant(db::Transaction&, Instant);

} // namespace piece::store
