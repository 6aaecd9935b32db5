// See grille.hpp. Formulas of the spherical Mercator projection: EPSG Guidance Note 7-2, method 1024.
#include "signalement/carte/grille.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include "base/text.hpp"

namespace signalement::carte {

namespace {
namespace monde {

std::int64_t cellules(int zoom)
{
    return std::int64_t{1} << (zoom + 2);
}

std::int64_t millioniemes(double degres)
{
    return std::llround(degres * 1e6);
}

std::int64_t bord_ouest(int zoom, std::int64_t colonne)
{
    return millioniemes(360.0 * static_cast<double>(colonne) / static_cast<double>(cellules(zoom)) - 180.0);
}

std::int64_t bord_nord(int zoom, std::int64_t rangee)
{
    using std::numbers::pi;
    const auto y = static_cast<double>(rangee) / static_cast<double>(cellules(zoom));
    return millioniemes(std::atan(std::sinh(pi * (1 - 2 * y))) * 180.0 / pi);
}

Fenetre dedans(Fenetre v)
{
    const auto n = cellules(v.zoom);
    v.coin.colonne = std::clamp<std::int64_t>(v.coin.colonne, 0, std::max<std::int64_t>(n - colonnes, 0));
    v.coin.rangee = std::clamp<std::int64_t>(v.coin.rangee, 0, std::max<std::int64_t>(n - rangees, 0));
    return v;
}

} // namespace monde
} // namespace

filtre::Cadre cadre_de(int zoom, const Cellule& c)
{
    return {.ouest = monde::bord_ouest(zoom, c.colonne),
            .sud = monde::bord_nord(zoom, c.rangee + 1),
            .est = monde::bord_ouest(zoom, c.colonne + 1),
            .nord = monde::bord_nord(zoom, c.rangee)};
}

Point projeter(double lon, double lat)
{
    using std::numbers::pi;
    // The square ends where the projection does: 85.05 degrees.
    const auto rad = std::clamp(lat, -85.0, 85.0) * pi / 180.0;
    return {(lon + 180.0) / 360.0, (1 - std::asinh(std::tan(rad)) / pi) / 2};
}

Cellule cellule_de(int zoom, double lon, double lat)
{
    const auto n = static_cast<double>(monde::cellules(zoom));
    const auto p = projeter(lon, lat);
    Cellule c{static_cast<std::int64_t>(p.x * n), static_cast<std::int64_t>(p.y * n)};
    // The edges are rounded: what lies within that of one belongs to the other cell.
    while (lon < filtre::degres(monde::bord_ouest(zoom, c.colonne))) --c.colonne;
    while (lon >= filtre::degres(monde::bord_ouest(zoom, c.colonne + 1))) ++c.colonne;
    while (lat >= filtre::degres(monde::bord_nord(zoom, c.rangee)) && c.rangee > 0) --c.rangee;
    while (lat < filtre::degres(monde::bord_nord(zoom, c.rangee + 1)) && c.rangee + 1 < monde::cellules(zoom))
        ++c.rangee;
    return c;
}

filtre::Cadre Fenetre::cadre() const
{
    const auto du_coin = cadre_de(zoom, coin);
    const auto oppose = cadre_de(zoom, {coin.colonne + colonnes - 1, coin.rangee + rangees - 1});
    return {.ouest = du_coin.ouest, .sud = oppose.sud, .est = oppose.est, .nord = du_coin.nord};
}

Point Fenetre::dans_le_dessin(const Point& p) const
{
    const auto n = static_cast<double>(monde::cellules(zoom));
    return {(p.x * n - static_cast<double>(coin.colonne)) * cote,
            (p.y * n - static_cast<double>(coin.rangee)) * cote};
}

Fenetre centree(int zoom, double lon, double lat)
{
    const int z = std::clamp(zoom, zoom_min, zoom_max);
    const auto n = static_cast<double>(monde::cellules(z));
    const auto p = projeter(lon, lat);
    return monde::dedans(
        {z, {std::llround(p.x * n - colonnes / 2.0), std::llround(p.y * n - rangees / 2.0)}});
}

Fenetre qui_montre(double ouest, double sud, double est, double nord)
{
    const auto haut = projeter(ouest, nord), bas = projeter(est, sud);
    constexpr int le_plus_pres = 14; // one place alone is shown with its neighbourhood
    int z = le_plus_pres;
    // Whole cells: half of one may be lost on each side.
    const auto tient = [&] {
        const auto n = static_cast<double>(monde::cellules(z));
        return (bas.x - haut.x) * n <= colonnes - 1 && (bas.y - haut.y) * n <= rangees - 1;
    };
    while (z > zoom_min && !tient()) --z;
    const auto n = static_cast<double>(monde::cellules(z));
    return monde::dedans({z,
                          {std::llround((haut.x + bas.x) / 2 * n - colonnes / 2.0),
                           std::llround((haut.y + bas.y) / 2 * n - rangees / 2.0)}});
}

Fenetre reculee(const Fenetre& v)
{
    if (v.zoom == zoom_min) return v;
    return monde::dedans(
        {v.zoom - 1, {(v.coin.colonne - colonnes / 2) / 2, (v.coin.rangee - rangees / 2) / 2}});
}

Fenetre approchee(const Fenetre& v)
{
    if (v.zoom == zoom_max) return v;
    return monde::dedans({v.zoom + 1, {v.coin.colonne * 2 + colonnes / 2, v.coin.rangee * 2 + rangees / 2}});
}

Fenetre deplacee(const Fenetre& v, int vers_l_est, int vers_le_sud)
{
    return monde::dedans({v.zoom, {v.coin.colonne + vers_l_est, v.coin.rangee + vers_le_sud}});
}

std::optional<Fenetre> lire_fenetre(std::string_view texte)
{
    const auto parties = base::split(texte, '.');
    if (parties.size() != 3) return std::nullopt;
    std::int64_t nombres[3] = {};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& p = parties[i];
        const auto lu = std::from_chars(p.data(), p.data() + p.size(), nombres[i]);
        if (lu.ec != std::errc{} || lu.ptr != p.data() + p.size()) return std::nullopt;
    }
    if (nombres[0] < zoom_min || nombres[0] > zoom_max) return std::nullopt;
    const Fenetre v{static_cast<int>(nombres[0]), {nombres[1], nombres[2]}};
    return monde::dedans(v) == v ? std::optional{v} : std::nullopt;
}

std::string ecrire(const Fenetre& v)
{
    return fmt::format("{}.{}.{}", v.zoom, v.coin.colonne, v.coin.rangee);
}

} // namespace signalement::carte
