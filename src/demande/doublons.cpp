// Compares two identities. Pure.
#include "demande/doublons.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace demande {

namespace {

/// Letters to add, take away or change, two neighbours swapped counting as one.
std::size_t ecart(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> avant2(b.size() + 1), avant(b.size() + 1), ici(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) avant[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        ici[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            ici[j] = std::min({avant[j] + 1, ici[j - 1] + 1, avant[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                ici[j] = std::min(ici[j], avant2[j - 2] + 1);
        }
        std::swap(avant2, avant);
        std::swap(avant, ici);
    }
    return avant[b.size()];
}

/// One letter of a short name, two of a longer one; « Marie » is close to « Marie Anne ».
bool proches(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty()) return false;
    const auto court = std::min(a.size(), b.size());
    const auto premier_mot = [](std::string_view s) { return s.substr(0, s.find(' ')); };
    return premier_mot(a) == premier_mot(b) || ecart(a, b) <= (court < 6 ? 1U : 2U);
}

bool jour_et_mois_echanges(Date a, Date b)
{
    return a.year == b.year && a.month == b.day && a.day == b.month;
}

} // namespace

std::optional<Ressemblance> comparer(const Identite& a, const Identite& b)
{
    if (!a.nir.empty() && a.nir == b.nir) return Ressemblance::MemeNir;
    const bool memes_noms = a.nom == b.nom && a.prenom == b.prenom;
    const bool meme_jour = a.naissance_le && a.naissance_le == b.naissance_le;
    if (memes_noms && meme_jour) return Ressemblance::MemeIdentite;
    if (!a.naissance_le || !b.naissance_le)
        return memes_noms ? std::optional{Ressemblance::Proche} : std::nullopt;
    if (meme_jour && (proches(a.nom, b.nom) || proches(a.prenom, b.prenom))) return Ressemblance::Proche;
    if (memes_noms && (jour_et_mois_echanges(*a.naissance_le, *b.naissance_le) ||
                       a.naissance_le->year == b.naissance_le->year))
        return Ressemblance::Proche;
    return std::nullopt;
}

} // namespace demande
