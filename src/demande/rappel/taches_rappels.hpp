// The periodic task of the reminders that no anchor sets.
#pragma once

#include <cstdint>
#include <stop_token>

#include "app.hpp"

namespace demande::rappel {

/// Says what is due: documents that run out, then what the day of the year says to everybody. A country takes
/// many turns: the messages that cannot wait pass in between. Whatever day it runs it says what is still
/// true, once. Returns how many demandes were told.
std::int64_t suivre_les_rappels(App&, const std::stop_token&);

} // namespace demande::rappel
