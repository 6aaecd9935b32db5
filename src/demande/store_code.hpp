// SQL of a code that somebody must type: tries are counted, a right one is used up. The one machine of the
// codes that enter an account, claim a demande and prove a mailbox. Decides nothing.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/db.hpp"

namespace demande::store {

enum class Verdict { Juste, Faux, Perime };

/// The row that waits: its table has the columns `essais` and `expire_le`; these others name it.
struct CodeAttendu {
    std::string_view table;
    std::vector<std::pair<std::string_view, std::string>> ou; // column, value
    int essais_max = 0;
};

/// Counts the try, then compares: `juste` reads the row, under its lock, and says whether the code is its
/// own. A right code is used up; one that was missed too often, or whose time is over, is asked nothing more.
Verdict essayer(db::Transaction&, const CodeAttendu&, Instant le, const std::function<bool()>& juste);

} // namespace demande::store
