// Reads the tables of droits.hpp. Pure.
#include "demande/candidature/droits.hpp"

#include <algorithm>

namespace demande::candidature {

bool est_bailleur(const Guichet& g)
{
    return std::ranges::find(bailleurs, g.type) != std::end(bailleurs);
}

bool est_de_l_etat(const Guichet& g)
{
    return std::ranges::find(services_de_l_etat, g.type) != std::end(services_de_l_etat);
}

std::vector<Guichet> bailleurs_parmi(const std::vector<Guichet>& guichets)
{
    std::vector<Guichet> out;
    std::ranges::copy_if(guichets, std::back_inserter(out), est_bailleur);
    return out;
}

std::optional<Guichet> au_nom_de(const std::vector<Guichet>& guichets, const Logement& l, Pouvoir pouvoir,
                                 Date jour)
{
    for (const auto& g : guichets)
        for (const auto& d : droits_sur_logement) {
            if (d.pouvoir != pouvoir) continue;
            if (d.lien == Lien::Reservataire && g.code == l.reservataire) return g;
            if (d.lien != Lien::Bailleur || g.code != l.bailleur) continue;
            const bool reserve = pouvoir == Pouvoir::Designer && !l.reservataire.empty() &&
                                 l.reserve_jusqu_au && jour <= *l.reserve_jusqu_au;
            if (!reserve) return g;
        }
    return std::nullopt;
}

} // namespace demande::candidature
