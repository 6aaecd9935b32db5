// One database per engine with the whole geographic code, loaded once for all the tests of this process.
#pragma once

#include "db/db.hpp"

namespace test {

/// Shared: write only in transactions that are not committed.
db::Database& reference_database(db::Engine);

} // namespace test
