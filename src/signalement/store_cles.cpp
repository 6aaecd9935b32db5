// See store_cles.hpp.
#include "signalement/store_cles.hpp"

#include <string>

#include "signalement/cles.hpp"
#include "signalement/rangee.hpp"
#include "signalement/store_recherche.hpp"

namespace signalement::store {

std::int64_t tenir_les_cles(db::Database& base)
{
    return base.write([](db::Transaction& tx) {
        constexpr std::int64_t batch = 200;
        // The number stands in the text: only so do the engines recognise the index.
        const auto rows = tx.query<Rangee>("SELECT " + std::string{colonnes} +
                                               " FROM signalement s WHERE s.cles_version < " +
                                               std::to_string(cles_version) + " ORDER BY s.id LIMIT $1",
                                           batch);
        for (auto row : rows) {
            const auto s = valeur(std::move(row));
            const auto c = cles(s);
            oublier_les_mots(tx, s.id.text);
            ajouter_les_mots(tx, s);
            tx.post("UPDATE signalement SET tri_nom = $1, tri_commune = $2, cles_version = $3 WHERE id = $4",
                    c.tri_nom, c.tri_commune, cles_version, s.id);
        }
        return static_cast<std::int64_t>(rows.size());
    });
}

} // namespace signalement::store
