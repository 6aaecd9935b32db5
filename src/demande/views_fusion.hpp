// Values to HTML: what two demandes become, before it is done.
#pragma once

#include <optional>
#include <string>

#include "demande/fusion.hpp"
#include "demande/store_fusion.hpp"
#include "demande/views.hpp"

namespace demande::views {

struct Reunion {
    std::string id, numero; // of the demande it is asked from
    struct Apercu {
        store::Fiche gardee, radiee;
        store::CeQuiSuit suit;
        Date fin_de_validite;
        bool se_joignent_autrement = false;
    };
    std::optional<Apercu> apercu;
    std::string autre; // id of the other one
    std::string refus; // of the rule
};
std::string reunion(const ui::Chrome&, const Reunion&, const Saisie& = {});

} // namespace demande::views
