// Every SQL statement about the accounts of applicants: codes, sessions, and which demandes each account
// reads. Decides nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "demande/cycle.hpp"
#include "demande/portail/demandeur.hpp"
#include "demande/store_code.hpp"

namespace demande::portail::store {

/// Name of the key under which codes are hashed.
inline constexpr std::string_view secret_code = "code_demandeur";

// ── Entering ───────────────────────────────────────────────────────────────────────────────────────────────

struct CodeNouveau {
    std::string cookie; // the value to send to the browser that asked; known to nobody else
    std::string code;   // to send to the mailbox
};
/// The same work whether the mailbox has an account or not: nothing here looks.
/// `code`: drawn by the caller, see `nouveau_code`.
CodeNouveau creer_code(db::Transaction&, std::string_view secret, std::string_view courriel, std::string code,
                       Instant le);

using demande::store::Verdict;
struct Essai {
    Verdict verdict = Verdict::Perime;
    std::string courriel; // of a right code
    int restants = 0;     // tries left after a wrong one
};
/// Counts the try, then compares. A right code is used up; so is one that was missed too often.
Essai essayer_code(db::Transaction&, std::string_view secret, std::string_view cookie, std::string_view code,
                   Instant le);

/// The account of this mailbox, opened the first time somebody proves that they read it.
Demandeur ouvrir_compte(db::Transaction&, std::string_view courriel, Instant le);
/// False when another account has this mailbox.
bool changer_courriel(db::Transaction&, const std::string& demandeur, std::string_view courriel);
/// The cookie to send.
std::string creer_session(db::Transaction&, const Demandeur&, std::string_view appareil, Instant le);
/// The session behind a cookie value: not expired, not idle.
std::optional<Session> session_de(db::Transaction&, std::string_view cookie, Instant maintenant);
/// The same for one request: also notes that the person was seen, at most once a minute.
std::optional<Session> session_de(db::Database&, std::string_view cookie, Instant maintenant);
void fermer_session(db::Transaction&, std::string_view jeton_hash);
/// Every session but this one. How many were open.
std::int64_t fermer_sessions(db::Transaction&, const std::string& demandeur,
                             std::string_view sauf_jeton_hash = {});

// ── The demandes of an account ─────────────────────────────────────────────────────────────────────────────

/// Opens a demande to an account; the one way a link is ever written. Nothing happens the second time.
/// db::UniqueViolation when another account already holds it as the same of those who sign. `rang`: which of
/// them; 0, the applicant.
void lier(db::Transaction&, const std::string& demandeur, const std::string& demande, RoleSurDemande, Voie,
          Instant le, int rang = 0);

/// A demande as its account lists it.
struct DemandeLiee {
    std::string id, numero, territoire;
    Etat etat = Etat::Active;
    Date deposee_le, ancre;
    RoleSurDemande role = RoleSurDemande::Titulaire;
};
/// The newest first; at most a hundred. An erased demande is not listed.
std::vector<DemandeLiee> demandes_de(db::Transaction&, const std::string& demandeur);
/// In whose name this account reads this demande; nothing when it does not: answer 404. The answers
/// themselves are then read by demande::store::find_du_demandeur.
std::optional<RoleSurDemande> role_sur(db::Transaction&, const std::string& demandeur,
                                       const std::string& demande);
/// The link itself: which of those who sign, and how it was made.
struct Lien {
    std::string demandeur;
    int rang = 0;
    Voie voie = Voie::EnLigne;
};
std::optional<Lien> lien_sur(db::Transaction&, const std::string& demandeur, const std::string& demande);
/// The account of one of those who sign, if they have one.
std::optional<Lien> lien_du_rang(db::Transaction&, const std::string& demande, int rang);
void delier(db::Transaction&, const std::string& demandeur, const std::string& demande);
/// The mailbox of an account.
std::optional<std::string> courriel_de(db::Transaction&, const std::string& demandeur);
/// The accounts that read a demande: to write to them. At most twenty.
std::vector<Demandeur> demandeurs_de(db::Transaction&, const std::string& demande);

// ── The end of what is kept ── a batch at a time, for `logis jobs run`

/// Deletes sessions and codes that are over; how many.
std::int64_t purger(db::Transaction&, Instant maintenant);
/// Erases the accounts that hold nothing and that nobody entered since; how many.
std::int64_t effacer_comptes(db::Transaction&, Instant vus_avant);

} // namespace demande::portail::store
