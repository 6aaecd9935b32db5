// The guichets of the demonstration: a CCAS and a bailleur of Seine-Maritime.
#pragma once

#include "base/time.hpp"
#include "db/db.hpp"

namespace demande {

inline constexpr const char* demo_guichet_ccas = "76R01";
inline constexpr const char* demo_guichet_bailleur = "76B01";

/// After the partners and the people of the demonstration, once.
void semer_demo(db::Transaction&, Instant le);

} // namespace demande
