// See fond.hpp. The file is TopoJSON: arcs of small steps on a grid, shared by the outlines on both sides.
#include "signalement/carte/fond.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>

#include "base/text.hpp"

extern "C" {
extern const char logis_contours[], logis_contours_end[];
}

namespace signalement::carte {

namespace {
namespace contours {

using Ligne = std::vector<Point>; // of the world

/// A ring: arcs one after the other; a negative number is the arc ~n, walked backwards.
struct Anneau {
    std::vector<std::int64_t> arcs;
    Point haut{1, 1}, bas{0, 0};
};

struct Carte {
    std::vector<Ligne> arcs;
    std::vector<Anneau> anneaux;
};

std::size_t rang(std::int64_t arc)
{
    return static_cast<std::size_t>(arc < 0 ? ~arc : arc);
}

std::vector<Ligne> arcs_de(const boost::json::object& fichier)
{
    const auto& transform = fichier.at("transform").as_object();
    const auto nombre = [](const boost::json::value& v) { return v.to_number<double>(); };
    const auto& echelle = transform.at("scale").as_array();
    const auto& origine = transform.at("translate").as_array();
    std::vector<Ligne> arcs;
    for (const auto& arc : fichier.at("arcs").as_array()) {
        Ligne points;
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

Anneau anneau_de(const boost::json::array& numeros, const std::vector<Ligne>& arcs)
{
    Anneau a;
    for (const auto& v : numeros) {
        a.arcs.push_back(v.to_number<std::int64_t>());
        for (const auto& p : arcs.at(rang(a.arcs.back()))) {
            a.haut = {std::min(a.haut.x, p.x), std::min(a.haut.y, p.y)};
            a.bas = {std::max(a.bas.x, p.x), std::max(a.bas.y, p.y)};
        }
    }
    return a;
}

Carte lire()
{
    const auto fichier =
        boost::json::parse(
            std::string_view{logis_contours, static_cast<std::size_t>(logis_contours_end - logis_contours)})
            .as_object();
    Carte c{.arcs = arcs_de(fichier), .anneaux = {}};
    for (const auto& [nom, objet] : fichier.at("objects").as_object())
        for (const auto& g : objet.at("geometries").as_array()) {
            const bool plusieurs = g.at("type").as_string() == "MultiPolygon";
            for (const auto& polygone : g.at("arcs").as_array()) {
                if (!plusieurs) {
                    c.anneaux.push_back(anneau_de(polygone.as_array(), c.arcs));
                    continue;
                }
                for (const auto& anneau : polygone.as_array())
                    c.anneaux.push_back(anneau_de(anneau.as_array(), c.arcs));
            }
        }
    return c;
}

const Carte& carte()
{
    static const auto toute = lire();
    return toute;
}

struct Pixel {
    long x = 0, y = 0;
};

/// The points of an arc that are told apart in the drawing. Its two sides are drawn with the same ones: no
/// light shows between two départements.
std::vector<Pixel> simplifier(const Fenetre& v, const Ligne& arc)
{
    constexpr long proche = 3;
    std::vector<Pixel> out;
    for (std::size_t i = 0; i < arc.size(); ++i) {
        const auto p = v.dans_le_dessin(arc[i]);
        const Pixel ici{std::lround(p.x), std::lround(p.y)};
        const bool bout = i == 0 || i + 1 == arc.size();
        if (bout || std::abs(ici.x - out.back().x) >= proche || std::abs(ici.y - out.back().y) >= proche)
            out.push_back(ici);
    }
    return out;
}

} // namespace contours
} // namespace

std::string terre(const Fenetre& v)
{
    const auto& carte = contours::carte();
    std::map<std::size_t, std::vector<contours::Pixel>> arcs;
    std::string d;
    for (const auto& a : carte.anneaux) {
        const auto haut = v.dans_le_dessin(a.haut), bas = v.dans_le_dessin(a.bas);
        if (bas.x < 0 || bas.y < 0 || haut.x > largeur || haut.y > hauteur) continue;
        // An island smaller than a point is no land to look at.
        if (bas.x - haut.x < 2 && bas.y - haut.y < 2) continue;
        contours::Pixel avant;
        bool commence = false;
        const auto aller = [&](const contours::Pixel& p) {
            if (!commence)
                d += fmt::format("M{} {}", p.x, p.y);
            else if (p.x != avant.x || p.y != avant.y)
                d += fmt::format("l{} {}", p.x - avant.x, p.y - avant.y);
            commence = true;
            avant = p;
        };
        for (const auto arc : a.arcs) {
            const auto rang = contours::rang(arc);
            const auto [at, nouveau] = arcs.try_emplace(rang);
            if (nouveau) at->second = contours::simplifier(v, carte.arcs[rang]);
            if (arc < 0)
                std::for_each(at->second.rbegin(), at->second.rend(), aller);
            else
                std::for_each(at->second.begin(), at->second.end(), aller);
        }
        d += 'z';
    }
    return d;
}

std::vector<Etiquette> etiquettes(const Fenetre& v, const std::vector<Commune>& communes)
{
    constexpr std::size_t au_plus = 14;
    // Above the place itself, where a report may stand.
    constexpr double haut = 22, par_lettre = 9, marge = 8, au_dessus = 15;
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
        if (place.gauche < 0 || place.droite > largeur || p.y < 2 * haut || p.y > hauteur - haut) continue;
        if (std::ranges::any_of(prises, [&](const Place& q) {
                return std::abs(q.y - place.y) < haut && place.gauche < q.droite && q.gauche < place.droite;
            }))
            continue;
        prises.push_back(place);
        out.push_back({c.nom, {p.x, p.y - au_dessus}});
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
