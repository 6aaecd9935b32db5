// Values to HTML: choosing a commune, the simulation, the screens of a registration online, and the check by
// an agent. Decides nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demande/plafonds.hpp"
#include "demande/portail/etapes.hpp"
#include "demande/portail/recours.hpp"
#include "demande/portail/store_en_ligne.hpp"
#include "demande/portail/views.hpp"
#include "demande/store.hpp"
#include "demande/territoires.hpp"

namespace demande::portail::views {

// ── Before anything personal ── views_choix.cpp

/// A commune that answers what was typed.
struct CommuneTrouvee {
    std::string insee, nom, departement;
};
struct Recherche {
    std::string saisi;
    std::vector<CommuneTrouvee> communes; // several: to choose from
    bool inconnue = false;
};
std::string choix_de_commune(const ui::Chrome&, const Recherche&);

/// What is said of a commune: whether its demandes are kept here.
struct PageDeCommune {
    CommuneTrouvee commune;
    std::string territoire_nom;
    Orientation orientation;
    bool guichet_ouvert = false; // somebody can check a demande there
    Date jour;
    std::optional<Simulation> simulation = {};
    bool sans_bareme = false; // asked, and no table is known there
};
std::string commune(const ui::Chrome&, const PageDeCommune&, const Saisie& = {});

/// The applicant is signed in and begins.
struct Commencer {
    PageDeCommune ou;
    bool deja = false;                          // they follow a registered one there
    std::vector<MaDemande::EnLigne> commencees; // of that territory, not registered yet
    bool plein = false;                         // no more of them at once
};
std::string commencer(const ui::Chrome&, const Commencer&);

// ── The screens ── views_etapes.cpp

struct Ecran {
    const Etape& etape;
    std::string id;
    Reponses reponses; // as typed, wrong ones included
    Date jour;
    std::vector<std::string> nirs; // fields of the NIRs that are known; never the numbers
    bool vers_verification = false;
    std::optional<MotifInvalidation> motif = {}; // to correct
    std::optional<Date> gardee_jusqu_au = {};    // when it is to be corrected
};
ui::Url url_en_ligne(std::string_view id, std::string_view etape = {});
/// A screen: where one is, what to correct, then `corps`.
std::string page_d_ecran(const ui::Chrome&, const Ecran&, bool erreur, const ui::Body& corps);
/// The buttons at the end of a screen; the last one leaves, and nothing is lost.
std::vector<ui::Button> boutons_d_ecran(const Ecran&, bool encore);
std::string questions(const ui::Chrome&, const Ecran&, const FormErrors& = {});

struct EcranCommunes {
    Ecran ecran;
    std::vector<std::string> noms;            // of the communes asked, in order
    std::vector<CommuneTrouvee> a_distinguer; // several bear the name that was typed
};
std::string communes(const ui::Chrome&, const EcranCommunes&, const FormErrors& = {},
                     const ui::Values* saisies = nullptr);

// ── The document, and the end ── views_depot.cpp

struct EcranIdentite {
    Ecran ecran;
    std::vector<piece::Piece> fichiers;
};
std::string identite(const ui::Chrome&, const EcranIdentite&, const FormErrors& = {});

struct EcranVerification {
    Ecran ecran;
    std::vector<piece::Piece> fichiers;
    FormErrors a_corriger;  // what keeps it from being deposited
    FormErrors a_completer; // what it would be better with
    Recours recours;        // should their mailbox be lost
};
std::string verification(const ui::Chrome&, const EcranVerification&, bool refuse = false);
/// It waits for its check.
std::string deposee(const ui::Chrome&, const store::EnLigne&, Date avant, const Recours&,
                    bool vient_d_etre_deposee);
std::string abandon(const ui::Chrome&, const store::EnLigne&);
/// Its territory has moved to another site before it was registered: where to go, and all that was typed, to
/// be read and copied.
struct PartiAilleurs {
    store::EnLigne demande; // without its NIRs
    std::vector<std::string> nirs;
    std::string territoire_nom, site;
    std::vector<piece::Piece> fichiers;
    Date jour;
};
std::string parti_ailleurs(const ui::Chrome&, const PartiAilleurs&);

// ── Agents ── views_verification.cpp

struct Liste {
    struct Ligne {
        std::string id;
        std::string territoire;
        Date deposee_le, avant;
        bool en_retard = false;
    };
    std::vector<Ligne> lignes;
    std::vector<Orientation> ailleurs; // of the territories that have left
};
std::string a_verifier(const ui::Chrome&, const Liste&, std::string_view fait = {});

struct AVerifier {
    store::EnLigne demande;
    std::vector<std::string> nirs; // masked, with the name of the field
    std::vector<piece::Piece> fichiers;
    std::vector<demande::store::Doublon> doublons;
    std::vector<Guichet> guichets; // of that territory
    FormErrors a_completer;
    Date avant, jour;
    Orientation ou;
};
std::string a_verifier_une(const ui::Chrome&, const AVerifier&, const Saisie& = {});

/// The answers, section after section, in the words of the screens; `modifier`: with links to change them.
void recapituler(ui::Html&, const Reponses&, Date jour, const std::vector<std::string>& nirs,
                 std::string_view id_a_modifier = {});

} // namespace demande::portail::views
