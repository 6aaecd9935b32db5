// Telling the applicant what their demande comes to: by the channels of the notice, to its mailboxes, and in
// a letter of the day.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "demande/annonces.hpp"
#include "demande/avertissement.hpp"
#include "demande/courriels.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_vie.hpp"

namespace demande {

/// The same message to each mailbox: what it needs, under a key of its own.
std::vector<std::pair<courriels::Sujet, Boite>> a_chacune(db::Transaction&, const store::Due&,
                                                          const std::vector<Boite>&, const std::string& site);

/// What tells of a household (its income, its papers, why it ends) goes only to the applicant, in a mailbox
/// that they entered by.
bool lit_tout(const Boite&);

/// By e-mail, by letter or by both, as the notice would go.
void annoncer(db::Transaction&, const store::Due&, const Annonce&, const std::string& site, Instant le);

/// The warning is written: its letter goes with those of the guichet that warns, and a message to the
/// mailboxes of the demande. No delay counts from either, only from the delivery that somebody proves.
void avertir_et_annoncer(db::Transaction&, const store::Fiche&, const AvertissementEcrit&, const Guichet&,
                         const compte::Agent& par, const std::string& site, Instant le);

/// Notes the delivery of a warning, and tells the mailboxes of the demande that its delay runs.
void remettre_et_annoncer(db::Transaction&, const store::Fiche&, const Avertissement&, const RemiseProuvee&,
                          const compte::Agent& par, const std::string& site, Instant le);

/// The demande ends, and those who sign it are told by whom: the letter goes with those of whoever pronounces
/// it, among `guichets`, theirs. `gardee`: the number of the one it is reunited with.
void radier_et_annoncer(db::Transaction&, const store::Fiche&, const Radiation&, const compte::Agent& par,
                        const std::vector<Guichet>& guichets, const std::string& site, Instant le,
                        const std::string& gardee = {});

} // namespace demande
