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

Typologie typologie_du_logement(int pieces)
{
    constexpr Typologie par_pieces[] = {Typologie::T1, Typologie::T2, Typologie::T3, Typologie::T4,
                                        Typologie::T5};
    return par_pieces[std::clamp(pieces, 1, 5) - 1];
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
    Publication p{.attente = publier(r.attente, r.attente_tue),
                  .attributions = {},
                  .derniere_annee = r.derniere_annee,
                  .delais = r.delais,
                  .pression = ParTypologie<std::int64_t>(nombre_de_typologies + 1)};
    for (std::size_t a = 0; a < annees_montrees; ++a)
        p.attributions.push_back(publier(r.attributions.at(a), r.attributions_tues.at(a)));
    for (std::size_t l = 0; l <= nombre_de_typologies; ++l) {
        for (std::size_t a = 0; a < annees_finies; ++a)
            if (!p.attribues(l, a)) p.delais.at(a).at(l).reset();
        const auto attente = p.attente.a(l, 2);
        const auto attributions = p.attribues(l, annee_pleine);
        if (attente && attributions && *attributions > 0)
            p.pression.at(l) = (*attente * 10 + *attributions / 2) / *attributions;
    }
    return p;
}

} // namespace demande::chiffres
