// What the depositor declared, section by section, as agents read it.
#pragma once

#include "signalement/views.hpp"

namespace signalement::views {

void declaration(ui::Html&, const Fiche&);

} // namespace signalement::views
