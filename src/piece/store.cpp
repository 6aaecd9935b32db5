// Rows of files, and the purge of those that belong to nothing.
#include "piece/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "piece/store_travail.hpp"

namespace piece {
namespace lignes {

struct Ligne {
    Id<Piece> id;
    std::string sha256, nom, type;
    std::int64_t taille = 0;
    std::optional<int> largeur, hauteur;
    std::optional<std::string> miniature;
    Instant depose_le;
    std::string etat, motif;
    std::optional<std::string> recu_sha256;
};

constexpr std::string_view colonnes =
    "id, sha256, nom, type, taille, largeur, hauteur, miniature, depose_le, etat, motif, recu_sha256";
constexpr std::size_t ids_max = 200;

Piece piece(Ligne l)
{
    const auto type = base::from_slug(types, l.type);
    const auto etat = base::from_slug(etats, l.etat);
    base::expect(type && etat, "the constraints of table piece allow only the slugs of its enums");
    return {std::move(l.id),
            std::move(l.sha256),
            std::move(l.nom),
            *type,
            static_cast<std::uint64_t>(l.taille),
            l.largeur,
            l.hauteur,
            std::move(l.miniature),
            l.depose_le,
            *etat,
            std::move(l.motif),
            l.recu_sha256 ? std::move(*l.recu_sha256) : std::string{}};
}

std::string parametres(std::size_t n)
{
    std::string out;
    for (std::size_t i = 1; i <= n; ++i) out += fmt::format("{}${}", i == 1 ? "" : ", ", i);
    return out;
}

struct Lien {
    std::string table;
    std::string colonne;
};

// Every foreign key to piece(id): asked of the schema, so that no new owner can be forgotten.
std::vector<Lien> proprietaires(db::Transaction& tx)
{
    if (tx.engine() == db::Engine::Sqlite)
        return tx.query<Lien>(R"(SELECT m.name, f."from" FROM sqlite_master m
                                 JOIN pragma_foreign_key_list(m.name) f
                                 WHERE m.type = 'table' AND f."table" = 'piece')");
    return tx.query<Lien>(R"(SELECT CAST(r.relname AS TEXT), CAST(a.attname AS TEXT) FROM pg_constraint c
                             JOIN pg_class r ON r.oid = c.conrelid
                             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                             WHERE c.contype = 'f' AND c.confrelid = to_regclass('piece'))");
}

std::string sans_proprietaire(const std::vector<Lien>& liens)
{
    std::string sql;
    for (const auto& l : liens)
        sql += fmt::format(R"( AND NOT EXISTS (SELECT 1 FROM "{0}" o WHERE o."{1}" = piece.id))", l.table,
                           l.colonne);
    return sql;
}

// In batches, each its own transaction: writers wait a moment at most.
std::size_t retirer_orphelins(db::Database& db, Instant avant)
{
    constexpr int lot = 200;
    std::size_t total = 0;
    for (;;) {
        const auto n = db.write([&](db::Transaction& tx) {
            const auto seul = sans_proprietaire(proprietaires(tx));
            return tx.exec(
                fmt::format("DELETE FROM piece WHERE id IN (SELECT id FROM piece WHERE depose_le < $1{} "
                            "ORDER BY depose_le, id LIMIT {})",
                            seul, lot),
                avant);
        });
        total += static_cast<std::size_t>(n);
        if (n < lot) return total;
    }
}

// The mark of this database, made at its first purge.
std::string marque(db::Database& db)
{
    return db.write([](db::Transaction& tx) {
        tx.exec("INSERT INTO piece_magasin (unique_ligne, marque) VALUES (1, $1) ON CONFLICT DO NOTHING",
                base::random_token(16));
        return tx.one<std::string>("SELECT marque FROM piece_magasin");
    });
}

/// Which of these values the column of some row holds.
std::set<std::string, std::less<>> nommes(db::Transaction& tx, std::string_view colonne,
                                          const std::vector<std::string>& lot)
{
    std::set<std::string, std::less<>> out;
    const std::vector<db::Value> valeurs(lot.begin(), lot.end());
    tx.run(fmt::format("SELECT {0} FROM piece WHERE {0} IN ({1})", colonne, parametres(lot.size())), valeurs,
           [&](std::span<const db::Value> ligne) { out.insert(std::get<std::string>(ligne[0])); });
    return out;
}

std::size_t retirer_inconnus(db::Database& db, Magasin& magasin, const std::vector<std::string>& lot,
                             std::chrono::seconds repos, Instant maintenant)
{
    if (lot.empty()) return 0;
    const auto retirables =
        db.write([&](db::Transaction& tx) { return store::condamner(tx, lot, maintenant); });
    std::size_t retires = 0;
    for (const auto& sha : retirables)
        if (magasin.retirer(sha, repos)) ++retires;
    db.write([&](db::Transaction& tx) { store::gracier(tx, retirables); });
    return retires;
}

/// A purge that died, or that the store left without an answer, may have removed these or not.
void finir_purge_interrompue(db::Database& db, Magasin& magasin, Instant maintenant)
{
    const auto restes = db.write(
        [&](db::Transaction& tx) { return store::condamnes_avant(tx, maintenant.plus_seconds(-3600)); });
    for (const auto& sha : restes) magasin.retirer(sha, std::chrono::seconds{0});
    db.write([&](db::Transaction& tx) { store::gracier(tx, restes); });
}

/// Files of a transaction that failed, and what a worker that died had still to erase.
std::size_t vider_sas(db::Database& db, Sas& sas, std::chrono::seconds repos)
{
    std::size_t n = 0;
    const auto cles = sas.au_repos(repos);
    for (std::size_t i = 0; i < cles.size(); i += ids_max) {
        const std::vector<std::string> lot(
            cles.begin() + static_cast<std::ptrdiff_t>(i),
            cles.begin() + static_cast<std::ptrdiff_t>(std::min(i + ids_max, cles.size())));
        const auto connues = [&] {
            auto tx = db.read();
            return nommes(tx, "sas_cle", lot);
        }();
        for (const auto& cle : lot)
            if (!connues.contains(cle)) {
                sas.effacer(cle);
                ++n;
            }
    }
    return n;
}

} // namespace lignes

namespace store {

Piece inserer(db::Transaction& tx, const PieceRecue& r, Instant maintenant)
{
    base::expect(attend(r.etat), "a file that was just received waits in an airlock");
    Piece p;
    p.id = Id<Piece>::make(maintenant);
    p.sha256 = p.recu_sha256 = r.sha256;
    p.nom = r.nom;
    p.type = r.type;
    p.taille = r.taille;
    p.depose_le = maintenant;
    p.etat = r.etat;
    tx.exec("INSERT INTO piece (id, sha256, recu_sha256, nom, type, taille, depose_le, etat, sas, sas_cle, "
            "prochain_le) VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $6)",
            p.id, p.sha256, p.nom, base::slug_of(types, p.type), p.taille, p.depose_le,
            base::slug_of(etats, p.etat), r.sas, r.cle);
    return p;
}

std::optional<Piece> trouver(db::Transaction& tx, const Id<Piece>& id)
{
    auto l = tx.find<lignes::Ligne>(fmt::format("SELECT {} FROM piece WHERE id = $1", lignes::colonnes), id);
    if (!l) return std::nullopt;
    return lignes::piece(std::move(*l));
}

std::vector<Piece> par_ids(db::Transaction& tx, const std::vector<Id<Piece>>& ids)
{
    if (ids.empty()) return {};
    base::expect(ids.size() <= lignes::ids_max, "at most 200 files are read at once");
    std::vector<db::Value> valeurs;
    for (const auto& id : ids) valeurs.emplace_back(id.text);
    std::map<Id<Piece>, Piece> trouvees;
    tx.run(fmt::format("SELECT {} FROM piece WHERE id IN ({})", lignes::colonnes,
                       lignes::parametres(ids.size())),
           valeurs, [&](std::span<const db::Value> ligne) {
               auto p = lignes::piece(db::detail::row_as<lignes::Ligne>(ligne));
               auto id = p.id;
               trouvees.emplace(std::move(id), std::move(p));
           });
    std::vector<Piece> out;
    for (const auto& id : ids)
        if (const auto it = trouvees.find(id); it != trouvees.end()) out.push_back(it->second);
    return out;
}

void supprimer(db::Transaction& tx, const Id<Piece>& id)
{
    tx.exec("DELETE FROM piece WHERE id = $1", id);
}

std::vector<std::pair<Etat, std::int64_t>> compter_par_etat(db::Transaction& tx)
{
    struct Compte {
        std::string etat;
        std::int64_t n = 0;
    };
    std::vector<std::pair<Etat, std::int64_t>> out;
    for (const auto& c : tx.query<Compte>(
             "SELECT etat, COUNT(*) FROM piece WHERE etat <> 'saine' GROUP BY etat ORDER BY etat"))
        if (const auto etat = base::from_slug(etats, c.etat)) out.emplace_back(*etat, c.n);
    return out;
}

} // namespace store

Purge purger_orphelins(db::Database& db, Fichiers& fichiers, Instant maintenant, int jours)
{
    const std::chrono::seconds repos = std::chrono::hours{24} * jours;
    Purge purge;
    purge.pieces = lignes::retirer_orphelins(db, maintenant.plus_days(-jours));
    purge.contenus = lignes::vider_sas(db, fichiers.sas, std::min(repos, std::chrono::seconds{86'400}));

    const auto marque = lignes::marque(db);
    auto& magasin = *fichiers.magasin;
    if (magasin.marque(marque) != marque) {
        base::log(base::Level::Error, "magasin_d_une_autre_base",
                  {{"consequence", "contents without a row are not removed"},
                   {"mend", "give each database its own directory (fichiers.dossier) or bucket"}});
        return purge;
    }
    lignes::finir_purge_interrompue(db, magasin, maintenant);
    std::vector<std::string> lot;
    const auto vider = [&] {
        purge.contenus += lignes::retirer_inconnus(db, magasin, lot, repos, maintenant);
        lot.clear();
    };
    magasin.parcourir(repos, [&](const std::string& sha) {
        lot.push_back(sha);
        if (lot.size() == lignes::ids_max) vider();
    });
    vider();
    return purge;
}

} // namespace piece
