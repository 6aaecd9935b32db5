// Accounts and mandates: every SQL statement about them, for both engines. Sessions, links and attempts are
// next door.
#include "compte/store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "compte/sql.hpp"
#include "db/query.hpp"

namespace compte::store {
namespace {

constexpr std::string_view selection_compte =
    "SELECT id, email, nom, prenom, etat, cree_le, derniere_connexion_le, version, nom_declare FROM compte ";

struct LigneCompteEntiere {
    std::string id, email, nom, prenom, etat;
    Instant cree_le;
    std::optional<Instant> derniere_connexion_le;
    int version;
    bool nom_declare;
};

std::optional<Compte> en_compte(const std::optional<LigneCompteEntiere>& l)
{
    if (!l) return std::nullopt;
    return Compte{Id<Compte>{l->id},
                  l->email,
                  l->nom,
                  l->prenom,
                  base::known(etats_compte, l->etat),
                  l->cree_le,
                  l->derniere_connexion_le,
                  l->version,
                  l->nom_declare};
}

MandatTenu en_mandat(const LigneMandat& l)
{
    return {l.id,
            l.compte,
            {base::known(roles, l.role), l.territoire, l.comite, l.partenaire, l.confirme},
            l.cree_le};
}

std::vector<MandatTenu> en_mandats(const std::vector<LigneMandat>& lignes)
{
    std::vector<MandatTenu> mandats;
    mandats.reserve(lignes.size());
    for (const auto& l : lignes) mandats.push_back(en_mandat(l));
    return mandats;
}

std::string nom_cherche(std::string_view nom, std::string_view prenom)
{
    return base::fold(std::string{nom} + " " + std::string{prenom});
}

/// The mandates (alias m) within reach: the rights table read as a WHERE.
std::string condition_de_portee(db::Query& requete, const std::vector<ChampAttribution>& champs)
{
    std::string condition = "(1 = 0";
    for (const auto& [donne, champ] : champs) {
        condition += " OR (m.role = " + requete.add(base::slug_of(roles, donne)) + " AND (";
        condition += champ.tout ? "1 = 1" : "1 = 0";
        if (!champ.tout && !champ.territoires.empty())
            condition += " OR m.territoire IN " + requete.add_all(champ.territoires);
        if (!champ.tout && !champ.partenaires.empty())
            condition += " OR m.partenaire IN " + requete.add_all(champ.partenaires);
        condition += "))";
    }
    return condition + ")";
}

/// What became of a mandate to be given: new, or there already and perhaps confirmed by this.
struct MandatDonne {
    bool cree = false, confirme = false;
};
MandatDonne enregistrer_mandat(db::Transaction& tx, const Id<Compte>& compte, const Mandat& m,
                               std::string_view par, Instant le)
{
    const auto lignes = tx.exec(
        "INSERT INTO mandat (id, compte, role, territoire, comite, partenaire, confirme, cree_le, cree_par) "
        "VALUES ($1, $2, $3, $4, $5, NULLIF($6, ''), $7, $8, NULLIF($9, '')) ON CONFLICT DO NOTHING",
        base::new_id(le), compte, base::slug_of(roles, m.role), m.territoire, m.comite, m.partenaire,
        m.confirme, le, par);
    if (lignes == 1 || !m.confirme) return {lignes == 1, false};
    return {false,
            tx.exec("UPDATE mandat SET confirme = 1 WHERE compte = $1 AND role = $2 AND territoire = $3 AND "
                    "comite = $4 "
                    "AND COALESCE(partenaire, '') = $5 AND confirme = 0",
                    compte, base::slug_of(roles, m.role), m.territoire, m.comite, m.partenaire) == 1};
}

} // namespace

std::optional<Compte> find(db::Transaction& tx, const Id<Compte>& id)
{
    return en_compte(tx.find<LigneCompteEntiere>(std::string{selection_compte} + "WHERE id = $1", id));
}

std::optional<Compte> find_by_email(db::Transaction& tx, std::string_view email)
{
    return en_compte(tx.find<LigneCompteEntiere>(std::string{selection_compte} + "WHERE email = $1", email));
}

std::vector<MandatTenu> mandats_de(db::Transaction& tx, const Id<Compte>& compte)
{
    return en_mandats(
        tx.query<LigneMandat>("SELECT " + std::string{colonnes_mandat} +
                                  " FROM mandat m WHERE m.compte = $1 ORDER BY m.cree_le, m.id LIMIT 200",
                              compte));
}

std::string fuseau_de(db::Transaction& tx, const Id<Compte>& compte)
{
    return tx
        .find<std::string>("SELECT t.fuseau FROM mandat m JOIN territoire t ON t.code = m.territoire WHERE "
                           "m.compte = $1 ORDER BY m.cree_le, m.id LIMIT 1",
                           compte)
        .value_or("Europe/Paris");
}

std::optional<MandatTenu> find_mandat(db::Transaction& tx, const std::string& id)
{
    const auto ligne =
        tx.find<LigneMandat>("SELECT " + std::string{colonnes_mandat} + " FROM mandat m WHERE m.id = $1", id);
    if (!ligne) return std::nullopt;
    return en_mandat(*ligne);
}

void insert(db::Transaction& tx, const Compte& c, std::string_view empreinte)
{
    tx.exec("INSERT INTO compte (id, email, nom, prenom, nom_cherche, mot_de_passe, etat, cree_le, version) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
            c.id, c.email, c.nom, c.prenom, nom_cherche(c.nom, c.prenom), empreinte,
            base::slug_of(etats_compte, c.etat), c.cree_le);
}

Enregistrement save(db::Transaction& tx, const Invitation& i)
{
    Enregistrement resultat;
    const Id<Compte> nouveau = Id<Compte>::make(i.le);
    resultat.compte_cree =
        tx.exec("INSERT INTO compte (id, email, nom, prenom, nom_cherche, etat, cree_le, version) "
                "VALUES ($1, $2, $3, $4, $5, 'invite', $6, 1) ON CONFLICT DO NOTHING",
                nouveau, i.email, i.nom, i.prenom, nom_cherche(i.nom, i.prenom), i.le) == 1;
    struct Existant {
        std::string id, etat;
    };
    // A name typed in a report gives way to the one a colleague knows.
    if (!resultat.compte_cree)
        tx.exec("UPDATE compte SET nom = $1, prenom = $2, nom_cherche = $3, nom_declare = 0, version = "
                "version + 1 "
                "WHERE email = $4 AND nom_declare = 1",
                i.nom, i.prenom, nom_cherche(i.nom, i.prenom), i.email);
    const auto compte = tx.one<Existant>("SELECT id, etat FROM compte WHERE email = $1", i.email);
    resultat.compte = Id<Compte>{compte.id};
    resultat.etat = base::known(etats_compte, compte.etat);
    const auto donne = enregistrer_mandat(tx, resultat.compte, i.mandat, i.par, i.le);
    resultat.mandat_cree = donne.cree;
    resultat.mandat_confirme = donne.confirme;
    return resultat;
}

bool ouvrir_compte_declare(db::Transaction& tx, std::string_view email, std::string_view nom,
                           std::string_view prenom, const Mandat& mandat, Instant le)
{
    tx.post("INSERT INTO compte (id, email, nom, prenom, nom_cherche, etat, cree_le, version, nom_declare) "
            "VALUES ($1, $2, $3, $4, $5, 'invite', $6, 1, 1) ON CONFLICT DO NOTHING",
            Id<Compte>::make(le), email, nom, prenom, nom_cherche(nom, prenom), le);
    // Read after the insertion, which waits for whoever opens the same account at the same moment.
    const auto sans_role = tx.find<std::string>("SELECT c.id FROM compte c WHERE c.email = $1 AND c.etat <> "
                                                "'desactive' AND NOT EXISTS "
                                                "(SELECT 1 FROM mandat m WHERE m.compte = c.id)",
                                                email);
    return sans_role && enregistrer_mandat(tx, Id<Compte>{*sans_role}, mandat, {}, le).cree;
}

void save(db::Transaction& tx, const Confirmation& c)
{
    if (tx.exec("UPDATE mandat SET confirme = 1 WHERE id = $1 AND confirme = 0", c.mandat) != 1)
        throw db::Conflict{};
}

void save(db::Transaction& tx, const Retrait& r)
{
    if (tx.exec("DELETE FROM mandat WHERE id = $1", r.mandat) != 1) throw db::Conflict{};
    // An account that is no longer for anything is not to be activated.
    tx.exec("DELETE FROM lien_secret WHERE compte = $1 AND usage = 'activation' AND NOT EXISTS "
            "(SELECT 1 FROM mandat m WHERE m.compte = $1)",
            r.compte);
}

void save(db::Transaction& tx, const Desactivation& d)
{
    const auto lignes = tx.exec("UPDATE compte SET etat = 'desactive', mot_de_passe = '', desactive_le = $3, "
                                "version = version + 1 WHERE id = $1 AND version = $2",
                                d.compte, d.version, d.le);
    if (lignes != 1) throw db::Conflict{};
    fermer_sessions(tx, d.compte);
    tx.exec("DELETE FROM lien_secret WHERE compte = $1", d.compte);
}

void save(db::Transaction& tx, const Reactivation& r)
{
    const auto lignes =
        tx.exec("UPDATE compte SET etat = 'invite', desactive_le = NULL, version = version + 1 "
                "WHERE id = $1 AND version = $2 AND etat = 'desactive' AND efface_le IS NULL",
                r.compte, r.version);
    if (lignes != 1) throw db::Conflict{};
}

std::int64_t effacer_comptes(db::Transaction& tx, Instant finis_avant, Instant invites_avant, Instant le)
{
    const auto ids = tx.query<std::string>(
        "SELECT c.id FROM compte c WHERE c.efface_le IS NULL AND ((c.etat = 'desactive' AND c.desactive_le < "
        "$1) "
        "OR (c.etat = 'invite' AND c.cree_le < $2 AND COALESCE(c.derniere_connexion_le, '') < $2 "
        // Asked again since then: their link is there, or ended less than a month ago.
        "AND NOT EXISTS (SELECT 1 FROM lien_secret l WHERE l.compte = c.id)) "
        // No role any more: from the day its last one was withdrawn, or its last visit.
        "OR (c.etat = 'actif' AND c.cree_le < $1 AND COALESCE(c.derniere_connexion_le, '') < $1 "
        "AND NOT EXISTS (SELECT 1 FROM mandat m WHERE m.compte = c.id) "
        "AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.objet_type = 'compte' AND j.objet_id = c.id AND "
        "j.le >= $1))) ORDER BY c.id LIMIT 100",
        finis_avant, invites_avant);
    for (const auto& id : ids) {
        fermer_sessions(tx, Id<Compte>{id});
        for (const auto* table : {"mandat", "lien_secret"})
            tx.exec(fmt::format("DELETE FROM {} WHERE compte = $1", table), id);
        tx.exec("UPDATE compte SET email = $2, nom = 'Compte effacé', prenom = '', nom_cherche = 'compte "
                "efface', "
                "mot_de_passe = '', etat = 'desactive', desactive_le = COALESCE(desactive_le, $3), efface_le "
                "= $3, "
                "version = version + 1 WHERE id = $1",
                id, fmt::format("{}@efface.invalid", id), le);
    }
    return static_cast<std::int64_t>(ids.size());
}

void renommer(db::Transaction& tx, const Compte& c)
{
    const auto lignes = tx.exec("UPDATE compte SET nom = $1, prenom = $2, nom_cherche = $3, nom_declare = 0, "
                                "version = version + 1 WHERE id = $4 AND version = $5",
                                c.nom, c.prenom, nom_cherche(c.nom, c.prenom), c.id, c.version);
    if (lignes != 1) throw db::Conflict{};
}

ListeComptes liste(db::Transaction& tx, const std::vector<ChampAttribution>& champs,
                   const FiltreComptes& filtre)
{
    db::Query requete;
    std::string mandat = condition_de_portee(requete, champs);
    if (!filtre.role.empty()) mandat += " AND m.role = " + requete.add(filtre.role);
    if (!filtre.territoire.empty()) mandat += " AND m.territoire = " + requete.add(filtre.territoire);
    if (!filtre.partenaire.empty()) mandat += " AND m.partenaire = " + requete.add(filtre.partenaire);
    if (filtre.a_confirmer) mandat += " AND m.confirme = 0";
    std::string ou = "WHERE (EXISTS (SELECT 1 FROM mandat m WHERE m.compte = c.id AND " + mandat + ")";
    // Nobody's account: shown to whoever may give everything, unless a role is looked for.
    const bool tout = std::ranges::any_of(
        champs, [](const ChampAttribution& c) { return c.donne == Role::SuperAdmin && c.champ.tout; });
    if (tout && filtre.role.empty() && filtre.territoire.empty() && filtre.partenaire.empty() &&
        !filtre.a_confirmer)
        ou += " OR (c.efface_le IS NULL AND NOT EXISTS (SELECT 1 FROM mandat m WHERE m.compte = c.id))";
    ou += ")";
    if (!filtre.etat.empty()) ou += " AND c.etat = " + requete.add(filtre.etat);
    const auto nom = base::fold(filtre.recherche);
    if (!nom.empty()) {
        std::string email{base::trim(filtre.recherche)};
        std::ranges::transform(email, email.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        ou += " AND (c.nom_cherche " + db::containing(requete, nom) + " OR c.email " +
              db::containing(requete, email) + ")";
    }

    ListeComptes resultat;
    resultat.total = requete.run<std::int64_t>(tx, "SELECT COUNT(*) FROM compte c " + ou).front();
    const auto page = std::clamp(filtre.page, 1U, 10'000U);
    const auto administres = condition_de_portee(requete, champs);
    resultat.lignes = requete.run<LigneCompte>(
        tx, "SELECT c.id, c.email, c.nom, c.prenom, c.etat, c.derniere_connexion_le, "
            "EXISTS (SELECT 1 FROM mandat m WHERE m.compte = c.id AND m.confirme = 1 AND NOT " +
                administres + ") FROM compte c " + ou + " ORDER BY c.nom_cherche, c.id LIMIT " +
                std::to_string(lignes_par_page) + " OFFSET " + std::to_string((page - 1) * lignes_par_page));
    if (resultat.lignes.empty()) return resultat;

    db::Query leurs_mandats;
    std::vector<std::string> ids;
    for (const auto& l : resultat.lignes) ids.push_back(l.id);
    const auto portee = condition_de_portee(leurs_mandats, champs);
    const auto parmi = leurs_mandats.add_all(ids);
    resultat.mandats = en_mandats(leurs_mandats.run<LigneMandat>(
        tx, "SELECT " + std::string{colonnes_mandat} + " FROM mandat m WHERE m.compte IN " + parmi + " AND " +
                portee + " ORDER BY m.cree_le, m.id"));
    return resultat;
}

std::int64_t mandats_a_confirmer(db::Transaction& tx, const std::vector<ChampAttribution>& champs)
{
    db::Query requete;
    const auto portee = condition_de_portee(requete, champs);
    return requete
        .run<std::int64_t>(tx, "SELECT COUNT(*) FROM mandat m JOIN compte c ON c.id = m.compte "
                               "WHERE m.confirme = 0 AND c.etat <> 'desactive' AND " +
                                   portee)
        .front();
}

std::vector<std::string> inventaire(db::Transaction& tx)
{
    struct LigneInventaire {
        std::string email, etat, role, ou;
    };
    std::vector<std::string> lignes;
    std::string precedent;
    for (const auto& l : tx.query<LigneInventaire>(
             "SELECT c.email, c.etat, COALESCE(m.role, ''), "
             "CASE WHEN m.comite <> '' THEN m.comite ELSE COALESCE(m.partenaire, m.territoire, '') END "
             "FROM compte c LEFT JOIN mandat m ON m.compte = c.id ORDER BY c.email, m.cree_le, m.id LIMIT "
             "10000")) {
        if (l.email != precedent) lignes.push_back(l.email + "\t" + l.etat);
        if (!l.role.empty()) lignes.back() += "\t" + l.role + (l.ou.empty() ? "" : "@" + l.ou);
        precedent = l.email;
    }
    return lignes;
}

std::string nom_de(db::Transaction& tx, const std::string& compte)
{
    const auto c = find(tx, Id<Compte>{compte});
    return c ? nom_complet(*c) : std::string{};
}

namespace {

struct LigneDestinataire {
    std::string id, prenom, nom, email;
};

/// `mandats`: a condition on `m`, whose parameters are in `requete`.
std::vector<Destinataire> destinataires(db::Transaction& tx, const db::Query& requete,
                                        const std::string& mandats)
{
    std::vector<Destinataire> liste;
    const auto sql = "SELECT c.id, c.prenom, c.nom, c.email FROM compte c WHERE c.etat = 'actif' AND c.id IN "
                     "(SELECT m.compte FROM mandat m WHERE m.confirme = 1 AND " +
                     mandats + ") ORDER BY c.nom_cherche, c.id LIMIT 2000";
    for (auto& l : requete.run<LigneDestinataire>(tx, sql))
        liste.push_back({l.id, l.prenom.empty() ? l.nom : l.prenom + " " + l.nom, l.email});
    return liste;
}

} // namespace

std::vector<Destinataire> membres_des_partenaires(db::Transaction& tx,
                                                  const std::vector<std::string>& partenaires)
{
    if (partenaires.empty()) return {};
    db::Query requete;
    const auto parmi = requete.add_all(partenaires);
    return destinataires(tx, requete, "m.partenaire IN " + parmi);
}

std::vector<std::string> partenaires_injoignables(db::Transaction& tx, const std::string& territoire)
{
    return tx.query<std::string>("SELECT p.id FROM partenaire p WHERE p.territoire = $1 AND p.actif = 1 AND "
                                 "p.email = '' AND NOT EXISTS "
                                 "(SELECT 1 FROM mandat m JOIN compte c ON c.id = m.compte WHERE "
                                 "m.partenaire = p.id AND m.confirme = 1 "
                                 "AND c.etat = 'actif') LIMIT 2000",
                                 territoire);
}

std::vector<std::string> partenaires_a_confirmer(db::Transaction& tx, const std::string& territoire)
{
    return tx.query<std::string>(
        "SELECT DISTINCT m.partenaire FROM mandat m JOIN compte c ON c.id = m.compte "
        "WHERE m.territoire = $1 AND m.confirme = 0 AND m.partenaire <> '' AND "
        "c.etat <> 'desactive' LIMIT 2000",
        territoire);
}

std::vector<Destinataire> secretaires_du_comite(db::Transaction& tx, const std::string& comite)
{
    db::Query requete;
    const auto ou = requete.add(comite);
    // « <> '' »: the index holds only the mandates that name a committee.
    return destinataires(tx, requete,
                         "m.comite = " + ou + " AND m.comite <> '' AND m.role = 'secretaire_comite'");
}

std::vector<Destinataire> responsables_du_territoire(db::Transaction& tx, const std::string& territoire)
{
    db::Query requete;
    const auto ou = requete.add(territoire);
    return destinataires(tx, requete, "m.territoire = " + ou + " AND m.role = 'responsable_territoire'");
}

} // namespace compte::store
