// SQL of the priorities that were recognised. Decides nothing.
#pragma once

#include <string>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "db/query.hpp"
#include "demande/reconnaissance.hpp"
#include "demande/store.hpp"

namespace demande::store {

/// Of a demande that the caller has read, the latest noted first; at most fifty.
std::vector<Reconnaissance> reconnaissances(db::Transaction&, std::string_view demande);

/// Both write a line of the history, which the applicant reads, and make the demande be looked for and scored
/// anew. db::Conflict when the demande changed since it was read.
void reconnaitre(db::Transaction&, const Fiche&, const Reconnaissance&, const Guichet&,
                 const compte::Agent& par, Instant le);
void mettre_fin(db::Transaction&, const Fiche&, const Reconnaissance&, const compte::Agent& par, Instant le);

/// Condition on `r`, a row of `reconnaissance`: in force that day.
std::string en_vigueur(db::Query&, Date jour);

} // namespace demande::store
