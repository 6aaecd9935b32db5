// Every SQL statement about accounts, mandates, sessions, links and attempts. Decides nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/compte.hpp"
#include "db/db.hpp"

namespace compte::store {

// ── For the edge ──

/// The secret of this name (32 random bytes as text), made at the first call ever and then always the same.
std::string secret(db::Database&, std::string_view nom, Instant maintenant);
inline constexpr std::string_view secret_csrf = "csrf";

/// The session behind a cookie value: not expired, not idle, of an active account. Reads only.
std::optional<Session> session_de(db::Transaction&, std::string_view cookie, Instant maintenant);
/// The same for one request: also notes that the person was seen, at most once a minute.
std::optional<Session> session_de(db::Database&, std::string_view cookie, Instant maintenant);

// ── Sessions ──

struct NouvelleSession {
    std::string cookie; // the value to send; known to nobody else
    std::string jeton_hash;
};
/// `appareil`: « Firefox sur Windows », shown to the person only.
NouvelleSession creer_session(db::Transaction&, const Id<Compte>&, std::string_view appareil,
                              Instant maintenant);
void fermer_session(db::Transaction&, std::string_view jeton_hash);
void fermer_sessions(db::Transaction&, const Id<Compte>&, std::string_view sauf_jeton_hash = {});

struct LigneSession {
    std::string jeton_hash;
    std::string appareil;
    Instant cree_le;
    Instant vu_le;
};
std::vector<LigneSession> sessions_de(db::Transaction&, const Id<Compte>&, Instant maintenant);

// ── For the other slices ──

/// The agent of an active account, with its mandates.
std::optional<Agent> agent(db::Transaction&, const std::string& compte);
/// « Nadia Belkacem »; empty when unknown. Deactivated accounts keep their name in the history.
std::string nom_de(db::Transaction&, const std::string& compte);

/// Somebody to write to.
struct Destinataire {
    std::string compte;
    std::string nom;
    std::string email;
};
/// People of active accounts holding a confirmed mandate there, by name; at most 200.
std::vector<Destinataire> membres_du_partenaire(db::Transaction&, const std::string& partenaire);
std::vector<Destinataire> secretaires_du_comite(db::Transaction&, const std::string& comite);
std::vector<Destinataire> responsables_du_territoire(db::Transaction&, const std::string& territoire);

} // namespace compte::store
