// The milestones of a demande: until when it is valid, renewable, reactivable. Pure: each one is computed
// from the anchor alone, never from another, so that a 29 February does not drift from one to the next.
#pragma once

#include <string_view>

#include "base/names.hpp"
#include "base/time.hpp"

namespace demande {

/// Counted from the anchor: the day of the first deposit or of the last renewal. A period in months ends on
/// the day of the same number, or on the last day of a month that has none (code de procédure civile, art.
/// 641). Every day here is the last one, included.
struct Jalons {
    Date ancre;
    Date preavis;          // the notice has left at the latest (CCH R. 441-2-7: one month before the end)
    Date fin_de_validite;  // one year (CCH R. 441-2-7)
    Date fin_de_tolerance; // still renewable as usual (arrêté du 23 mars 2015, annexe, 6); radiée the day
                           // after
    Date fin_de_reactivation; // radiée, it may still come back with its number and its date (same arrêté)

    bool operator==(const Jalons&) const = default;
};
Jalons jalons(Date ancre);

/// How a notice reaches the applicant.
enum class Canal { Courriel, Courrier };

inline constexpr base::Name<Canal> canaux[] = {
    {Canal::Courriel, "courriel", "Courriel"},
    {Canal::Courrier, "courrier", "Courrier postal"},
};

/// The day a notice must be handed over so that it has arrived in time: a letter takes ten days to be printed
/// and carried, an e-mail leaves two days early to leave time for a failure. Ours, not the law's.
Date envoi_du_preavis(const Jalons&, Canal);

/// Where a demande that nobody renewed stands on a day.
enum class Echeance { EnCours, ARenouveler, Toleree, Reactivable, Perdue };

/// `ARenouveler` begins with the day the notice is due at the latest.
Echeance echeance(const Jalons&, Date jour);

/// The day it legally is in a territory: a deposit of the evening in La Réunion is not yet tomorrow's in
/// Paris.
Date jour_legal(Instant, std::string_view territoire);

} // namespace demande
