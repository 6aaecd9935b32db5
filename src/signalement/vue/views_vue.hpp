// Saved searches and chosen columns, as HTML.
#pragma once

#include <string>
#include <vector>

#include "signalement/views.hpp"
#include "signalement/vue/vue.hpp"

namespace signalement::vue::views {

using signalement::views::Choisissable;
using signalement::views::Saisie;

ui::Url url_recherches();
/// The form that saves what a filter asks.
ui::Url url_nouvelle(const filtre::Filtre&);
/// The form of the columns, which comes back to this list.
ui::Url url_colonnes(const filtre::Filtre&);

/// The searches at the top of the list, the first ones when they are many; nothing when there is none.
void recherches(ui::Html&, const std::vector<ui::Link>&);

/// A saved search on the page that keeps them.
struct Gardee {
    Vue vue;
    ui::Url liste;                 // empty: it asks what this reader may not
    std::vector<std::string> mots; // what it asks
    std::string avec;              // whom it is shared with
    bool sienne = true, retirable = true;
};
std::string toutes(const ui::Chrome&, const std::vector<Gardee>&, std::string_view fait);

struct PageNouvelle {
    filtre::Filtre filtre;
    std::vector<std::string> mots;
    bool texte_laisse = false;         // what was typed is not kept
    std::vector<Choisissable> cercles; // key and name
    std::vector<std::string> siennes;  // the names that are taken
};
std::string nouvelle(const ui::Chrome&, const PageNouvelle&, const Saisie& = {});

std::string colonnes(const ui::Chrome&, const filtre::Filtre&, const std::vector<std::string>& choisies,
                     const FormErrors& refus = {});

} // namespace signalement::vue::views
