// A person's account and its session, as values. No SQL, no password, no clock.
#pragma once

#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/names.hpp"
#include "compte/agent.hpp"

namespace compte {

/// Invite: no password yet, an activation link is on its way. Desactive: can no longer enter; kept for the
/// history.
enum class EtatCompte { Invite, Actif, Desactive };

inline constexpr base::Name<EtatCompte> etats_compte[] = {
    {EtatCompte::Invite, "invite", "Invitation envoyée"},
    {EtatCompte::Actif, "actif", "Actif"},
    {EtatCompte::Desactive, "desactive", "Désactivé"},
};

struct Compte {
    Id<Compte> id;
    std::string email; // folded: see plier_email
    std::string nom;
    std::string prenom;
    EtatCompte etat = EtatCompte::Invite;
    Instant cree_le;
    std::optional<Instant> derniere_connexion_le;
    int version = 1;
    bool nom_declare = false; // typed in a report by somebody nobody knows yet
};

/// « Nadia Belkacem ».
std::string nom_complet(const Compte&);

/// The form under which an address is stored and compared: trimmed, all lower case. Nothing when it is not
/// an e-mail address. Two people never share a mailbox that differs only by case.
std::optional<std::string> plier_email(std::string_view saisi);

/// An open session, as the edge needs it.
struct Session {
    std::string jeton_hash; // names the row; the cookie itself is never stored
    Agent agent;
    Instant cree_le;
    Instant vu_le;
    Instant expire_le; // absolute end
};

/// How long a session lasts. An office day; two hours without a request closes it.
inline constexpr std::int64_t session_absolue_secondes = 12 * 3600;
inline constexpr std::int64_t session_inactive_secondes = 2 * 3600;
/// The moment of the last request is written at most this often.
inline constexpr std::int64_t session_pas_secondes = 60;

inline constexpr std::int64_t activation_secondes = 7 * 86'400;
inline constexpr std::int64_t reinitialisation_secondes = 3600;

/// Names of cookies. Over https they carry the __Host- prefix, which no sibling site can forge.
std::string cookie_session(bool https);
std::string cookie_visiteur(bool https);

/// Longest e-mail, names… accepted by forms.
inline constexpr std::size_t nom_max = 80;
inline constexpr std::size_t email_max = 254;

} // namespace compte
