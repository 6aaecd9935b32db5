// See comparaison.hpp.
#include "signalement/statistique/comparaison.hpp"

#include <algorithm>

namespace signalement::statistique {

std::vector<Comparable> comparables(const std::string& territoire, std::vector<Comparable> tous)
{
    const auto sien = std::ranges::find(tous, territoire, &Comparable::territoire);
    if (sien == tous.end() || sien->habitants == 0) return {};
    const auto n = sien->habitants;
    std::erase_if(tous, [&](const Comparable& c) { return c.territoire == territoire || c.habitants == 0; });
    // Twice as many is as far as half as many, which needs no logarithm.
    const auto loin = [n](const Comparable& c) {
        return static_cast<double>(std::max(n, c.habitants)) / static_cast<double>(std::min(n, c.habitants));
    };
    std::ranges::sort(tous, [&](const Comparable& a, const Comparable& b) {
        return loin(a) != loin(b) ? loin(a) < loin(b) : a.territoire < b.territoire;
    });
    if (tous.size() > comparables_montres) tous.resize(comparables_montres);
    return tous;
}

Profil12Mois profil(const Statistiques& s, std::int64_t habitants, int mois)
{
    Profil12Mois out;
    const auto deposes = tendance(s, mois).deposes;
    if (deposes >= seuil_de_comparaison && habitants > 0)
        out.pour_100_000 = (deposes * 100'000 + habitants / 2) / habitants;
    const auto non_refuses = s.total() - s.nombre(Statut::Refuse);
    const auto clos = s.nombre(Statut::Clos);
    if (clos >= seuil_de_comparaison && non_refuses - clos >= seuil_de_comparaison)
        out.clos = (200 * clos + non_refuses) / (2 * non_refuses);
    for (std::size_t d = 0; d < nombre_de_delais; ++d) {
        const auto h = s.delai(static_cast<Delai>(d));
        if (h.faits() >= seuil_de_comparaison) out.medianes[d] = h.mediane();
    }
    return out;
}

Tendance tendance(const Statistiques& s, int mois)
{
    Tendance out;
    for (const auto& m : s.par_mois()) {
        const auto finis = m.valeurs->clos + m.valeurs->refuses;
        if (m.mois >= mois - 12 && m.mois < mois) {
            out.deposes += m.valeurs->deposes;
            out.finis += finis;
        } else if (m.mois >= mois - 24 && m.mois < mois - 12) {
            out.deposes_avant += m.valeurs->deposes;
            out.finis_avant += finis;
        }
    }
    return out;
}

} // namespace signalement::statistique
