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
/// Its id. db::Conflict when the demande changed since it was read.
std::string avertir(db::Transaction&, const Fiche&, const AvertissementEcrit&, const Guichet&,
                    const compte::Agent& par, Instant le);
void noter_la_remise(db::Transaction&, const Fiche&, const Avertissement&, const RemiseProuvee&,
                     const compte::Agent& par, Instant le);
void noter_la_reponse(db::Transaction&, const Fiche&, const Avertissement&, Date jour,
                      std::string_view reponse, const compte::Agent& par, Instant le);

/// What the history adds to a warning.
inline constexpr std::string_view avertissement_remis = "remis", avertissement_repondu = "repondu";

} // namespace demande::store
