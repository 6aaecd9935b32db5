// A filter as SQL, within the reader's reach: what lists, counts and whatever else reads a set of reports put
// after WHERE. Nobody writes that condition elsewhere.
#pragma once

#include <string>

#include "db/query.hpp"
#include "signalement/filtre/filtre.hpp"

namespace signalement::filtre {

/// Who asks, and when: « since 60 days » and the days of a period are those of a place.
struct Regard {
    const compte::Agent& lecteur;
    Instant maintenant;
    std::string fuseau = "Europe/Paris";
};

/// The condition on the report `s` of what the reader may read and the filter keeps, whatever its order and
/// its place.
std::string condition(const Regard&, const Filtre&, db::Query&, db::Engine);

/// Whether the condition names nothing but the columns of signalement_compte: the number is kept there.
bool compte_tenu(const Regard&, const Filtre&);

/// Whether the index of words alone tells how many there are: the filter is a text, and the reader reads
/// whole territories, or all of them. Its condition on signalement_mots `m` (PostgreSQL) or its index
/// (SQLite).
bool compte_des_mots(const Regard&, const Filtre&);
std::string compte_des_mots(const Regard&, const Filtre&, db::Query&, db::Engine);

/// « AND … ORDER BY … »: the lines of a page from its place, and the order to read them in. A page that ends
/// at a place is read backwards: the caller turns it round.
std::string place_et_ordre(const Regard&, const Filtre&, db::Query&);

/// The first moment of a day in a time zone.
Instant debut_du_jour(Date, std::string_view fuseau);

} // namespace signalement::filtre
