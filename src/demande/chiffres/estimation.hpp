// What a household may ask in each commune of its demande: the income taken, the class of each wish, and what
// is missing to tell. Computed when it is read, from dated tables: nothing has to be redone on 1 January.
// Pure; the ceilings themselves are in plafonds.hpp.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "demande/formulaire.hpp"
#include "demande/plafonds.hpp"

namespace demande::chiffres {

/// The fiscal income that counts on a day, and by which rule (arrêté du 29 juillet 1987, art. 4).
struct RevenuRetenu {
    int euros = 0;
    int annee = 0;                   // of the income
    bool en_baisse = false;          // last year's, at least a tenth lower than the year before
    std::optional<int> compare = {}; // the other year's, when both are known
    bool annee_declaree = true; // false: no year was written beside the figure, the usual one is supposed
};
/// Why no income can be taken.
struct RevenuManquant {
    int annee = 0;                    // whose tax notice is missing
    std::optional<int> declaree = {}; // the year of the one that was given, which no longer counts
};
using RevenuDuJour = std::variant<RevenuManquant, RevenuRetenu>;

/// Of the answers, on that day. The two years that count slide every 1 January: what was declared as last
/// year's becomes the older one, and nothing is supposed about the year that nobody declared.
RevenuDuJour revenu_du_jour(const Reponses&, Date jour);

/// One wish.
struct EstimationDuSouhait {
    std::string insee;
    std::optional<Zone> zone;              // none: overseas, where no table is loaded
    int annee_du_bareme = 0;               // 0: no table
    bool bareme_de_l_annee = false;        // false: the last one known is shown
    std::array<int, 3> plafonds = {};      // in the order of `financements`
    std::optional<Financement> acces = {}; // the most helped kind that is open; none: above all, or no income
};

struct Estimation {
    Categorie categorie;
    int personnes = 1; // that the category counts
    RevenuDuJour revenu;
    std::vector<EstimationDuSouhait> souhaits; // first choice first
};
Estimation estimer(const Reponses&, const std::vector<std::string>& communes, Date jour, const Baremes&);

} // namespace demande::chiffres
