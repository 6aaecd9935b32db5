// The figures of a commune to HTML and CSV. Decides nothing: what is masked came masked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/chiffres/chiffres.hpp"
#include "ui/components.hpp"

namespace demande::chiffres::views {

struct Commune {
    std::string insee, nom, contexte; // « 76, Seine-Maritime, Normandie »
    std::optional<Parc> parc;
    std::optional<Publication> publication; // none: nothing was counted there yet
    std::string releve_le;                  // « 21 novembre 2026 », ISO in the file
    std::string releve_iso;
};
std::string page_commune(const ui::Chrome&, const Commune&);
/// One line for each figure, with a word where it is masked.
std::string csv(const Commune&);

struct Trouvee {
    std::string insee, nom, contexte;
};
/// Looking for a commune by its name; `cherche` empty: nothing was looked for yet.
std::string page_recherche(const ui::Chrome&, const std::string& cherche, const std::vector<Trouvee>&);

} // namespace demande::chiffres::views
