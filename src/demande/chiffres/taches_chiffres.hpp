// The nightly count of the figures of communes.
#pragma once

#include <cstdint>
#include <stop_token>

#include "app.hpp"

namespace demande::chiffres {

/// Reads every demande once, in batches, and writes the figures of each territory in one transaction: a page
/// then reads a few rows, whatever the size of the stock. Stopped in the middle it leaves the figures of the
/// night before, with their date. Returns how many demandes were read; 0 when it was stopped.
std::int64_t relever_les_chiffres(App&, const std::stop_token&);

} // namespace demande::chiffres
