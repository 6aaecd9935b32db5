// Reads the period of a document. Pure.
#include "demande/periode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace demande {

namespace {
namespace periodes {

constexpr std::string_view mois[] = {"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                     "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};
constexpr std::string_view mois_accentues[] = {"janvier",   "février", "mars",     "avril",
                                               "mai",       "juin",    "juillet",  "août",
                                               "septembre", "octobre", "novembre", "décembre"};

std::optional<int> entier(std::string_view mot, std::size_t chiffres)
{
    int n = 0;
    const auto [fin, erreur] = std::from_chars(mot.data(), mot.data() + mot.size(), n);
    if (erreur != std::errc{} || fin != mot.data() + mot.size() || mot.size() > chiffres) return std::nullopt;
    return n;
}

std::optional<int> annee(std::string_view mot)
{
    const auto n = entier(mot, 4);
    return n && *n >= 1950 && *n <= 2099 ? n : std::nullopt;
}

std::optional<int> un_mois(std::string_view mot)
{
    if (const auto n = entier(mot, 2)) return *n >= 1 && *n <= 12 ? n : std::nullopt;
    if (mot.size() < 3) return std::nullopt;
    // « juil », never « jui »: two months begin so.
    int trouve = 0, combien = 0;
    for (int i = 0; i < 12; ++i)
        if (mois[i].starts_with(mot)) {
            trouve = i + 1;
            ++combien;
        }
    return combien == 1 ? std::optional{trouve} : std::nullopt;
}

} // namespace periodes
} // namespace

std::optional<std::string> lire_periode(std::string_view saisie)
{
    const auto mots = base::split(base::fold(saisie), ' ');
    if (mots.size() == 1) {
        if (mots.front().empty()) return std::string{};
        const auto a = periodes::annee(mots.front());
        return a ? std::optional{std::to_string(*a)} : std::nullopt;
    }
    if (mots.size() != 2) return std::nullopt;
    const auto& annee = mots[0].size() == 4 && base::starts_with_digit(mots[0]) ? mots[0] : mots[1];
    const auto& mois = &annee == &mots[0] ? mots[1] : mots[0];
    const auto a = periodes::annee(annee), m = periodes::un_mois(mois);
    return a && m ? std::optional{fmt::format("{}-{:02}", *a, *m)} : std::nullopt;
}

std::string periode_en_mots(std::string_view periode)
{
    if (periode.size() == 7 && periode[4] == '-')
        if (const auto m = periodes::entier(periode.substr(5), 2); m && *m >= 1 && *m <= 12)
            return fmt::format("{} {}", periodes::mois_accentues[*m - 1], periode.substr(0, 4));
    return std::string{periode};
}

} // namespace demande
