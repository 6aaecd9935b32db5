// Where numéros uniques come from: a counter by territory and month of deposit, in the transaction of the
// demande that gets the number. No rule here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"

namespace demande::store {

/// The next sequence of a territory for a month of deposit; nothing when its six digits are exhausted. Two
/// registrations never get the same one, and one that fails gives its own back. `combien` > 1: that many in a
/// row, of which this is the last.
std::optional<int> prendre_sequence(db::Transaction&, std::string_view territoire, Date deposee_le,
                                    int combien = 1);

/// From this sequence on the operator is told that the digits of a territory and a month are running out.
inline constexpr int sequence_a_surveiller = 900'000;

struct SequencePresqueEpuisee {
    std::string territoire;
    int annee, mois, dernier;
};

/// The territories and months of deposit that have reached `sequence_a_surveiller`, at most a hundred.
std::vector<SequencePresqueEpuisee> sequences_presque_epuisees(db::Transaction&);

} // namespace demande::store
