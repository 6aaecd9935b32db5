// A grid of cotation as data, and the score it gives a demande, item by item (CCH L. 441-2-8, R. 441-2-10).
// A score helps to decide and removes nobody. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "demande/dossier.hpp"
#include "demande/formulaire.hpp"

namespace demande::cotation {

/// What a criterion may look at: a closed list. An EPCI chooses among them, their points and their proofs.
enum class Condition {
    SansLogement,
    Structure,
    Heberge,
    Indigne,
    NonDecent,
    Expulsion,
    LogementRepris,
    Violences,
    Handicap,
    Inadapte,
    Suroccupation,
    LoyerLourd,
    ParentSeul,
    Separation,
    SortieAse,
    Pompier,
    LocataireHlm,
    LogementTropGrand,
    Emploi,
    Anciennete,
    Dalo,
    Priorite,
    Refus,
};

inline constexpr base::Name<Condition> conditions[] = {
    {Condition::SansLogement, "sans_logement", "Sans abri, en squat ou en habitat mobile"},
    {Condition::Structure, "structure", "En structure, foyer, hôtel ou logement temporaire"},
    {Condition::Heberge, "heberge", "Chez ses parents, ses enfants ou un tiers"},
    {Condition::Indigne, "indigne", "Logement indigne, dangereux ou insalubre"},
    {Condition::NonDecent, "non_decent", "Logement non décent"},
    {Condition::Expulsion, "expulsion", "Procédure d’expulsion"},
    {Condition::LogementRepris, "repris", "Logement repris ou mis en vente"},
    {Condition::Violences, "violences", "Violences au sein du couple"},
    {Condition::Handicap, "handicap", "Personne en situation de handicap"},
    {Condition::Inadapte, "inadapte", "Logement inadapté au handicap ou à la santé"},
    {Condition::Suroccupation, "suroccupation", "Moins de 9 m² par personne"},
    {Condition::LoyerLourd, "loyer_lourd", "Loyer au-dessus de 40 % des ressources"},
    {Condition::ParentSeul, "parent_seul", "Parent seul"},
    {Condition::Separation, "separation", "Divorce ou séparation"},
    {Condition::SortieAse, "ase", "Aide sociale à l’enfance"},
    {Condition::Pompier, "pompier", "Sapeur-pompier volontaire"},
    {Condition::LocataireHlm, "locataire_hlm", "Locataire d’un logement social"},
    {Condition::LogementTropGrand, "trop_grand", "Logement social trop grand"},
    {Condition::Emploi, "emploi", "En emploi"},
    {Condition::Anciennete, "anciennete", "Année entière d’ancienneté"},
    {Condition::Dalo, "dalo", "Reconnu prioritaire au titre du Dalo"},
    {Condition::Priorite, "priorite_reconnue", "Autre priorité reconnue"},
    {Condition::Refus, "refus", "Refus d’une proposition"},
};

/// How the criteria of one rubric go together.
enum class Cumul { Somme, Meilleur };

struct Critere {
    std::string libelle;
    Condition si = Condition::SansLogement;
    int points = 0;             // for each year or each refusal, where there may be several
    std::optional<int> maximum; // of what they add up to, in absolute value
    std::string preuve;         // type of the document that proves it; empty: nothing has to
    int sans_preuve = 0;        // points while it is only declared
};
struct Rubrique {
    std::string libelle;
    Cumul cumul = Cumul::Somme;
    std::vector<Critere> criteres;
};
struct Grille {
    std::vector<Rubrique> rubriques;
};

/// Of a CSV of one criterion a line: rubrique;cumul;libelle;si;points;maximum;preuve;sans_preuve. Or every
/// line to correct, with the reason.
Result<Grille, std::vector<std::string>> lire_grille(std::string_view csv);

/// What a score is computed from.
struct Dossier {
    Reponses reponses;
    Date deposee_le;
    std::vector<PieceDuDossier> pieces;
    int refus = 0;                             // of proposals, as the history tells them
    bool dalo = false, priorite = false;       // recognised, that day
    std::optional<Date> reconnue_jusqu_a = {}; // the first day on which one of the two may change by itself
};

enum class Preuve { Inutile, Declare, Prouve };

struct Ligne {
    std::string rubrique, libelle, piece; // the type of the document asked; empty: none
    Preuve preuve = Preuve::Inutile;
    int points = 0;
    bool compte = true; // false: a better item of the same rubric counts in its place
};
struct Score {
    int points = 0; // never below zero
    int prouves = 0;
    std::vector<Ligne> lignes; // the items that are true of this demande, in the order of the grid
    Date a_revoir_le;          // the first day on which it may change by itself
};
Score coter(const Grille&, const Dossier&, Date jour);
/// Leaves out the items that this type of document proves: for whoever may not know that it was given.
void taire_la_preuve(Score&, std::string_view type);

} // namespace demande::cotation
