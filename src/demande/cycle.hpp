// The life of a demande, as data: its states, what moves it from one to the next, and what its history tells.
// The decisions are in the files named after their verb; the reasons of a radiation in radiation.hpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/names.hpp"

namespace demande {

enum class Etat {
    Brouillon,   // typed online, not sent
    Deposee,     // sent; an agent has not yet seen the identity document
    Invalidee,   // sent back to the applicant, who may send it again
    Active,      // has its numéro unique
    ARenouveler, // active, and told that its end is near
    EnTolerance, // past its end, still renewable as usual
    Radiee,
    Purgee, // names erased, figures kept
};

inline constexpr base::Name<Etat> etats[] = {
    {Etat::Brouillon, "brouillon", "Brouillon"},
    {Etat::Deposee, "deposee", "Déposée, pièce d’identité à vérifier"},
    {Etat::Invalidee, "invalidee", "À compléter par le demandeur"},
    {Etat::Active, "active", "Active"},
    {Etat::ARenouveler, "a_renouveler", "À renouveler"},
    {Etat::EnTolerance, "en_tolerance", "Expirée, encore renouvelable"},
    {Etat::Radiee, "radiee", "Radiée"},
    {Etat::Purgee, "purgee", "Effacée"},
};

enum class Action {
    Deposer,     // the applicant, online
    Enregistrer, // a guichet, from a paper form: the demande is born active
    Modifier,    // what it says, at any time
    Valider,
    Invalider,
    Prevenir,
    Expirer,
    Renouveler,
    Radier,
    Reactiver,
    Revenir, // on a radiation that should not have been
    Purger,
};

inline constexpr base::Name<Action> actions[] = {
    {Action::Deposer, "deposer", "Déposer"},
    {Action::Enregistrer, "enregistrer", "Enregistrer"},
    {Action::Modifier, "modifier", "Modifier la situation"},
    {Action::Valider, "valider", "Valider"},
    {Action::Invalider, "invalider", "Demander une correction"},
    {Action::Prevenir, "prevenir", "Prévenir de la fin de validité"},
    {Action::Expirer, "expirer", "Constater la fin de validité"},
    {Action::Renouveler, "renouveler", "Renouveler"},
    {Action::Radier, "radier", "Radier"},
    {Action::Reactiver, "reactiver", "Réactiver"},
    {Action::Revenir, "revenir", "Revenir sur la radiation"},
    {Action::Purger, "purger", "Effacer les noms"},
};

struct Transition {
    Action action;
    std::optional<Etat> de; // none: the demande does not exist yet
    Etat vers;
    std::string_view base_legale;
};

inline constexpr Transition cycle[] = {
    {Action::Deposer, Etat::Brouillon, Etat::Deposee, "CCH R. 441-2-2"},
    {Action::Deposer, Etat::Invalidee, Etat::Deposee, "CCH R. 441-2-2"},
    {Action::Enregistrer, std::nullopt, Etat::Active, "CCH R. 441-2-3"},
    {Action::Modifier, Etat::Active, Etat::Active, "arrêté du 23 mars 2015, annexe, 4"},
    {Action::Modifier, Etat::ARenouveler, Etat::ARenouveler, "arrêté du 23 mars 2015, annexe, 4"},
    {Action::Modifier, Etat::EnTolerance, Etat::EnTolerance, "arrêté du 23 mars 2015, annexe, 4"},
    {Action::Valider, Etat::Deposee, Etat::Active, "CCH R. 441-2-3"},
    {Action::Invalider, Etat::Deposee, Etat::Invalidee, "CCH R. 441-2-3"},
    {Action::Prevenir, Etat::Active, Etat::ARenouveler, "CCH R. 441-2-7"},
    // Never from Active: a demande whose applicant was told nothing does not expire.
    {Action::Expirer, Etat::ARenouveler, Etat::EnTolerance, "CCH R. 441-2-7"},
    {Action::Renouveler, Etat::Active, Etat::Active, "CCH R. 441-2-7"},
    {Action::Renouveler, Etat::ARenouveler, Etat::Active, "CCH R. 441-2-7"},
    {Action::Renouveler, Etat::EnTolerance, Etat::Active, "arrêté du 23 mars 2015, annexe, 6"},
    {Action::Radier, Etat::Active, Etat::Radiee, "CCH R. 441-2-8"},
    {Action::Radier, Etat::ARenouveler, Etat::Radiee, "CCH R. 441-2-8"},
    {Action::Radier, Etat::EnTolerance, Etat::Radiee, "CCH R. 441-2-8"},
    {Action::Reactiver, Etat::Radiee, Etat::Active, "arrêté du 23 mars 2015, annexe, 6"},
    {Action::Revenir, Etat::Radiee, Etat::Active, "CRPA L. 243-3 et L. 243-4"},
    {Action::Purger, Etat::Radiee, Etat::Purgee, "arrêté du 23 mars 2015, annexe, 7"},
};

/// The transition of an action from a state (none: from nothing), or null when it is not possible there.
const Transition* transition(Action, std::optional<Etat> de);
/// The applicant may be housed: the demande is neither waiting for its number nor over.
bool est_en_cours(Etat);

/// One line of the history: what happened, and whether the applicant reads it (CCH R. 441-2-15, R. 441-2-17).
enum class Evenement {
    Depot,
    Validation,
    Invalidation,
    Attestation,
    ConsultationAgent,
    ModificationDemandeur,
    ModificationAgent,
    PieceAjoutee,
    PieceRemplacee,
    PieceValidee,
    PieceRefusee,
    PreavisEnvoye,
    PreavisEchec,
    Relance,
    Renouvellement,
    Expiration,
    Avertissement,
    Radiation,
    Reactivation,
    PrioriteReconnue,
    PrioriteFinie,
    Dalo,
    Designation,
    PiecesDemandees,
    Visite,
    PassageCaleol,
    Decision,
    Refus,
    Bail,
    Candidature,
    Fusion,
    Scission,
    AccesOuvert,
    AccesFerme,
    Reprise,
    MandatDonne,
    MandatAccepte,
    MandatFini,
    ConsultationAidant,
    Purge,
};

inline constexpr base::Name<Evenement> evenements[] = {
    {Evenement::Depot, "depot", "Dépôt"},
    {Evenement::Validation, "validation", "Enregistrement vérifié"},
    {Evenement::Invalidation, "invalidation", "Correction demandée"},
    {Evenement::Attestation, "attestation", "Attestation délivrée"},
    {Evenement::ConsultationAgent, "consultation_agent", "Consultation par un agent"},
    {Evenement::ModificationDemandeur, "modification_demandeur", "Modification par le demandeur"},
    {Evenement::ModificationAgent, "modification_agent", "Modification par un agent, sur pièce"},
    {Evenement::PieceAjoutee, "piece_ajoutee", "Pièce ajoutée"},
    {Evenement::PieceRemplacee, "piece_remplacee", "Pièce remplacée"},
    {Evenement::PieceValidee, "piece_validee", "Pièce acceptée"},
    {Evenement::PieceRefusee, "piece_refusee", "Pièce refusée"},
    {Evenement::PreavisEnvoye, "preavis_envoye", "Préavis de fin de validité envoyé"},
    {Evenement::PreavisEchec, "preavis_echec", "Préavis non remis"},
    {Evenement::Relance, "relance", "Rappel envoyé"},
    {Evenement::Renouvellement, "renouvellement", "Renouvellement"},
    {Evenement::Expiration, "expiration", "Fin de validité"},
    {Evenement::Avertissement, "avertissement", "Avertissement avant radiation"},
    {Evenement::Radiation, "radiation", "Radiation"},
    {Evenement::Reactivation, "reactivation", "Réactivation"},
    {Evenement::PrioriteReconnue, "priorite_reconnue", "Priorité reconnue"},
    {Evenement::PrioriteFinie, "priorite_finie", "Fin d’une priorité reconnue"},
    {Evenement::Dalo, "dalo", "Décision favorable au titre du Dalo"},
    {Evenement::Designation, "designation", "Désignation pour un logement"},
    {Evenement::PiecesDemandees, "pieces_demandees", "Pièces demandées"},
    {Evenement::Visite, "visite", "Visite proposée"},
    {Evenement::PassageCaleol, "passage_caleol", "Passage en commission d’attribution"},
    {Evenement::Decision, "decision", "Décision de la commission"},
    {Evenement::Refus, "refus", "Refus du demandeur"},
    {Evenement::Bail, "bail", "Bail signé"},
    {Evenement::Candidature, "candidature", "Suite d’une candidature"},
    {Evenement::Fusion, "fusion", "Réunion de deux demandes"},
    {Evenement::Scission, "scission", "Partage après une séparation"},
    {Evenement::AccesOuvert, "acces_ouvert", "Demande ajoutée à un compte en ligne"},
    {Evenement::AccesFerme, "acces_ferme", "Accès en ligne fermé, sur pièce d’identité"},
    {Evenement::Reprise, "reprise", "Reprise du système national d’enregistrement"},
    {Evenement::MandatDonne, "mandat_donne", "Mandat donné à une personne qui aide"},
    {Evenement::MandatAccepte, "mandat_accepte", "Mandat accepté"},
    {Evenement::MandatFini, "mandat_fini", "Fin d’un mandat"},
    {Evenement::ConsultationAidant, "consultation_aidant", "Consultation par la personne mandatée"},
    {Evenement::Purge, "purge", "Effacement des noms"},
};

} // namespace demande
