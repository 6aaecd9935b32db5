// The map as a grid: the world of the Web Mercator projection (EPSG:3857) is a square of 2^(zoom + 2) cells a
// side, four to a tile of other maps. A view is a rectangle of whole cells, so that what a cell counts does
// not change when the map moves. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "signalement/filtre/cadre.hpp"

namespace signalement::carte {

inline constexpr int zoom_min = 4, zoom_max = 17;
inline constexpr int cote = 64;                   // of a cell, in units of the drawing
inline constexpr int colonnes = 15, rangees = 12; // metropolitan France at zoom 6
inline constexpr int largeur = colonnes * cote, hauteur = rangees * cote;

struct Cellule {
    std::int64_t colonne = 0, rangee = 0; // from the antimeridian eastwards, from the north southwards
    bool operator==(const Cellule&) const = default;
};

/// The part of the map that a cell covers. The edges are rounded to millionths of a degree, and are the same
/// for the two cells that share them.
filtre::Cadre cadre_de(int zoom, const Cellule&);
/// The cell where this place is, edges as cadre_de gives them.
Cellule cellule_de(int zoom, double lon, double lat);

struct Point {
    double x = 0, y = 0;
};
/// In units of the world's side, from its north-western corner.
Point projeter(double lon, double lat);

/// What is drawn: from this cell, `colonnes` × `rangees` of them.
struct Fenetre {
    int zoom = 5;
    Cellule coin;

    [[nodiscard]] filtre::Cadre cadre() const;
    /// Where a place of the world stands in the drawing.
    [[nodiscard]] Point dans_le_dessin(const Point&) const;
    bool operator==(const Fenetre&) const = default;
};

/// As near as may be around this place; within the world.
Fenetre centree(int zoom, double lon, double lat);
/// The nearest view that holds these edges and a little around.
Fenetre qui_montre(double ouest, double sud, double est, double nord);
/// The same, further or nearer, around its middle or around a place.
Fenetre reculee(const Fenetre&);
Fenetre approchee(const Fenetre&);
Fenetre deplacee(const Fenetre&, int colonnes, int rangees);

/// « 9.2060.1405 »: a view in an address; nothing when it is not one.
std::optional<Fenetre> lire_fenetre(std::string_view);
std::string ecrire(const Fenetre&);

} // namespace signalement::carte
