// Finds the delay of a département. Pure.
#include "demande/mediation.hpp"

#include <span>

namespace demande {

namespace {
namespace delais_connus {

// Found for these two only; every other préfet has set one that the operator loads.
const std::vector<DelaiDeMediation>& tous()
{
    static const std::vector<DelaiDeMediation> delais = {
        {"75", {2020, 1, 1}, 1, 1, 72},
        {"75", {2020, 1, 1}, 2, 3, 108},
        {"75", {2020, 1, 1}, 4, pieces_max_d_un_delai, 120},
        {"92", {2020, 1, 1}, 1, pieces_max_d_un_delai, 48},
    };
    return delais;
}

} // namespace delais_connus
} // namespace

std::optional<DelaiDeMediation> Mediation::en_vigueur(std::string_view departement, int pieces,
                                                      Date jour) const
{
    const auto dernier = [&](std::span<const DelaiDeMediation> tous) {
        std::optional<DelaiDeMediation> out;
        for (const auto& d : tous)
            if (d.departement == departement && d.pieces_min <= pieces && pieces <= d.pieces_max &&
                d.depuis <= jour && (!out || out->depuis <= d.depuis))
                out = d;
        return out;
    };
    // The day of those that are known was not found with them: an act that somebody imported stands, whatever
    // its day.
    const auto importe = dernier(importes_);
    return importe ? importe : dernier(delais_connus::tous());
}

} // namespace demande
