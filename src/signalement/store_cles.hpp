// Keeping the keys of reports (cles.hpp) when their form changes.
#pragma once

#include <cstdint>

#include "db/db.hpp"

namespace signalement::store {

/// Gives their keys to reports that have an older form of them, a batch at a time; how many, 0 when all have
/// the present one.
std::int64_t tenir_les_cles(db::Database&);

} // namespace signalement::store
