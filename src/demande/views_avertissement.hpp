// Values to HTML: the warnings of a demande, writing one, noting how it was delivered and what was answered.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "demande/avertissement.hpp"
#include "demande/views.hpp"

namespace demande::views {

struct Avertissements {
    std::string id, numero;
    Date ancre;
    std::vector<Avertissement> tous;                       // the newest first
    std::vector<std::pair<MotifRadiation, Auteur>> motifs; // that whoever reads may warn for
    bool en_cours = true;
    bool lettre_possible = true;         // the demande has an address to write to
    std::vector<std::string> siens = {}; // the organisations of whoever reads: theirs to deliver
    std::string refus;                   // of the rule, about no field
};
/// Which of the forms was sent.
enum class FormulaireDAvertissement { Ecrire, Remise, Reponse };
std::string avertissements(const ui::Chrome&, const Avertissements&, const Saisie& = {},
                           FormulaireDAvertissement = FormulaireDAvertissement::Ecrire,
                           std::string_view fait = {});

} // namespace demande::views
