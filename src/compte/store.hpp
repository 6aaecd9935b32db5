// Every SQL statement about accounts, mandates, sessions, links and attempts. Decides nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/compte.hpp"
#include "compte/droits.hpp"
#include "compte/listes.hpp"
#include "compte/regles.hpp"
#include "compte/store_tentatives.hpp"
#include "db/db.hpp"

namespace compte::store {

// ── For the edge ──

/// The secret of this name (32 random bytes as text), made at the first call ever and then always the same.
/// Read once by each server. The first call writes: not from within a transaction that does.
std::string secret(db::Database&, std::string_view nom, Instant maintenant);
inline constexpr std::string_view secret_csrf = "csrf";

/// The session behind a cookie value: not expired, not idle, of an active account. Reads only.
std::optional<Session> session_de(db::Transaction&, std::string_view cookie, Instant maintenant);
/// The same for one request: also notes that the person was seen, at most once a minute.
std::optional<Session> session_de(db::Database&, std::string_view cookie, Instant maintenant);
/// Whose session this row is now, and what for, for an answer that lasts: its reader clicks nothing
/// meanwhile, so only the absolute end counts. None: closed, over, or of an account out of service.
std::optional<Agent> agent_de_session(db::Transaction&, std::string_view jeton_hash, Instant maintenant);

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
/// People of active accounts holding a confirmed mandate there, by name; at most 2 000.
std::vector<Destinataire> membres_des_partenaires(db::Transaction&,
                                                  const std::vector<std::string>& partenaires);
/// Partners in service of a territory that nobody can be written to: no mailbox, no active account with a
/// confirmed mandate. At most 2,000 ids.
std::vector<std::string> partenaires_injoignables(db::Transaction&, const std::string& territoire);
/// Partners of a territory where somebody waits for their mandate to be confirmed. At most 2,000 ids.
std::vector<std::string> partenaires_a_confirmer(db::Transaction&, const std::string& territoire);
std::vector<Destinataire> secretaires_du_comite(db::Transaction&, const std::string& comite);
std::vector<Destinataire> responsables_du_territoire(db::Transaction&, const std::string& territoire);

// ── Accounts ── store.cpp

std::optional<Compte> find(db::Transaction&, const Id<Compte>&);
/// `email` folded (plier_email).
std::optional<Compte> find_by_email(db::Transaction&, std::string_view email);
std::vector<MandatTenu> mandats_de(db::Transaction&, const Id<Compte>&);
/// The time zone of the account's territory; Paris when it has none.
std::string fuseau_de(db::Transaction&, const Id<Compte>&);
std::optional<MandatTenu> find_mandat(db::Transaction&, const std::string& id);

/// Inserts an account as it is (demonstration).
void insert(db::Transaction&, const Compte&, std::string_view empreinte);

struct Enregistrement {
    Id<Compte> compte;
    EtatCompte etat = EtatCompte::Invite;
    bool compte_cree = false;
    bool mandat_cree = false;     // false: the account already had it
    bool mandat_confirme = false; // it had it, opened by a deposit: this confirms it
};
/// Creates the account when the address is new, else keeps its name (unless a stranger had given it); adds
/// the mandate, or confirms the one opened by a deposit.
Enregistrement save(db::Transaction&, const Invitation&);
/// The account of somebody nobody knows yet, or the one that has no role any more, with one unconfirmed
/// mandate. False, and nothing done, when the account has a role or is closed.
bool ouvrir_compte_declare(db::Transaction&, std::string_view email, std::string_view nom,
                           std::string_view prenom, const Mandat&, Instant le);
void save(db::Transaction&, const Confirmation&);
void save(db::Transaction&, const Retrait&);
/// Erases the password, closes the sessions, kills the pending links.
void save(db::Transaction&, const Desactivation&);
void save(db::Transaction&, const Reactivation&);
/// The name the person gives herself.
void renommer(db::Transaction&, const Compte&);

/// The accounts with at least one mandate within the reader's reach, by name.
ListeComptes liste(db::Transaction&, const std::vector<ChampAttribution>& champs, const FiltreComptes&);
/// How many mandates within reach wait for a confirmation.
std::int64_t mandats_a_confirmer(db::Transaction&, const std::vector<ChampAttribution>& champs);

/// Every account as a line of text (command line): e-mail, state, roles. At most 10 000.
std::vector<std::string> inventaire(db::Transaction&);

// ── Passwords and links ── store_connexion.cpp

enum class UsageLien { Activation, MotDePasse };
inline constexpr base::Name<UsageLien> usages_lien[] = {
    {UsageLien::Activation, "activation", "Activation"},
    {UsageLien::MotDePasse, "mot_de_passe", "Nouveau mot de passe"},
};
/// A new secret to send by e-mail; the earlier links of this account for the same use stop working.
std::string creer_lien(db::Transaction&, const Id<Compte>&, UsageLien, Instant le);
/// Whether a link that still works was already sent.
bool a_un_lien(db::Transaction&, const Id<Compte>&, UsageLien, Instant maintenant);
/// Whose link this is: known, unused, not expired, of an account that is not deactivated.
std::optional<Id<Compte>> lien_valable(db::Transaction&, std::string_view jeton, UsageLien,
                                       Instant maintenant);
/// The account a link was made for, even expired or used (to send another one to the account's own address).
std::optional<Compte> compte_du_lien_passe(db::Transaction&, std::string_view jeton, UsageLien);
/// Uses it up; false when it no longer works: somebody else just used it, or its time is over.
bool consommer_lien(db::Transaction&, std::string_view jeton, UsageLien, Instant maintenant);
/// Empty until the account is activated.
std::string empreinte_mot_de_passe(db::Transaction&, const Id<Compte>&);
/// Activates the account, kills its links; closes its sessions but `sauf_jeton_hash`. `avant` is the digest
/// on which the caller decided: false, and nothing done, when the account no longer has it (hashing takes a
/// tenth of a second, in which somebody else may change the password or close the account).
bool definir_mot_de_passe(db::Transaction&, const Id<Compte>&, std::string_view avant,
                          std::string_view empreinte, std::string_view sauf_jeton_hash = {});
/// First statement of a login: false, and no session may be opened, when the digest that was checked is no
/// longer the account's. Its row stays locked until the commit, so that whoever changes the password next
/// finds the new session and closes it.
bool noter_connexion(db::Transaction&, const Id<Compte>&, std::string_view empreinte, Instant le);

/// Counts an attempt to enter (see store_tentatives.hpp).
Tentative tenter(db::Transaction&, std::string_view secret, std::initializer_list<ObjetFrein>,
                 std::string_view ip, std::string_view email, Instant maintenant);
/// After a success: the attempt itself no longer counts, nor the earlier ones from this place for this
/// account.
void oublier_tentatives(db::Transaction&, std::string_view secret, const Tentative&, std::string_view ip,
                        std::string_view email);

// ── Forms done once ── store_envoi.cpp

/// False when this form was already accepted; waits for another transaction that is accepting it.
bool reserver_envoi(db::Transaction&, std::string_view empreinte, Instant le);
void noter_envoi(db::Transaction&, std::string_view empreinte, std::string_view reponse);
void liberer_envoi(db::Transaction&, std::string_view empreinte);
std::optional<std::string> reponse_envoi(db::Transaction&, std::string_view empreinte);
inline constexpr int jours_envoi_unique = 30;

// ── The end of what is kept ── for `logis jobs run`, a batch at a time; each gives how many, 0 when nothing
// is left

inline constexpr int jours_lien = 30; // after it expired: until then its page may offer another one
inline constexpr int jours_tentative = 1;
inline constexpr int ans_desactive = 1;
inline constexpr int ans_non_active = 1;
/// Deletes what is over: sessions, links, attempts, digests of forms.
std::int64_t purger(db::Transaction&, Instant maintenant);
/// Takes the name and the address out of accounts deactivated or left without a role, or invited and never
/// entered, before these instants, with their mandates. The row stays: what the person did in a file keeps
/// its author's id.
std::int64_t effacer_comptes(db::Transaction&, Instant finis_avant, Instant invites_avant, Instant le);

} // namespace compte::store
