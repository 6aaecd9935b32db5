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

std::string payload(std::string_view jeton, Lecteur lecteur, std::string_view seconds)
{
    return "suivi|" + base::sha256_hex(jeton) + "|" + std::string{base::slug_of(lecteurs, lecteur)} + "|" +
           std::string{seconds};
}

} // namespace access
} // namespace

Identites identites(const Signalement& s)
{
    Identites i{s.declarant.contact.nom, s.declarant.contact.prenom, s.declarant.organisation, {}, {}, false,
                s.adresse.code_postal};
    if (s.occupant && s.occupant->prevenu && !s.vacant) {
        i.occupant_nom = s.occupant->contact.nom;
        i.occupant_prenom = s.occupant->contact.prenom;
        i.occupant_admis = true;
    }
    return i;
}

std::optional<Lecteur> reconnaitre(const Identites& i, std::string_view nom_saisi,
                                   std::string_view code_postal_saisi)
{
    std::string digits;
    for (const char c : code_postal_saisi)
        if (c >= '0' && c <= '9') digits += c;
    const bool place = access::same(i.code_postal, digits);
    const bool depositor_full = access::is_named(i.nom, i.prenom, nom_saisi);
    const bool depositor_name = access::same(i.nom, nom_saisi);
    const bool organisation = access::same(i.organisation, nom_saisi);
    const bool occupant_full = access::is_named(i.occupant_nom, i.occupant_prenom, nom_saisi);
    const bool occupant_name = access::same(i.occupant_nom, nom_saisi);
    const bool occupant = i.occupant_admis && (occupant_full || occupant_name);
    if (!place) return std::nullopt;
    if (occupant && !(depositor_full && !occupant_full)) return Lecteur::Occupant;
    if (depositor_full || depositor_name || organisation) return Lecteur::Deposant;
    return std::nullopt;
}

std::string nom_affiche(const Signalement& s, Lecteur lecteur)
{
    const auto& p = lecteur == Lecteur::Deposant ? s.declarant.contact : contact_occupant(s);
    auto nom = std::string{base::trim(p.prenom + " " + p.nom)};
    // The two may bear the same name: their messages must not be taken for each other's.
    if (lecteur == Lecteur::Occupant) nom += " (occupant)";
    return nom;
}

bool montre_a(const Signalement& s, Lecteur lecteur, const Suivi& entree)
{
    if (!entree.visible_deposant) return false;
    return entree.type != TypeSuivi::ReponseDeposant || entree.auteur_nom == nom_affiche(s, lecteur);
}

std::string nom_cookie(std::string_view jeton, bool https)
{
    return (https ? "__Host-logis_suivi_" : "logis_suivi_") +
           base::sha256_hex("cookie|" + std::string{jeton}).substr(0, 12);
}

std::string signer_session(std::string_view secret, std::string_view jeton, Lecteur lecteur,
                           Instant expire_le)
{
    const auto seconds = std::to_string(expire_le.ms / 1000);
    const auto slug = std::string{base::slug_of(lecteurs, lecteur)};
    return slug + "." + seconds + "." + base::hmac_hex(secret, access::payload(jeton, lecteur, seconds));
}

std::optional<Lecteur> lire_session(std::string_view secret, std::string_view jeton, std::string_view cookie,
                                    Instant maintenant)
{
    if (jeton.empty() || cookie.size() > 200) return std::nullopt;
    const auto parts = base::split(cookie, '.');
    if (parts.size() != 3) return std::nullopt;
    const auto lecteur = base::from_slug(lecteurs, parts[0]);
    if (!lecteur) return std::nullopt;
    if (!base::same_secret(base::hmac_hex(secret, access::payload(jeton, *lecteur, parts[1])), parts[2]))
        return std::nullopt;
    // Signed by us: digits.
    if (maintenant.ms / 1000 >= std::stoll(parts[1])) return std::nullopt;
    return lecteur;
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
