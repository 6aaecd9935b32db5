// Indexes put aside while many rows are written: each is made again in one pass, instead of a page here and a
// page there for every row. Included by volume*.cpp only.
#pragma once

#include <span>
#include <string_view>

#include "db/db.hpp"

namespace volume {

/// Takes these indexes off, and keeps how to make them again in the same transaction: a run that is killed
/// leaves them to the next one. Never a unique one: it is also a rule.
void ecarter_les_index(db::Database&, std::span<const std::string_view> noms);
/// Makes again those that were put aside; nothing when there is none.
void remettre_les_index(db::Database&);

} // namespace volume
