// The workshop: takes each file of this machine's airlock, checks it, prepares it, puts it in the store and
// says so in its row. Reads and writes rows through store_travail.hpp only.
#pragma once

#include <stop_token>
#include <thread>
#include <vector>

#include "base/time.hpp"
#include "db/db.hpp"
#include "piece/fichiers.hpp"

namespace piece {

struct Bilan {
    int rangees = 0;     // now given to readers
    int quarantaine = 0; // the antivirus found something
    int illisibles = 0;  // nobody could read them
    int reportees = 0;   // the antivirus or the store is away
    [[nodiscard]] bool vide() const { return rangees + quarantaine + illisibles + reportees == 0; }
};

/// Does what is due at the clock's time. Several may run at once, in one process or in several of this
/// machine: each file is held by one of them, and let go by the system if that one dies.
Bilan preparer_fichiers(db::Database&, Fichiers&, const base::Clock&, const std::stop_token& = {});

/// The same in the background, as soon as a file arrives; two files at a time.
class Atelier {
public:
    Atelier(db::Database&, Fichiers&, const base::Clock&);

private:
    std::vector<std::jthread> ouvriers_;
};

} // namespace piece
