// The dwelling of the demonstration: three candidates, and a commission that may decide today.
#pragma once

#include "base/time.hpp"
#include "db/db.hpp"

namespace demande::candidature {

/// After the guichets of the demonstration, once.
void semer_demo(db::Transaction&, Instant le);

} // namespace demande::candidature
