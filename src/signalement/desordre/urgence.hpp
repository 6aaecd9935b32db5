// What to do and whom to call when people are in danger: texts and numbers as data. No HTML, no decision.
#pragma once

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
    {Peril::Expulsion, "expulsion", "Le propriétaire met l’occupant dehors ou coupe l’eau ou l’électricité"},
    {Peril::SansAbri, "sans_abri", "Personne à la rue ou qui ne peut pas rentrer chez elle"},
    {Peril::Violences, "violences", "Violences ou menaces"},
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

/// Numbers shown on every danger screen, whatever the danger: 112, 18, 15, 17, 114, 115.
std::span<const Numero> numeros_d_urgence();
std::span<const Consigne> consignes();
const Consigne& consigne(Peril);
/// The dangers that these précisions reveal, the most urgent first; empty when none does.
std::vector<Peril> perils_de(std::span<const PrecisionChoisie>);
/// Which danger a critère speaks of; nothing when it speaks of none. Lets a form warn as soon as it is
/// ticked.
std::optional<Peril> peril_du_critere(std::string_view critere);

} // namespace signalement::desordre
