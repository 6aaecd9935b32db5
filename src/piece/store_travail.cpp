// See store_travail.hpp.
#include "piece/store_travail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace piece::store {
namespace travail {

constexpr std::string_view colonnes = "id, sas_cle, sha256, miniature, type, etat, essais";
/// No longer in an airlock, nothing more to do.
constexpr std::string_view fini = "sas = NULL, sas_cle = NULL, prochain_le = NULL";

std::vector<std::string> contenus(const Prepare& p)
{
    std::vector<std::string> out{p.sha256};
    if (p.miniature) out.push_back(*p.miniature);
    return out;
}

std::string places(std::size_t n)
{
    std::string out;
    for (std::size_t i = 1; i <= n; ++i) out += fmt::format("{}${}", i == 1 ? "" : ", ", i);
    return out;
}

bool condamner_un(db::Transaction& tx, std::string_view sha256, Instant maintenant)
{
    return tx.exec("INSERT INTO piece_retrait (sha256, depuis_le) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                   sha256, maintenant) == 1;
}

/// Those that no row names; the others are no longer condemned.
std::vector<std::string> sans_nommes(db::Transaction& tx, std::vector<std::string> condamnes)
{
    if (condamnes.empty()) return {};
    std::set<std::string, std::less<>> nommes;
    const std::vector<db::Value> valeurs(condamnes.begin(), condamnes.end());
    for (const auto* colonne : {"sha256", "miniature"})
        tx.run(fmt::format("SELECT {0} FROM piece WHERE {0} IN ({1})", colonne, places(condamnes.size())),
               valeurs,
               [&](std::span<const db::Value> ligne) { nommes.insert(std::get<std::string>(ligne[0])); });
    std::vector<std::string> retirables, gracies;
    for (auto& sha : condamnes) (nommes.contains(sha) ? gracies : retirables).push_back(std::move(sha));
    gracier(tx, gracies);
    return retirables;
}

} // namespace travail

std::vector<ATraiter> a_traiter(db::Transaction& tx, std::string_view sas, Instant maintenant,
                                bool avec_rangement, int combien)
{
    return tx.query<ATraiter>(fmt::format("SELECT {} FROM piece WHERE sas = $1 AND prochain_le <= $2{} "
                                          "ORDER BY prochain_le, id LIMIT $3",
                                          travail::colonnes, avec_rangement ? "" : " AND etat <> 'a_ranger'"),
                              sas, maintenant, combien);
}

std::optional<ATraiter> relire(db::Transaction& tx, const Id<Piece>& id)
{
    return tx.find<ATraiter>(
        fmt::format("SELECT {} FROM piece WHERE id = $1 AND prochain_le IS NOT NULL", travail::colonnes), id);
}

bool preparer(db::Transaction& tx, const Id<Piece>& id, const Prepare& p, Instant maintenant)
{
    // Our own condemnation, withdrawn at once: on PostgreSQL it waits for that of a purge under way, and the
    // purge waits for it. Whoever comes second sees what the first has written.
    auto noms = travail::contenus(p);
    std::ranges::sort(noms); // always taken in the same order: no deadlock
    noms.erase(std::unique(noms.begin(), noms.end()), noms.end());
    std::vector<std::string> tenus;
    for (const auto& sha : noms) {
        if (!travail::condamner_un(tx, sha, maintenant)) {
            gracier(tx, tenus);
            return false;
        }
        tenus.push_back(sha);
    }
    tx.exec("UPDATE piece SET sha256 = $2, taille = $3, miniature = $4, largeur = $5, hauteur = $6, "
            "etat = 'a_ranger', essais = 0, prochain_le = $7 WHERE id = $1 AND prochain_le IS NOT NULL",
            id, p.sha256, p.taille, p.miniature, p.largeur, p.hauteur, maintenant);
    gracier(tx, noms);
    return true;
}

void ranger(db::Transaction& tx, const Id<Piece>& id, const Prepare& p)
{
    tx.exec(fmt::format("UPDATE piece SET sha256 = $2, taille = $3, miniature = $4, largeur = $5, "
                        "hauteur = $6, etat = 'saine', {} WHERE id = $1 AND prochain_le IS NOT NULL",
                        travail::fini),
            id, p.sha256, p.taille, p.miniature, p.largeur, p.hauteur);
}

void ranger(db::Transaction& tx, const Id<Piece>& id)
{
    tx.exec(
        fmt::format("UPDATE piece SET etat = 'saine', {} WHERE id = $1 AND etat = 'a_ranger'", travail::fini),
        id);
}

void mettre_en_quarantaine(db::Transaction& tx, const Id<Piece>& id, std::string_view signature)
{
    // Stays in the airlock, where somebody may look at it; the purge erases it with its row.
    tx.exec("UPDATE piece SET etat = 'quarantaine', motif = $2, prochain_le = NULL "
            "WHERE id = $1 AND prochain_le IS NOT NULL",
            id, signature);
}

void declarer_illisible(db::Transaction& tx, const Id<Piece>& id, std::string_view motif)
{
    tx.exec(fmt::format("UPDATE piece SET etat = 'illisible', motif = $2, {} "
                        "WHERE id = $1 AND prochain_le IS NOT NULL",
                        travail::fini),
            id, motif);
}

void reporter(db::Transaction& tx, const Id<Piece>& id, Etat etat, Instant prochain_le)
{
    tx.exec("UPDATE piece SET etat = $2, essais = essais + 1, prochain_le = $3 "
            "WHERE id = $1 AND prochain_le IS NOT NULL",
            id, base::slug_of(etats, etat), prochain_le);
}

std::vector<std::string> condamner(db::Transaction& tx, const std::vector<std::string>& sha256s,
                                   Instant maintenant)
{
    auto candidats = sha256s;
    std::ranges::sort(candidats);
    std::vector<std::string> condamnes;
    for (const auto& sha : candidats)
        if (travail::condamner_un(tx, sha, maintenant)) condamnes.push_back(sha);
    if (condamnes.empty()) return {};
    // After the condemnation, never before: a row that began to name one of them meanwhile is seen here.
    return travail::sans_nommes(tx, std::move(condamnes));
}

void gracier(db::Transaction& tx, const std::vector<std::string>& sha256s)
{
    if (sha256s.empty()) return;
    const std::vector<db::Value> valeurs(sha256s.begin(), sha256s.end());
    tx.run(fmt::format("DELETE FROM piece_retrait WHERE sha256 IN ({})", travail::places(sha256s.size())),
           valeurs, nullptr);
}

std::vector<std::string> condamnes_avant(db::Transaction& tx, Instant avant)
{
    return travail::sans_nommes(
        tx, tx.query<std::string>(
                "SELECT sha256 FROM piece_retrait WHERE depuis_le < $1 ORDER BY sha256 LIMIT 200", avant));
}

} // namespace piece::store
