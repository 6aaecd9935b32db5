// SQL of the ceilings.
#include "demande/store_plafonds.hpp"

#include <algorithm>
#include <string>

namespace demande::store {

Baremes baremes(db::Transaction& tx)
{
    struct Ligne {
        Date depuis;
        std::string zone, financement;
        int un, deux, trois, quatre, cinq, six, en_plus;
    };
    std::vector<Bareme> out;
    for (const auto& l :
         tx.query<Ligne>("SELECT depuis, zone, financement, categorie_1, categorie_2, categorie_3, "
                         "categorie_4, categorie_5, categorie_6, personne_en_plus FROM bareme "
                         "ORDER BY depuis, zone, financement"))
        out.push_back({l.depuis,
                       base::known(zones, l.zone),
                       base::known(financements, l.financement),
                       {l.un, l.deux, l.trois, l.quatre, l.cinq, l.six},
                       l.en_plus});
    return Baremes{std::move(out)};
}

std::int64_t imports_de_baremes(db::Transaction& tx)
{
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM import_de_baremes");
}

void garder_baremes(db::Transaction& tx, const std::vector<Bareme>& nouveaux, Instant le)
{
    for (const auto& b : nouveaux) {
        const auto& p = b.plafonds;
        tx.exec("DELETE FROM bareme WHERE depuis = $1 AND zone = $2 AND financement = $3", b.depuis,
                base::slug_of(zones, b.zone), base::slug_of(financements, b.financement));
        tx.exec(
            "INSERT INTO bareme (depuis, zone, financement, categorie_1, categorie_2, categorie_3, "
            "categorie_4, categorie_5, categorie_6, personne_en_plus) VALUES ($1, $2, $3, $4, $5, $6, $7, "
            "$8, $9, $10)",
            b.depuis, base::slug_of(zones, b.zone), base::slug_of(financements, b.financement), p[0], p[1],
            p[2], p[3], p[4], p[5], b.personne_en_plus);
    }
    tx.exec("INSERT INTO import_de_baremes (importe_le, depuis, lignes) VALUES ($1, $2, $3)", le,
            std::ranges::min(nouveaux, {}, &Bareme::depuis).depuis,
            static_cast<std::int64_t>(nouveaux.size()));
}

} // namespace demande::store
