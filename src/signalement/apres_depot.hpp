// What the back office does in the transaction of a deposit: opens the access of the commune that reports,
// tells the committee. Declared here for the deposit, which knows nothing of affectations; defined beside
// them. The deposit itself writes the journal and to the depositor and the occupant.
#pragma once

#include <string>

#include "app.hpp"
#include "db/db.hpp"
#include "signalement/signalement.hpp"

namespace signalement {

/// A mailbox that strangers may type receives few messages a day from deposits.
enum class CourrielAuDeposant { Permis, Retenu };

/// Called once per new signalement, inside the transaction that inserted it, by signalement/depot. Must have
/// no effect outside `tx`.
void apres_depot(App& app, db::Transaction& tx, const Signalement& s,
                 CourrielAuDeposant = CourrielAuDeposant::Permis);

} // namespace signalement
