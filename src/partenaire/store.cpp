// Every SQL statement about partners, for both engines.
#include "partenaire/store.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "db/query.hpp"

namespace partenaire::store {
namespace {

/// The columns of a partner, in the order of LignePartenaire.
constexpr std::string_view selection_partenaire =
    "SELECT id, territoire, nom, type, email, telephone, insee, actif, version FROM partenaire ";

struct LignePartenaire {
    std::string id, territoire, nom, type, email, telephone, insee;
    bool actif;
    int version;
};

Partenaire depuis_ligne(const LignePartenaire& l)
{
    return {Id<Partenaire>{l.id},
            l.territoire,
            l.nom,
            base::known(types_partenaire, l.type),
            l.email,
            l.telephone,
            l.insee,
            l.actif,
            l.version,
            {},
            {}};
}

/// Competences and perimeters of partners whose ids are those of `ou` (a sub-select or a list).
void completer(db::Transaction& tx, std::vector<Partenaire>& partenaires, const std::string& ou,
               const db::Query& requete)
{
    std::map<std::string_view, Partenaire*> par_id;
    for (auto& p : partenaires) par_id[p.id.text] = &p;
    struct Paire {
        std::string partenaire, competence;
    };
    for (const auto& l : requete.run<Paire>(
             tx, "SELECT partenaire, competence FROM partenaire_competence WHERE partenaire IN " + ou))
        if (const auto p = par_id.find(l.partenaire); p != par_id.end())
            p->second->competences.push_back(base::known(competences, l.competence));
    struct Triplet {
        std::string partenaire, genre, code;
    };
    for (const auto& l : requete.run<Triplet>(
             tx, "SELECT partenaire, genre, code FROM partenaire_perimetre WHERE partenaire IN " + ou +
                     " ORDER BY partenaire, genre, code"))
        if (const auto p = par_id.find(l.partenaire); p != par_id.end())
            p->second->perimetre.push_back({base::known(genres_perimetre, l.genre), l.code});
    for (auto& p : partenaires) std::ranges::sort(p.competences);
}

std::optional<Partenaire> complet(db::Transaction& tx, const std::optional<LignePartenaire>& ligne)
{
    if (!ligne) return std::nullopt;
    std::vector<Partenaire> un{depuis_ligne(*ligne)};
    db::Query requete;
    const auto ou = requete.add_all(std::vector{ligne->id});
    completer(tx, un, ou, requete);
    return std::move(un.front());
}

void insert_details(db::Transaction& tx, const Partenaire& p)
{
    for (const auto c : p.competences)
        tx.exec("INSERT INTO partenaire_competence (partenaire, competence) VALUES ($1, $2) "
                "ON CONFLICT DO NOTHING",
                p.id, base::slug_of(competences, c));
    for (const auto& l : p.perimetre)
        tx.exec("INSERT INTO partenaire_perimetre (partenaire, genre, code) VALUES ($1, $2, $3) "
                "ON CONFLICT DO NOTHING",
                p.id, base::slug_of(genres_perimetre, l.genre), l.code);
}

} // namespace

std::optional<Partenaire> find(db::Transaction& tx, const Id<Partenaire>& id)
{
    return complet(tx, tx.find<LignePartenaire>(std::string{selection_partenaire} + "WHERE id = $1", id));
}

std::vector<Partenaire> find_all(db::Transaction& tx, const std::vector<std::string>& ids)
{
    if (ids.empty()) return {};
    base::expect(ids.size() <= 500, "partners are asked by 500 at most");
    db::Query requete;
    const auto ou = requete.add_all(ids);
    std::vector<Partenaire> partenaires;
    for (const auto& l : requete.run<LignePartenaire>(tx, std::string{selection_partenaire} + "WHERE id IN " +
                                                              ou + " ORDER BY nom_cherche, id"))
        partenaires.push_back(depuis_ligne(l));
    completer(tx, partenaires, ou, requete);
    return partenaires;
}

std::vector<Partenaire> actifs(db::Transaction& tx, const std::string& territoire)
{
    db::Query requete;
    const std::string condition = "WHERE territoire = " + requete.add(territoire) + " AND actif = 1 ";
    std::vector<Partenaire> partenaires;
    for (const auto& l : requete.run<LignePartenaire>(tx, std::string{selection_partenaire} + condition +
                                                              "ORDER BY nom_cherche, id LIMIT 2000"))
        partenaires.push_back(depuis_ligne(l));
    completer(tx, partenaires, "(SELECT id FROM partenaire " + condition + ")", requete);
    return partenaires;
}

std::optional<Partenaire> de_la_commune(db::Transaction& tx, const std::string& territoire,
                                        const std::string& insee)
{
    return complet(tx,
                   tx.find<LignePartenaire>(std::string{selection_partenaire} +
                                                "WHERE territoire = $1 AND insee = $2 AND insee <> '' AND "
                                                "type = 'commune_schs'",
                                            territoire, insee));
}

std::string nom_de(db::Transaction& tx, const std::string& id)
{
    return tx.find<std::string>("SELECT nom FROM partenaire WHERE id = $1", id).value_or("");
}

std::vector<std::string> du_comite(db::Transaction& tx, const std::string& territoire,
                                   const std::string& comite)
{
    // territoire::comite_competent as a WHERE, line by line of the perimeter: a commune named by itself, else
    // its EPCI, else the default; an EPCI also touches the committee that has one of its communes.
    return tx.query<std::string>(
        "SELECT p.id FROM partenaire p JOIN territoire t ON t.code = p.territoire WHERE p.territoire = $1 "
        "AND "
        "(NOT EXISTS (SELECT 1 FROM partenaire_perimetre v WHERE v.partenaire = p.id) OR EXISTS ("
        "SELECT 1 FROM partenaire_perimetre l "
        "LEFT JOIN commune c ON l.genre = 'commune' AND c.insee = l.code "
        "LEFT JOIN comite_perimetre cc ON cc.territoire = p.territoire AND cc.genre = 'commune' AND "
        "l.genre = 'commune' AND cc.code = l.code "
        "LEFT JOIN comite_perimetre ce ON ce.territoire = p.territoire AND ce.genre = 'epci' AND "
        "ce.code = CASE l.genre WHEN 'commune' THEN c.epci WHEN 'epci' THEN l.code END "
        "WHERE l.partenaire = p.id AND (l.genre = 'departement' OR "
        "COALESCE(cc.comite, ce.comite, NULLIF(t.comite_par_defaut, ''), $2) = $2 OR "
        "(l.genre = 'epci' AND EXISTS (SELECT 1 FROM comite_perimetre x JOIN commune xc ON xc.insee = x.code "
        "WHERE x.territoire = p.territoire AND x.genre = 'commune' AND x.comite = $2 AND xc.epci = "
        "l.code))))) "
        "ORDER BY p.id LIMIT 5000",
        territoire, comite);
}

std::vector<std::string> comites_de(db::Transaction& tx, const std::string& territoire,
                                    const Perimetre& ligne)
{
    switch (ligne.genre) {
    case GenrePerimetre::Departement:
        return tx.query<std::string>("SELECT id FROM comite WHERE territoire = $1 ORDER BY id LIMIT 200",
                                     territoire);
    case GenrePerimetre::Epci:
        return tx.query<std::string>(
            "SELECT COALESCE(ce.comite, t.comite_par_defaut, '') FROM territoire t LEFT JOIN "
            "comite_perimetre ce ON ce.territoire = t.code AND ce.genre = 'epci' AND ce.code = $2 WHERE "
            "t.code = $1 UNION SELECT x.comite FROM comite_perimetre x JOIN commune c ON c.insee = x.code "
            "WHERE x.territoire = $1 AND x.genre = 'commune' AND c.epci = $2",
            territoire, ligne.code);
    case GenrePerimetre::Commune:
        return tx.query<std::string>(
            "SELECT COALESCE(cc.comite, ce.comite, t.comite_par_defaut, '') FROM territoire t LEFT JOIN "
            "commune c ON c.insee = $2 LEFT JOIN comite_perimetre cc ON cc.territoire = t.code AND cc.genre "
            "= 'commune' AND cc.code = $2 LEFT JOIN comite_perimetre ce ON ce.territoire = t.code AND "
            "ce.genre = 'epci' AND ce.code = c.epci WHERE t.code = $1",
            territoire, ligne.code);
    }
    throw base::Bug{"unknown kind of place"};
}

std::int64_t affectations_ouvertes(db::Transaction& tx, const Id<Partenaire>& id)
{
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM affectation WHERE partenaire = $1 AND statut IN "
                                "('en_attente', 'acceptee')",
                                id);
}

Liste liste(db::Transaction& tx, const Filtre& filtre)
{
    db::Query requete;
    std::string ou = "WHERE 1 = 1";
    if (!filtre.tous_les_territoires) {
        std::string portee = "1 = 0";
        if (!filtre.territoires.empty())
            portee += " OR p.territoire IN " + requete.add_all(filtre.territoires);
        if (!filtre.partenaires.empty()) portee += " OR p.id IN " + requete.add_all(filtre.partenaires);
        ou += " AND (" + portee + ")";
    }
    if (!filtre.territoire.empty()) ou += " AND p.territoire = " + requete.add(filtre.territoire);
    if (!filtre.type.empty()) ou += " AND p.type = " + requete.add(filtre.type);
    if (!base::fold(filtre.recherche).empty())
        ou += " AND p.nom_cherche " + db::containing(requete, base::fold(filtre.recherche));
    if (!filtre.inactifs) ou += " AND p.actif = 1";

    Liste resultat;
    resultat.total = requete.run<std::int64_t>(tx, "SELECT COUNT(*) FROM partenaire p " + ou).front();
    const auto page = std::clamp(filtre.page, 1U, 10'000U);
    const std::string fenetre = " LIMIT " + std::to_string(lignes_par_page) + " OFFSET " +
                                std::to_string((page - 1) * lignes_par_page);
    resultat.lignes =
        requete.run<Ligne>(tx, "SELECT p.id, p.territoire, p.nom, p.type, p.email, p.actif, "
                               "(SELECT COUNT(DISTINCT m.compte) FROM mandat m WHERE m.partenaire = p.id) "
                               "FROM partenaire p " +
                                   ou + " ORDER BY p.territoire, p.nom_cherche, p.id" + fenetre);
    return resultat;
}

void insert(db::Transaction& tx, const Partenaire& p, Instant le)
{
    tx.exec("INSERT INTO partenaire (id, territoire, nom, nom_cherche, type, email, telephone, insee, actif, "
            "cree_le, "
            "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
            p.id, p.territoire, p.nom, base::fold(p.nom), base::slug_of(types_partenaire, p.type), p.email,
            p.telephone, p.insee, p.actif, le);
    insert_details(tx, p);
}

bool insert_commune(db::Transaction& tx, const Partenaire& p, Instant le)
{
    const auto lignes = tx.exec(
        "INSERT INTO partenaire (id, territoire, nom, nom_cherche, type, email, telephone, insee, actif, "
        "cree_le, version) VALUES ($1, $2, $3, $4, 'commune_schs', $5, $6, $7, 1, $8, 1) "
        "ON CONFLICT DO NOTHING",
        p.id, p.territoire, p.nom, base::fold(p.nom), p.email, p.telephone, p.insee, le);
    if (lignes == 1) insert_details(tx, p);
    return lignes == 1;
}

void update(db::Transaction& tx, const Partenaire& p)
{
    const auto lignes = tx.exec("UPDATE partenaire SET nom = $1, nom_cherche = $2, type = $3, email = $4, "
                                "telephone = $5, insee = $6, "
                                "actif = $7, version = version + 1 WHERE id = $8 AND version = $9",
                                p.nom, base::fold(p.nom), base::slug_of(types_partenaire, p.type), p.email,
                                p.telephone, p.insee, p.actif, p.id, p.version);
    if (lignes != 1) throw db::Conflict{};
    tx.exec("DELETE FROM partenaire_competence WHERE partenaire = $1", p.id);
    tx.exec("DELETE FROM partenaire_perimetre WHERE partenaire = $1", p.id);
    insert_details(tx, p);
}

} // namespace partenaire::store
