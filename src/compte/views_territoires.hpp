// Pages of the administration of territories, from values to HTML. They decide nothing.
#pragma once

#include <string>
#include <vector>

#include "compte/views.hpp"
#include "territoire/territoire.hpp"

namespace compte::views {

struct LigneTerritoire {
    territoire::Territoire territoire;
    std::size_t comites = 0;
};
struct ListeDesTerritoires {
    std::vector<LigneTerritoire> lignes;
    std::vector<ui::Option> a_ouvrir; // départements without a page; empty for those who may not open one
};
std::string territoires(const ui::Chrome&, const ListeDesTerritoires&, const Message&,
                        const Saisie& ouverture);

struct FicheTerritoire {
    territoire::Territoire territoire;
    std::vector<territoire::Comite> comites;
};
/// One of the three forms holds what was typed when it was refused.
std::string territoire(const ui::Chrome&, const FicheTerritoire&, const Message&, const Saisie& contact,
                       const Saisie& comite);
std::string confirmation_de_phase(const ui::Chrome&, const territoire::Territoire&, territoire::Phase voulue);

struct LigneDuComite {
    territoire::Perimetre ligne;
    std::string nom;
};
struct FicheComite {
    territoire::Comite comite;
    territoire::Territoire territoire;
    bool par_defaut = false;
    std::vector<LigneDuComite> perimetre;
    std::vector<ui::Option> epcis;    // that no other line of this committee holds
    std::vector<ui::Option> communes; // to choose from, after a name that several have
};
std::string comite(const ui::Chrome&, const FicheComite&, const Message&, const Saisie& fiche,
                   const Saisie& perimetre);

} // namespace compte::views
