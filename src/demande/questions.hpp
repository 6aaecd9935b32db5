// The form of a demande de logement social (Cerfa 14069, notice 51423) as data: every section, its questions
// with the number of their case on the paper, what may be answered. The same table gives the screen of a
// guichet, the checks and the summary. No HTML, no database, no clock.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace demande {

/// How a question is asked, hence how its answer is read.
enum class Genre {
    Texte,
    Nom,
    TexteLong,
    Date, // past
    DateAVenir,
    Email,
    Telephone,
    CodePostal,
    Commune, // name and postal code, or INSEE code; recognised by the page
    Entier,
    Montant, // whole euros
    Nir,
    Siret,
    Siren,
    Numero, // numéro unique of another demande
    Choix,
    OuiNon,
    Case, // one box; its answer is "oui"
};

struct ReponsePossible {
    std::string_view valeur;
    std::string_view libelle;
};

enum class Exigence {
    Facultative,
    // Without it there is no demande to register. Few: CCH R. 441-2-3 lets nothing but an identity document
    // be required to refuse or delay a registration.
    Obligatoire,
    Attendue, // the form asks for it; missing, the demande is registered and the applicant told what to bring
};

struct Question {
    std::string_view slug;
    std::string_view cas = {}; // « A2 », as printed on the paper; empty: the paper gives none that we know
    Genre genre = Genre::Texte;
    std::string_view libelle = {};
    Exigence exigence = Exigence::Facultative;
    std::string_view aide = {};
    std::span<const ReponsePossible> choix = {};
    int max = 200; // characters of a text, greatest number
    // As the applicant is asked online, in place of the words of the paper; empty: the same. « {n2} » and
    // « {n1} » are the years of the tax notices.
    std::string_view en_ligne = {};
    std::string_view aide_en_ligne = {};
};

/// A block of the paper. `lignes`: how many times it may be filled; 1: once, without a number in its fields.
struct Rubrique {
    std::string_view slug;
    std::string_view page; // of the paper form
    std::string_view titre;
    std::string_view aide;
    int lignes;
    std::string_view nom_de_ligne; // « Personne à charge »
    std::span<const Question> questions;
    std::string_view titre_en_ligne = {}; // empty: the same
    std::string_view aide_en_ligne = {};
};

std::span<const Rubrique> rubriques();

/// At most so many people sign with the applicant.
inline constexpr int codemandeurs_max = 3;
/// The section about the work or the resources of who has this rank, the applicant's own under 0: « travail
/// », « travail_codemandeur », « travail_codemandeur_2 ».
std::string section_du_rang(std::string_view section, int rang);
/// Which of those who sign with the applicant a section is about; 0: none of them alone.
int rang_de_la_section(std::string_view slug);

/// Name of the field of a question: « demandeur.nom », « a_charge.2.nom » (lines count from 1).
std::string champ(const Rubrique&, int ligne, const Question&);
/// After the name of a line: the box that takes the whole line away.
inline constexpr std::string_view ligne_retiree = "retiree";
/// The label of an answer as people read it: that of the choice, else the text itself.
std::string_view libelle_de_la_reponse(const Question&, std::string_view reponse);
/// The same without the number of its case on the paper, « F1 – ».
std::string_view sans_le_cas(std::string_view libelle);

} // namespace demande
