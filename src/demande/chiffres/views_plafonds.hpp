// The ceilings of a demande to HTML, for an agent and for the applicant. Decides nothing.
#pragma once

#include <string>
#include <vector>

#include "demande/chiffres/estimation.hpp"
#include "ui/components.hpp"

namespace demande::chiffres::views {

/// `communes`: the names of the wishes, in their order. Nothing without a wish.
void plafonds(ui::Html&, const Estimation&, const std::vector<std::string>& communes, int level = 2);

} // namespace demande::chiffres::views
