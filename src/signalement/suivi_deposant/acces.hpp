// Who may open the follow-up page of a report: the secret link, then a second check, then two hours. Pure
// rules; what counts attempts is in store.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/names.hpp"
#include "base/time.hpp"
#include "signalement/signalement.hpp"
#include "signalement/suivi.hpp"

namespace signalement::suivi_deposant {

/// The occupant sees how the file goes, not who reported it nor what was written about them.
enum class Lecteur { Deposant, Occupant };

inline constexpr base::Name<Lecteur> lecteurs[] = {
    {Lecteur::Deposant, "deposant", "Personne qui a déposé le signalement"},
    {Lecteur::Occupant, "occupant", "Personne qui habite le logement"},
};

/// What the second check compares with. The default value matches nobody: it stands for an unknown link, so
/// that refusing one takes the same effort.
struct Identites {
    std::string nom, prenom, organisation; // of the depositor
    std::string occupant_nom, occupant_prenom;
    bool occupant_admis = false; // somebody else lives there and was told of the report
    std::string code_postal;     // of the dwelling
};
Identites identites(const Signalement&);

/// Whom these answers designate. The name alone, first name and name in any order, or the organisation;
/// accents, case and hyphens do not matter. When both bear the name that was typed, the occupant: the lesser
/// view.
std::optional<Lecteur> reconnaitre(const Identites&, std::string_view nom_saisi,
                                   std::string_view code_postal_saisi);

/// The name under which this person's messages are kept.
std::string nom_affiche(const Signalement&, Lecteur);
/// What this reader sees among the entries shown to depositors: everything but what the other one wrote.
bool montre_a(const Signalement&, Lecteur, const Suivi&);

// ── The session: a signed cookie, for one report ──

inline constexpr std::int64_t session_secondes = 2 * 3600;
/// One cookie for each link, so that two reports can be followed side by side.
std::string nom_cookie(std::string_view jeton, bool https);
std::string signer_session(std::string_view secret, std::string_view jeton, Lecteur, Instant expire_le);
/// Nothing when the value was not made by signer_session for this link, or is over.
std::optional<Lecteur> lire_session(std::string_view secret, std::string_view jeton, std::string_view cookie,
                                    Instant maintenant);

// ── How often something may be tried ──

enum class Compteur { LienDepuisIp, Lien, LienParJour, Ip, RetrouverIp, RetrouverEmail, Message };

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
    {Compteur::Message, 20, 3600},
};
const Frein& frein(Compteur);
/// The text hashed into the key of a counter. `quoi`: link, e-mail or report; `ip`: group of addresses of one
/// subscriber.
std::string cle(Compteur, std::string_view quoi, std::string_view ip);

/// A reference as people copy it: « 76 2026 000123 » is 76-2026-000123.
std::string lire_reference(std::string_view saisie);

} // namespace signalement::suivi_deposant
