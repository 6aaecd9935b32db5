// See store_export.hpp.
#include "signalement/export/store_export.hpp"

#include <fmt/format.h>

#include "db/query.hpp"
#include "signalement/store_portee.hpp"

namespace signalement::exports::store {

namespace {

std::string expression(const Colonne& c, db::Engine moteur)
{
    std::string sql{c.sql};
    constexpr std::string_view trou = "{joindre}";
    if (const auto at = sql.find(trou); at != std::string::npos)
        sql.replace(at, trou.size(), moteur == db::Engine::Sqlite ? "group_concat" : "string_agg");
    return sql;
}

const std::string& texte(const db::Value& v)
{
    return std::get<std::string>(v);
}

/// « , … » for each column: empty where the reader may not read it.
std::string valeurs(const std::vector<const Colonne*>& colonnes, const compte::Agent& lecteur, db::Query& q,
                    db::Engine moteur)
{
    std::string sql;
    for (const auto* c : colonnes) {
        const auto valeur = fmt::format("COALESCE(CAST({} AS TEXT), '')", expression(*c, moteur));
        sql += c->lecture == Action::Lire
                   ? ", " + valeur
                   : fmt::format(", CASE WHEN {} THEN {} ELSE '' END",
                                 signalement::store::portee(lecteur, c->lecture, q), valeur);
    }
    return sql;
}

} // namespace

std::optional<Place> lire(db::Transaction& tx, const filtre::Regard& regard, const filtre::Filtre& f,
                          const std::vector<const Colonne*>& colonnes, const Place& apres,
                          const std::function<void(const std::vector<std::string>&)>& ligne)
{
    // The key of the last line is kept, not read again from it: the line may be erased between two readings.
    auto ordre = *f.ordre;
    ordre.mobile = true;
    auto page = f;
    page.ordre = &ordre;
    page.ou = {.id = apres.id, .avant = false, .cle = apres.cle};

    db::Query q;
    std::string sql =
        fmt::format("SELECT s.id, CAST({} AS TEXT), COALESCE(t.fuseau, 'Europe/Paris')", ordre.sql);
    sql += valeurs(colonnes, regard.lecteur, q, tx.engine());
    sql += " FROM signalement s LEFT JOIN territoire t ON t.code = s.territoire WHERE " +
           filtre::condition(regard, page, q, tx.engine()) + filtre::place_et_ordre(regard, page, q) +
           fmt::format(" LIMIT {}", lignes_par_lecture);
    Place place;
    std::size_t n = 0;
    std::vector<std::string> cellules(colonnes.size());
    tx.run(sql, q.params, [&](std::span<const db::Value> row) {
        place = {texte(row[1]), texte(row[0])};
        for (std::size_t i = 0; i < colonnes.size(); ++i)
            cellules[i] = en_mots(*colonnes[i], texte(row[i + 3]), texte(row[2]));
        ligne(cellules);
        ++n;
    });
    return n == lignes_par_lecture ? std::optional{std::move(place)} : std::nullopt;
}

std::map<std::string, std::vector<std::string>> cellules(db::Transaction& tx, const compte::Agent& lecteur,
                                                         const std::vector<std::string>& ids,
                                                         const std::vector<const Colonne*>& colonnes)
{
    std::map<std::string, std::vector<std::string>> out;
    if (ids.empty() || colonnes.empty()) return out;
    db::Query q;
    auto sql = "SELECT s.id, COALESCE(t.fuseau, 'Europe/Paris')" + valeurs(colonnes, lecteur, q, tx.engine());
    sql += " FROM signalement s LEFT JOIN territoire t ON t.code = s.territoire WHERE s.id IN " +
           q.add_all(ids) + " AND " + signalement::store::portee(lecteur, Action::Lire, q);
    tx.run(sql, q.params, [&](std::span<const db::Value> row) {
        auto& ligne = out[texte(row[0])];
        for (std::size_t i = 0; i < colonnes.size(); ++i)
            ligne.push_back(en_mots(*colonnes[i], texte(row[i + 2]), texte(row[1])));
    });
    return out;
}

} // namespace signalement::exports::store
