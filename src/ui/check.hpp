// Reads a whole page back and says what is wrong with it: for tests only. Templates are checked one by one by
// the compiler; this checks what only the assembled page shows (tags left open, ids used twice, labels of
// nothing).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ui {

/// One sentence per defect; empty when the page (or fragment) is well formed.
std::vector<std::string> check_well_formed(std::string_view html);

} // namespace ui
