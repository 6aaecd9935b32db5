// The end of a report: how long it is kept once it is over, and its erasure. Nothing of it is anonymised and
// kept: docs/adr/0011 says why.
#pragma once

#include "db/db.hpp"

namespace signalement {

/// Since the closure or the refusal, or the last word written in the file when that is later.
inline constexpr int conservation_clos_ans = 5;
inline constexpr int conservation_refuse_ans = 1;

namespace store {

/// Erases reports closed, or refused, before these instants, with all that hangs on them: follow-up,
/// affectations, messages, journal. Their files then belong to nobody: the purge of files takes them, unless
/// another report holds the same. A batch at a time, each report whole; 0 when nothing is left to erase.
std::int64_t effacer_echus(db::Database&, Instant clos_avant, Instant refuse_avant, Instant le);

} // namespace store
} // namespace signalement
