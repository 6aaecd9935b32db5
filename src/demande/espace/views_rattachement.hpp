// Values to HTML: claiming a demande, a lost number, and the online access as a guichet sees it. The address
// of an account is never shown.
#pragma once

#include <string>
#include <vector>

#include "demande/espace/store_rattachement.hpp"
#include "demande/espace/views.hpp"

namespace demande::espace::views {

/// A claim: the number alone first, so that nobody says who they are to a site that does not keep it.
struct Reclamation {
    std::string numero; // one kept here, as people read it; empty: not asked yet
    std::string site;   // of the local system that keeps the one that was typed
};
std::string reclamation(const ui::Chrome&, const Reclamation& = {}, const Saisie& = {});
std::string cle(const ui::Chrome&, bool envoi, const Saisie& = {});
std::string numero_perdu(const ui::Chrome&, bool envoi, const Saisie& = {});

struct AccesEnLigne {
    De de;
    std::vector<store::Acces> acces;
    std::vector<ui::Option> sans_acces; // of those who sign, by rank
    bool ouvrir = false;                // an access, rather than close them
    bool en_cours = true;               // the demande: else nobody is given an access to it
    bool modifiable = true;             // its contacts are read again when an access is closed
    std::int64_t version = 1;
};
std::string acces(const ui::Chrome&, const AccesEnLigne&, const Saisie& = {});

} // namespace demande::espace::views
