// A commune that has sent a report gets partner access: finds or opens the partner, the account and its
// mandate.
#pragma once

#include <string>

#include "compte/regles.hpp"
#include "db/db.hpp"

namespace compte {

struct PersonneDeposante {
    std::string email;
    std::string nom;
    std::string prenom;
};

struct AccesCommune {
    SuiteDepot suite = SuiteDepot::Rien;
    std::string compte; // may read the report; empty: nobody new may
    std::string partenaire;
    bool partenaire_ouvert = false; // created by this call
};

/// Idempotent; decided by the table `ouvertures` (regles.hpp). The role stays unconfirmed: it opens the
/// report deposited and nothing else until the secretary, or the partner's administrator, confirms it.
AccesCommune ouvrir_acces_commune(db::Transaction&, const std::string& territoire, const std::string& insee,
                                  const PersonneDeposante&, Instant le);

} // namespace compte
