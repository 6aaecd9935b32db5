// SQL of attempts (see store_tentatives.hpp).
#include "compte/store_tentatives.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "compte/store.hpp"

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
    // One attempt is counted at a time (PostgreSQL would let simultaneous ones not see each other).
    tx.exec("UPDATE secret SET cree_le = cree_le WHERE nom = $1", secret_csrf);
    for (const auto& limite : limites) {
        struct Deja {
            std::int64_t nombre;
            std::optional<Instant> premiere_le;
        };
        const auto deja =
            tx.one<Deja>("SELECT COUNT(*), MIN(le) FROM tentative WHERE cle = $1 AND le > $2",
                         empreinte_de_la_cle(secret, limite.cle), maintenant.plus_seconds(-limite.secondes));
        if (deja.nombre < limite.tentatives) continue;
        const auto libre_le = deja.premiere_le.value_or(maintenant).plus_seconds(limite.secondes);
        tentative.attente_secondes = std::max<std::int64_t>(1, (libre_le.ms - maintenant.ms) / 1000);
        return tentative;
    }
    for (const auto& limite : limites) {
        tentative.ids.push_back(base::new_id(maintenant));
        tx.exec("INSERT INTO tentative (id, cle, le) VALUES ($1, $2, $3)", tentative.ids.back(),
                empreinte_de_la_cle(secret, limite.cle), maintenant);
    }
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
