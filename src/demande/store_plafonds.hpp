// SQL of the ceilings that the operator imported. Decides nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "db/db.hpp"
#include "demande/plafonds.hpp"

namespace demande::store {

/// All that is known: what the platform knows, and what was imported over it.
Baremes baremes(db::Transaction&);
/// How many imports there have been: what was computed with fewer is computed again.
std::int64_t imports_de_baremes(db::Transaction&);
/// Each takes the place of the one of the same day, zone and financing.
void garder_baremes(db::Transaction&, const std::vector<Bareme>&, Instant le);

} // namespace demande::store
