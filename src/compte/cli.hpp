// What `logis compte …` does. main.cpp parses the command line and prints what comes back.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "config.hpp"
#include "db/db.hpp"

namespace compte {

struct CreationCli {
    std::string email;
    std::string nom;
    std::string prenom;
    std::string role; // slug: super_admin, responsable_territoire…
    std::string territoire;
    std::string comite;
    std::string partenaire;
};

/// Creates the account if needed, gives it the role, returns its activation link (empty when it is already
/// active). Whoever has the command line has every right: nothing is checked but the coherence of the
/// mandate.
Result<std::string> cli_creer(db::Database&, const Config&, const CreationCli&, Instant le);
/// Deactivates the account and closes its sessions.
Result<base::Ok> cli_desactiver(db::Database&, const std::string& email, Instant le);
/// One line per account: e-mail, state, roles.
std::vector<std::string> cli_lister(db::Database&);

} // namespace compte
