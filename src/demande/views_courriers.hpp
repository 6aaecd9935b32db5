// Values to HTML: the letters of a guichet, what came back, what is past its validity.
#pragma once

#include <string>
#include <vector>

#include "demande/store_preavis.hpp"
#include "demande/views.hpp"

namespace demande::views {

struct Courriers {
    struct DuGuichet {
        Guichet guichet;
        std::vector<store::Lot> lots;
        std::vector<store::Retour> retours;
        struct EnTolerance {
            store::EnTolerance demande;
            std::optional<Date> radiable_le; // none: no notice arrived
        };
        std::vector<EnTolerance> en_tolerance;
        Orientation ou;
    };
    std::vector<DuGuichet> guichets;
    std::string fuseau;
};
/// The notices of a guichet that did not arrive.
void preavis_non_remis(ui::Html&, const std::string& guichet, const std::vector<store::Retour>&);
std::string courriers(const ui::Chrome&, const Courriers&, const Saisie& = {}, std::string_view fait = {});

struct Bordereau {
    store::Lot lot;
    std::string guichet, fuseau;
    std::vector<store::Lettre> lettres;
};
std::string bordereau(const ui::Chrome&, const Bordereau&, std::string_view fait = {});

} // namespace demande::views
