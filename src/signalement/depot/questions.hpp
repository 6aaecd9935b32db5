// The screens of the deposit and what each asks, as data made from the answers already given. The same data
// gives the views, the checks and the summary. No HTML, no database, no clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "signalement/depot/reponses.hpp"
#include "signalement/signalement.hpp"
#include "territoire/territoire.hpp"

namespace signalement::depot {

/// How a question is asked, hence how its answer is read.
enum class Genre {
    Texte,
    Nom, // of a person or an organisation: it is written in messages, so it holds no link
    TexteLong,
    Email,
    Telephone,
    Date,    // a past day
    Mois,    // a past month
    Annee,   // a past year
    Entier,  // within bornes
    Surface, // square metres, one decimal
    Montant, // euros
    Choix,   // one answer among several
    Cases,   // several answers among several
    Case,    // one box; its answer is "oui"
};

struct Choix {
    std::string valeur;
    std::string libelle;
    std::string aide = {};
    std::string groupe = {};

    bool operator==(const Choix&) const = default;
};

/// Matters only when another question of the same screen has one of these answers.
struct Condition {
    std::string question;
    std::vector<std::string> valeurs;

    bool operator==(const Condition&) const = default;
};

struct Question {
    std::string slug;
    Genre genre = Genre::Texte;
    std::string libelle;
    std::string aide = {};
    std::string exigee = {}; // what to say when there is no answer; empty: no answer is needed
    std::vector<Choix> choix = {};
    std::optional<Condition> si = {};
    std::optional<Condition> et_si = {}; // a second condition, not shown but checked
    std::string groupe = {};             // consecutive questions of a group share a legend
    std::size_t longueur_max = 200;      // characters
    int min = 0;
    int max = 999;
    std::string autocomplete = {};
    std::string unite = {};
    bool en_ligne = false;     // short answers side by side
    bool une_au_moins = false; // another answer may stand for this one: neither required nor « facultatif »

    bool operator==(const Question&) const = default;
};

/// The parts of the procedure, as the stepper counts them.
enum class Chapitre { Adresse, Vous, Personnes, Logement, Desordres, Fichiers, Situation, Verification };

inline constexpr base::Name<Chapitre> chapitres[] = {
    {Chapitre::Adresse, "adresse", "Adresse du logement"},
    {Chapitre::Vous, "vous", "Vous"},
    {Chapitre::Personnes, "personnes", "Les personnes concernées"},
    {Chapitre::Logement, "logement", "Le logement et ses habitants"},
    {Chapitre::Desordres, "desordres", "Ce qui ne va pas"},
    {Chapitre::Fichiers, "fichiers", "Photos et documents"},
    {Chapitre::Situation, "situation", "La situation"},
    {Chapitre::Verification, "verification", "Vérification et envoi"},
};

struct Etape {
    std::string slug; // end of the URL
    Chapitre chapitre = Chapitre::Adresse;
    std::string titre;
    std::string intro = {};
    std::vector<Question> questions = {};
    std::string obligations = {}; // what must be answered, when it is not each question by itself
};

/// What the screens depend on beside the answers.
struct Contexte {
    territoire::Phase phase = territoire::Phase::Tous; // of the territory of the address
    Date aujourd_hui;
};

/// Slugs of the fixed screens; that of a screen of désordres is its catégorie's.
namespace etape {
inline constexpr std::string_view adresse = "adresse";
inline constexpr std::string_view profil = "profil";
inline constexpr std::string_view coordonnees = "coordonnees";
inline constexpr std::string_view occupant = "occupant";
inline constexpr std::string_view bailleur = "bailleur";
inline constexpr std::string_view logement = "logement";
inline constexpr std::string_view desordres = "desordres";
inline constexpr std::string_view danger = "danger";
inline constexpr std::string_view fichiers = "fichiers";
inline constexpr std::string_view situation = "situation";
inline constexpr std::string_view verification = "verification";
} // namespace etape

/// Answers that are computed, never typed: the address once recognised. A form cannot send them.
namespace reconnue {
inline constexpr std::string_view libelle = "adresse.libelle";
inline constexpr std::string_view code_postal = "adresse.code_postal";
inline constexpr std::string_view commune = "adresse.commune";
inline constexpr std::string_view insee = "adresse.insee";
inline constexpr std::string_view id = "adresse.id";
inline constexpr std::string_view lon = "adresse.lon";
inline constexpr std::string_view lat = "adresse.lat";
} // namespace reconnue

/// Every question the last screen may ask: the sending takes their answers before it knows which are asked
/// of this person, and the others do not count.
inline constexpr std::string_view champs_accord[] = {"visite_acceptee", "bailleur_peut_etre_prevenu",
                                                     "attestation", "donnees"};
/// Value of « profil » for somebody who is none of those the territory is open to.
inline constexpr std::string_view profil_non_admis = "particulier_non_admis";

/// The screens that apply, in order, and the answers that count: those to questions that were asked. An
/// answer left behind by a change of mind is in neither.
struct Parcours {
    std::vector<Etape> etapes;
    Reponses retenues;

    [[nodiscard]] const Etape* trouver(std::string_view slug) const;
    [[nodiscard]] std::size_t rang(std::string_view slug) const; // etapes.size() when absent
};
Parcours parcours(const Reponses&, const Contexte&);

/// Whether the question is asked, given what counts so far.
bool posee(const Question&, const Reponses& retenues);

/// The dwelling as far as it is described, for the désordres.
desordre::LogementDecrit logement_decrit(const Reponses& retenues);
/// What was ticked, for the désordres.
desordre::ReponsesDesordres desordres_coches(const Parcours&);

/// Name of the field of a sub-question.
std::string nom_sous_question(std::string_view critere, std::string_view nom);

} // namespace signalement::depot
