// The rules of access to the follow-up page: the second check, the signed session, the throttles. Pure.
#include "signalement/suivi_deposant/acces.hpp"

#include <array>

#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/text.hpp"

namespace signalement::suivi_deposant {

namespace {
namespace access {

/// Equal once folded, and made of something, in a time that depends on neither.
bool same(std::string_view expected, std::string_view typed)
{
    const auto folded = base::fold(expected);
    const bool equal = base::same_secret(base::sha256_hex(folded), base::sha256_hex(base::fold(typed)));
    return equal && !base::trim(folded).empty();
}

/// Every way to write somebody is compared, whichever matched first.
bool is_named(std::string_view nom, std::string_view prenom, std::string_view typed)
{
    const auto both = std::string{prenom} + " " + std::string{nom};
    const auto reversed = std::string{nom} + " " + std::string{prenom};
    const bool first = same(both, typed);
    const bool second = same(reversed, typed);
    return first || second;
}

std::string payload(std::string_view jeton, std::string_view seconds)
{
    return "suivi|" + base::sha256_hex(jeton) + "|" + std::string{seconds};
}

} // namespace access
} // namespace

bool admis(const Signalement& s, Usager usager)
{
    return usager == Usager::Deposant || occupant_d_accord(s);
}

Identites identites(const Signalement& s, Usager usager, const std::vector<std::string>& codes_commune)
{
    if (!admis(s, usager)) return {};
    const bool deposant = usager == Usager::Deposant;
    const auto& personne = deposant ? s.declarant.contact : contact_occupant(s);
    Identites i{personne.nom, personne.prenom, deposant ? s.declarant.organisation : std::string{},
                codes_commune};
    i.codes_postaux.push_back(s.adresse.code_postal);
    return i;
}

bool reconnaitre(const Identites& i, std::string_view nom_saisi, std::string_view code_postal_saisi)
{
    std::string digits;
    for (const char c : code_postal_saisi)
        if (c >= '0' && c <= '9') digits += c;
    bool place = false;
    for (const auto& code : i.codes_postaux)
        if (access::same(code, digits)) place = true;
    const bool full = access::is_named(i.nom, i.prenom, nom_saisi);
    const bool name = access::same(i.nom, nom_saisi);
    const bool organisation = access::same(i.organisation, nom_saisi);
    return place && (full || name || organisation);
}

std::string nom_affiche(const Signalement& s, Usager usager)
{
    const auto& p = usager == Usager::Deposant ? s.declarant.contact : contact_occupant(s);
    auto nom = std::string{base::trim(p.prenom + " " + p.nom)};
    // The two may bear the same name: whoever reads must know which one wrote.
    if (usager == Usager::Occupant) nom += nom.empty() ? "L’occupant" : " (occupant)";
    return nom;
}

std::string nom_cookie(std::string_view jeton, bool https)
{
    return (https ? "__Host-logis_suivi_" : "logis_suivi_") +
           base::sha256_hex("cookie|" + std::string{jeton}).substr(0, 12);
}

std::string signer_session(std::string_view secret, std::string_view jeton, Instant expire_le)
{
    const auto seconds = std::to_string(expire_le.ms / 1000);
    return seconds + "." + base::hmac_hex(secret, access::payload(jeton, seconds));
}

bool session_valable(std::string_view secret, std::string_view jeton, std::string_view cookie,
                     Instant maintenant)
{
    if (jeton.empty() || cookie.size() > 200) return false;
    const auto parts = base::split(cookie, '.');
    if (parts.size() != 2 ||
        !base::same_secret(base::hmac_hex(secret, access::payload(jeton, parts[0])), parts[1]))
        return false;
    // Signed by us: digits.
    return maintenant.ms / 1000 < std::stoll(parts[0]);
}

const Frein& frein(Compteur compteur)
{
    for (const auto& f : freins)
        if (f.compteur == compteur) return f;
    throw base::Bug{"throttle without a row in its table"};
}

std::string cle(Compteur compteur, std::string_view quoi, std::string_view ip)
{
    const std::string what{quoi};
    const std::string from{ip};
    switch (compteur) {
    case Compteur::LienDepuisIp:
        return "suivi-lien-ip|" + what + "|" + from;
    case Compteur::Lien:
        return "suivi-lien|" + what;
    case Compteur::LienParJour:
        return "suivi-lien-jour|" + what;
    case Compteur::Ip:
        return "suivi-ip|" + from;
    case Compteur::RetrouverIp:
        return "suivi-retrouver-ip|" + from;
    case Compteur::RetrouverEmail:
        return "suivi-retrouver|" + what;
    case Compteur::Message:
        return "suivi-message|" + what;
    case Compteur::MessageParJour:
        return "suivi-message-jour|" + what;
    }
    throw base::Bug{"unknown throttle"};
}

std::string lire_reference(std::string_view saisie)
{
    std::string out;
    for (const char c : base::fold(saisie)) {
        if (c >= 'a' && c <= 'z')
            out += static_cast<char>(c - 'a' + 'A');
        else
            out += c == ' ' ? '-' : c;
    }
    return out;
}

} // namespace signalement::suivi_deposant
