// Where guichets receive people, on screen.
#pragma once

#include <string>

#include "demande/accueil/store_accueil.hpp"
#include "demande/portail/views_en_ligne.hpp"
#include "demande/views.hpp"

namespace demande::accueil::views {

std::string recherche(const ui::Chrome&, const portail::views::Recherche&);
std::string commune(const ui::Chrome&, const portail::views::PageDeCommune&, const store::Lieux&);
std::string accueil(const ui::Chrome&, const Guichet&, const ui::Values&, const FormErrors*);

} // namespace demande::accueil::views
