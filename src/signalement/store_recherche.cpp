// See store_recherche.hpp.
#include "signalement/store_recherche.hpp"

#include "base/text.hpp"
#include "signalement/recherche.hpp"

namespace signalement::store {

std::string ligne_de_mots(const Signalement& s)
{
    return mots_de(s) + " ~~" + base::fold(s.territoire);
}

void ajouter_les_mots(db::Transaction& tx, const Signalement& s)
{
    tx.post("INSERT INTO signalement_mots (signalement, territoire, mots) VALUES ($1, $2, $3)", s.id,
            s.territoire, ligne_de_mots(s));
    if (tx.engine() == db::Engine::Sqlite)
        tx.post(
            "INSERT INTO signalement_mots_index (rowid, mots) SELECT rang, mots FROM signalement_mots WHERE "
            "signalement = $1",
            s.id);
}

void oublier_les_mots(db::Transaction& tx, const std::string& id)
{
    if (tx.engine() == db::Engine::Sqlite)
        tx.exec("INSERT INTO signalement_mots_index (signalement_mots_index, rowid, mots) SELECT 'delete', "
                "rang, mots "
                "FROM signalement_mots WHERE signalement = $1",
                id);
    tx.exec("DELETE FROM signalement_mots WHERE signalement = $1", id);
}

void indexer_les_mots(db::Transaction& tx, std::int64_t apres_rang)
{
    if (tx.engine() == db::Engine::Sqlite)
        tx.exec("INSERT INTO signalement_mots_index (rowid, mots) SELECT rang, mots FROM signalement_mots "
                "WHERE rang > "
                "$1 ORDER BY rang",
                apres_rang);
}

} // namespace signalement::store
