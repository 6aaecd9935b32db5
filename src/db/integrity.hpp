// What an engine can say of its own health: its pages, its indexes, its foreign keys. Knows no table by name.
#pragma once

#include <string>
#include <vector>

#include "db/db.hpp"

namespace db {

struct Integrity {
    std::vector<std::string>
        findings;            // one line each, in the engine's words; at most `integrity_findings_max`
    std::string not_checked; // what could not be looked at and why; empty when everything was
};

inline constexpr int integrity_findings_max = 100;

/// Reads the whole database while it serves; changes nothing. `quick` leaves out what compares every index
/// with its table. On PostgreSQL, indexes are compared when the extension amcheck is installed.
Integrity check_integrity(Database&, bool quick);

/// Rows whose foreign key leads nowhere: « table.column: 3 ».
std::vector<std::string> check_foreign_keys(Database&);

} // namespace db
