// How days are counted for an offer: CCH R. 441-10, and articles 641 and 642 of the code de procédure civile.
// Pure.
#pragma once

#include "base/time.hpp"

namespace demande::candidature {

/// The least the law gives; ours too.
inline constexpr int jours_pour_repondre = 10;

/// A Sunday, a Saturday or a public holiday of the whole country.
bool est_chome(Date);
/// The last day to answer an offer, included. The day it arrives does not count; a delay that would end on a
/// day off ends on the next one that is not.
Date fin_du_delai(Date notifiee_le);

} // namespace demande::candidature
