// What a notice says, on paper and by e-mail alike (CCH R. 441-2-7). Pure.
#pragma once

#include <string>
#include <vector>

#include "demande/jalons.hpp"

namespace demande {

/// The date, what happens without a renewal, what is kept. True on the day it is written, however late.
std::vector<std::string> phrases_du_preavis(const std::string& numero, const Jalons&, Date jour);

} // namespace demande
