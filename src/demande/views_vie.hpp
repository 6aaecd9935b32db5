// Values to HTML: renewing a demande, ending it, bringing it back.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "demande/radiation.hpp"
#include "demande/reconnaissance.hpp"
#include "demande/views.hpp"

namespace demande::views {

struct Renouvellement {
    store::Fiche demande;
    std::string numero; // in groups
    bool reactivation = false;
    Date fin_de_validite; // of the year that begins
    // Brought to a guichet that does not read it: who showed who they are, as typed.
    const ui::Values* presentee = nullptr;
};
/// The number of a demande of another guichet, and who brings it.
std::string presentation(const ui::Chrome&, const Saisie& = {}, std::string_view refus = {});
std::string renouvellement(const ui::Chrome&, const Renouvellement&, const Saisie& = {});

struct FinDeDemande {
    std::string id, numero;
    std::vector<std::pair<MotifRadiation, Auteur>> motifs;
    std::optional<Date> non_renouvellement_le; // the first day on which e is possible
    std::vector<Reconnaissance> reconnues;     // that its end does not end
    std::string refus;                         // of the rule, about no field
};
std::string radiation(const ui::Chrome&, const FinDeDemande&, const Saisie& = {});

/// Taking a radiation back.
struct RetraitDeRadiation {
    std::string id, numero;
    MotifRadiation motif = MotifRadiation::NonReponse;
    Date radiee_le;
    Date fin_de_validite; // of the year that goes on, or begins
    std::string refus;    // of the rule, about no field
};
std::string retrait_de_radiation(const ui::Chrome&, const RetraitDeRadiation&, const Saisie& = {});

} // namespace demande::views
