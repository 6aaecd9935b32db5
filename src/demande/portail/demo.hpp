// Two demandes of the demonstration typed online: one left in the middle, one that waits for its check.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "db/db.hpp"
#include "piece/reception.hpp"

namespace demande::portail {

inline constexpr std::string_view demo_brouillon = "lucile.abgrall@demo.logis.example";
inline constexpr std::string_view demo_deposee = "aminata.diarra@demo.logis.example";

/// A PDF that stands for the identity document of the second one.
std::string specimen_d_identite(Date);
/// After the guichets, once; `identite`: that PDF, received.
void semer_demo(db::Transaction&, const piece::PieceRecue& identite, Instant le);

} // namespace demande::portail
