// The rule that gives a commune its committee. Pure: no database.
#include "territoire/territoire.hpp"

namespace territoire {

std::string comite_competent(const Territoire& t, const Commune& c, const std::vector<Perimetre>& perimetres)
{
    const auto named = [&](GenrePerimetre genre, const std::string& code) -> const Perimetre* {
        if (code.empty()) return nullptr;
        for (const auto& p : perimetres)
            if (p.genre == genre && p.code == code) return &p;
        return nullptr;
    };
    // A commune named by itself leaves the committee of its EPCI: that is how a perimeter has exceptions.
    if (const auto* p = named(GenrePerimetre::Commune, c.insee)) return p->comite;
    if (const auto* p = named(GenrePerimetre::Epci, c.epci)) return p->comite;
    return t.comite_par_defaut;
}

} // namespace territoire
