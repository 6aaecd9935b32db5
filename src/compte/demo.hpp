// The people of the demonstration, in every role. Ids and addresses are stable so that stories and tests can
// name them.
#pragma once

#include <span>
#include <string_view>

#include "base/time.hpp"
#include "compte/agent.hpp"
#include "db/db.hpp"

namespace compte {

struct PersonneDemo {
    std::string_view id;
    std::string_view email;
    std::string_view prenom;
    std::string_view nom;
    Role role;
    std::string_view comite;
    std::string_view partenaire;
    std::string_view fonction; // printed by `bin/run`
    std::string_view territoire = "76";
};

/// The password of every demonstration account, printed at start.
inline constexpr std::string_view mot_de_passe_demo = "Logis-demo-2026";

std::span<const PersonneDemo> personnes_demo();

/// Inserts who is missing; does nothing the second time. Never called in production mode.
/// partenaire::semer_demo and territoire::semer_demo come first.
void semer_demo(db::Transaction&, Instant le);

} // namespace compte
