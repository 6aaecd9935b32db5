// See store_recherche.hpp.
#include "signalement/store_recherche.hpp"

#include <map>

#include "base/text.hpp"
#include "signalement/cles.hpp"
#include "signalement/rangee.hpp"
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

void fondre_l_index(db::Transaction& tx)
{
    if (tx.engine() == db::Engine::Sqlite)
        tx.exec("INSERT INTO signalement_mots_index (signalement_mots_index, rank) VALUES ('merge', 500)");
}

std::vector<std::string> mots_faux(db::Transaction& tx, const std::string& apres, const std::string& jusqu_a)
{
    struct Ecrits {
        std::string signalement, territoire, mots;
    };
    std::map<std::string, Ecrits> ecrits;
    tx.each<Ecrits>(
        "SELECT signalement, territoire, mots FROM signalement_mots WHERE signalement > $1 AND signalement "
        "<= "
        "$2",
        [&](Ecrits e) { ecrits.emplace(e.signalement, std::move(e)); }, apres, jusqu_a);
    std::vector<std::string> out;
    // Those that have an older form wait for the task that makes them again.
    tx.each<Rangee>(
        "SELECT " + std::string{colonnes} +
            " FROM signalement s WHERE s.id > $1 AND s.id <= $2 AND s.cles_version = $3",
        [&](Rangee r) {
            const auto s = valeur(std::move(r));
            const auto e = ecrits.find(s.id.text);
            if (e == ecrits.end() || e->second.territoire != s.territoire ||
                e->second.mots != ligne_de_mots(s))
                out.push_back(s.id.text);
        },
        apres, jusqu_a, cles_version);
    return out;
}

std::vector<std::string> territoires_mal_indexes(db::Transaction& tx)
{
    if (tx.engine() != db::Engine::Sqlite) return {}; // PostgreSQL keeps its index itself
    struct Nombre {
        std::string territoire;
        std::int64_t lignes = 0;
    };
    std::vector<std::string> out;
    for (const auto& n :
         tx.query<Nombre>("SELECT territoire, COUNT(*) FROM signalement_mots GROUP BY territoire"))
        if (tx.one<std::int64_t>(
                "SELECT COUNT(*) FROM signalement_mots_index i JOIN signalement_mots m ON m.rang = i.rowid "
                "WHERE signalement_mots_index MATCH $1",
                "\"~~" + base::fold(n.territoire) + "\"") != n.lignes)
            out.push_back(n.territoire);
    return out;
}

} // namespace signalement::store
