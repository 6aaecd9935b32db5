// Who helps somebody who no longer opens the mailbox of their account. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "demande/droits.hpp"

namespace demande::portail {

inline constexpr std::size_t guichets_nommes = 5;

struct Recours {
    std::vector<std::string> guichets; // by name, the nearest first
    bool d_autres = false;             // not named here
};

/// Any guichet of the territory registers whoever comes (CCH R. 441-2-1): those of the commune asked first,
/// then in the order given.
Recours recours(std::vector<Guichet> du_territoire, std::string_view insee);

} // namespace demande::portail
