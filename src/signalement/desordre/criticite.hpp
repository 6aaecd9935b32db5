// What the précisions of a report are worth: the State's score, our own level for triage, the procedures
// suspected. Pure functions of the précisions and of the dwelling; they decide nothing about the life of the
// report.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "signalement/desordre/catalogue.hpp"

namespace signalement::desordre {

/// The score the State's platform would show, in hundredths of a per cent so that everything is an integer:
/// 4 217 is 42,17 %. Kept for comparison only: as it averages the two zones, a ruin inside a sound building
/// hardly passes 50. Triage uses gravite().
struct Score {
    int batiment_centiemes = 0; // not capped
    int logement_centiemes = 0; // not capped
    int total_centiemes = 0;    // average, × 1.1 with a child under six, at most 10 000
};

/// V2 formula of Signal Logement: Σ coefficients ÷ 84 (bâtiment) and ÷ 102 (logement). Each figure is rounded
/// half up once, from the exact sum.
Score score(std::span<const PrecisionChoisie>, const LogementDecrit&);

enum class Gravite { Faible, Moyen, Eleve, DangerImmediat };
inline constexpr base::Name<Gravite> gravites[] = {
    {Gravite::Faible, "faible", "Faible"},
    {Gravite::Moyen, "moyen", "Moyen"},
    {Gravite::Eleve, "eleve", "Élevé"},
    {Gravite::DangerImmediat, "danger_immediat", "Danger immédiat"},
};

/// A level and why, in sentences an agent reads.
struct Evaluation {
    Gravite gravite = Gravite::Faible;
    std::vector<std::string> raisons;
};

/// How soon somebody must look at it. `danger_declare`: the depositor says that people are in danger now.
Evaluation gravite(std::span<const PrecisionChoisie>, const LogementDecrit&, bool danger_declare = false);

enum class StatutQualification {
    NonDecenceCheck,
    RsdCheck,
    SaleteCheck,
    InsalubriteCheck,
    InsalubriteManquementCheck,
    MiseEnSecuritePerilCheck,
    AssurantielCheck,
    SuroccupationCheck,
    DangerCheck,
    NdeCheck,
    NdeAveree,
    NdeOk,
};
inline constexpr base::Name<StatutQualification> statuts_qualification[] = {
    {StatutQualification::NonDecenceCheck, "NON_DECENCE_CHECK", "Non-décence à vérifier"},
    {StatutQualification::RsdCheck, "RSD_CHECK", "Règlement sanitaire à vérifier"},
    {StatutQualification::SaleteCheck, "SALETE_CHECK", "Incurie à vérifier"},
    {StatutQualification::InsalubriteCheck, "INSALUBRITE_CHECK", "Insalubrité à vérifier"},
    {StatutQualification::InsalubriteManquementCheck, "INSALUBRITE_MANQUEMENT_CHECK",
     "Manquement à la salubrité à vérifier"},
    {StatutQualification::MiseEnSecuritePerilCheck, "MISE_EN_SECURITE_PERIL_CHECK",
     "Mise en sécurité (péril) à vérifier"},
    {StatutQualification::AssurantielCheck, "ASSURANTIEL_CHECK", "Déclaration à l’assurance à vérifier"},
    {StatutQualification::SuroccupationCheck, "SUROCCUPATION_CHECK", "Suroccupation à vérifier"},
    {StatutQualification::DangerCheck, "DANGER_CHECK", "Danger à vérifier"},
    {StatutQualification::NdeCheck, "NDE_CHECK", "Non-décence énergétique à vérifier"},
    {StatutQualification::NdeAveree, "NDE_AVEREE", "Non-décence énergétique avérée"},
    {StatutQualification::NdeOk, "NDE_OK", "Décence énergétique respectée"},
};

/// A procedure suspected, and the précisions that make it so (none when only the energy class does).
struct ProcedureSuspectee {
    Qualification qualification;
    StatutQualification statut;
    std::vector<std::string> precisions; // slugs
};

/// « Procédures suspectées » before any visit, in the order of the table of qualifications. `depose_le`: the
/// legal threshold of energy consumption depends on the day.
std::vector<ProcedureSuspectee> procedures_suspectees(std::span<const PrecisionChoisie>,
                                                      const LogementDecrit&, Date depose_le);

} // namespace signalement::desordre
