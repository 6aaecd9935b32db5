// What a map reads: its reports, wherever they are read from, and the names written on it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app.hpp"
#include "signalement/carte/fond.hpp"
#include "signalement/carte/grappes.hpp"
#include "signalement/filtre/store_filtre.hpp"
#include "signalement/statistique/memoire.hpp"

namespace signalement::carte {

/// The map of what a filter keeps within the reader's reach: the view that was asked, or the one that holds
/// all of it. From the memory of the statistics (ADR 30) when it can answer, the database else: both give the
/// same. Opens transactions of its own.
struct Carte {
    Fenetre fenetre;
    Releve releve;
};
Carte relever(App&, const filtre::Regard&, const filtre::Filtre&, const std::optional<Fenetre>&);
/// From the memory, which can answer.
Carte relever_en_memoire(statistique::Memoire&, db::Database&, const filtre::Regard&, const filtre::Filtre&,
                         const std::optional<Fenetre>&);
/// From the database, whatever the memory holds.
Carte relever_en_base(db::Database&, const filtre::Regard&, const filtre::Filtre&,
                      const std::optional<Fenetre>&);

namespace store {
/// The communes of a view that may be named, the most peopled first.
std::vector<Commune> communes_nommees(db::Transaction&, const Fenetre&);
/// Gives their names to places, and says which of them a commune tells with what joined it.
void nommer(db::Transaction&, Lieux, std::vector<Lieu>&);
} // namespace store

} // namespace signalement::carte
