// SQL of two demandes that become one.
#pragma once

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/fusion.hpp"
#include "demande/store.hpp"

namespace demande::store {

/// What the rule looks at.
UneDesDeux une_des_deux(db::Transaction&, const Fiche&);

/// What follows the one that ends, counted before it is done.
struct CeQuiSuit {
    std::int64_t candidatures = 0;            // that go on
    std::vector<PieceAComparer> pieces;       // documents that the one kept does not have, or not as good
    std::vector<std::string> pieces_laissees; // types of the others, none twice
    std::int64_t reconnaissances = 0;
    SuiviEnLigne suivi = SuiviEnLigne::Inchange;
};
CeQuiSuit ce_qui_suit(db::Transaction&, const Fiche& gardee, const Fiche& radiee, Date jour);

/// Moves it all, and begins the year that is kept. Ending the other is the caller's. db::Conflict when the
/// one kept changed since it was read.
void reunir(db::Transaction&, const Fiche& gardee, const Fiche& radiee, const Fusion&, const CeQuiSuit&,
            const compte::Agent& par, Instant le);

} // namespace demande::store
