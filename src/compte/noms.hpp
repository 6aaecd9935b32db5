// The names of the places mandates point to, read from the neighbours that hold them.
#pragma once

#include <span>

#include "compte/views.hpp"
#include "db/db.hpp"

namespace compte {

views::NomsDesLieux noms_des_lieux(db::Transaction&, std::span<const Mandat>);
views::NomsDesLieux noms_des_lieux(db::Transaction&, const std::vector<MandatTenu>&);

/// « Agent d’un partenaire, Ville de Rouen » : the roles of an account, separated by semicolons.
std::string roles_en_mots(db::Transaction&, const Id<Compte>&);

} // namespace compte
