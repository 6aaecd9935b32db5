// Exchange files on the screen of the manager of a territory.
#pragma once

#include <string>
#include <vector>

#include "demande/echange/import.hpp"
#include "demande/store_doublons.hpp"
#include "demande/views.hpp"

namespace demande::echange::views {

struct Echanges {
    std::vector<Guichet> guichets;
    std::vector<store::Fichier> fichiers;
    std::vector<demande::store::PaireSignalee> semblables;
    std::string fuseau;
};
std::string echanges(const ui::Chrome&, const Echanges&, const demande::views::Saisie& = {});

/// A file: what it would do, what it did, or why it cannot.
struct UnFichier {
    store::Fichier fichier;
    Bilan bilan; // its refusals
    std::string fuseau;
    std::vector<demande::store::PaireSignalee> semblables = {};
};
std::string fichier(const ui::Chrome&, const UnFichier&, std::string_view fait = {});

} // namespace demande::echange::views
