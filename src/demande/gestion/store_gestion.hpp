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

/// Where somebody must go for a demande of this territory, on this day; at this moment, on the legal day
/// there.
Orientation orienter(db::Transaction&, std::string_view territoire, Date jour);
Orientation orienter(db::Transaction&, std::string_view territoire, Instant le);
/// Since which day they are kept here again (gestion::ici_depuis).
std::optional<Date> ici_depuis(db::Transaction&, std::string_view territoire, Date jour);
/// The same for every territory that exists, by code; one look at the table.
struct Territoire {
    std::string code;
    Orientation orientation;
};
std::vector<Territoire> tous(db::Transaction&, Date jour);
std::vector<Territoire> tous(db::Transaction&, Instant le);
/// The codes of those whose demandes are not kept here, each on its own day: what tasks leave alone.
std::vector<std::string> ailleurs(db::Transaction&, Instant le);

/// What a change of site would concern here.
struct Concernees {
    std::int64_t demandes = 0;     // in progress
    std::int64_t brouillons = 0;   // typed online and not deposited, or sent back
    std::int64_t a_verifier = 0;   // deposited online, waiting for a guichet
    std::int64_t preavis = 0;      // notices of the month that begins that day
    std::int64_t candidatures = 0; // for a dwelling, and not over
};
/// `revient`: of a territory that comes back, with the notices that could not leave meanwhile.
Concernees concernees(db::Transaction&, std::string_view territoire, Date depuis, bool revient);

} // namespace demande::gestion::store
