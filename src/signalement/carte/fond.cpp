// See fond.hpp. The file is TopoJSON: arcs of small steps on a grid, shared by the outlines on both sides.
#include "signalement/carte/fond.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <string_view>

#include "base/text.hpp"

extern "C" {
extern const char logis_contours[], logis_contours_end[];
}

namespace signalement::carte {

namespace {
namespace contours {

struct Anneau {
    std::vector<Point> points; // of the world
    Point haut{1, 1}, bas{0, 0};
};

std::vector<std::vector<Point>> arcs_de(const boost::json::object& fichier)
{
    const auto& transform = fichier.at("transform").as_object();
    const auto nombre = [](const boost::json::value& v) { return v.to_number<double>(); };
    const auto& echelle = transform.at("scale").as_array();
    const auto& origine = transform.at("translate").as_array();
    std::vector<std::vector<Point>> arcs;
    for (const auto& arc : fichier.at("arcs").as_array()) {
        std::vector<Point> points;
        double x = 0, y = 0;
        for (const auto& pas : arc.as_array()) {
            x += nombre(pas.at(0));
            y += nombre(pas.at(1));
            points.push_back(projeter(x * nombre(echelle.at(0)) + nombre(origine.at(0)),
                                      y * nombre(echelle.at(1)) + nombre(origine.at(1))));
        }
        arcs.push_back(std::move(points));
    }
    return arcs;
}

/// A negative number is the arc ~n, walked backwards.
Anneau anneau_de(const boost::json::array& numeros, const std::vector<std::vector<Point>>& arcs)
{
    Anneau a;
    for (const auto& v : numeros) {
        const auto n = v.to_number<std::int64_t>();
        auto points = arcs.at(static_cast<std::size_t>(n < 0 ? ~n : n));
        if (n < 0) std::ranges::reverse(points);
        a.points.insert(a.points.end(), points.begin() + (a.points.empty() ? 0 : 1), points.end());
    }
    for (const auto& p : a.points) {
        a.haut = {std::min(a.haut.x, p.x), std::min(a.haut.y, p.y)};
        a.bas = {std::max(a.bas.x, p.x), std::max(a.bas.y, p.y)};
    }
    return a;
}

std::vector<Anneau> lire()
{
    const auto fichier =
        boost::json::parse(
            std::string_view{logis_contours, static_cast<std::size_t>(logis_contours_end - logis_contours)})
            .as_object();
    const auto arcs = arcs_de(fichier);
    std::vector<Anneau> out;
    for (const auto& [nom, objet] : fichier.at("objects").as_object())
        for (const auto& g : objet.at("geometries").as_array()) {
            const bool plusieurs = g.at("type").as_string() == "MultiPolygon";
            for (const auto& polygone : g.at("arcs").as_array()) {
                if (!plusieurs) {
                    out.push_back(anneau_de(polygone.as_array(), arcs));
                    continue;
                }
                for (const auto& anneau : polygone.as_array())
                    out.push_back(anneau_de(anneau.as_array(), arcs));
            }
        }
    return out;
}

const std::vector<Anneau>& anneaux()
{
    static const auto tous = lire();
    return tous;
}

void tracer(std::string& d, const Vue& v, const Anneau& a)
{
    long x = 0, y = 0;
    bool commence = false;
    for (const auto& p : a.points) {
        const auto ici = v.dans_le_dessin(p);
        const long nx = std::lround(ici.x), ny = std::lround(ici.y);
        if (!commence)
            d += fmt::format("M{} {}", nx, ny);
        else if (nx != x || ny != y)
            d += fmt::format("l{} {}", nx - x, ny - y);
        commence = true;
        x = nx;
        y = ny;
    }
    d += 'z';
}

} // namespace contours
} // namespace

std::string terre(const Vue& v)
{
    std::string d;
    for (const auto& a : contours::anneaux()) {
        const auto haut = v.dans_le_dessin(a.haut), bas = v.dans_le_dessin(a.bas);
        if (bas.x < 0 || bas.y < 0 || haut.x > largeur || haut.y > hauteur) continue;
        // An island smaller than a point is no land to look at.
        if (bas.x - haut.x < 2 && bas.y - haut.y < 2) continue;
        contours::tracer(d, v, a);
    }
    return d;
}

std::vector<Etiquette> etiquettes(const Vue& v, const std::vector<Commune>& communes)
{
    constexpr std::size_t au_plus = 14;
    constexpr double haut = 22, par_lettre = 9, marge = 8;
    struct Place {
        double gauche, droite, y;
    };
    std::vector<Place> prises;
    std::vector<Etiquette> out;
    for (const auto& c : communes) {
        if (out.size() == au_plus) break;
        const auto p = v.dans_le_dessin(projeter(c.lon, c.lat));
        const auto moitie = static_cast<double>(base::length(c.nom)) * par_lettre / 2 + marge;
        const Place place{p.x - moitie, p.x + moitie, p.y};
        if (place.gauche < 0 || place.droite > largeur || p.y < haut || p.y > hauteur - haut) continue;
        if (std::ranges::any_of(prises, [&](const Place& q) {
                return std::abs(q.y - place.y) < haut && place.gauche < q.droite && q.gauche < place.droite;
            }))
            continue;
        prises.push_back(place);
        out.push_back({c.nom, p});
    }
    return out;
}

std::int64_t population_nommee(int zoom)
{
    constexpr std::int64_t seuils[] = {200'000, 200'000, 100'000, 40'000, 15'000, 5'000, 2'000};
    const auto at = static_cast<std::size_t>(std::max(zoom - zoom_min, 0));
    return at < std::size(seuils) ? seuils[at] : 0;
}

} // namespace signalement::carte
