// The life of a candidature, as data: one demande for one dwelling offered, from the designation to the
// lease. Its states, what moves it, the decisions the law gives to a commission, and the closed lists of
// reasons. The decisions themselves are in regles.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"
#include "demande/candidature/logement.hpp"

namespace demande::candidature {

enum class Etat {
    Designee,
    PiecesDemandees,
    Complete, // the bailleur has every document
    VisiteProposee,
    Inscrite,      // on the list of a commission to come
    Classee,       // attributed after others: its turn may come
    SousCondition, // attributed if a document comes in time
    Attribuee,     // the dwelling is offered to this household now
    Acceptee,
    BailSigne,
    NonAttribuee,
    Irrecevable,
    Refusee,     // by the applicant
    SansReponse, // which is a refusal
    Caduque,     // nothing more can come of it, and nobody refused
};

inline constexpr base::Name<Etat> etats[] = {
    {Etat::Designee, "designee", "Désignée"},
    {Etat::PiecesDemandees, "pieces_demandees", "Pièces demandées"},
    {Etat::Complete, "complete", "Dossier complet"},
    {Etat::VisiteProposee, "visite_proposee", "Visite proposée"},
    {Etat::Inscrite, "inscrite", "Inscrite à une commission"},
    {Etat::Classee, "classee", "Classée, en attente de son tour"},
    {Etat::SousCondition, "sous_condition", "Attribuée sous condition"},
    {Etat::Attribuee, "attribuee", "Logement proposé, réponse attendue"},
    {Etat::Acceptee, "acceptee", "Acceptée par le demandeur"},
    {Etat::BailSigne, "bail_signe", "Bail signé"},
    {Etat::NonAttribuee, "non_attribuee", "Non attribuée"},
    {Etat::Irrecevable, "irrecevable", "Demande irrecevable"},
    {Etat::Refusee, "refusee", "Refusée par le demandeur"},
    {Etat::SansReponse, "sans_reponse", "Restée sans réponse"},
    {Etat::Caduque, "caduque", "Close"},
};

enum class Action {
    Designer,
    DemanderPieces,
    Completer,
    ProposerVisite,
    Inscrire,
    Attribuer,
    Classer,
    Conditionner,
    NePasAttribuer,
    DeclarerIrrecevable,
    LeverCondition,
    Proposer, // its turn has come
    Notifier, // the offer reached the applicant by post
    Accepter,
    Refuser,
    ConstaterSilence,
    ConstaterCondition, // the document did not come in time
    SignerBail,
    Clore, // the dwelling or the demande is no longer there
};

inline constexpr base::Name<Action> actions[] = {
    {Action::Designer, "designer", "Désigner"},
    {Action::DemanderPieces, "demander_pieces", "Demander des pièces"},
    {Action::Completer, "completer", "Noter que le dossier est complet"},
    {Action::ProposerVisite, "proposer_visite", "Proposer une visite"},
    {Action::Inscrire, "inscrire", "Inscrire à une commission"},
    {Action::Attribuer, "attribuer", "Attribuer"},
    {Action::Classer, "classer", "Classer"},
    {Action::Conditionner, "conditionner", "Attribuer sous condition"},
    {Action::NePasAttribuer, "ne_pas_attribuer", "Ne pas attribuer"},
    {Action::DeclarerIrrecevable, "declarer_irrecevable", "Déclarer irrecevable"},
    {Action::LeverCondition, "lever_condition", "Noter que la pièce est venue"},
    {Action::Proposer, "proposer", "Proposer le logement"},
    {Action::Notifier, "notifier", "Noter la remise de la proposition"},
    {Action::Accepter, "accepter", "Accepter"},
    {Action::Refuser, "refuser", "Refuser"},
    {Action::ConstaterSilence, "constater_silence", "Constater l’absence de réponse"},
    {Action::ConstaterCondition, "constater_condition", "Constater que la pièce n’est pas venue"},
    {Action::SignerBail, "signer_bail", "Noter le bail signé"},
    {Action::Clore, "clore", "Clore"},
};

struct Transition {
    Action action;
    std::optional<Etat> de; // none: the candidature does not exist yet
    Etat vers;
    std::string_view base_legale;
};

inline constexpr std::string_view article_designation = "CCH L. 441-1";
inline constexpr std::string_view article_caleol = "CCH R. 441-3";
inline constexpr std::string_view article_offre = "CCH R. 441-10";
inline constexpr std::string_view article_bail = "CCH R. 441-2-8, a";

inline constexpr Transition cycle[] = {
    {Action::Designer, std::nullopt, Etat::Designee, article_designation},
    {Action::DemanderPieces, Etat::Designee, Etat::PiecesDemandees, "CCH R. 441-2-4-1"},
    {Action::DemanderPieces, Etat::PiecesDemandees, Etat::PiecesDemandees, "CCH R. 441-2-4-1"},
    {Action::DemanderPieces, Etat::Complete, Etat::PiecesDemandees, "CCH R. 441-2-4-1"},
    {Action::DemanderPieces, Etat::VisiteProposee, Etat::PiecesDemandees, "CCH R. 441-2-4-1"},
    {Action::Completer, Etat::Designee, Etat::Complete, "CCH R. 441-2-4-1"},
    {Action::Completer, Etat::PiecesDemandees, Etat::Complete, "CCH R. 441-2-4-1"},
    {Action::ProposerVisite, Etat::Designee, Etat::VisiteProposee, "CCH R. 441-2-15"},
    {Action::ProposerVisite, Etat::PiecesDemandees, Etat::VisiteProposee, "CCH R. 441-2-15"},
    {Action::ProposerVisite, Etat::Complete, Etat::VisiteProposee, "CCH R. 441-2-15"},
    {Action::ProposerVisite, Etat::VisiteProposee, Etat::VisiteProposee, "CCH R. 441-2-15"},
    // A commission may examine a file that lacks a document: the condition of c) exists for that.
    {Action::Inscrire, Etat::Designee, Etat::Inscrite, article_caleol},
    {Action::Inscrire, Etat::PiecesDemandees, Etat::Inscrite, article_caleol},
    {Action::Inscrire, Etat::Complete, Etat::Inscrite, article_caleol},
    {Action::Inscrire, Etat::VisiteProposee, Etat::Inscrite, article_caleol},
    {Action::Inscrire, Etat::Inscrite, Etat::Inscrite, article_caleol}, // put off
    {Action::Completer, Etat::Inscrite, Etat::Inscrite, "CCH R. 441-2-4-1"},
    {Action::Attribuer, Etat::Inscrite, Etat::Attribuee, "CCH R. 441-3, a"},
    {Action::Classer, Etat::Inscrite, Etat::Classee, "CCH R. 441-3, b"},
    {Action::Conditionner, Etat::Inscrite, Etat::SousCondition, "CCH R. 441-3, c"},
    {Action::NePasAttribuer, Etat::Inscrite, Etat::NonAttribuee, "CCH R. 441-3, d"},
    {Action::DeclarerIrrecevable, Etat::Inscrite, Etat::Irrecevable, "CCH R. 441-3, e"},
    {Action::LeverCondition, Etat::SousCondition, Etat::Classee, "CCH R. 441-3, c"},
    {Action::ConstaterCondition, Etat::SousCondition, Etat::Caduque, "CCH R. 441-3, c"},
    {Action::Proposer, Etat::Classee, Etat::Attribuee, "CCH R. 441-3, b"},
    {Action::Notifier, Etat::Attribuee, Etat::Attribuee, article_offre},
    {Action::Accepter, Etat::Attribuee, Etat::Acceptee, article_offre},
    {Action::ConstaterSilence, Etat::Attribuee, Etat::SansReponse, article_offre},
    {Action::SignerBail, Etat::Acceptee, Etat::BailSigne, article_bail},
    // Somebody may withdraw at any time before the lease.
    {Action::Refuser, Etat::Designee, Etat::Refusee, "CCH R. 441-2-15"},
    {Action::Refuser, Etat::PiecesDemandees, Etat::Refusee, "CCH R. 441-2-15"},
    {Action::Refuser, Etat::Complete, Etat::Refusee, "CCH R. 441-2-15"},
    {Action::Refuser, Etat::VisiteProposee, Etat::Refusee, "CCH R. 441-2-15"},
    {Action::Refuser, Etat::Inscrite, Etat::Refusee, "CCH R. 441-2-15"},
    {Action::Refuser, Etat::Classee, Etat::Refusee, article_offre},
    {Action::Refuser, Etat::SousCondition, Etat::Refusee, "CCH R. 441-3, c"},
    {Action::Refuser, Etat::Attribuee, Etat::Refusee, article_offre},
    {Action::Refuser, Etat::Acceptee, Etat::Refusee, article_offre},
    {Action::Clore, Etat::Designee, Etat::Caduque, article_bail},
    {Action::Clore, Etat::PiecesDemandees, Etat::Caduque, article_bail},
    {Action::Clore, Etat::Complete, Etat::Caduque, article_bail},
    {Action::Clore, Etat::VisiteProposee, Etat::Caduque, article_bail},
    {Action::Clore, Etat::Inscrite, Etat::Caduque, article_bail},
    {Action::Clore, Etat::Classee, Etat::Caduque, article_bail},
    {Action::Clore, Etat::SousCondition, Etat::Caduque, article_bail},
    {Action::Clore, Etat::Attribuee, Etat::Caduque, article_bail},
    {Action::Clore, Etat::Acceptee, Etat::Caduque, article_bail},
};

/// The transition of an action from a state (none: from nothing), or null when it is not possible there.
const Transition* transition(Action, std::optional<Etat> de);
/// Something may still happen to it.
bool est_ouverte(Etat);
/// The dwelling is taken, or offered to this household and to nobody else: one at most in a dwelling.
constexpr bool est_une_attribution(Etat e)
{
    return e == Etat::Attribuee || e == Etat::Acceptee || e == Etat::BailSigne;
}

/// What a commission decides of one candidate (CCH R. 441-3): there is no sixth decision.
enum class Decision { Attribution, Classement, Condition, NonAttribution, Irrecevabilite };

inline constexpr base::Name<Decision> decisions[] = {
    {Decision::Attribution, "attribution", "a) Attribution"},
    {Decision::Classement, "classement", "b) Attribution, selon le rang"},
    {Decision::Condition, "condition", "c) Attribution sous condition"},
    {Decision::NonAttribution, "non_attribution", "d) Non-attribution"},
    {Decision::Irrecevabilite, "irrecevabilite", "e) Irrecevabilité"},
};

constexpr Action action_de(Decision d)
{
    switch (d) {
    case Decision::Attribution:
        return Action::Attribuer;
    case Decision::Classement:
        return Action::Classer;
    case Decision::Condition:
        return Action::Conditionner;
    case Decision::NonAttribution:
        return Action::NePasAttribuer;
    case Decision::Irrecevabilite:
        return Action::DeclarerIrrecevable;
    }
    throw base::Bug{"a decision without an action"};
}

/// Why a commission may examine fewer than three demandes for a dwelling (CCH R. 441-3).
enum class Derogation { PeuDeCandidats, DesignationDuPrefet, TresSocial };

inline constexpr base::Name<Derogation> derogations[] = {
    {Derogation::PeuDeCandidats, "peu_de_candidats", "Trop peu de candidats pour ce logement"},
    {Derogation::DesignationDuPrefet, "designation_du_prefet",
     "Candidats désignés par le préfet au titre du Dalo (CCH L. 441-2-3)"},
    {Derogation::TresSocial, "tres_social", "Logement très social (PLAI)"},
};
inline constexpr std::size_t candidats_au_moins = 3;

/// Why a dwelling is not attributed to a candidate: said to them as it stands (CCH L. 441-2-2).
enum class MotifNonAttribution {
    Proprietaire,
    PiecesManquantes,
    PiecesIrregulieres,
    Inadapte,
    Solvabilite,
    MoinsPrioritaire
};

inline constexpr base::Name<MotifNonAttribution> motifs_non_attribution[] = {
    {MotifNonAttribution::Proprietaire, "proprietaire",
     "Le ménage est propriétaire d’un logement qui lui convient"},
    {MotifNonAttribution::PiecesManquantes, "pieces_manquantes", "Des pièces manquent au dossier"},
    {MotifNonAttribution::PiecesIrregulieres, "pieces_irregulieres", "Des pièces ne sont pas régulières"},
    {MotifNonAttribution::Inadapte, "inadapte",
     "Le logement ne convient pas au ménage\u00a0: taille, accès ou éloignement"},
    {MotifNonAttribution::Solvabilite, "solvabilite",
     "Le loyer est trop élevé pour les ressources du ménage"},
    {MotifNonAttribution::MoinsPrioritaire, "moins_prioritaire",
     "D’autres demandes sont plus prioritaires pour ce logement"},
};

/// Why an applicant says no. A closed list: nobody has to explain their life.
enum class MotifRefus { Loyer, Taille, Quartier, Etat, Acces, AutreLogement, Autre };

inline constexpr base::Name<MotifRefus> motifs_refus[] = {
    {MotifRefus::Loyer, "loyer", "Le loyer ou les charges"},
    {MotifRefus::Taille, "taille", "La taille du logement"},
    {MotifRefus::Quartier, "quartier", "Le quartier ou l’éloignement"},
    {MotifRefus::Etat, "etat", "L’état du logement"},
    {MotifRefus::Acces, "acces", "L’accès\u00a0: étage, ascenseur, handicap"},
    {MotifRefus::AutreLogement, "autre_logement", "Un autre logement a été trouvé"},
    {MotifRefus::Autre, "autre", "Une autre raison"},
};

/// A candidature as the rules see it.
struct Candidature {
    std::string id, demande;
    bool en_cours = true; // the demande
    Etat etat = Etat::Designee;
    int rang = 0;                                 // given by a commission; 0: none
    bool complete = false;                        // the bailleur has every document
    bool du_prefet = false;                       // designated by the State
    std::vector<std::pair<Date, Date>> dalo = {}; // first and last days on which the household is recognised
    bool joignable = false;                       // by e-mail: an offer reaches them the day it is made
    std::string commission;                       // the last one it was put before
    std::optional<Date> visite_le;
    std::optional<Date> offerte_le;
    std::optional<Date>
        repondre_avant; // last day to answer, included; none: the offer has not reached them yet
    std::optional<Date> condition_jusqu_au; // last day, included
    std::string attendu;                    // what is asked for: documents, or the one of a condition
    std::string motif;                      // of a non-attribution, an irrecevabilité or a refusal
};

/// A dwelling and those who stand for it.
struct Dossier {
    Logement logement;
    std::vector<Candidature> candidatures;
};

} // namespace demande::candidature
