// The deposit as people see it: values to HTML. Decides nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "signalement/depot/formulaire.hpp"
#include "signalement/depot/store.hpp"
#include "territoire/recherche.hpp"
#include "ui/components.hpp"

namespace signalement::depot::views {

/// The first page: what this is, for whom, how long it takes, and is somebody in danger.
std::string accueil(const ui::Chrome&, const FormErrors&, const ui::Values&);

/// What every screen shows.
struct Ecran {
    const ui::Chrome& chrome;
    const std::string& jeton;
    const Parcours& parcours;
    std::size_t rang;         // in parcours.etapes
    const Reponses& reponses; // as typed, stale and wrong ones included
    FormErrors erreurs = {};
    bool vers_verification = false; // came from the summary, goes back there
    [[nodiscard]] const Etape& etape() const { return parcours.etapes.at(rang); }
    [[nodiscard]] bool danger() const { return parcours.retenues.est("danger", "oui"); }
};

std::string questions(const Ecran&);

/// The address once typed, when it may be several.
struct ChoixAdresse {
    std::vector<territoire::Adresse> proposees;
    bool manuelle = false;                          // street and commune apart
    bool non_reconnue = false;                      // because what was typed is unknown
    std::vector<territoire::Localisation> communes; // that answer what was typed
};
std::string adresse(const Ecran&, const ChoixAdresse&);
/// Value of the radio button of a proposed address or commune.
std::string valeur_adresse(const territoire::Adresse&);
inline constexpr std::string_view aucune_adresse = "aucune";

std::string fichiers(const Ecran&, const std::vector<PieceBrouillon>&);
/// The list of files alone: what the answer to an upload replaces in the page.
ui::Markup liste_fichiers(const Ecran&, const std::vector<PieceBrouillon>&);

/// Name of the field that says what this file shows: a page holds one for each file.
std::string champ_rattachement(std::string_view piece);

std::string verification(const Ecran&, const std::vector<PieceBrouillon>&);

/// What became of the acknowledgement.
enum class Accuse { Envoye, Retenu, SansAdresse };

struct Confirmation {
    std::string reference;
    std::string jeton_suivi;
    std::string lien_suivi;      // in full, for whoever receives no e-mail
    bool danger = false;         // read in priority
    bool danger_declare = false; // somebody may still be in danger: whom to call comes first
    Accuse email = Accuse::SansAdresse;
    std::string comite;          // name of who receives it; empty when nobody in particular
    std::string qui;             // « Le comité local du Havre »: who reads it first
    int delai_jours = 7;         // usual delay before it is read
    territoire::Contact contact; // whom to call
};
std::string confirmation(const ui::Chrome&, const Confirmation&);

/// The service is not open there, or not to this person: whom to call.
struct Ailleurs {
    std::string commune; // empty: unknown
    std::string departement;
    territoire::Phase phase = territoire::Phase::Fermee;
    territoire::Contact contact;
    bool reponses_gardees = false;
};
std::string ailleurs(const ui::Chrome&, const Ailleurs&);

/// « Terminer plus tard »: the link of the draft, shown and sent by e-mail.
struct Reprise {
    std::string jeton;
    std::string lien;   // absolute
    std::string retour; // slug of the screen
    std::string email;
    bool envoye = false;
    FormErrors erreurs = {};
};
std::string reprise(const ui::Chrome&, const Reprise&);
/// Asks before everything is erased.
std::string abandon(const ui::Chrome&, const std::string& jeton);
std::string brouillon_efface(const ui::Chrome&);

} // namespace signalement::depot::views
