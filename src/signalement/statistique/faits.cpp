// See faits.hpp.
#include "signalement/statistique/faits.hpp"

#include <fmt/format.h>

namespace signalement::statistique {

std::uint32_t Lexique::code(std::string_view texte)
{
    const auto [at, nouveau] =
        codes_.try_emplace(std::string{texte}, static_cast<std::uint32_t>(textes_.size()));
    if (nouveau) textes_.emplace_back(texte);
    return at->second;
}

std::uint32_t Lexique::cherche(std::string_view texte) const
{
    const auto at = codes_.find(std::string{texte});
    return at == codes_.end() ? inconnu : at->second;
}

Issue issue(const Fait& f)
{
    switch (f.statut) {
    case Statut::ATrier:
        return Issue::ATrier;
    case Statut::EnCours:
        return Issue::EnCours;
    case Statut::Refuse:
        return Issue::Refuse;
    case Statut::Clos:
        return f.motif < std::size(motifs_cloture) && est_resolu(motifs_cloture[f.motif].value)
                   ? Issue::Resolu
                   : Issue::ClosAutrement;
    }
    throw base::Bug{"statut without an issue"};
}

std::int16_t mois_de(Date d)
{
    return static_cast<std::int16_t>(12 * (d.year - 2000) + static_cast<int>(d.month) - 1);
}

std::string mois_iso(int mois)
{
    return fmt::format("{:04}-{:02}", 2000 + mois / 12, mois % 12 + 1);
}

std::string mois_en_mots(int mois)
{
    constexpr std::string_view noms[] = {"janvier",   "février", "mars",     "avril",
                                         "mai",       "juin",    "juillet",  "août",
                                         "septembre", "octobre", "novembre", "décembre"};
    return fmt::format("{} {}", noms[mois % 12], 2000 + mois / 12);
}

} // namespace signalement::statistique
