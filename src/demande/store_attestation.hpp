// SQL of the attestations that leave by e-mail.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "demande/store.hpp"

namespace demande::store {

/// The periodic task will make it and put it in the outbox.
void demander_attestation_par_courriel(db::Transaction&, const std::string& demande);

struct AttestationEnRoute {
    std::string demande, guichet;
};
/// Those still to make, or in the outbox, from `apres` on, by demande: a batch.
std::vector<AttestationEnRoute> attestations_a_preparer(db::Transaction&, std::string_view apres);
std::vector<AttestationEnRoute> attestations_en_route(db::Transaction&, std::string_view apres);
/// False when another runner was first, when the demande has changed since it was read, or when no e-mail may
/// leave any more.
bool attestation_mise_en_route(db::Transaction&, const Fiche&, bool peut_partir);
/// It arrived at a mail server, or never will: the guichet sees which in its list.
void attestation_arrivee(db::Transaction&, const std::string& demande);

} // namespace demande::store
