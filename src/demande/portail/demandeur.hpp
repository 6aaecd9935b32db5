// The account of an applicant: a mailbox, entered by a code received there. Values and rules; no SQL, no
// clock. What an applicant may see is said by the links of the account to demandes, nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"
#include "compte/regles.hpp"

namespace demande::portail {

/// Somebody signed in. Never an agent: the two kinds of session do not know each other.
struct Demandeur {
    std::string id;
    std::string courriel; // folded: see compte::plier_email
};

/// An open session, as the edge needs it.
struct Session {
    std::string jeton_hash; // names the row; the cookie itself is never stored
    Demandeur demandeur;
    Instant vu_le;
    Instant expire_le;
};

/// In whose name an account reads a demande.
enum class RoleSurDemande { Titulaire, Codemandeur };

inline constexpr base::Name<RoleSurDemande> roles_sur_demande[] = {
    {RoleSurDemande::Titulaire, "titulaire", "Titulaire"},
    {RoleSurDemande::Codemandeur, "codemandeur", "Codemandeur"},
};

constexpr RoleSurDemande role_du_rang(int rang)
{
    return rang == 0 ? RoleSurDemande::Titulaire : RoleSurDemande::Codemandeur;
}

/// How the link was made: what one may want to know when somebody says that it is not theirs.
enum class Voie {
    EnLigne,   // the demande was typed from this account
    Recherche, // an existing demande, found again by its number and identity
    Guichet,   // a guichet gave it
};

inline constexpr base::Name<Voie> voies[] = {
    {Voie::EnLigne, "en_ligne", "Déposée en ligne"},
    {Voie::Recherche, "recherche", "Retrouvée par son numéro"},
    {Voie::Guichet, "guichet", "Ouverte par un guichet"},
};

/// Names of the cookies. Over https they carry the __Host- prefix, which no sibling site can forge.
std::string cookie_session(bool https);
/// Ties a code to the browser that asked for it: nobody tries codes of somebody else's request.
std::string cookie_code(bool https);

// ── The code ── read on a telephone, typed on another device; too long to be guessed in the tries it allows.
inline constexpr std::size_t chiffres_du_code = 8;
inline constexpr std::int64_t code_secondes = 15 * 60;
inline constexpr int essais_par_code = 5;
/// Accounts that nobody entered for so long, and that hold nothing, are erased.
inline constexpr int conservation_compte_ans = 1;
/// An hourly task erases what has expired.
inline constexpr int conservation_code_jours = 1;

/// Of a demonstration that sends no message: said on the page, where all data is invented.
inline constexpr std::string_view code_de_demonstration = "00000000";

/// What was typed, without the spaces that people add; empty when it cannot be a code.
std::string lire_code(std::string_view saisi);
/// « 1234 5678 »
std::string code_en_groupes(std::string_view code);

/// The counters of a request for a code, and of an attempt at one. What protects a mailbox is counted apart
/// from what protects the service; a stranger alone cannot keep somebody out with the first of them.
std::vector<compte::Limite> limites_d_envoi(std::string_view courriel, std::string_view ip);
std::vector<compte::Limite> limites_d_essai(std::string_view ip);

/// Where to go once signed in: a page of the applicant, nothing else.
std::string retour_du_demandeur(std::string_view retour);

} // namespace demande::portail
