// SQL of the renewal, the end and the return of a demande. Decides nothing.
#pragma once

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/annonces.hpp"
#include "demande/bail.hpp"
#include "demande/radiation.hpp"
#include "demande/store.hpp"

namespace demande::store {

/// How long after its radiation the names of a demande stay (arrêté du 23 mars 2015, annexe, 7).
inline constexpr int conservation_radiee_ans = 1;

/// The demande as the rules of its end see it that day.
Situation situation(db::Transaction&, const Fiche&, Date jour);

/// The lease that ends it, as its bailleur says.
void noter_le_bail(db::Transaction&, const Fiche&, const BailConstate&);
std::optional<BailConstate> bail_constate(db::Transaction&, const std::string& demande);

/// How and when a demande ended, and until when it may come back; none when it has not.
std::optional<Annonce> derniere_radiation(db::Transaction&, const std::string& demande);

/// A new year begins: same number, same first day. The attestation is due again. db::Conflict when the
/// demande changed since it was read.
/// `ailleurs`: renewed on the national system, which gives the attestation.
void reprendre(db::Transaction&, const Fiche&, const Reprise&, const compte::Agent& par, Instant le,
               bool ailleurs = false);
/// The same of a radiation taken back: what it was and why it went stay written. db::Conflict likewise.
void revenir(db::Transaction&, const Fiche&, const Reprise&, std::string_view raison,
             const compte::Agent& par, Instant le);
/// What the history adds to a demande that came back so.
inline constexpr std::string_view radiation_retiree = "retrait";
/// db::Conflict when the demande changed since it was read.
void radier(db::Transaction&, const Fiche&, const Radiation&, const compte::Agent& par, Instant le);

/// Erases the names of the demandes removed up to this day; their figures stay. A batch; how many.
std::int64_t effacer_radiees(db::Transaction&, Date jusqu_a, Instant le);

} // namespace demande::store
