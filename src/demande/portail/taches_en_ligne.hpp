// What happens to the demandes typed online while nobody looks.
#pragma once

#include <cstdint>
#include <stop_token>

#include "app.hpp"

namespace demande::portail {

/// Reminds those whose demande was sent back, before it is erased with its date of deposit. Each once: a
/// second message of the same key is not written. Returns how many are due it.
std::int64_t rappeler_les_corrections(App&, const std::stop_token&);

} // namespace demande::portail
