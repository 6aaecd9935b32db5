// Who helps. Pure.
#include "demande/portail/recours.hpp"

#include <algorithm>

namespace demande::portail {

Recours recours(std::vector<Guichet> du_territoire, std::string_view insee)
{
    // Not std::ranges: what it gives back is more than clang 14 can compile.
    std::stable_partition(du_territoire.begin(), du_territoire.end(),
                          [&](const Guichet& g) { return !insee.empty() && g.insee == insee; });
    Recours r{.guichets = {}, .d_autres = du_territoire.size() > guichets_nommes};
    for (auto& g : du_territoire)
        if (r.guichets.size() < guichets_nommes) r.guichets.push_back(std::move(g.nom));
    return r;
}

} // namespace demande::portail
