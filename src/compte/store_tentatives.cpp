// SQL of attempts (see store_tentatives.hpp).
#include "compte/store_tentatives.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.hpp"
#include "db/query.hpp"

namespace compte::store {

namespace {

std::string empreinte_de_la_cle(std::string_view secret, std::string_view cle)
{
    return base::hmac_hex(secret, "tentative|" + std::string{cle});
}

} // namespace

Tentative tenter(db::Transaction& tx, std::string_view secret, std::span<const Limite> limites,
                 Instant maintenant)
{
    Tentative tentative;
    std::vector<std::string> cles;
    for (const auto& limite : limites) cles.push_back(empreinte_de_la_cle(secret, limite.cle));
    // PostgreSQL would let attempts made at once not see each other.
    tx.lock(cles);
    struct Deja {
        std::int64_t rang, nombre;
        std::optional<Instant> premiere_le;
    };
    db::Query deja;
    std::string sql;
    for (std::size_t i = 0; i < limites.size(); ++i)
        sql += fmt::format("{}SELECT {} AS rang, COUNT(*), MIN(le) FROM tentative WHERE cle = {} AND le > {}",
                           i ? " UNION ALL " : "", i, deja.add(cles[i]),
                           deja.add(maintenant.plus_seconds(-limites[i].secondes)));
    for (const auto& d : deja.run<Deja>(tx, sql + " ORDER BY rang")) {
        const auto& limite = limites[static_cast<std::size_t>(d.rang)];
        if (d.nombre < limite.tentatives) continue;
        const auto libre_le = d.premiere_le.value_or(maintenant).plus_seconds(limite.secondes);
        tentative.attente_secondes = std::max<std::int64_t>(1, (libre_le.ms - maintenant.ms) / 1000);
        return tentative;
    }
    db::Query ajout;
    std::string lignes;
    for (const auto& cle : cles) {
        tentative.ids.push_back(base::new_id(maintenant));
        lignes += fmt::format("{}({}, {}, {})", lignes.empty() ? "" : ", ", ajout.add(tentative.ids.back()),
                              ajout.add(cle), ajout.add(maintenant));
    }
    tx.queue({"INSERT INTO tentative (id, cle, le) VALUES " + lignes, std::move(ajout.params), nullptr});
    tentative.permise = true;
    return tentative;
}

void oublier(db::Transaction& tx, const Tentative& tentative)
{
    for (const auto& id : tentative.ids) tx.exec("DELETE FROM tentative WHERE id = $1", id);
}

void oublier(db::Transaction& tx, std::string_view secret, std::string_view cle)
{
    tx.exec("DELETE FROM tentative WHERE cle = $1", empreinte_de_la_cle(secret, cle));
}

} // namespace compte::store
