// See cadre.hpp.
#include "signalement/filtre/cadre.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <vector>

#include "base/text.hpp"

namespace signalement::filtre {

namespace {
namespace coordonnees {

/// Six decimals at most, as they are written: no rounding, no other notation.
std::optional<std::int64_t> lire(std::string_view texte, std::int64_t au_plus)
{
    const bool negatif = texte.starts_with('-');
    if (negatif) texte.remove_prefix(1);
    std::int64_t n = 0;
    int decimales = -1;
    for (const char c : texte) {
        if (c == '.' && decimales < 0) {
            decimales = 0;
            continue;
        }
        if (c < '0' || c > '9' || decimales == 6) return std::nullopt;
        n = n * 10 + (c - '0');
        if (decimales >= 0) ++decimales;
        if (n > au_plus) return std::nullopt;
    }
    if (texte.empty() || texte.front() == '.' || decimales == 0) return std::nullopt;
    for (int d = std::max(decimales, 0); d < 6; ++d) n *= 10;
    if (n > au_plus) return std::nullopt;
    return negatif ? -n : n;
}

std::string ecrire(std::int64_t n)
{
    const auto sans_signe = std::abs(n);
    return fmt::format("{}{}.{:06}", n < 0 ? "-" : "", sans_signe / 1'000'000, sans_signe % 1'000'000);
}

} // namespace coordonnees
} // namespace

bool Cadre::contient(double lon, double lat) const
{
    return lon >= degres(ouest) && lon < degres(est) && lat >= degres(sud) && lat < degres(nord);
}

std::optional<Cadre> lire_cadre(std::string_view texte)
{
    constexpr std::int64_t lon_max = 180'000'000, lat_max = 90'000'000;
    const auto parties = base::split(texte, ',');
    if (parties.size() != 4) return std::nullopt;
    const auto ouest = coordonnees::lire(parties[0], lon_max), sud = coordonnees::lire(parties[1], lat_max),
               est = coordonnees::lire(parties[2], lon_max), nord = coordonnees::lire(parties[3], lat_max);
    if (!ouest || !sud || !est || !nord || *ouest >= *est || *sud >= *nord) return std::nullopt;
    return Cadre{*ouest, *sud, *est, *nord};
}

std::string ecrire(const Cadre& c)
{
    return fmt::format("{},{},{},{}", coordonnees::ecrire(c.ouest), coordonnees::ecrire(c.sud),
                       coordonnees::ecrire(c.est), coordonnees::ecrire(c.nord));
}

} // namespace signalement::filtre
