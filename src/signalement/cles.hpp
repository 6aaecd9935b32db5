// The keys by which a report is put in order and found, made of what was declared. Pure: the database keeps
// what this says, the same on both engines.
#pragma once

#include <string>

#include "signalement/signalement.hpp"

namespace signalement {

/// To raise when the keys change: a task then makes those of older reports again (store_cles.hpp). The index
/// signalement_sans_cles names the same number.
inline constexpr int cles_version = 2;

struct Cles {
    std::string tri_nom;     // of the occupant: name, then first name
    std::string tri_commune; // without accents nor signs
};
Cles cles(const Signalement&);

} // namespace signalement
