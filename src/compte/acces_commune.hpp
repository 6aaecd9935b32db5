// A commune that has sent a report gets partner access: finds or opens the partner, the account and its
// mandate.
#pragma once

#include <string>

#include "base/time.hpp"
#include "db/db.hpp"

namespace compte {

struct CommuneDeposante {
    std::string territoire;
    std::string insee;
    std::string nom; // « Rouen »
};

struct PersonneDeposante {
    std::string email;
    std::string nom;
    std::string prenom;
};

struct AccesCommune {
    std::string partenaire;
    std::string compte;             // empty when the account is deactivated: nothing was opened
    bool partenaire_ouvert = false; // created by this call
    bool confirme = false;          // the mandate had already been confirmed by somebody
    std::string jeton_activation;   // not empty: the account has no password yet, send the invitation
};

/// Idempotent. The mandate stays unconfirmed (confirme = 0): anybody can write on a form that he works for a
/// town hall, so it opens the report deposited and nothing else until the secretary, or the partner's
/// administrator, confirms it.
AccesCommune ouvrir_acces_commune(db::Transaction&, const CommuneDeposante&, const PersonneDeposante&,
                                  Instant le);

} // namespace compte
