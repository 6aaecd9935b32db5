// Exchange files from the command line, in the name of an agent who manages the territory.
#pragma once

#include <iosfwd>
#include <string>

#include "app.hpp"

namespace demande::echange {

/// Imports a file, whole or not at all; says what it did, or every refusal. False when it was refused.
bool commande_importer(App&, const std::string& fichier, const std::string& agent, std::ostream& out);
/// Writes the demandes in progress of the agent's territory that changed since a day (YYYY-MM-DD).
void commande_exporter(App&, const std::string& depuis, const std::string& agent, std::ostream& out);

} // namespace demande::echange
