// See cles.hpp.
#include "signalement/cles.hpp"

#include "base/text.hpp"

namespace signalement {

Cles cles(const Signalement& s)
{
    const auto& occupant = contact_occupant(s);
    return {.tri_nom = base::fold(occupant.nom + " " + occupant.prenom),
            .tri_commune = base::fold(s.adresse.commune)};
}

} // namespace signalement
