// The selection of an agent, and the acts on several reports, as HTML.
#pragma once

#include <string>
#include <vector>

#include "signalement/lot/store_lot.hpp"
#include "signalement/views.hpp"

namespace signalement::lot::views {

using signalement::views::Choisissable;
using signalement::views::Saisie;

ui::Url url_selection();
ui::Url url_geste(Geste);
ui::Url url_lot(std::string_view id);

/// What has been chosen, and what may be done with it.
/// `laisses`: how many found no room in it a moment ago.
std::string selection(const ui::Chrome&, const std::vector<store::Choisi>&, const std::vector<Geste>& permis,
                      std::int64_t laisses);

/// The form of an act.
struct PageGeste {
    Geste geste = Geste::Confier;
    std::size_t nombre = 0;
    std::vector<Choisissable> partenaires; // in the territories of the selection
};
std::string demander(const ui::Chrome&, const PageGeste&, const Saisie& = {});

/// What each report would become; nothing is done yet.
struct Apercu {
    std::string lot; // the id it will have: sent twice, it is done once
    Consigne consigne;
    std::vector<Ligne> lignes;
    std::vector<std::string> partenaires; // their names
    std::vector<std::string> muets;       // of those who receive no e-mail
};
std::string apercu(const ui::Chrome&, const Apercu&, const FormErrors* erreurs = nullptr);

/// What became of each.
struct PageLot {
    Lot lot;
    std::vector<std::string> partenaires; // their names
    std::vector<std::string> muets;       // of those who receive no e-mail
    bool annulable = false;
    bool continuable = false;
    std::string heure_limite; // « 10:47 »
};
std::string lot(const ui::Chrome&, const PageLot&);

} // namespace signalement::lot::views
