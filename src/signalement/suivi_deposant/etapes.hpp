// Where a report stands, as its depositor reads it: steps, dates, what comes next and when. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "signalement/cycle.hpp"
#include "signalement/signalement.hpp"
#include "signalement/suivi.hpp"

namespace signalement::suivi_deposant {

enum class EtatEtape { Faite, EnCours, AVenir };

struct Etape {
    std::string titre;
    EtatEtape etat = EtatEtape::AVenir;
    std::optional<Date> date; // of what is done, or of a visit that is planned
    std::string detail;
};

/// What is expected next.
struct Prochaine {
    std::string quoi;
    std::optional<Date> avant; // indicative; none when nobody can tell
    bool date_ferme = false;   // a visit is planned that day
    bool depasse = false;
};

struct Avancement {
    std::vector<Etape> etapes;
    std::optional<Prochaine> prochaine; // none once refused or closed
};

/// Usual delays in days, said to be indicative wherever they are shown. They commit nobody.
/// `danger`: Signalement::danger, whether it was declared or follows from the désordres.
constexpr int delai_tri_jours(bool danger)
{
    return danger ? 2 : 7;
}
inline constexpr int delai_affectation_jours = 15;
inline constexpr int delai_reponse_jours = 15;
inline constexpr int delai_visite_jours = 60;

/// `visibles`: the entries this reader sees, in any order. `fuseau`: of the territory.
Avancement avancement(const Signalement&, const Dossier&, const std::vector<Suivi>& visibles,
                      std::string_view fuseau, Instant maintenant);

} // namespace signalement::suivi_deposant
