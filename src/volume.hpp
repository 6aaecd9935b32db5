// Data at the size of a département or of France, for measures and load tests: `logis seed --volume`.
// Plausible, not true: skewed communes, seasons, delays, duplicates. It writes rows in bulk, as no page does.
#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

#include "app.hpp"

namespace volume {

struct Quantites {
    std::int64_t signalements = 0;
    std::int64_t suivis = 0; // all reports together; 0: ten a report
    std::int64_t demandes = 0;
};

/// Reads « signalements=100000,suivis=1000000,demandes=300000 »; throws std::runtime_error naming what it
/// cannot read.
Quantites lire(std::string_view);

/// Adds what is missing to reach these quantities: a killed run goes on where it stopped. Territories of
/// every département, their committees, partners, guichets and accounts come first. The same quantities on
/// the same clock give the same reports and the same demandes, but for their identifiers. Writes its progress
/// to `progression`.
void charger(App&, const Quantites&, std::ostream& progression);

} // namespace volume
