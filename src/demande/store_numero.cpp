// The counter of the numéros uniques.
#include "demande/store_numero.hpp"

#include "demande/numero.hpp"

namespace demande::store {

std::optional<int> prendre_sequence(db::Transaction& tx, std::string_view territoire, Date deposee_le,
                                    int combien)
{
    // The row is locked until the commit: the next registration of the territory waits, then counts from
    // there.
    return tx.find<int>(
        "INSERT INTO numero_sequence (territoire, annee, mois, dernier) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (territoire, annee, mois) DO UPDATE SET dernier = numero_sequence.dernier + $4 "
        "WHERE numero_sequence.dernier + $4 <= $5 RETURNING dernier",
        territoire, deposee_le.year, deposee_le.month, combien, sequence_max);
}

std::vector<SequencePresqueEpuisee> sequences_presque_epuisees(db::Transaction& tx)
{
    static_assert(sequence_a_surveiller == 900'000, "written out below, and in the index that serves it");
    return tx.query<SequencePresqueEpuisee>(
        "SELECT territoire, annee, mois, dernier FROM numero_sequence "
        "WHERE dernier >= 900000 ORDER BY territoire, annee, mois LIMIT 100");
}

} // namespace demande::store
