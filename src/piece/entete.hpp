// What the header of a picture says, read by us without decoding anything: is it whole, how many points has
// it? Pure. Wrong headers are the picture process's affair: here nothing but early, certain refusals.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "piece/piece.hpp"

namespace piece {

struct Dimensions {
    std::uint64_t largeur = 0, hauteur = 0;
};

/// False when the end of the picture is certainly missing.
bool est_complete(TypePiece, std::string_view octets);
/// Of the largest picture inside; nothing when the header does not say.
std::optional<Dimensions> dimensions(TypePiece, std::string_view octets);

} // namespace piece
