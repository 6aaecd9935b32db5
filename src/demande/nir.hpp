// The number of a person at the social security (NIR): reading it, checking its key, masking it. It is asked
// by CCH R. 441-2-2; it never appears whole on a screen, nor in a log, nor in an address.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace demande {

/// Fifteen characters from what was typed, key included; refused when the key does not fit. Corsica has
/// letters, and numbers given while waiting for another (7 and 8) are numbers too.
Result<std::string> lire_nir(std::string_view saisi);
/// What a screen shows: « 1 84 •• •• ••• ••• •• », enough to see that it is not somebody else's.
std::string nir_masque(std::string_view nir);

} // namespace demande
