// What happens to candidatures while nobody looks: the periodic task.
#pragma once

#include <cstdint>
#include <stop_token>

#include "app.hpp"

namespace demande::candidature {

/// Puts what changed where candidates are looked for, ends the offers nobody answered and the conditions
/// whose document did not come, and offers the dwelling to the next. Any number of runners may do it at once;
/// what a stopped task missed is made up for. Returns how many dwellings moved on.
std::int64_t suivre_les_candidatures(App&, const std::stop_token&);

} // namespace demande::candidature
