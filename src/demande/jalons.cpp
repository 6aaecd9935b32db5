// Computes the milestones of a demande. Pure.
#include "demande/jalons.hpp"

#include <algorithm>

#include "demande/territoires.hpp"

namespace demande {

namespace {

constexpr int validite_mois = 12;
constexpr int tolerance_mois = 13;
constexpr int reactivation_mois = 18;
constexpr int avance_courrier_jours = 10;
constexpr int avance_courriel_jours = 2;

} // namespace

Jalons jalons(Date ancre)
{
    const auto fin = base::plus_months(ancre, validite_mois);
    // « At least one month before » counted from the end and eleven months counted from the beginning differ
    // after a 29 February: the earlier one leaves the applicant a full month whichever way a judge counts.
    const auto preavis = std::min(base::plus_months(fin, -1), base::plus_months(ancre, validite_mois - 1));
    return {.ancre = ancre,
            .preavis = preavis,
            .fin_de_validite = fin,
            .fin_de_tolerance = base::plus_months(ancre, tolerance_mois),
            .fin_de_reactivation = base::plus_months(ancre, reactivation_mois)};
}

Date envoi_du_preavis(const Jalons& j, Canal canal)
{
    switch (canal) {
    case Canal::Courriel:
        return base::plus_days(j.preavis, -avance_courriel_jours);
    case Canal::Courrier:
        return base::plus_days(j.preavis, -avance_courrier_jours);
    }
    throw base::Bug{"canal without a lead"};
}

Echeance echeance(const Jalons& j, Date jour)
{
    if (jour < j.preavis) return Echeance::EnCours;
    if (jour <= j.fin_de_validite) return Echeance::ARenouveler;
    if (jour <= j.fin_de_tolerance) return Echeance::Toleree;
    return jour <= j.fin_de_reactivation ? Echeance::Reactivable : Echeance::Perdue;
}

Date jour_legal(Instant instant, std::string_view territoire)
{
    return base::local_date(instant, fuseau_du_territoire(territoire));
}

} // namespace demande
