// The follow-up of a file: typed, dated entries that every assigned partner sees at once. Types only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"

namespace signalement {

/// Who follows a report without an account. The occupant sees how it goes, not who reported it nor what was
/// written about them.
enum class Usager { Deposant, Occupant };

inline constexpr base::Name<Usager> usagers[] = {
    {Usager::Deposant, "deposant", "Personne qui a déposé le signalement"},
    {Usager::Occupant, "occupant", "Personne qui habite le logement"},
};

enum class TypeSuivi {
    Message,
    VisitePrevue,
    VisiteFaite,
    Courrier,
    Arrete,
    Document,
    Mainlevee,
    ReponseDeposant,
    Decision,
};

inline constexpr base::Name<TypeSuivi> types_suivi[] = {
    {TypeSuivi::Message, "message", "Message"},
    {TypeSuivi::VisitePrevue, "visite_prevue", "Visite prévue"},
    {TypeSuivi::VisiteFaite, "visite_faite", "Visite faite"},
    {TypeSuivi::Courrier, "courrier", "Courrier envoyé"},
    {TypeSuivi::Arrete, "arrete", "Arrêté pris"},
    {TypeSuivi::Document, "document", "Document ajouté"},
    {TypeSuivi::Mainlevee, "mainlevee", "Mainlevée"},
    {TypeSuivi::ReponseDeposant, "reponse_deposant", "Message du déposant ou de l’occupant"},
    {TypeSuivi::Decision, "decision", "Décision"},
};

/// Whose hand wrote an entry: what lists tell apart.
enum class Main { Usager, Partenaire, Plateforme };

inline constexpr base::Name<Main> mains[] = {
    {Main::Usager, "usager", "Le déposant ou l’occupant"},
    {Main::Partenaire, "partenaire", "Un service"},
    {Main::Plateforme, "plateforme", "La plateforme, pour annoncer une décision"},
};

constexpr Main main_de(TypeSuivi t)
{
    return t == TypeSuivi::ReponseDeposant ? Main::Usager
           : t == TypeSuivi::Decision      ? Main::Plateforme
                                           : Main::Partenaire;
}

/// When the act of an entry may take place, seen from the day it is written.
enum class Moment { Passe, Futur, Indifferent };

/// What an agent must give for each type of entry.
struct RegleSuivi {
    TypeSuivi type;
    Moment moment;
    bool texte_exige;
    bool piece_exigee;
    bool reference_utile; // number of an arrêté, tracking number of a letter
};

inline constexpr RegleSuivi regles_suivi[] = {
    {TypeSuivi::Message, Moment::Passe, true, false, false},
    {TypeSuivi::VisitePrevue, Moment::Futur, false, false, false},
    {TypeSuivi::VisiteFaite, Moment::Passe, true, false, false},
    {TypeSuivi::Courrier, Moment::Passe, true, false, true},
    // Arrêtés de mise en sécurité ou de traitement de l’insalubrité: CCH L. 511-11 and L. 511-19.
    {TypeSuivi::Arrete, Moment::Passe, true, false, true},
    {TypeSuivi::Document, Moment::Passe, false, true, false},
    // The mainlevée ends an arrêté once its measures are done: CCH L. 511-14.
    {TypeSuivi::Mainlevee, Moment::Passe, true, false, true},
};

/// What somebody adds in a day to the reports they deposited, until a human has confirmed who they are.
inline constexpr std::int64_t actions_par_jour_avant_confirmation = 20;
inline constexpr std::size_t longueur_max_suivi = 10'000; // characters of a text

struct PieceSuivi {
    std::string id;
    std::string nom;
};

/// An entry as it is kept.
struct Suivi {
    std::string id;
    TypeSuivi type = TypeSuivi::Message;
    Date date_acte;
    std::string texte;
    std::string reference_acte;
    std::string auteur; // account, empty for the depositor, the occupant and the platform
    std::string auteur_nom;
    bool visible_deposant = false;
    Instant ajoute_le;
    std::optional<Instant> montre_le = {}; // first time it was shown to the depositor
    int version = 1;
    std::optional<Usager> usager = {}; // who wrote it, without an account
};

/// What an agent typed.
struct SaisieSuivi {
    std::string type;
    std::string date; // empty: today
    std::string texte;
    std::string reference_acte;
    bool visible_deposant = false;
    std::size_t pieces = 0; // number of files sent along
};

/// The same, read and complete.
struct SuiviLu {
    TypeSuivi type;
    Date date_acte;
    std::string texte;
    std::string reference_acte;
    bool visible_deposant;
};

/// An entry that a rule accepted.
struct NouveauSuivi {
    std::string signalement;
    TypeSuivi type;
    Date date_acte;
    std::string texte;
    std::string reference_acte;
    std::string auteur;
    std::string auteur_nom;
    bool visible_deposant;
    Instant le;
    std::optional<Usager> usager = {};
};

struct Visibilite {
    std::string suivi;
    int version;
    bool visible;
    bool prevenir; // the first time only: hiding and showing again is not news
};

} // namespace signalement
