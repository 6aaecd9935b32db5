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

struct App {
    db::Database& db;
    base::Clock clock;
    const Config& config;
    piece::Fichiers& fichiers;
    territoire::Geocodeur& geocodeur;
};
