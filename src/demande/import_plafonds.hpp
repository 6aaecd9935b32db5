// Loading the income ceilings of a year, published each December (arrêté du 29 juillet 1987, annexe).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "db/db.hpp"
#include "demande/plafonds.hpp"

namespace demande {

/// The tables of a CSV: depuis, zone, financement (plai, plus), categorie_1 to categorie_6, personne_en_plus.
/// Each 1 January is whole or refused: the three zones, PLAI and PLUS; ceilings that grow with the household,
/// PLUS above PLAI. A PLS ceiling is a PLUS one and thirty per cent. What to correct, line by line,
/// otherwise.
Result<std::vector<Bareme>, std::string> lire_baremes(const std::vector<std::string>& lignes);

struct BilanPlafonds {
    std::vector<Date> annees; // 1 Januaries
};
/// `logis import plafonds FILE`: all or nothing; throws std::runtime_error with the lines to correct. The
/// same day again replaces its tables. What candidates are looked for by is computed again by its task.
BilanPlafonds importer_plafonds(db::Database&, const std::string& path, Instant le);

} // namespace demande
