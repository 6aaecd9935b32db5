// What a backup says of itself, written last: a backup without it is not one.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "sauvegarde/coffre.hpp"
#include "sauvegarde/tables.hpp"

namespace sauvegarde {

struct Manifeste {
    struct TableGardee {
        Table table;
        std::int64_t lignes = 0;
        Empreinte empreinte; // of tables/NAME.jsonl
    };

    std::string version;   // of the program
    std::string moteur;    // for people: any engine may take it back
    std::string migration; // of the database
    Instant le;            // of the snapshot
    Instant termine_le;
    std::vector<TableGardee> tables;
    std::int64_t fichiers = 0;
    std::int64_t manquants = 0; // contents that could not be read when the backup was made
    Empreinte liste;            // of fichiers.txt: one name per line
    Empreinte sas;              // of sas.txt: what still waited in the airlock, « key name » per line
};

std::string en_json(const Manifeste&);
/// Throws Refus when it cannot be read.
Manifeste lire_manifeste(std::string_view json);

} // namespace sauvegarde
