// Who keeps the demandes of a territory, on screen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/gestion/store_gestion.hpp"
#include "demande/views.hpp"

namespace demande::gestion::views {

struct Ligne {
    std::string code, nom;
    Orientation orientation;
};
std::string territoires(const ui::Chrome&, const std::vector<Ligne>&, Date jour);

struct UnTerritoire {
    Ligne territoire;
    std::vector<store::Prise> decisions;
    Date jour;
};
std::string territoire(const ui::Chrome&, const UnTerritoire&, const demande::views::Saisie& = {},
                       std::string_view fait = {});
/// Before a decision is taken: what it concerns here.
struct AConfirmer {
    Ligne territoire;
    Decision decision;
    store::Concernees concernees;
    Date jour;
};
std::string confirmation(const ui::Chrome&, const AConfirmer&, const ui::Values& saisies);

/// For the public: where the demande of a number is, and the list of the other sites.
struct Ou {
    std::vector<Ligne> ailleurs;
    std::optional<Ligne> trouve;
};
std::string ou(const ui::Chrome&, const Ou&, const demande::views::Saisie& = {});

} // namespace demande::gestion::views
