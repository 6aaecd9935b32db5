// What happens to demandes while nobody looks: the periodic tasks of the service.
#pragma once

#include <cstdint>
#include <stop_token>

#include "app.hpp"

namespace demande {

/// Makes the attestations to be e-mailed, puts them in the outbox, and notes those that have left as handed
/// over. Any number of runners may do it at once. Returns how many moved on.
std::int64_t suivre_les_attestations(App&, const std::stop_token&);

/// Finds the demandes for which something is due by itself: notices, reminders, the end of validity. What a
/// stopped task missed is made up for, except what is no longer true. Returns how many moved on.
std::int64_t suivre_les_echeances(App&, const std::stop_token&);

} // namespace demande
