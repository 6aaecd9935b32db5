// What waits for an agent, as HTML.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "signalement/tableau/tableau.hpp"
#include "signalement/views.hpp"

namespace signalement::tableau::views {

struct Chiffre {
    Tuile tuile;
    std::int64_t nombre = 0;
};
struct PageTableau {
    std::vector<Chiffre> chiffres;
    bool sans_role = false;
};
std::string tableau(const ui::Chrome&, const PageTableau&);

} // namespace signalement::tableau::views
