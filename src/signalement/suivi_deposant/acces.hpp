// Who may open the follow-up page of a report: the secret link of one person, then a second check, then two
// hours. Pure rules; links and attempts are in store.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "signalement/signalement.hpp"
#include "signalement/suivi.hpp"

namespace signalement::suivi_deposant {

/// What the second check compares with: the names of the one person this link is for. The default value
/// matches nobody: it stands for an unknown link, so that refusing one takes the same effort.
struct Identites {
    std::string nom, prenom;
    std::string organisation;               // of a depositor who has one
    std::vector<std::string> codes_postaux; // of the dwelling: any of those of its commune
};
/// `codes_commune`: what the reference data knows of the commune of the dwelling. People give the code they
/// use, which is not always the one the report kept.
Identites identites(const Signalement&, Usager, const std::vector<std::string>& codes_commune);
/// Whether this person may follow the report: an occupant only when somebody else deposited and they agreed
/// to be written to.
bool admis(const Signalement&, Usager);

/// Whether these answers designate that person. The name alone, first name and name in any order, or the
/// organisation; accents, case and hyphens do not matter.
bool reconnaitre(const Identites&, std::string_view nom_saisi, std::string_view code_postal_saisi);

/// The name under which this person's messages are kept.
std::string nom_affiche(const Signalement&, Usager);

// ── The session: a signed cookie, for one report ──

inline constexpr std::int64_t session_secondes = 2 * 3600;
/// One cookie for each link, so that two reports can be followed side by side.
std::string nom_cookie(std::string_view jeton, bool https);
std::string signer_session(std::string_view secret, std::string_view jeton, Instant expire_le);
/// Whether signer_session made this value for this link, and it is not over. Who reads is said by the link.
bool session_valable(std::string_view secret, std::string_view jeton, std::string_view cookie,
                     Instant maintenant);

// ── How often something may be tried ──

enum class Compteur {
    LienDepuisIp,
    Lien,
    LienParJour,
    Ip,
    RetrouverIp,
    RetrouverEmail,
    Message,
    MessageParJour,
};

struct Frein {
    Compteur compteur;
    std::int64_t tentatives;
    std::int64_t secondes; // sliding window
};

/// Five tries for a link from one place; a little more in all for a link, so that nobody can shut the
/// depositor out from elsewhere with five tries; more from one place, since a whole town hall shares one
/// address.
inline constexpr Frein freins[] = {
    {Compteur::LienDepuisIp, 5, 20 * 60}, {Compteur::Lien, 10, 20 * 60},
    {Compteur::LienParJour, 40, 86'400},  {Compteur::Ip, 15, 20 * 60},
    {Compteur::RetrouverIp, 5, 20 * 60},  {Compteur::RetrouverEmail, 3, 3600},
    {Compteur::Message, 20, 3600},        {Compteur::MessageParJour, 40, 86'400},
};
const Frein& frein(Compteur);
/// The text hashed into the key of a counter. `quoi`: link, e-mail or report; `ip`: group of addresses of one
/// subscriber.
std::string cle(Compteur, std::string_view quoi, std::string_view ip);

/// A reference as people copy it: « 76 2026 000123 » is 76-2026-000123.
std::string lire_reference(std::string_view saisie);

} // namespace signalement::suivi_deposant
