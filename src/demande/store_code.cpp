// SQL of a code that somebody must type.
#include "demande/store_code.hpp"

#include "db/query.hpp"

namespace demande::store {

Verdict essayer(db::Transaction& tx, const CodeAttendu& code, Instant le, const std::function<bool()>& juste)
{
    const auto celle_ci = [&](db::Query& q) {
        std::string condition;
        for (const auto& [colonne, valeur] : code.ou)
            condition += (condition.empty() ? "" : " AND ") + std::string{colonne} + " = " + q.add(valeur);
        return condition;
    };
    const std::string table{code.table};
    // Counted first, under the lock of the row: tries made at once all count.
    db::Query essai;
    auto condition = celle_ci(essai);
    condition += " AND essais < " + essai.add(code.essais_max);
    condition += " AND expire_le > " + essai.add(le);
    if (essai
            .run<int>(tx,
                      "UPDATE " + table + " SET essais = essais + 1 WHERE " + condition + " RETURNING essais")
            .empty())
        return Verdict::Perime;
    if (!juste()) return Verdict::Faux;
    db::Query fin;
    const auto laquelle = celle_ci(fin);
    fin.run<int>(tx, "DELETE FROM " + table + " WHERE " + laquelle + " RETURNING essais");
    return Verdict::Juste;
}

} // namespace demande::store
