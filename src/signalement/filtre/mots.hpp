// A filter as people read it, with the names of what it asks by code.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "db/db.hpp"
#include "signalement/filtre/filtre.hpp"

namespace signalement::filtre {

using Noms = std::map<std::pair<Cle, std::string>, std::string>;

/// Of the communes, EPCI, committees, territories and partners that are asked and exist.
Noms noms(db::Transaction&, const Filtre&);

/// « Commune : Rouen », « Déposé depuis le 1 mars 2026 », « Danger ».
std::string en_mots(const Critere&, const std::string& valeur, const Noms&);
/// One for each value of each criterion.
std::vector<std::string> en_mots(const Filtre&, const Noms&);

} // namespace signalement::filtre
