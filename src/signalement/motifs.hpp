// The closed lists of reasons: why a report is refused, why it is closed, why a partner refuses or ends its
// part.
#pragma once

#include <string_view>

#include "base/names.hpp"

namespace signalement {

enum class MotifRefus { HorsHabitatIndigne, HorsTerritoire, HorsCompetence, Doublon, Autre };

inline constexpr base::Name<MotifRefus> motifs_refus[] = {
    {MotifRefus::HorsHabitatIndigne, "hors_habitat_indigne", "Ce n’est pas une question d’état du logement"},
    {MotifRefus::HorsTerritoire, "hors_territoire", "Le logement est hors du territoire"},
    {MotifRefus::HorsCompetence, "hors_competence", "La situation relève d’un autre service"},
    {MotifRefus::Doublon, "doublon", "Un signalement existe déjà pour ce logement"},
    {MotifRefus::Autre, "autre", "Autre raison"},
};

/// How a file ends. `resolu` tells statistics apart: closed does not mean mended.
enum class MotifCloture {
    MisEnConformite,
    TravauxEnCours,
    Relogement,
    DepartOccupant,
    LogementVendu,
    LogementDecent,
    ResponsabiliteOccupant,
    RefusVisite,
    RefusTravaux,
    AbandonOccupant,
    SansReponse,
    SuiviAilleurs,
    HorsPerimetre,
    Doublon,
    Autre,
};

inline constexpr base::Name<MotifCloture> motifs_cloture[] = {
    {MotifCloture::MisEnConformite, "mis_en_conformite",
     "Les travaux sont faits, le logement est en bon état"},
    {MotifCloture::TravauxEnCours, "travaux_en_cours",
     "Les travaux sont engagés et se poursuivent sans nous"},
    {MotifCloture::Relogement, "relogement", "L’occupant est relogé"},
    {MotifCloture::DepartOccupant, "depart_occupant", "L’occupant a quitté le logement"},
    {MotifCloture::LogementVendu, "logement_vendu", "Le logement a été vendu"},
    {MotifCloture::LogementDecent, "logement_decent", "La visite n’a pas relevé de désordre"},
    {MotifCloture::ResponsabiliteOccupant, "responsabilite_occupant",
     "Les désordres relèvent de l’occupant ou de son assurance"},
    {MotifCloture::RefusVisite, "refus_visite", "La visite a été refusée"},
    {MotifCloture::RefusTravaux, "refus_travaux", "L’occupant refuse les travaux"},
    {MotifCloture::AbandonOccupant, "abandon_occupant", "L’occupant ou le déposant renonce"},
    {MotifCloture::SansReponse, "sans_reponse", "Plus aucune réponse malgré nos relances"},
    {MotifCloture::SuiviAilleurs, "suivi_ailleurs", "La situation est suivie dans un autre cadre"},
    {MotifCloture::HorsPerimetre, "hors_perimetre", "La situation ne relève pas de l’habitat indigne"},
    {MotifCloture::Doublon, "doublon", "Un autre signalement suit déjà ce logement"},
    {MotifCloture::Autre, "autre", "Autre raison"},
};

constexpr bool est_resolu(MotifCloture m)
{
    return m == MotifCloture::MisEnConformite || m == MotifCloture::TravauxEnCours ||
           m == MotifCloture::Relogement;
}

enum class MotifRefusAffectation { HorsCompetence, HorsPerimetre, DejaSuivi, Moyens, Autre };

inline constexpr base::Name<MotifRefusAffectation> motifs_refus_affectation[] = {
    {MotifRefusAffectation::HorsCompetence, "hors_competence", "Ce n’est pas notre compétence"},
    {MotifRefusAffectation::HorsPerimetre, "hors_perimetre", "Le logement est hors de notre secteur"},
    {MotifRefusAffectation::DejaSuivi, "deja_suivi", "Un autre partenaire s’en occupe déjà"},
    {MotifRefusAffectation::Moyens, "moyens", "Nous ne pouvons pas intervenir dans un délai utile"},
    {MotifRefusAffectation::Autre, "autre", "Autre raison"},
};

enum class MotifFinAffectation { InterventionTerminee, SansObjet, Transmis, DossierClos, Autre };

inline constexpr base::Name<MotifFinAffectation> motifs_fin_affectation[] = {
    {MotifFinAffectation::InterventionTerminee, "intervention_terminee", "Notre intervention est terminée"},
    {MotifFinAffectation::SansObjet, "sans_objet", "Notre intervention n’a plus d’objet"},
    {MotifFinAffectation::Transmis, "transmis", "Un autre service prend la suite"},
    {MotifFinAffectation::DossierClos, "dossier_clos", "Le dossier est clos"},
    {MotifFinAffectation::Autre, "autre", "Autre raison"},
};

} // namespace signalement
