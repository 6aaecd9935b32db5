// How each engine opens a connection. Private to src/db: everything else goes through db.hpp.
#pragma once

#include <memory>
#include <string>

#include "db/db.hpp"

namespace db::detail {

/// What survives a power cut: everything acknowledged (Full), all but the latest transactions (Normal, for
/// the tests that prove that they see a loss), nothing certain (Off, for databases that die with the
/// process).
enum class Durability { Full, Normal, Off };
std::unique_ptr<Connection> connect_sqlite(const std::string& path, Durability);
/// Creates the missing parent directories (0700) and the file (0600): it holds personal data.
void prepare_sqlite_file(const std::string& path);
/// `url` is a libpq URL. Throws Unavailable when the server does not answer.
std::unique_ptr<Connection> connect_postgres(const std::string& url);

} // namespace db::detail
