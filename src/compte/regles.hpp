// Every decision about accounts, one prototype per line: pure functions. The file of each is named beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "compte/agent.hpp"
#include "compte/compte.hpp"

namespace compte {

// ── Passwords ── mot_de_passe.cpp

inline constexpr std::size_t mot_de_passe_min = 12;
inline constexpr std::size_t mot_de_passe_max = 200;

/// Accepts a password, or says what is wrong with it. `field` of the refusal is "mot_de_passe".
Result<base::Ok> verifier_mot_de_passe(std::string_view mot_de_passe, std::string_view email,
                                       std::string_view prenom, std::string_view nom);

// ── Logging in ── connexion.cpp

/// How many attempts are let through in a sliding window, by what is counted.
enum class ObjetFrein { ConnexionCompteDepuisIp, ConnexionIp, ConnexionCompte, OubliCompte, OubliIp };
struct Frein {
    ObjetFrein objet;
    std::int64_t tentatives;
    std::int64_t secondes;
};
/// Five wrong passwords for one account from one place; more from one place, since a whole town hall shares
/// one address; more for one account, so that nobody can lock a colleague out from home with five tries.
inline constexpr Frein freins[] = {
    {ObjetFrein::ConnexionCompteDepuisIp, 5, 15 * 60},
    {ObjetFrein::ConnexionIp, 30, 15 * 60},
    {ObjetFrein::ConnexionCompte, 30, 15 * 60},
    {ObjetFrein::OubliCompte, 3, 3600},
    {ObjetFrein::OubliIp, 20, 3600},
};
const Frein& frein(ObjetFrein);
/// A counter and what it allows, for store_tentatives.hpp: so many attempts under this key in so many
/// seconds.
struct Limite {
    std::string cle;
    std::int64_t tentatives;
    std::int64_t secondes;
};
/// The text hashed (with the installation's key) into the key of the counter. `ip` is the group of addresses
/// of one subscriber.
std::string cle_frein(ObjetFrein, std::string_view ip, std::string_view email);

/// Whether a session may still be used; both ends of compte.hpp.
bool session_valable(Instant vu_le, Instant expire_le, Instant maintenant);
/// `retour` when it is a path of this site that can be redirected to; else `sinon`.
std::string chemin_de_retour(std::string_view retour, std::string_view sinon);
/// « Firefox sur Windows », for the person to recognise a session.
std::string appareil(std::string_view user_agent);

// ── Invitations and mandates ── invitation.cpp

/// What was typed in the form.
struct DemandeInvitation {
    std::string email;
    std::string nom;
    std::string prenom;
    std::string role; // slug
    std::string territoire;
    std::string comite;
    std::string partenaire;
};
/// What the page knows of the places named by the form: the territory each belongs to; empty when unknown.
struct LieuxConnus {
    bool territoire_connu = false;
    std::string territoire_du_comite;
    std::string territoire_du_partenaire;
};
/// The decision: this person, for this.
struct Invitation {
    std::string email;
    std::string nom;
    std::string prenom;
    Mandat mandat;
    std::string par; // account; empty from the command line
    Instant le;
};
Result<Invitation, FormErrors> inviter(const Agent& par, const DemandeInvitation&, const LieuxConnus&,
                                       Instant le);
/// The mandate a form describes, or what is missing; rights are not checked (command line, demonstration).
Result<Mandat, FormErrors> composer_mandat(const DemandeInvitation&, const LieuxConnus&);
/// Reads and folds the person's part of the form; adds what is wrong to `erreurs`.
void lire_personne(DemandeInvitation&, FormErrors& erreurs);

/// A mandate as the database holds it.
struct MandatTenu {
    std::string id;
    std::string compte;
    Mandat mandat;
    Instant cree_le;
};

// ── A commune that has sent a report ── rattachement.cpp

/// Whose address it is, of somebody who has sent a report in the name of a commune.
enum class SituationDeposant {
    AdresseInconnue,
    MessageriePublique,
    CompteDePartenaire,
    AutreCompte,
    CompteFerme
};

/// What such a report opens. Anybody can write on a form that he works for a town hall: an account that has
/// a role keeps its name, its roles and its partner, whatever the form says; one that has none keeps its
/// name.
struct Ouverture {
    SituationDeposant situation;
    bool compte;      // an account and a role to confirm, at the commune's partner, opened if it is new
    bool lien;        // the link to choose a password leaves at once
    bool signalement; // the account may read the report deposited
    std::string_view qui, effet;
};
inline constexpr Ouverture ouvertures[] = {
    {SituationDeposant::AdresseInconnue, true, true, true,
     "une adresse inconnue, ou un compte qui n’a plus aucun rôle",
     "un compte, un rôle à confirmer à la mairie, un lien d’activation ; il ouvre ce signalement et lui "
     "seul"},
    {SituationDeposant::MessageriePublique, true, false, true, "la même, d’une messagerie grand public",
     "un compte et un rôle à confirmer ; le lien d’activation ne part qu’une fois le rôle confirmé"},
    {SituationDeposant::CompteDePartenaire, false, true, true, "un compte qui a un rôle chez un partenaire",
     "ce signalement s’ajoute à ceux qu’il voit ; son nom et ses rôles ne changent pas"},
    {SituationDeposant::AutreCompte, false, false, false, "un autre compte", "rien"},
    {SituationDeposant::CompteFerme, false, false, false, "un compte désactivé", "rien"},
};
const Ouverture& ouverture_pour(std::string_view email, const std::optional<Compte>& connu,
                                const std::vector<MandatTenu>& tenus);
/// What the author of the report is to be told.
enum class SuiteDepot {
    Rien,         // nothing was opened
    Activer,      // an account waits for him: to be sent with a new activation link
    DejaInvite,   // it waits too, its link was already sent
    Verification, // the link will leave once somebody has confirmed the role
    Ouvrir        // his account gives the report
};

/// Whether an activation link may be sent to this account, or used: somebody vouches for it, or at least its
/// address is not one that anybody can open.
bool activable(const Compte&, const std::vector<MandatTenu>&);

struct Confirmation {
    std::string mandat;
    std::string compte;
    std::string par;
    Instant le;
};
Result<Confirmation> confirmer_mandat(const Agent& par, const MandatTenu&, Instant le);

/// Also the refusal of a role opened by a report.
struct Retrait {
    std::string mandat;
    std::string compte;
    std::string par;
    Instant le;
};
Result<Retrait> retirer_mandat(const Agent& par, const MandatTenu&, Instant le);

struct Desactivation {
    Id<Compte> compte;
    int version;
    std::string par; // empty from the command line
    Instant le;
};
/// Every confirmed mandate of the account must be within reach: a secretary does not close the account of an
/// agent who also works for another territory; it withdraws the mandate it gave.
Result<Desactivation> desactiver(const Agent& par, const Compte&, const std::vector<MandatTenu>&, Instant le);

struct Reactivation {
    Id<Compte> compte;
    int version;
    std::string par;
    Instant le;
};
/// Back to « invite »: the person chooses a new password.
Result<Reactivation> reactiver(const Agent& par, const Compte&, const std::vector<MandatTenu>&, Instant le);
/// Whether `par` may send the activation link again.
Result<base::Ok> relancer_invitation(const Agent& par, const Compte&, const std::vector<MandatTenu>&);

} // namespace compte
