// What the follow-up page asks of the database beyond signalement/store.hpp: links, attempts, lost links.
// Decides nothing.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "signalement/suivi_deposant/acces.hpp"

namespace signalement::suivi_deposant::store {

/// The id of the report a secret link is for.
std::optional<std::string> signalement_du_lien(db::Transaction&, std::string_view jeton);

/// The counters of one attempt.
struct Tentative {
    std::vector<std::string> ids; // rows written, to take back when the attempt succeeds
    bool permise = false;
};
/// Counts and writes the attempt in one transaction: attempts made at once all count. Keys are digests under
/// `secret`: neither link, address nor e-mail can be read from them.
Tentative tenter(db::Transaction&, std::string_view secret, std::initializer_list<Compteur>,
                 std::string_view quoi, std::string_view ip, Instant maintenant);
void oublier(db::Transaction&, const Tentative&);

/// A report whose reference and one of whose addresses were given.
struct LienPerdu {
    std::string signalement, reference, territoire, jeton, email, nom;
};
/// `email`: folded (compte::plier_email). The depositor's address, or that of an occupant who was told.
std::optional<LienPerdu> lien_perdu(db::Transaction&, std::string_view reference, std::string_view email);

} // namespace signalement::suivi_deposant::store
