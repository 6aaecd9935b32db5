// What is counted under which kind of dwelling, and what may be published of a count. Pure.
#include "demande/chiffres/chiffres.hpp"

#include <algorithm>

namespace demande::chiffres {

Typologie typologie(const Reponses& r)
{
    using enum Typologie;
    constexpr std::pair<std::string_view, Typologie> cases[] = {
        {"souhait.t6", T5}, {"souhait.t5", T5}, {"souhait.t4", T4},      {"souhait.t3", T3},
        {"souhait.t2", T2}, {"souhait.t1", T1}, {"souhait.chambre", T1}, {"souhait.colocation", T1},
    };
    for (const auto& [champ, t] : cases)
        if (r.a(champ)) return t;
    return NonPrecisee;
}

std::optional<Delais> delais(std::vector<std::int64_t> jours)
{
    const auto n = jours.size();
    if (static_cast<std::int64_t>(n) < seuil_du_secret) return std::nullopt;
    std::ranges::sort(jours);
    return Delais{(jours[(n - 1) / 2] + jours[n / 2]) / 2, jours[(3 * n + 3) / 4 - 1]};
}

Publication publier(const Releve& r)
{
    Publication p{.attente = publier(r.attente),
                  .attributions = publier(r.attributions),
                  .derniere_annee = r.derniere_annee,
                  .delais = r.delais,
                  .pression = std::nullopt};
    constexpr std::size_t annee_pleine = 1; // the middle column: the current year is not over
    for (std::size_t l = 0; l <= nombre_de_typologies; ++l)
        if (!p.attributions.a(l, annee_pleine)) p.delais.at(l).reset();
    const auto attributions = p.attributions.a(nombre_de_typologies, annee_pleine);
    if (const auto attente = p.attente.total(); attente && attributions)
        p.pression = (*attente * 10 + *attributions / 2) / *attributions;
    return p;
}

} // namespace demande::chiffres
