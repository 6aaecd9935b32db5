// Lines of a table of reports, a few thousand at a time: what a filter keeps, within the reader's reach.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "signalement/export/colonnes.hpp"
#include "signalement/filtre/store_filtre.hpp"

namespace signalement::exports::store {

/// Where the next lines begin.
struct Place {
    std::string cle, id;
};

/// Gives the next lines to `ligne`, as a person reads them, in the order of the filter; where to go on, or
/// nothing at the end. No line is given twice, and none is left out that was there before the first one was
/// read and whose place has not moved.
inline constexpr std::size_t lignes_par_lecture = 2000;
std::optional<Place> lire(db::Transaction&, const filtre::Regard&, const filtre::Filtre&,
                          const std::vector<const Colonne*>&, const Place& apres,
                          const std::function<void(const std::vector<std::string>&)>& ligne);

/// The same of these reports alone, by id: those that the reader may read.
std::map<std::string, std::vector<std::string>> cellules(db::Transaction&, const compte::Agent&,
                                                         const std::vector<std::string>& ids,
                                                         const std::vector<const Colonne*>&);

} // namespace signalement::exports::store
