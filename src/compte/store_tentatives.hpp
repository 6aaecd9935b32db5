// How often something may be tried, counted in the database: every server of the installation sees the same
// counters, and a restart forgets none. Knows nothing of what is tried.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "compte/regles.hpp"
#include "db/db.hpp"

namespace compte::store {

/// The counters of one attempt, as keyed digests.
struct Tentative {
    std::vector<std::string> ids; // rows written, to take back when the attempt succeeds
    bool permise = false;
    std::int64_t attente_secondes = 0; // refused: until the next one may be allowed
};

/// Counts and writes the attempt in one transaction: attempts made at once all count. A refused one is not
/// written: waiting is always enough. Keys are digests under `secret`: neither link, place nor e-mail can be
/// read from them.
Tentative tenter(db::Transaction&, std::string_view secret, std::span<const Limite>, Instant maintenant);
/// Several attempts, each with its counters, in the statements of one. They hang on the first: when it is
/// refused, the others are neither permitted nor counted.
std::vector<Tentative> tenter_chacune(db::Transaction&, std::string_view secret,
                                      std::span<const std::vector<Limite>>, Instant maintenant);
/// The attempt no longer counts.
void oublier(db::Transaction&, const Tentative&);
/// Nothing counted under this key counts any more.
void oublier(db::Transaction&, std::string_view secret, std::string_view cle);

} // namespace compte::store
