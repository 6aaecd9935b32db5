// Sessions and the installation's secrets. The cookie's value is never written: only its SHA-256.
#include <algorithm>

#include "base/crypto.hpp"
#include "compte/sql.hpp"
#include "compte/store.hpp"

namespace compte::store {
namespace {

constexpr std::size_t sessions_par_compte = 20;

constexpr std::string_view mandats_lus_au_plus = "200";

/// A session and one mandate of its person, if any: each page reads this, in one statement.
struct LigneSessionOuverte {
    std::string jeton_hash, compte, prenom, nom, email;
    Instant cree_le, vu_le, expire_le;
    std::optional<std::string> role;
    std::string territoire, comite, partenaire;
    bool confirme, partenaire_actif;
};

/// What a person is for. Mandates of a partner out of service give nothing.
std::vector<Mandat> mandats_en_vigueur(db::Transaction& tx, const std::string& compte)
{
    std::vector<Mandat> mandats;
    for (const auto& l : tx.query<LigneMandat>(
             "SELECT " + std::string{colonnes_mandat} +
                 " FROM mandat m LEFT JOIN partenaire p ON p.id = m.partenaire WHERE m.compte = $1 "
                 "AND (p.id IS NULL OR p.actif = 1) ORDER BY m.cree_le, m.id LIMIT " +
                 std::string{mandats_lus_au_plus},
             compte))
        mandats.push_back({base::known(roles, l.role), l.territoire, l.comite, l.partenaire, l.confirme});
    return mandats;
}

std::string nom_affiche(const std::string& prenom, const std::string& nom)
{
    return prenom.empty() ? nom : prenom + " " + nom;
}

/// The session of this row, of an active account; however old it is.
std::optional<Session> lire_session(db::Transaction& tx, std::string_view jeton_hash)
{
    const auto lignes = tx.query<LigneSessionOuverte>(
        "SELECT s.jeton_hash, c.id, c.prenom, c.nom, c.email, s.cree_le, s.vu_le, s.expire_le, m.role, "
        "COALESCE(m.territoire, ''), COALESCE(m.comite, ''), COALESCE(m.partenaire, ''), "
        "COALESCE(m.confirme, 0), COALESCE(p.actif, 1) FROM session s JOIN compte c ON c.id = s.compte "
        "LEFT JOIN mandat m ON m.compte = c.id LEFT JOIN partenaire p ON p.id = m.partenaire "
        "WHERE s.jeton_hash = $1 AND c.etat = 'actif' ORDER BY m.cree_le, m.id LIMIT " +
            std::string{mandats_lus_au_plus},
        jeton_hash);
    if (lignes.empty()) return std::nullopt;
    const auto& l = lignes.front();
    Session session{l.jeton_hash, Agent{l.compte, nom_affiche(l.prenom, l.nom), l.email, {}}, l.cree_le,
                    l.vu_le, l.expire_le};
    for (const auto& m : lignes)
        if (m.role && m.partenaire_actif)
            session.agent.mandats.push_back(
                {base::known(roles, *m.role), m.territoire, m.comite, m.partenaire, m.confirme});
    return session;
}

} // namespace

std::string secret(db::Database& base_de_donnees, std::string_view nom, Instant maintenant)
{
    return base_de_donnees.remembered("secret:" + std::string{nom}, [&] {
        const auto lu = [&](db::Transaction& tx) {
            return tx.find<std::string>("SELECT valeur FROM secret WHERE nom = $1", nom);
        };
        {
            auto tx = base_de_donnees.read();
            if (auto valeur = lu(tx)) return *valeur;
        }
        return base_de_donnees.write([&](db::Transaction& tx) {
            // Several servers may start at once: the first one wins, all read the same value.
            tx.exec("INSERT INTO secret (nom, valeur, cree_le) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                    nom, base::random_token(32), maintenant);
            return lu(tx).value();
        });
    });
}

std::optional<Session> session_de(db::Transaction& tx, std::string_view cookie, Instant maintenant)
{
    if (cookie.empty() || cookie.size() > 100) return std::nullopt;
    auto session = lire_session(tx, base::sha256_hex(cookie));
    if (session && !session_valable(session->vu_le, session->expire_le, maintenant)) return std::nullopt;
    return session;
}

std::optional<Agent> agent_de_session(db::Transaction& tx, std::string_view jeton_hash, Instant maintenant)
{
    auto session = lire_session(tx, jeton_hash);
    if (!session || session->expire_le <= maintenant) return std::nullopt;
    return std::move(session->agent);
}

std::optional<Session> session_de(db::Database& base_de_donnees, std::string_view cookie, Instant maintenant)
{
    std::optional<Session> session;
    {
        auto tx = base_de_donnees.read();
        session = session_de(tx, cookie, maintenant);
    }
    if (session && session->vu_le.plus_seconds(session_pas_secondes) <= maintenant)
        base_de_donnees.write([&](db::Transaction& tx) {
            tx.exec("UPDATE session SET vu_le = $1 WHERE jeton_hash = $2 AND vu_le < $1", maintenant,
                    session->jeton_hash);
        });
    return session;
}

NouvelleSession creer_session(db::Transaction& tx, const Id<Compte>& compte, std::string_view appareil,
                              Instant maintenant)
{
    NouvelleSession nouvelle;
    nouvelle.cookie = base::random_token(32);
    nouvelle.jeton_hash = base::sha256_hex(nouvelle.cookie);
    tx.exec("INSERT INTO session (jeton_hash, compte, appareil, cree_le, vu_le, expire_le) "
            "VALUES ($1, $2, $3, $4, $4, $5)",
            nouvelle.jeton_hash, compte, appareil, maintenant,
            maintenant.plus_seconds(session_absolue_secondes));
    // A robot that logs in for ever does not fill the table: the oldest ones close.
    tx.exec("DELETE FROM session WHERE compte = $1 AND jeton_hash NOT IN (SELECT jeton_hash FROM session "
            "WHERE compte = $1 ORDER BY cree_le DESC, jeton_hash LIMIT " +
                std::to_string(sessions_par_compte) + ")",
            compte);
    return nouvelle;
}

void fermer_session(db::Transaction& tx, std::string_view jeton_hash)
{
    tx.exec("DELETE FROM session WHERE jeton_hash = $1", jeton_hash);
}

void fermer_sessions(db::Transaction& tx, const Id<Compte>& compte, std::string_view sauf_jeton_hash)
{
    tx.exec("DELETE FROM session WHERE compte = $1 AND jeton_hash <> $2", compte, sauf_jeton_hash);
}

std::vector<LigneSession> sessions_de(db::Transaction& tx, const Id<Compte>& compte, Instant maintenant)
{
    auto lignes =
        tx.query<LigneSession>("SELECT jeton_hash, appareil, cree_le, vu_le FROM session WHERE compte = $1 "
                               "AND expire_le > $2 AND vu_le > $3 ORDER BY vu_le DESC, jeton_hash LIMIT 50",
                               compte, maintenant, maintenant.plus_seconds(-session_inactive_secondes));
    return lignes;
}

std::optional<Agent> agent(db::Transaction& tx, const std::string& compte)
{
    struct Identite {
        std::string id, prenom, nom, email;
    };
    const auto c = tx.find<Identite>(
        "SELECT id, prenom, nom, email FROM compte WHERE id = $1 AND etat = 'actif'", compte);
    if (!c) return std::nullopt;
    return Agent{c->id, nom_affiche(c->prenom, c->nom), c->email, mandats_en_vigueur(tx, c->id)};
}

} // namespace compte::store
