// SQL of the warnings before a removal.
#pragma once

#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/avertissement.hpp"
#include "demande/droits.hpp"
#include "demande/store.hpp"

namespace demande::store {

/// Of a demande, the newest first.
std::vector<Avertissement> avertissements(db::Transaction&, const Fiche&);
/// Of a letter that waits to be printed.
std::optional<Avertissement> avertissement(db::Transaction&, const std::string& id,
                                           std::string_view territoire);
/// Where its letter is: prepared, gone.
LettreDAvertissement lettre_de(db::Transaction&, const Avertissement&, const Fiche&);
/// The first time since a warning was delivered that the applicant, or somebody for them, did something on
/// the demande: who brings what was asked has answered (R. 441-2-8, c).
std::optional<Instant> s_est_manifeste(db::Transaction&, const Fiche&, const std::string& avertissement);
/// When a commission of this organisation last found that this condition is not met, in the year that runs.
std::optional<Instant> declaree_irrecevable_le(db::Transaction&, const Fiche&, const std::string& partenaire,
                                               MotifIrrecevabilite);
/// Its id. One of the same organisation that nobody printed nor delivered gives way to it. db::Conflict when
/// the demande changed since it was read.
std::string avertir(db::Transaction&, const Fiche&, const AvertissementEcrit&, const Guichet&,
                    const compte::Agent& par, Instant le);
void noter_la_remise(db::Transaction&, const Fiche&, const Avertissement&, const RemiseProuvee&,
                     const compte::Agent& par, Instant le);
void noter_la_reponse(db::Transaction&, const Fiche&, const Avertissement&, Date jour,
                      std::string_view reponse, const compte::Agent& par, Instant le);

/// What the history adds to a warning.
inline constexpr std::string_view avertissement_remis = "remis", avertissement_repondu = "repondu";

} // namespace demande::store
