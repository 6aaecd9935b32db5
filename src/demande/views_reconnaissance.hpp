// Values to HTML: the priorities recognised of a demande, noting one, ending one.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "demande/reconnaissance.hpp"
#include "demande/views.hpp"

namespace demande::views {

struct Priorites {
    std::string id, numero;
    Date jour;
    std::vector<Reconnaissance> reconnaissances;
    std::vector<NatureReconnue> permises; // to whoever reads; empty: nothing is noted here
    bool actes = true;                    // the demandes of the territory are kept here
};
/// `sur_la_fin`: what was typed is of the second form.
std::string priorites(const ui::Chrome&, const Priorites&, const Saisie& = {}, bool sur_la_fin = false,
                      std::string_view fait = {});

/// « Droit au logement opposable (Dalo), en cours », for each of those that count that day.
void montrer_reconnues(ui::Html&, std::span<const Reconnaissance>, Date jour);
/// « du 12 novembre 2026 », « jusqu’au … inclus », why it ended.
std::string vigueur_en_mots(const Reconnaissance&, Date jour);

} // namespace demande::views
