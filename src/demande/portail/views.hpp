// Values to HTML: the screens of an applicant. Decides nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demande/portail/store_compte.hpp"
#include "ui/components.hpp"

namespace demande::portail::views {

/// What was typed and what is wrong with it.
struct Saisie {
    const FormErrors* erreurs = nullptr;
    const ui::Values* valeurs = nullptr;
};

// ── Account ── views_compte.cpp

std::string demander(const ui::Chrome&);
std::string connexion(const ui::Chrome&, const std::string& retour, const Saisie&,
                      std::string_view etat = {});
std::string code(const ui::Chrome&, const std::string& retour, const Saisie&);

/// The applicant's own page: their demandes.
struct MaDemande {
    std::string courriel;
    std::vector<store::DemandeLiee> demandes;
};
std::string ma_demande(const ui::Chrome&, const MaDemande&);

} // namespace demande::portail::views
