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
    const std::vector<Limite> seule{limites.begin(), limites.end()};
    return tenter_chacune(tx, secret, {&seule, 1}, maintenant).front();
}

std::vector<Tentative> tenter_chacune(db::Transaction& tx, std::string_view secret,
                                      std::span<const std::vector<Limite>> tentatives, Instant maintenant)
{
    std::vector<std::string> cles;
    for (const auto& limites : tentatives)
        for (const auto& limite : limites) cles.push_back(empreinte_de_la_cle(secret, limite.cle));
    // PostgreSQL would let attempts made at once not see each other.
    tx.lock(cles);
    struct Deja {
        std::int64_t rang, nombre;
        std::optional<Instant> premiere_le;
    };
    db::Query question;
    std::string sql;
    std::size_t rang = 0;
    for (const auto& limites : tentatives)
        for (const auto& limite : limites) {
            sql += fmt::format(
                "{}SELECT {} AS rang, COUNT(*), MIN(le) FROM tentative WHERE cle = {} AND le > {}",
                rang ? " UNION ALL " : "", rang, question.add(cles[rang]),
                question.add(maintenant.plus_seconds(-limite.secondes)));
            ++rang;
        }
    const auto deja = question.run<Deja>(tx, sql + " ORDER BY rang");

    std::vector<Tentative> out;
    db::Query ajout;
    std::string lignes;
    rang = 0;
    for (const auto& limites : tentatives) {
        auto& tentative = out.emplace_back();
        const auto debut = rang;
        rang += limites.size();
        if (!out.front().permise && out.size() > 1) continue;
        tentative.permise = true;
        for (std::size_t i = 0; i < limites.size() && tentative.permise; ++i) {
            const auto& d = deja[debut + i];
            if (d.nombre < limites[i].tentatives) continue;
            tentative.permise = false;
            const auto libre_le = d.premiere_le.value_or(maintenant).plus_seconds(limites[i].secondes);
            tentative.attente_secondes = std::max<std::int64_t>(1, (libre_le.ms - maintenant.ms) / 1000);
        }
        for (std::size_t i = 0; i < limites.size() && tentative.permise; ++i) {
            tentative.ids.push_back(base::new_id(maintenant));
            lignes +=
                fmt::format("{}({}, {}, {})", lignes.empty() ? "" : ", ", ajout.add(tentative.ids.back()),
                            ajout.add(cles[debut + i]), ajout.add(maintenant));
        }
    }
    if (!lignes.empty())
        tx.queue({"INSERT INTO tentative (id, cle, le) VALUES " + lignes, std::move(ajout.params), nullptr});
    return out;
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
