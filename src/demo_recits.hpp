// What the demonstration story is made of: values only. The story is in demo_recits.cpp, what plays it in
// demo.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signalement/cycle.hpp"
#include "signalement/signalement.hpp"
#include "signalement/suivi.hpp"

namespace demo {

/// What somebody does on a report, days after its deposit.
struct Geste {
    enum class Quoi { Valider, Refuser, Confier, Repondre, Ajouter, Ecrire, Cloturer, Rouvrir };

    int apres_jours;
    std::string_view qui; // first name and name as in the addresses: "julien.masson"; empty: the depositor
    Quoi quoi;
    signalement::Action reponse = signalement::Action::Lire;       // Repondre
    signalement::TypeSuivi type = signalement::TypeSuivi::Message; // Ajouter
    std::vector<std::string_view> partenaires = {};                // Confier
    std::string_view motif = {};
    std::string_view texte = {};
    bool visible = false; // Ajouter: the depositor sees it
    int dans_jours = 0;   // Ajouter: a visit planned so many days later
    std::string_view reference = {};
};

/// A picture of demo/photos and the critère it shows; empty: the dwelling as a whole.
struct Photo {
    std::string_view fichier, critere;
};

struct Position {
    double lon, lat;
};

/// A report: what was deposited, then what was done about it.
struct Recit {
    int il_y_a_jours;
    signalement::Profil profil;
    std::string_view organisation;
    signalement::Personne declarant;
    std::string_view insee, code_postal, commune, adresse;
    std::optional<Position> position = {}; // none: the address was not recognised
    std::string_view etage = {};
    signalement::Personne occupant; // nobody when the depositor lives there
    std::string_view bailleur;
    signalement::TypeBailleur bailleur_type;
    signalement::desordre::Nature nature;
    int surface_m2, pieces, personnes, enfants;
    bool petit_enfant = false, danger = false;
    std::string_view description;
    std::vector<std::string_view> precisions;
    std::vector<Photo> photos = {};
    std::vector<Geste> gestes = {};
};

/// The whole story, oldest report first.
std::span<const Recit> recits();

} // namespace demo
