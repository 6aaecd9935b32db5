// What is said of a file that cannot be opened (yet). The pages draw; they alone know where each file is
// served.
#pragma once

#include <string>

#include "piece/piece.hpp"

namespace piece {

/// What people are told of a file that they cannot open (yet): why, and what they can do. Empty when they
/// can.
std::string dire_etat(const Piece&);

} // namespace piece
