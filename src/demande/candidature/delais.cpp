// Counts days off.
#include "demande/candidature/delais.hpp"

#include <algorithm>

namespace demande::candidature {

namespace {
namespace calendrier {

/// Easter Sunday, Gregorian.
Date paques(int annee)
{
    const int a = annee % 19, b = annee / 100, c = annee % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {annee, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1)};
}

constexpr std::pair<unsigned, unsigned> fixes[] = {{1, 1},  {5, 1},  {5, 8},   {7, 14},
                                                   {8, 15}, {11, 1}, {11, 11}, {12, 25}};

} // namespace calendrier
} // namespace

bool est_chome(Date jour)
{
    // 1 January 2024 was a Monday.
    const auto depuis = base::days_between({2024, 1, 1}, jour);
    const auto semaine = ((depuis % 7) + 7) % 7;
    if (semaine >= 5) return true;
    if (std::ranges::any_of(calendrier::fixes,
                            [&](const auto& f) { return f.first == jour.month && f.second == jour.day; }))
        return true;
    const auto apres_paques = base::days_between(calendrier::paques(jour.year), jour);
    return apres_paques == 1 || apres_paques == 39 || apres_paques == 50; // Monday, Ascension, Whit Monday
}

Date fin_du_delai(Date notifiee_le)
{
    auto jour = base::plus_days(notifiee_le, jours_pour_repondre);
    while (est_chome(jour)) jour = base::plus_days(jour, 1);
    return jour;
}

} // namespace demande::candidature
