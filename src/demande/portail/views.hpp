// Values to HTML: the screens of an applicant. Decides nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demande/portail/store_compte.hpp"
#include "demande/portail/store_en_ligne.hpp"
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
/// A code that a message or a letter carried: eight digits. `duree`: a sentence on how long it is valid.
void champ_du_code(ui::Form&, std::string_view duree = {});
/// `demonstration`: no message leaves, and the page says the code.
std::string code(const ui::Chrome&, const std::string& retour, const Saisie&, bool demonstration);

/// Another mailbox for the account, then the code received there.
std::string adresse_du_compte(const ui::Chrome&, const std::string& actuelle, const Saisie&);
std::string code_du_compte(const ui::Chrome&, const Saisie&, bool demonstration);

/// The applicant's own page: their demandes.
struct MaDemande {
    std::string courriel;
    std::vector<store::DemandeLiee> demandes;
    /// Not registered yet.
    struct EnLigne {
        store::Sienne sienne;
        std::string territoire;
        Date commencee;
        Date avant; // when it should be checked
    };
    std::vector<EnLigne> en_ligne;
    /// Of the territories that are followed on another site, the site.
    std::map<std::string, std::string, std::less<>> sites;
};
/// « pour Zélie », else « commencée le 23 novembre 2026 »: one among those of an account.
std::string laquelle(const MaDemande::EnLigne&);
std::string ma_demande(const ui::Chrome&, const MaDemande&, std::string_view fait = {});

} // namespace demande::portail::views
