// The documents made from the tables of the code: cycle, rights, routes, settings. `tests/docs_test.cpp`
// checks them fresh.
#pragma once

#include <map>
#include <string>

namespace docs {

/// File name → text.
std::map<std::string, std::string> generate();
/// Writes them all in `directory`.
void write(const std::string& directory);

} // namespace docs
