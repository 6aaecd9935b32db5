// SQL of the delays before the commission de médiation.
#include "demande/store_mediation.hpp"

#include "db/query.hpp"

namespace demande::store {

Mediation mediation(db::Transaction& tx, const std::vector<std::string>& departements)
{
    if (departements.empty()) return {};
    db::Query q;
    const auto sql =
        "SELECT departement, depuis, pieces_min, pieces_max, mois, commission FROM delai_mediation "
        "WHERE departement IN " +
        q.add_all(departements) + " ORDER BY departement, depuis, pieces_min";
    return Mediation{q.run<DelaiDeMediation>(tx, sql)};
}

void garder_delais(db::Transaction& tx, const std::vector<DelaiDeMediation>& nouveaux)
{
    for (const auto& d : nouveaux)
        tx.exec("DELETE FROM delai_mediation WHERE departement = $1 AND depuis = $2", d.departement,
                d.depuis);
    for (const auto& d : nouveaux)
        tx.exec("INSERT INTO delai_mediation (departement, depuis, pieces_min, pieces_max, mois, commission) "
                "VALUES ($1, $2, $3, $4, $5, $6)",
                d.departement, d.depuis, d.pieces_min, d.pieces_max, d.mois, d.commission);
}

} // namespace demande::store
