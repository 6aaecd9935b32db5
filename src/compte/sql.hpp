// The columns of a mandate, as the store files of this folder read them.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace compte::store {

inline constexpr std::string_view colonnes_mandat =
    "m.id, m.compte, m.role, m.territoire, m.comite, COALESCE(m.partenaire, ''), m.confirme, m.cree_le";
struct LigneMandat {
    std::string id, compte, role, territoire, comite, partenaire;
    bool confirme;
    Instant cree_le;
};

} // namespace compte::store
