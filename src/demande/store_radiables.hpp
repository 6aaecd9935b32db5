// SQL of what may be removed: the demandes nobody renewed, and what commissions declared inadmissible.
// Decides nothing: the rule of radiation.hpp is asked again of each one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/radiation.hpp"
#include "demande/store.hpp"

namespace demande::store {

inline constexpr std::size_t radiables_par_page = 25;
/// Beyond, they are no longer counted.
inline constexpr std::int64_t radiables_comptes = 10'000;

struct Radiable {
    std::string id, numero, guichet; // the name of the one that registered it
    Date ancre, radiable_le, preavis_remis_le;
};
/// Where a page begins: after this row.
struct ApresRadiable {
    std::string jour, id;
};
struct PageDeRadiables {
    std::vector<Radiable> demandes;
    std::optional<ApresRadiable> suite; // where the next page begins, when there is one
};
/// Those of a territory, or of one of its guichets alone, from the one that has waited longest on. `jour`:
/// the legal day.
PageDeRadiables radiables(db::Transaction&, std::string_view territoire, std::string_view guichet, Date jour,
                          ApresRadiable);
/// How many there are that day, and no more than `radiables_comptes` + 1.
std::int64_t compter_radiables(db::Transaction&, std::string_view territoire, std::string_view guichet,
                               Date jour);

/// The statements of a page: of the whole territory or of a guichet, each with its index.
std::string page_des_radiables(bool d_un_guichet);

/// Where the candidatures of a demande that are still going stand, as an agent reads it.
std::vector<std::string> candidatures_en_cours(db::Transaction&, const std::string& demande);

struct Irrecevable {
    std::string demande, numero, motif;
    Date ancre;
    Instant le;
};
/// What the commissions of a bailleur declared inadmissible up to this day, of demandes in progress that were
/// not renewed since; at most a hundred.
std::vector<Irrecevable> irrecevables(db::Transaction&, const Guichet& bailleur, Date avant);

} // namespace demande::store
