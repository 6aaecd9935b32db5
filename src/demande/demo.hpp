// The guichets of the demonstration: a CCAS, a bailleur and the State’s service of Seine-Maritime.
#pragma once

#include "base/time.hpp"
#include "db/db.hpp"

namespace demande {

inline constexpr const char* demo_guichet_ccas = "76R01";
inline constexpr const char* demo_guichet_ddtm = "76E01"; // manages the territory
inline constexpr const char* demo_guichet_bailleur = "76B01";

/// After the partners and the people of the demonstration, once.
void semer_demo(db::Transaction&, Instant le);

} // namespace demande
