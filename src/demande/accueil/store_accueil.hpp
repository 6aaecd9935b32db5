// Where guichets receive people: writes and reads. No rule here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "demande/accueil/accueil.hpp"
#include "demande/droits.hpp"

namespace demande::accueil::store {

std::optional<Accueil> trouver(db::Transaction&, std::string_view guichet);
/// Of the guichet that follows a demande.
std::optional<Accueil> du_demandeur(db::Transaction&, const std::string& demande);
/// Nothing: the guichet is no longer listed.
void garder(db::Transaction&, const Guichet&, const std::optional<Accueil>&, Instant le);

struct Lieu {
    std::string nom;
    Accueil accueil;
};
/// Those of a territory that receive the public, by name: first the ones whose partner is this commune's or
/// has it in its perimeter, then the others. At most 500 in all.
struct Lieux {
    std::vector<Lieu> de_la_commune, ailleurs;
};
Lieux publics(db::Transaction&, std::string_view territoire, std::string_view insee);

} // namespace demande::accueil::store
