// What every page receives: the database, the clock, the settings and the file store. A struct, not a
// container.
#pragma once

#include "base/time.hpp"
#include "config.hpp"
#include "db/db.hpp"

namespace piece {
class Magasin;
}
namespace territoire {
class Geocodeur;
}

struct App {
    db::Database& db;
    base::Clock clock;
    const Config& config;
    piece::Magasin& magasin;
    territoire::Geocodeur& geocodeur;
};
