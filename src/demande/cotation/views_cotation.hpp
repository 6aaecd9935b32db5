// The score of a demande to HTML, for an agent and for the applicant. Decides nothing.
#pragma once

#include <vector>

#include "demande/cotation/cotation.hpp"
#include "ui/components.hpp"

namespace demande::cotation::views {

/// Nothing when no EPCI asked has a grid.
void cotations(ui::Html&, const std::vector<Vue>&, int level = 2);

} // namespace demande::cotation::views
