// What stands under the reports: the outlines of the départements, carried by the program, so that a map is
// drawn without asking anybody. Contours: IGN, simplified, Licence Ouverte (assets/carte).
#pragma once

#include <string>
#include <vector>

#include "signalement/carte/grille.hpp"

namespace signalement::carte {

/// The land of a view as the « d » of an SVG path, in units of the drawing: the rings of the départements
/// that touch it, without the points that would fall on the one before.
std::string terre(const Fenetre&);

/// The name of a commune where it stands in the drawing.
struct Etiquette {
    std::string nom;
    Point ou;
};
/// A commune that may be named.
struct Commune {
    std::string nom;
    double lon = 0, lat = 0;
};
/// Those that fit without touching each other, in the order they are given.
std::vector<Etiquette> etiquettes(const Fenetre&, const std::vector<Commune>&);
/// How many people a commune has at least to be named at this zoom.
std::int64_t population_nommee(int zoom);

} // namespace signalement::carte
