// SQL of the decisions about who keeps the demandes of a territory. They are added, never changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/gestion/gestion.hpp"

namespace demande::gestion::store {

/// A decision, and who took it.
struct Prise {
    Decision decision;
    Instant le;
    std::string par; // name, as it was that day
};
/// Of a territory, the latest day of effect first; at most a hundred.
std::vector<Prise> decisions(db::Transaction&, std::string_view territoire);
/// Saves it, with its line of the journal. The same one again as that in force that day adds nothing: false.
bool prendre(db::Transaction&, const Decision&, const compte::Agent& par, Instant le);

/// Where somebody must go for a demande of this territory, on this day.
Orientation orienter(db::Transaction&, std::string_view territoire, Date jour);
/// The same for every territory that exists, by code; one look at the table.
struct Territoire {
    std::string code;
    Orientation orientation;
};
std::vector<Territoire> tous(db::Transaction&, Date jour);

} // namespace demande::gestion::store
