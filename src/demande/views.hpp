// Values to HTML: the screens of a guichet and of those who open guichets. Decides nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "demande/attestation.hpp"
#include "demande/bail.hpp"
#include "demande/chiffres/estimation.hpp"
#include "demande/cotation/cotation.hpp"
#include "demande/jalons.hpp"
#include "demande/questions.hpp"
#include "demande/store.hpp"
#include "demande/store_pieces.hpp"
#include "demande/territoires.hpp"
#include "ui/components.hpp"

namespace demande::views {

/// What was typed and what is wrong with it.
struct Saisie {
    const FormErrors* erreurs = nullptr;
    const ui::Values* valeurs = nullptr;
};

ui::Url url_demande(std::string_view id);
ui::Markup badge_etat(Etat);
/// What the action that led here did.
void montrer_fait(ui::Html&, std::string_view fait);

/// The desk: register, find by number, what is late.
/// Of a territory whose demandes another site keeps: that they are only read here, and where they are;
/// nothing when they are here.
void dire_ailleurs(ui::Html&, const Orientation&, int niveau = 2);

struct Accueil {
    std::vector<Guichet> guichets;
    std::vector<Orientation> ailleurs; // of their territories that have left
    struct Attente {
        Guichet guichet;
        std::vector<store::AAttester> demandes;
    };
    std::vector<Attente> attestations;
    std::vector<store::ANumeriser> copies;    // of all these guichets
    std::vector<store::AVerifier> a_verifier; // the same
    Date aujourd_hui;
    bool gestionnaire = false; // of a territory: exchanges files with the national system
    bool radie = false;        // pronounces removals that a list waits for
    bool enregistre = false;   // one guichet at least
};
std::string accueil(const ui::Chrome&, const Accueil&, const Saisie& = {}, std::string_view fait = {});

/// The demandes of somebody whose number nobody knows: those the agent may open.
std::string personnes(const ui::Chrome&, const std::vector<store::Doublon>&, const Saisie&);

/// Who is asking: before anything is typed, somebody who already has a demande is looked for.
std::string recherche(const ui::Chrome&, const std::vector<Guichet>&, const Saisie& = {});

/// The whole paper form, with those who look like the applicant above it.
struct Formulaire {
    Guichet guichet;
    std::vector<store::Doublon> doublons;
};
std::string formulaire(const ui::Chrome&, const Formulaire&, const Saisie&);
/// Of that form: the scan of the identity document, which may come later.
inline constexpr std::string_view champ_copie_d_identite = "copie_identite";

/// Which questions of a section are asked; empty: all.
using Posee = std::function<bool(const Question&)>;
/// A section of the paper as fields; `pour`: that day, in the words said to an applicant, without the numbers
/// of its pages and cases.
void ecrire_rubrique(ui::Form&, const Rubrique&, const Posee& = {}, std::optional<Date> pour = {});
/// Who looks like the people of the form, or that nobody does.
void montrer_doublons(ui::Html&, const std::vector<store::Doublon>&);

/// One demande, as an agent reads it.
struct Fiche {
    store::Fiche demande;
    std::string numero; // in groups
    Jalons jalons;
    Echeance echeance = Echeance::EnCours;
    std::string fuseau;
    FormErrors a_completer;
    chiffres::Estimation estimation;
    std::vector<cotation::Vue> cotations;
    std::vector<std::string> noms_des_communes; // asked, in order
    struct Ligne {
        Instant le;
        std::string evenement, par;
    };
    std::vector<Ligne> histoire;
    std::vector<Reconnaissance> reconnaissances;
    std::optional<BailSigne> bail; // that ended it
    Date aujourd_hui;
    Date attestation_due;
    bool en_retard = false; // of the attestation
    bool exportable = false;
    bool revenable = false;                 // by whoever reads: its radiation may be taken back
    bool reunissable = false;               // by whoever reads, with another demande of the same person
    std::vector<store::Doublon> semblables; // since an exchange file, until somebody has looked
    Orientation ou;
};
std::string fiche(const ui::Chrome&, const Fiche&, std::string_view fait = {});

/// The attestation on a page of its own, made to be printed.
std::string page_attestation(const ui::Chrome&, const Attestation&, const std::string& demande, bool remise);

/// Guichets of a territory and the people who act for them.
struct Guichets {
    struct Ligne {
        Guichet guichet;
        std::vector<store::Membre> membres;
    };
    std::vector<Ligne> guichets;
    std::vector<ui::Option> partenaires; // that may become one
};
std::string guichets(const ui::Chrome&, const Guichets&, const Saisie& = {}, std::string_view fait = {});

/// Somebody who may act for no guichet: what to ask, and whom.
std::string sans_guichet(const ui::Chrome&);

} // namespace demande::views
