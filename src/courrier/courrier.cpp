// When a message that could not be delivered is tried again: pure, no clock, no database.
#include "courrier/courrier.hpp"

#include <algorithm>
#include <array>

namespace courrier {

namespace {

constexpr std::int64_t minute = 60, heure = 3600;
// A server that restarts is back within minutes, a full mailbox within days.
constexpr std::array<std::int64_t, 6> delais_secondes = {minute,    5 * minute, 30 * minute,
                                                         2 * heure, 6 * heure,  24 * heure};
constexpr int jours_d_essais = 5;

} // namespace

std::optional<Instant> prochain_essai(int essais, Instant depuis, Instant maintenant)
{
    const auto rang = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(essais, 1)) - 1, 0,
                                              delais_secondes.size() - 1);
    const auto prochain = maintenant.plus_seconds(delais_secondes[rang]);
    if (prochain > depuis.plus_days(jours_d_essais)) return std::nullopt;
    return prochain;
}

} // namespace courrier
