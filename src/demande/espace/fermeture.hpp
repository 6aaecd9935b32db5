// What is left to say when online accesses close: to their mailboxes, to whoever had a mandate by them, in
// the history.
#pragma once

#include <string>
#include <vector>

#include "compte/agent.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/store.hpp"

namespace demande::espace {

/// The guichet an agent acts for on this demande, as a message names it. Empty where violence is declared: no
/// message tells somebody which service another of those who sign went to.
std::string guichet_qui_agit(db::Transaction&, const demande::store::Fiche&, const compte::Agent&);

/// To whoever had these mandates, and in the history.
void dire_les_mandats_finis(db::Transaction&, const demande::store::Fiche&, const std::vector<Aide>&,
                            const compte::Agent& par, Instant le);
/// A guichet closed these accesses.
void dire_la_fermeture(db::Transaction&, const demande::store::Fiche&, const store::Fermes&,
                       const compte::Agent& par, Instant le);
/// After a change of what the demande says: `boites`, the accounts whose person is gone from it. With the
/// applicant go the mandates they gave.
void suivre_le_changement(db::Transaction&, const demande::store::Fiche& avant, const Reponses& apres,
                          std::vector<std::string> boites, const compte::Agent& par, Instant le);

} // namespace demande::espace
