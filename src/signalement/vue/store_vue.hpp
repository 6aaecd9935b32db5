// Saved searches and chosen columns in the database.
#pragma once

#include "db/db.hpp"
#include "signalement/vue/vue.hpp"

namespace signalement::vue::store {

/// Those of the agent, then those shared with a circle of theirs; by name. To be called once.
db::Later<std::vector<Vue>> demander(db::Transaction&, const compte::Agent&);
/// What is saved already; how many of the others' in this circle.
Deja deja(db::Transaction&, const compte::Agent&, std::string_view cercle);
/// One that the agent may use; nothing otherwise.
std::optional<Vue> trouver(db::Transaction&, std::string_view id, const compte::Agent&);
/// In place of the one of the same name, when its author has one. Gives its id.
std::string enregistrer(db::Transaction&, const Vue&, Instant le);
void retirer(db::Transaction&, const Vue&);

/// The columns that the agent chose, by slug; none: those of everybody. To be called once.
db::Later<std::vector<std::string>> demander_colonnes(db::Transaction&, const compte::Agent&);
void choisir_colonnes(db::Transaction&, const compte::Agent&, const std::vector<std::string>& slugs);

} // namespace signalement::vue::store
