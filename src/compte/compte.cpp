// Small facts about an account: how it is named, under which form its address is kept, which cookies carry
// it.
#include "compte/compte.hpp"

#include "base/text.hpp"

namespace compte {

std::string nom_complet(const Compte& c)
{
    if (c.prenom.empty()) return c.nom;
    if (c.nom.empty()) return c.prenom;
    return c.prenom + " " + c.nom;
}

std::optional<std::string> plier_email(std::string_view saisi)
{
    auto email = base::parse_email(base::trim(saisi));
    if (!email || email->size() > email_max) return std::nullopt;
    // Addresses accepted by parse_email are ASCII: no locale is needed.
    for (auto& c : *email)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return email;
}

std::string cookie_session(bool https)
{
    return https ? "__Host-logis_session" : "logis_session";
}
std::string cookie_visiteur(bool https)
{
    return https ? "__Host-logis_visiteur" : "logis_visiteur";
}

} // namespace compte
