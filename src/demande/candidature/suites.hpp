// What a decision about a candidature causes in the same transaction: rows, events, messages, the end of the
// demande and of its other candidatures.
#pragma once

#include "demande/candidature/store.hpp"

namespace demande::candidature {

/// The demande is designated, and its household told. Its id.
std::string designer_et_prevenir(db::Transaction&, const Logement&, const std::string& demande,
                                 const Candidature&, const Guichet&, const store::Auteur&, Instant le);
/// Saves what the rules decided of a dwelling and writes to each household concerned.
void conclure(db::Transaction&, const store::Ouvert&, const Changements&, const store::Auteur&, Instant le,
              std::optional<EtatLogement> = std::nullopt);
/// The demande stands nowhere any more: it ended. Its place goes to the next of each dwelling.
void retirer_partout(db::Transaction&, const std::string& demande, const compte::Agent& par, Instant le);

} // namespace demande::candidature
