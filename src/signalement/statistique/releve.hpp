// The figures of a filter, wherever they are read from: the memory of the server when it can answer, the
// database else. Both give the same.
#pragma once

#include "app.hpp"
#include "signalement/filtre/store_filtre.hpp"
#include "signalement/statistique/statistique.hpp"

namespace signalement::statistique {

/// Opens transactions of its own: to be called while none is open.
Statistiques relever(App&, const filtre::Regard&, const filtre::Filtre&, Delai);
/// From the database, whatever the memory holds.
Statistiques relever_en_base(db::Database&, const filtre::Regard&, const filtre::Filtre&, Delai);

/// Of a whole territory, for a reader who may only be told rates and delays of many (comparaison.hpp).
Statistiques relever_un_territoire(App&, const std::string& territoire, Instant, const std::string& fuseau);

} // namespace signalement::statistique
