// SQL of the delays before the commission de médiation. Decides nothing.
#pragma once

#include <string>
#include <vector>

#include "db/db.hpp"
#include "demande/mediation.hpp"

namespace demande::store {

/// What is known of these départements.
Mediation mediation(db::Transaction&, const std::vector<std::string>& departements);
/// Each decision (a département, a day) takes the place of the same one.
void garder_delais(db::Transaction&, const std::vector<DelaiDeMediation>&);

} // namespace demande::store
