// When the commission de médiation may be seized for want of an offer, and where it is: the « délai
// anormalement long » that each préfet sets for a département, by the number of rooms asked (CCH L. 441-1-4,
// L. 441-2-3). Pure; the figures are dated data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace demande {

inline constexpr int pieces_max_d_un_delai = 9; // nine and more

struct DelaiDeMediation {
    std::string departement;
    Date depuis;
    int pieces_min = 1, pieces_max = pieces_max_d_un_delai;
    int mois = 0;
    std::string commission = {}; // its address; empty: not known
};

/// What is known: the few delays found when this version was written, and over them what the operator
/// imported
/// (`logis import delais`).
class Mediation {
public:
    Mediation() = default;
    explicit Mediation(std::vector<DelaiDeMediation> importes) : importes_(std::move(importes)) {}
    /// What the last decision in force that day says for that many rooms, imported before known; nothing when
    /// there is none.
    [[nodiscard]] std::optional<DelaiDeMediation> en_vigueur(std::string_view departement, int pieces,
                                                             Date jour) const;

private:
    std::vector<DelaiDeMediation> importes_;
};

} // namespace demande
