// The index of the words of reports (recherche.hpp): one text for each report, one index of whole words on
// each engine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "signalement/signalement.hpp"

namespace signalement::store {

/// What signalement_mots holds of a report: its words, and its territory among them.
std::string ligne_de_mots(const Signalement&);
/// The words of a report that has just been written, in its transaction.
void ajouter_les_mots(db::Transaction&, const Signalement&);
/// Before its row goes: the index of SQLite forgets nothing by itself.
void oublier_les_mots(db::Transaction&, const std::string& id);
/// The index of SQLite after rows were written into signalement_mots in bulk, from this rank on.
void indexer_les_mots(db::Transaction&, std::int64_t apres_rang);

/// One step of the merging that deposits leave to a task (SQLite): bounded, and nothing when little waits.
void fondre_l_index(db::Transaction&);

/// The reports, among those whose id is after `apres` and up to `jusqu_a`, whose words are not those they
/// have.
std::vector<std::string> mots_faux(db::Transaction&, const std::string& apres, const std::string& jusqu_a);
/// The territories of which the index does not find as many reports as have words.
std::vector<std::string> territoires_mal_indexes(db::Transaction&);

} // namespace signalement::store
