// The map of reports to HTML: a drawing whose every part is a link, and the same reports as a table.
#pragma once

#include "signalement/carte/store_carte.hpp"
#include "signalement/views.hpp"

namespace signalement::carte::views {

inline constexpr std::size_t lieux_montres = 100;

struct PageCarte {
    signalement::views::PageListe filtres; // what is asked; its list is not read
    Carte carte;
    bool choisie = false;            // the view was asked, and may not hold everything
    std::size_t nombre_de_lieux = 0; // before they were cut
    std::vector<Etiquette> etiquettes;
};
std::string page(const ui::Chrome&, const PageCarte&);

} // namespace signalement::carte::views
