// How each engine opens a connection. Private to src/db: everything else goes through db.hpp.
#pragma once

#include <memory>
#include <string>

#include "db/db.hpp"

namespace db::detail {

/// `durable` = false gives up fsync: for databases that die with the process (tests).
std::unique_ptr<Connection> connect_sqlite(const std::string& path, bool durable);
/// Creates the missing parent directories (0700) and the file (0600): it holds personal data.
void prepare_sqlite_file(const std::string& path);
/// `url` is a libpq URL. Throws Unavailable when the server does not answer.
std::unique_ptr<Connection> connect_postgres(const std::string& url);

} // namespace db::detail
