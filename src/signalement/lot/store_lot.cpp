// See store_lot.hpp.
#include "signalement/lot/store_lot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "courrier/store.hpp"
#include "db/query.hpp"
#include "journal/journal.hpp"
#include "signalement/relecture.hpp"
#include "signalement/store_portee.hpp"

namespace signalement::lot::store {

namespace {
namespace lecture {

/// Reports go out of reach while they are chosen: each reading asks again.
std::string condition(const compte::Agent& agent, db::Query& q)
{
    return "FROM selection x JOIN signalement s ON s.id = x.signalement WHERE x.compte = " + q.add(agent.id) +
           " AND " + signalement::store::portee(agent, Action::Lire, q);
}

std::int64_t place(db::Transaction& tx, const compte::Agent& agent)
{
    return static_cast<std::int64_t>(taille_max) -
           tx.one<std::int64_t>("SELECT COUNT(*) FROM selection WHERE compte = $1", agent.id);
}

struct RangeeLot {
    std::string id, compte, geste, partenaires, motif, texte;
    bool visible = false;
    Instant cree_le, annulable_jusqu_au;
};

struct RangeeLigne {
    std::string signalement, reference, issue, raison;
    std::int64_t rang_vu = 0, rang = 0, rang_avant = 0;
};

constexpr std::string_view colonnes_ligne =
    "SELECT l.signalement, s.reference, l.issue, l.raison, l.rang_vu, l.rang, l.rang_avant FROM lot_ligne l "
    "JOIN signalement s ON s.id = l.signalement WHERE l.lot = $1";

Ligne ligne(RangeeLigne r)
{
    return {.signalement = std::move(r.signalement),
            .reference = std::move(r.reference),
            .lieu = {},
            .issue = base::known(issues, r.issue),
            .raison = std::move(r.raison),
            .rang_vu = r.rang_vu,
            .rang = r.rang,
            .rang_avant = r.rang_avant};
}

} // namespace lecture
} // namespace

std::vector<Choisi> selection(db::Transaction& tx, const compte::Agent& agent)
{
    db::Query q;
    auto sql = "SELECT s.id, s.reference, s.statut, s.commune, s.code_postal, s.adresse_libelle, s.danger, "
               "s.message_sans_reponse " +
               lecture::condition(agent, q);
    return q.run<Choisi>(tx, sql + " ORDER BY x.rang, s.id");
}

std::int64_t nombre_choisis(db::Transaction& tx, const compte::Agent& agent)
{
    db::Query q;
    const auto sql = "SELECT COUNT(*) " + lecture::condition(agent, q);
    return q.run<std::int64_t>(tx, sql).front();
}

std::vector<std::string> territoires_choisis(db::Transaction& tx, const compte::Agent& agent)
{
    db::Query q;
    const auto sql = "SELECT DISTINCT s.territoire " + lecture::condition(agent, q);
    return q.run<std::string>(tx, sql + " ORDER BY s.territoire");
}

Choix choisir(db::Transaction& tx, const compte::Agent& agent, const std::vector<std::string>& ids,
              Instant le)
{
    {
        // Chosen once and out of reach since: nobody sees them, and they would keep the room of others.
        db::Query q;
        auto sql =
            "DELETE FROM selection WHERE compte = " + q.add(agent.id) +
            " AND signalement NOT IN (SELECT s.id FROM signalement s JOIN selection x ON x.signalement = "
            "s.id WHERE x.compte = " +
            q.add(agent.id);
        sql += " AND " + signalement::store::portee(agent, Action::Lire, q) + ")";
        tx.run(sql, q.params, nullptr);
    }
    auto reste = lecture::place(tx, agent);
    const auto deja = static_cast<std::int64_t>(taille_max) - reste;
    Choix out;
    for (std::size_t i = 0; i < ids.size() && i < taille_max; ++i) {
        if (reste <= 0) {
            out.laisses += tx.find<int>("SELECT 1 FROM selection WHERE compte = $1 AND signalement = $2",
                                        agent.id, ids[i])
                               ? 0
                               : 1;
            continue;
        }
        db::Query q;
        const auto sql = "INSERT INTO selection (compte, signalement, territoire, rang, choisi_le) SELECT "
                         "CAST(" +
                         q.add(agent.id) + " AS TEXT), s.id, s.territoire, CAST(" +
                         q.add(deja + static_cast<std::int64_t>(i)) + " AS BIGINT), CAST(" + q.add(le) +
                         " AS TEXT) FROM signalement s WHERE s.id = " + q.add(ids[i]) + " AND " +
                         signalement::store::portee(agent, Action::Lire, q) +
                         " ON CONFLICT (compte, signalement) DO NOTHING";
        tx.run(sql, q.params, nullptr);
        reste = lecture::place(tx, agent);
    }
    out.choisis = nombre_choisis(tx, agent);
    return out;
}

Choix choisir_tout(db::Transaction& tx, const filtre::Regard& regard, const filtre::Filtre& f, Instant le)
{
    auto entier = f;
    entier.ou = {}; // from the first line, whatever page is open
    db::Query q;
    auto sql = "SELECT s.id FROM signalement s WHERE " + filtre::condition(regard, entier, q, tx.engine());
    sql += filtre::place_et_ordre(regard, entier, q);
    auto out =
        choisir(tx, regard.lecteur, q.run<std::string>(tx, sql + fmt::format(" LIMIT {}", taille_max)), le);
    // Of the whole list, however long it has become since its button was drawn.
    db::Query reste;
    auto compte =
        "SELECT COUNT(*) FROM signalement s WHERE " + filtre::condition(regard, entier, reste, tx.engine());
    compte += " AND s.id NOT IN (SELECT x.signalement FROM selection x WHERE x.compte = " +
              reste.add(regard.lecteur.id) + ")";
    out.laisses = reste.run<std::int64_t>(tx, compte).front();
    return out;
}

void enlever(db::Transaction& tx, const compte::Agent& agent, const std::vector<std::string>& ids)
{
    for (std::size_t i = 0; i < ids.size() && i < taille_max; ++i)
        tx.exec("DELETE FROM selection WHERE compte = $1 AND signalement = $2", agent.id, ids[i]);
}

void vider(db::Transaction& tx, const compte::Agent& agent)
{
    tx.exec("DELETE FROM selection WHERE compte = $1", agent.id);
}

bool creer(db::Transaction& tx, const Lot& l)
{
    const auto& c = l.consigne;
    if (tx.exec("INSERT INTO lot (id, compte, geste, partenaires, motif, texte, visible, cree_le, "
                "annulable_jusqu_au) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
                l.id, l.compte, base::slug_of(gestes, c.geste), base::join(c.partenaires, " "), c.motif,
                c.texte, c.visible_deposant, l.cree_le, l.annulable_jusqu_au) != 1)
        return false;
    std::int64_t place = 0;
    for (const auto& x : l.lignes)
        tx.exec("INSERT INTO lot_ligne (lot, signalement, territoire, place, issue, rang_vu) "
                "SELECT CAST($1 AS TEXT), id, territoire, CAST($3 AS BIGINT), 'a_faire', CAST($4 AS BIGINT) "
                "FROM signalement WHERE id = $2",
                l.id, x.signalement, place++, x.rang_vu);
    return true;
}

std::optional<Lot> trouver(db::Transaction& tx, const std::string& id, const compte::Agent& agent)
{
    auto r = tx.find<lecture::RangeeLot>(
        "SELECT id, compte, geste, partenaires, motif, texte, visible, cree_le, annulable_jusqu_au FROM lot "
        "WHERE id = $1 AND compte = $2",
        id, agent.id);
    if (!r) return std::nullopt;
    auto partenaires = base::split(r->partenaires, ' ');
    std::erase(partenaires, "");
    Lot l{.id = r->id,
          .compte = r->compte,
          .consigne = {base::known(gestes, r->geste), std::move(partenaires), r->motif, r->texte, r->visible},
          .cree_le = r->cree_le,
          .annulable_jusqu_au = r->annulable_jusqu_au,
          .lignes = {}};
    tx.each<lecture::RangeeLigne>(
        std::string{lecture::colonnes_ligne} + " ORDER BY l.place",
        [&](lecture::RangeeLigne x) { l.lignes.push_back(lecture::ligne(std::move(x))); }, id);
    db::Query q;
    const auto lisibles = "SELECT s.id FROM lot_ligne l JOIN signalement s ON s.id = l.signalement WHERE "
                          "l.lot = " +
                          q.add(id) + " AND " + signalement::store::portee(agent, Action::Lire, q);
    const auto lus = q.run<std::string>(tx, lisibles);
    const std::unordered_set<std::string> ouverts{lus.begin(), lus.end()};
    for (auto& x : l.lignes)
        if (!ouverts.contains(x.signalement)) x.reference = x.raison = {};
    return l;
}

void prolonger(db::Transaction& tx, const Lot& l)
{
    tx.exec("UPDATE lot SET annulable_jusqu_au = $1 WHERE id = $2", l.annulable_jusqu_au, l.id);
}

std::optional<Ligne> a_faire(db::Transaction& tx, const Lot& l, const std::string& signalement)
{
    if (tx.exec(
            "UPDATE lot_ligne SET issue = issue WHERE lot = $1 AND signalement = $2 AND issue = 'a_faire'",
            l.id, signalement) != 1)
        return std::nullopt;
    return lecture::ligne(tx.one<lecture::RangeeLigne>(
        std::string{lecture::colonnes_ligne} + " AND l.signalement = $2", l.id, signalement));
}

Issue issue_de(db::Transaction& tx, const Lot& l, const std::string& signalement)
{
    return base::known(issues,
                       tx.one<std::string>("SELECT issue FROM lot_ligne WHERE lot = $1 AND signalement = $2",
                                           l.id, signalement));
}

void retenir(db::Transaction& tx, const Lot& l, const Dossier& d)
{
    tx.exec("INSERT INTO lot_avant (lot, signalement, territoire, statut, valide_le, refuse_le, clos_le, "
            "motif_slug, "
            "motif_texte, dernier_suivi_le, dernier_suivi_de, message_sans_reponse) "
            "SELECT CAST($1 AS TEXT), id, territoire, statut, valide_le, refuse_le, clos_le, motif_slug, "
            "motif_texte, dernier_suivi_le, dernier_suivi_de, message_sans_reponse FROM signalement WHERE id "
            "= $2",
            l.id, d.id);
    tx.exec(
        "INSERT INTO lot_affectation (lot, affectation, signalement, territoire, statut, affectee_le, "
        "affectee_par, repondue_le, fermee_le, motif, motif_texte) SELECT CAST($1 AS TEXT), id, signalement, "
        "territoire, statut, affectee_le, affectee_par, repondue_le, fermee_le, motif, motif_texte FROM "
        "affectation WHERE signalement = $2",
        l.id, d.id);
}

void noter(db::Transaction& tx, const Lot& l, const std::string& signalement, const Ligne& x)
{
    tx.exec("UPDATE lot_ligne SET issue = $1, raison = $2, rang = $3, rang_avant = $4 WHERE lot = $5 AND "
            "signalement = $6",
            base::slug_of(issues, x.issue), x.raison, x.rang, x.rang_avant, l.id, signalement);
    // What was chosen is done: whether it was refused is read on the page of the lot.
    if (x.issue != Issue::AFaire)
        tx.exec("DELETE FROM selection WHERE compte = $1 AND signalement = $2", l.compte, signalement);
}

namespace {

/// The messages of a decision have keys that begin so (signalement/notifications.cpp).
std::string cle_de(const std::string& signalement, std::int64_t rang)
{
    return fmt::format("signalement/{}/{}/", signalement, rang);
}

} // namespace

void faire_attendre_les_courriels(db::Transaction& tx, const Lot& l, const std::string& signalement,
                                  std::int64_t rang)
{
    courrier::retarder(tx, "signalement", signalement, cle_de(signalement, rang), l.annulable_jusqu_au);
}

void defaire(db::Transaction& tx, const Lot& l, const Ligne& x, const Dossier& d, const compte::Agent& par,
             Instant le)
{
    if (!courrier::reprendre(tx, "signalement", d.id, cle_de(d.id, x.rang))) throw db::Conflict{};
    struct Avant {
        std::string statut;
        std::optional<Instant> valide_le, refuse_le, clos_le;
        std::optional<std::string> motif_slug, motif_texte;
        std::optional<Instant> dernier_suivi_le;
        std::optional<std::string> dernier_suivi_de;
        bool message = false;
    };
    const auto a = tx.one<Avant>(
        "SELECT statut, valide_le, refuse_le, clos_le, motif_slug, motif_texte, dernier_suivi_le, "
        "dernier_suivi_de, message_sans_reponse FROM lot_avant WHERE lot = $1 AND signalement = $2",
        l.id, d.id);
    if (tx.exec("UPDATE signalement SET statut = $1, valide_le = $2, refuse_le = $3, clos_le = $4, "
                "motif_slug = $5, "
                "motif_texte = $6, dernier_suivi_le = $7, dernier_suivi_de = $8, message_sans_reponse = $9, "
                "version = version + 1 WHERE id = $10 AND version = $11",
                a.statut, a.valide_le, a.refuse_le, a.clos_le, a.motif_slug, a.motif_texte,
                a.dernier_suivi_le, a.dernier_suivi_de, a.message, d.id, d.version) != 1)
        throw db::Conflict{};
    tx.exec("DELETE FROM affectation WHERE signalement = $1 AND id NOT IN (SELECT affectation FROM "
            "lot_affectation "
            "WHERE lot = $2 AND signalement = $1)",
            d.id, l.id);
    struct Affectation {
        std::string id, statut;
        Instant affectee_le;
        std::string affectee_par;
        std::optional<Instant> repondue_le, fermee_le;
        std::optional<std::string> motif;
        std::string motif_texte;
    };
    for (const auto& f : tx.query<Affectation>("SELECT affectation, statut, affectee_le, affectee_par, "
                                               "repondue_le, fermee_le, motif, motif_texte "
                                               "FROM lot_affectation WHERE lot = $1 AND signalement = $2",
                                               l.id, d.id))
        tx.exec("UPDATE affectation SET statut = $1, affectee_le = $2, affectee_par = $3, repondue_le = $4, "
                "fermee_le = $5, motif = $6, motif_texte = $7, version = version + 1 WHERE id = $8",
                f.statut, f.affectee_le, f.affectee_par, f.repondue_le, f.fermee_le, f.motif, f.motif_texte,
                f.id);
    // The only entries of the follow-up since then are those of the lot itself: nobody has acted meanwhile.
    if (l.consigne.geste == Geste::Ecrire)
        tx.exec("DELETE FROM suivi WHERE signalement = $1 AND id IN (SELECT details FROM journal WHERE "
                "objet_type = "
                "'signalement' AND objet_id = $1 AND rang > $2 AND rang <= $3)",
                d.id, x.rang_avant, x.rang);
    journal::append(tx, {.objet_type = "signalement",
                         .objet_id = d.id,
                         .evenement = std::string{evenement_annulation},
                         .acteur_id = par.id,
                         .acteur_nom = par.nom,
                         .territoire = d.territoire,
                         .le = le,
                         .details = std::to_string(x.rang_avant)});
    auto defaite = x;
    defaite.issue = Issue::Defait;
    defaite.raison.clear();
    noter(tx, l, d.id, defaite);
}

std::int64_t purger(db::Transaction& tx, Instant selection_avant, Instant lot_avant)
{
    // What was in them goes with them.
    return tx.exec("DELETE FROM selection WHERE choisi_le < $1", selection_avant) +
           tx.exec("DELETE FROM lot WHERE id IN (SELECT id FROM lot WHERE cree_le < $1 ORDER BY cree_le "
                   "LIMIT 50)",
                   lot_avant);
}

} // namespace signalement::lot::store
