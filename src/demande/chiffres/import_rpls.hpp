// Loading the stock of social dwellings by commune (répertoire des logements locatifs des bailleurs sociaux).
#pragma once

#include <string>

#include "base/time.hpp"
#include "db/db.hpp"

namespace demande::chiffres {

struct BilanRpls {
    int annee = 0;
    std::uint64_t lignes = 0, communes = 0;
    std::uint64_t logements = 0;
};
/// `logis import rpls FILE --annee 2025`: a CSV, gz or not, with the columns DEPCOM_ARM and nb_ls, and as
/// many of the others as it has. All of the file or nothing: throws std::runtime_error with the lines to
/// correct and why. The same year again replaces what it held.
BilanRpls importer_rpls(db::Database&, const std::string& path, int annee);

} // namespace demande::chiffres
