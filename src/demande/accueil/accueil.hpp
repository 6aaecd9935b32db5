// Where a guichet receives people (CCH R. 441-2-1 and L. 441-2-8: the list of the places is public). Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demande::accueil {

struct Accueil {
    std::string adresse;   // on one line or several
    std::string telephone; // E.164; may be empty
    std::string horaires;  // days, hours, appointment; may be empty
};

/// Its address as a letter bears it, five lines at most, none of them blank.
std::vector<std::string> lignes(const Accueil&);

inline constexpr std::size_t adresse_max = 200;
inline constexpr std::size_t horaires_max = 400;

/// What an administrator typed; nothing when all of it is empty: the guichet is no longer listed.
Result<std::optional<Accueil>, FormErrors> lire(std::string_view adresse, std::string_view telephone,
                                                std::string_view horaires);

} // namespace demande::accueil
