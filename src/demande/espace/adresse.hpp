// Sends the code that proves a mailbox declared online. Its page is in pages_adresse.cpp.
#pragma once

#include <string>

#include "app.hpp"
#include "base/result.hpp"
#include "demande/store.hpp"
#include "routes.hpp"

namespace demande::espace {

/// The demande keeps its address until the code comes back. Refused, at the field, when too many left.
/// `secret`: of store::secret_cle, read before the transaction.
Result<base::Ok> envoyer_le_code_d_adresse(App&, db::Transaction&, const demande::store::Fiche&,
                                           const Visitor&, const std::string& courriel,
                                           const std::string& secret);

} // namespace demande::espace
