// What to do and whom to call when people are in danger: texts and numbers as data. No HTML, no decision.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "signalement/desordre/catalogue.hpp"

namespace signalement::desordre {

enum class Peril {
    Incendie,
    Gaz,
    Monoxyde,
    Effondrement,
    Electricite,
    Chute,
    Expulsion,
    SansAbri,
    Violences
};

inline constexpr base::Name<Peril> perils[] = {
    {Peril::Incendie, "incendie", "Feu ou départ de feu"},
    {Peril::Gaz, "gaz", "Odeur de gaz"},
    {Peril::Monoxyde, "monoxyde", "Malaises, maux de tête : monoxyde de carbone"},
    {Peril::Effondrement, "effondrement", "Mur, plancher, toit ou balcon qui menace de tomber"},
    {Peril::Electricite, "electricite", "Fils à nu, étincelles, décharges"},
    {Peril::Chute, "chute", "Risque de tomber : garde-corps, escalier, ascenseur"},
    {Peril::Violences, "violences", "Violences ou menaces"},
    {Peril::Expulsion, "expulsion", "Le propriétaire met l’occupant dehors ou coupe l’eau ou l’électricité"},
    {Peril::SansAbri, "sans_abri", "Personne à la rue ou qui ne peut pas rentrer chez elle"},
};

/// A number to call. `tel` is what a tel: link holds; `affiche` what people read.
struct Numero {
    std::string_view tel;
    std::string_view affiche;
    std::string_view qui;
    std::string_view quand;
};

struct Consigne {
    Peril peril;
    std::span<const std::string_view> gestes; // short orders, the most urgent first
    std::span<const Numero> numeros;          // the first is the one to call first
};

/// Numbers shown on every danger screen, whatever the danger.
std::span<const Numero> numeros_d_urgence();
/// Every danger, in the order of `perils`.
std::span<const Consigne> consignes();
const Consigne& consigne(Peril);

/// Which danger a précision speaks of; nothing when it speaks of none that somebody must be called for.
std::optional<Peril> peril_de(const Precision&);
/// The danger may strike today: triage puts the report first and the form shows the numbers at once.
bool est_immediat(const Precision&);
/// The dangers that these précisions reveal, the most urgent first; empty when none does.
std::vector<Peril> perils_de(std::span<const PrecisionChoisie>);
/// The most urgent danger that one of the précisions of this critère speaks of: lets a form warn as soon as
/// the box is ticked.
std::optional<Peril> peril_du_critere(std::string_view critere);

} // namespace signalement::desordre
