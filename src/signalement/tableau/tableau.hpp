// What waits for an agent: what is theirs, dangerous, late, silent, to be closed. Each figure is the count of
// a list and leads to it: the table holds addresses of the list, not conditions. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "signalement/filtre/filtre.hpp"

namespace signalement::tableau {

enum class Rubrique { AMoi, EnDanger, EnRetard, Silence, AFermer };
inline constexpr base::Name<Rubrique> rubriques[] = {
    {Rubrique::AMoi, "a_moi", "À faire"},
    {Rubrique::EnDanger, "en_danger", "En danger"},
    {Rubrique::EnRetard, "en_retard", "En retard"},
    {Rubrique::Silence, "silence", "Sans nouvelles"},
    {Rubrique::AFermer, "a_fermer", "À clore, peut-être"},
};

/// What a report should not wait longer than. None is a delay of the law, which sets none on a report: these
/// are what services announce to people, and the reminder of the State's service fifteen days after a partner
/// took a report without a visit.
inline constexpr int jours_pour_trier = 7;
inline constexpr int jours_pour_prendre_en_charge = 15;
inline constexpr int jours_pour_visiter = 15;

struct Tuile {
    Rubrique rubrique;
    std::string_view libelle;
    filtre::Filtre filtre;
};
/// Those that say something to this agent: the others ask what they may not.
std::vector<Tuile> tuiles(const compte::Agent&, Date aujourd_hui);

} // namespace signalement::tableau
