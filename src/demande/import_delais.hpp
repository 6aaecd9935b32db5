// Loading the delays that the préfets set before the commission de médiation, and where it is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "db/db.hpp"
#include "demande/mediation.hpp"

namespace demande {

/// The decisions of a CSV: departement, depuis, pieces_min, pieces_max, mois, commission (its address, which
/// may be empty). Each decision, a département and a day, says every number of rooms once, from 1 to 9 (nine
/// and more). What to correct, line by line, otherwise.
Result<std::vector<DelaiDeMediation>, std::string> lire_delais(const std::vector<std::string>& lignes);

struct BilanDelais {
    std::uint64_t lignes = 0, departements = 0;
};
/// `logis import delais FILE`: all or nothing; throws std::runtime_error with the lines to correct. The same
/// département and day again replace what was known.
BilanDelais importer_delais(db::Database&, const std::string& path);

} // namespace demande
