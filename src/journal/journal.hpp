// The append-only record of decisions: who, what, when, why. One row per decision, in its transaction.
// What it does not do: decide, or hold what the decision changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/db.hpp"

namespace journal {

struct Entree {
    std::string objet_type; // "signalement"
    std::string objet_id;
    std::string evenement;  // slug of what happened: "cloture"
    std::string acteur_id;  // account; empty: the platform itself, or a depositor
    std::string acteur_nom; // as it was that day; names of people change
    std::string territoire; // code of the département, empty when there is none
    Instant le;
    std::string details; // why, in the actor's words, or small JSON
};

/// Appends exactly one row. The database refuses to change it afterwards, and to delete it while its object
/// exists. Throws db::Retry when another transaction appended to the same object meanwhile: Database::write
/// runs the decision again.
void append(db::Transaction&, const Entree&);
/// Rank of the last entry of an object: names the decision just taken, in its transaction. 0: there is none.
std::int64_t dernier_rang(db::Transaction&, std::string_view objet_type, std::string_view objet_id);
/// Removes the entries of an object that was erased at the end of its time; the database refuses it for any
/// other.
void effacer(db::Transaction&, std::string_view objet_type, std::string_view objet_id);
/// The history of an object, oldest first: its `limite` most recent entries.
std::vector<Entree> of(db::Transaction&, std::string_view objet_type, std::string_view objet_id,
                       std::int64_t limite = 500);
/// One page of it, newest first; pages count from 1. `parmi`: the events that are read; empty: all.
std::vector<Entree> page(db::Transaction&, std::string_view objet_type, std::string_view objet_id,
                         std::int64_t page, std::int64_t par_page,
                         const std::vector<std::string>& parmi = {});
std::int64_t count(db::Transaction&, std::string_view objet_type, std::string_view objet_id,
                   const std::vector<std::string>& parmi = {});

} // namespace journal
