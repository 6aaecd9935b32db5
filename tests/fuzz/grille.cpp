// A grid of points as somebody may have edited it: refused line by line, or within its bounds.
#include "demande/cotation/grille.hpp"

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    namespace cotation = demande::cotation;
    const auto grille = cotation::lire_grille(fuzz::text(data, size));
    if (!grille) {
        fuzz::must(!grille.error().empty() && grille.error().size() <= 20, "a refusal says why, shortly");
        for (const auto& e : grille.error()) fuzz::must(!e.empty(), "a reason is one");
        return 0;
    }
    std::size_t criteres = 0;
    for (const auto& r : grille->rubriques) {
        fuzz::must(!r.libelle.empty() && !r.criteres.empty(), "a rubric has a name and criteria");
        for (const auto& c : r.criteres) {
            fuzz::must(!c.libelle.empty(), "a criterion has a name");
            for (const int n : {c.points, c.sans_preuve, c.maximum.value_or(0)})
                fuzz::must(n >= -1000 && n <= 1000, "points are within their bounds");
        }
        criteres += r.criteres.size();
    }
    fuzz::must(criteres >= 1 && criteres <= 200, "two hundred criteria at most");
    return 0;
}
