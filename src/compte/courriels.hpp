// The texts of the e-mails about accounts, as pure functions. Who receives them and when is decided by the
// pages.
#pragma once

#include <string>

#include "base/time.hpp"
#include "compte/compte.hpp"
#include "courrier/courrier.hpp"

namespace compte {

/// The person a message is for.
struct DestinataireCourriel {
    std::string compte; // id
    std::string email;
    std::string nom_complet; // empty: nobody has checked it
    std::string territoire;
    std::string fuseau = "Europe/Paris"; // of the days and hours in the message
};

/// An account was opened, or its link has expired. `role_en_mots`: « agent de la Ville de Rouen ».
courrier::Courriel courriel_invitation(const DestinataireCourriel&, const std::string& role_en_mots,
                                       const std::string& par, const std::string& lien, Instant expire_le);
/// A role was added to an account that already works.
courrier::Courriel courriel_nouveau_role(const DestinataireCourriel&, const std::string& role_en_mots,
                                         const std::string& par, const std::string& lien_connexion);
/// Somebody of the territory has confirmed the role opened by a report.
courrier::Courriel courriel_role_confirme(const DestinataireCourriel&, const std::string& role_en_mots,
                                          const std::string& lien_connexion);
/// … or has refused it.
courrier::Courriel courriel_role_refuse(const DestinataireCourriel&, const std::string& role_en_mots);
courrier::Courriel courriel_mot_de_passe_oublie(const DestinataireCourriel&, const std::string& lien);
/// Security notice: the password has changed.
courrier::Courriel courriel_mot_de_passe_change(const DestinataireCourriel&, Instant le,
                                                const std::string& lien_oubli);

/// « Secrétariat de comité, Comité du Havre ». `lieu`: name of the committee, the partner or the territory.
std::string role_en_mots(Role, const std::string& lieu);

} // namespace compte
