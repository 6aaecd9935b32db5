// Values to HTML: the mandates of help, as the applicant, a guichet and the helper see them. Decides nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demande/espace/store_aide.hpp"
#include "demande/espace/views.hpp"

namespace demande::espace::views {

/// The mandates of one demande, and the form that gives one.
struct Aides {
    De de;
    std::vector<Aide> aides;
    Date jour;
    bool en_cours = true;    // the demande: else nobody is given one
    bool au_guichet = false; // from a signed paper
};
std::string aides(const ui::Chrome&, const Aides&, std::string_view fait = {}, const Saisie& = {});

/// Those of a helper.
struct AidesRecues {
    std::vector<store::AideRecue> aides;
    Instant le;             // each ends with the day of its own territory
    bool peut_aider = true; // their account belongs to an organisation
};
std::string aides_recues(const ui::Chrome&, const AidesRecues&, std::string_view fait = {});

} // namespace demande::espace::views
