// What every page receives: the database, the clock, the settings and the files. A struct, not a
// container.
#pragma once

#include "base/time.hpp"
#include "config.hpp"
#include "db/db.hpp"

namespace piece {
class Fichiers;
}
namespace territoire {
class Geocodeur;
}
namespace signalement::statistique {
class Memoire;
}

struct App {
    db::Database& db;
    base::Clock clock;
    const Config& config;
    piece::Fichiers& fichiers;
    territoire::Geocodeur& geocodeur;
    /// The facts of reports, for statistics; none: they are read from the database each time.
    signalement::statistique::Memoire* memoire = nullptr;
};
