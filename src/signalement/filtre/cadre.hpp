// A part of the map: what lies from its western edge to before its eastern one, from its southern edge to
// before its northern one, so that parts side by side count nothing twice. In millionths of a degree, which
// an address writes and reads without losing anything. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalement::filtre {

struct Cadre {
    std::int64_t ouest = 0, sud = 0, est = 0, nord = 0;

    [[nodiscard]] bool contient(double lon, double lat) const;
    bool operator==(const Cadre&) const = default;
};

/// The number that both engines and this program compare with a coordinate.
constexpr double degres(std::int64_t millioniemes)
{
    return static_cast<double>(millioniemes) / 1e6;
}

/// « 0.878906,49.382372,1.054687,49.496675 »: west, south, east, north; nothing when it is not that, or when
/// it holds nothing.
std::optional<Cadre> lire_cadre(std::string_view);
std::string ecrire(const Cadre&);

} // namespace signalement::filtre
