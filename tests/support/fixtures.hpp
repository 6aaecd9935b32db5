// The real files that tests send, made once by tests/fixtures/make.mjs. Nothing is committed.
#pragma once

#include <optional>
#include <string>

#include "config.hpp"

namespace test {

/// Content of a file of build/fixtures; nothing, said once on the error output, when the tool that makes it
/// (vips, heif-enc, node) is absent.
std::optional<std::string> fixture(const std::string& name);
/// A new empty directory, removed at the end of the program.
std::string scratch_directory();
/// Settings whose files go to such a directory.
Config scratch_config();

} // namespace test
