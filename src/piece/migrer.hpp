// Moving the contents of one store to the other, while people work. Knows no row.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "piece/magasin.hpp"

namespace piece {

struct Migration {
    std::int64_t vus = 0;     // contents of the first store
    std::int64_t copies = 0;  // put in the other, and read back from it
    std::int64_t deja = 0;    // it had them already
    std::int64_t abimes = 0;  // not what their name says: neither copied nor removed
    std::int64_t retires = 0; // removed from the first, once read back whole from the other
    std::uint64_t octets = 0; // copied
};

/// Contents moved at once.
inline constexpr unsigned migration_ouvriers = 4;

/// Copies what the other does not have yet, and reads each copy back. Interrupted or asked again, it goes on
/// where it was. `vider`: then removes it from the first, never before it was read whole from the other.
/// Throws MagasinIndisponible when one of the two is away: what was done stays done.
Migration migrer(Magasin& de, Magasin& vers, bool vider, std::ostream& progression);

/// Whether the store keeps, gives back, lists and removes a content of a few bytes; throws what it says when
/// it does not.
void essayer(Magasin&);

} // namespace piece
