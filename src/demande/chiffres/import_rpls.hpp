// Loading the stock of social dwellings by commune (répertoire des logements locatifs des bailleurs sociaux).
#pragma once

#include <string>

#include "base/time.hpp"
#include "db/db.hpp"

namespace demande::chiffres {

struct BilanRpls {
    int annee = 0;
    std::uint64_t communes = 0, logements = 0;
    std::uint64_t secretes = 0; // communes whose number of dwellings the file does not give
};
/// `logis import rpls FILE --annee 2025`: a CSV, gz or not, with the columns DEPCOM_ARM and nb_ls, and as
/// many of the others as it has. All of the file or nothing: throws std::runtime_error with the lines to
/// correct and why. The same year again replaces what the file names, and nothing else: a file is often that
/// of one region.
BilanRpls importer_rpls(db::Database&, const std::string& path, int annee);

} // namespace demande::chiffres
