// Schema changes: embedded SQL files, forward only, each applied once in its own transaction and never edited
// after.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"

namespace db {

/// A file of migrations/. `name` has no extension: 0001_territoire. A file NAME.sqlite.sql or
/// NAME.postgres.sql holds the part of NAME that differs per engine and runs right after NAME.sql when both
/// exist.
struct Migration {
    std::string_view name;
    std::string_view common;
    std::string_view sqlite;
    std::string_view postgres;
};

/// The files embedded in the binary, in order (generated at build from migrations/).
std::span<const Migration> embedded_migrations();

/// Applies what is missing; returns the names applied. Safe when several processes start at once. Throws
/// db::Error when an applied file has changed since (checksum) or the database is newer than this binary.
std::vector<std::string> migrate(Database&, std::span<const Migration> = embedded_migrations());

/// Name of the last migration applied, empty on a new database.
std::string schema_version(Database&);

} // namespace db
