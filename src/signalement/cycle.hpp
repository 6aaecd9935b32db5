// The life of a signalement and of its affectations, and who may do what: the tables everything else reads.
// Rules, buttons, SQL scopes, generated documents and tests ask these tables; no code tests a state or a role
// elsewhere.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"
#include "compte/agent.hpp"
#include "signalement/signalement.hpp"

namespace signalement {

// ── The signalement
// ────────────────────────────────────────────────────────────────────────────────────────────────

enum class Action {
    Lire,
    LireTout,
    Valider,
    Refuser,
    Affecter,
    AccepterAffectation,
    RefuserAffectation,
    CloreAffectation,
    ReprendreAffectation,
    Agir,
    RendreVisible,
    Cloturer,
    Rouvrir,
    VoirCourriels,
};

inline constexpr base::Name<Action> actions[] = {
    {Action::Lire, "lire", "Lire le dossier"},
    {Action::LireTout, "lire_tout", "Lire aussi ce qui reste entre services"},
    {Action::Valider, "valider", "Valider"},
    {Action::Refuser, "refuser", "Refuser"},
    {Action::Affecter, "affecter", "Confier à des partenaires"},
    {Action::AccepterAffectation, "accepter_affectation", "Accepter la prise en charge"},
    {Action::RefuserAffectation, "refuser_affectation", "Refuser la prise en charge"},
    {Action::CloreAffectation, "clore_affectation", "Terminer l’intervention"},
    {Action::ReprendreAffectation, "reprendre_affectation", "Reprendre l’intervention"},
    {Action::Agir, "agir", "Ajouter une action"},
    {Action::RendreVisible, "rendre_visible", "Montrer ou cacher une action au déposant et à l’occupant"},
    {Action::Cloturer, "cloturer", "Clôturer"},
    {Action::Rouvrir, "rouvrir", "Rouvrir"},
    {Action::VoirCourriels, "voir_courriels", "Voir l’envoi des courriels"},
};

enum class Motif { Sans, Exige };

struct Transition {
    Action action;
    Statut de;
    Statut vers;
    Motif motif;
};

inline constexpr Transition cycle[] = {
    {Action::Valider, Statut::ATrier, Statut::EnCours, Motif::Sans},
    {Action::Refuser, Statut::ATrier, Statut::Refuse, Motif::Exige},
    {Action::Cloturer, Statut::EnCours, Statut::Clos, Motif::Exige},
    {Action::Rouvrir, Statut::Clos, Statut::EnCours, Motif::Exige},
    {Action::Rouvrir, Statut::Refuse, Statut::EnCours, Motif::Exige},
};

/// What may be done in which state without moving the signalement.
struct Permission {
    Action action;
    Statut dans;
};

inline constexpr Permission sans_transition[] = {
    {Action::Lire, Statut::ATrier},
    {Action::Lire, Statut::EnCours},
    {Action::Lire, Statut::Refuse},
    {Action::Lire, Statut::Clos},
    {Action::LireTout, Statut::ATrier},
    {Action::LireTout, Statut::EnCours},
    {Action::LireTout, Statut::Refuse},
    {Action::LireTout, Statut::Clos},
    {Action::Affecter, Statut::ATrier}, // validates at the same time
    {Action::Affecter, Statut::EnCours},
    {Action::AccepterAffectation, Statut::EnCours},
    {Action::RefuserAffectation, Statut::EnCours},
    {Action::CloreAffectation, Statut::EnCours},
    {Action::ReprendreAffectation, Statut::EnCours},
    {Action::Agir, Statut::ATrier},
    {Action::Agir, Statut::EnCours},
    {Action::Agir, Statut::Refuse},
    {Action::Agir, Statut::Clos}, // a mainlevée often comes after the closure
    {Action::RendreVisible, Statut::ATrier},
    {Action::RendreVisible, Statut::EnCours},
    {Action::RendreVisible, Statut::Refuse},
    {Action::RendreVisible, Statut::Clos},
    {Action::VoirCourriels, Statut::ATrier},
    {Action::VoirCourriels, Statut::EnCours},
    {Action::VoirCourriels, Statut::Refuse},
    {Action::VoirCourriels, Statut::Clos},
};

// ── The affectation: what one partner was entrusted with
// ───────────────────────────────────────────────────────────

enum class StatutAffectation { EnAttente, Acceptee, Refusee, Fermee };

inline constexpr base::Name<StatutAffectation> statuts_affectation[] = {
    {StatutAffectation::EnAttente, "en_attente", "En attente de réponse"},
    {StatutAffectation::Acceptee, "acceptee", "Prise en charge"},
    {StatutAffectation::Refusee, "refusee", "Refusée"},
    {StatutAffectation::Fermee, "fermee", "Terminée"},
};

struct TransitionAffectation {
    Action action;
    StatutAffectation de;
    StatutAffectation vers;
    Motif motif;
};

inline constexpr TransitionAffectation cycle_affectation[] = {
    {Action::AccepterAffectation, StatutAffectation::EnAttente, StatutAffectation::Acceptee, Motif::Sans},
    {Action::AccepterAffectation, StatutAffectation::Refusee, StatutAffectation::Acceptee, Motif::Sans},
    {Action::RefuserAffectation, StatutAffectation::EnAttente, StatutAffectation::Refusee, Motif::Exige},
    {Action::CloreAffectation, StatutAffectation::Acceptee, StatutAffectation::Fermee, Motif::Exige},
    {Action::ReprendreAffectation, StatutAffectation::Fermee, StatutAffectation::Acceptee, Motif::Sans},
    // Asked again by the secretary; or waiting again because the signalement was reopened.
    {Action::Affecter, StatutAffectation::Refusee, StatutAffectation::EnAttente, Motif::Sans},
    {Action::Affecter, StatutAffectation::Fermee, StatutAffectation::EnAttente, Motif::Sans},
    {Action::Rouvrir, StatutAffectation::Fermee, StatutAffectation::EnAttente, Motif::Sans},
};

/// Still expecting something of the partner: closing the signalement closes these.
constexpr bool est_ouverte(StatutAffectation s)
{
    return s == StatutAffectation::EnAttente || s == StatutAffectation::Acceptee;
}

// ── Rights
// ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// How far a right reaches.
enum class Portee {
    Tout,
    SonTerritoire,
    SonComite,
    SesDossiers,          // entrusted to the agent's partner, whatever its answer, or deposited by the agent
    SesDossiersConfirmes, // the same, but a deposit counts only for those known in that territory
    SesAffectations,      // entrusted to the agent's partner, whatever its answer
    SesAffectationsAcceptees,
    SonActivite, // accepted by the agent's partner, or deposited by the agent, confirmed or not
};

struct Droit {
    compte::Role role;
    Action action;
    Portee portee;
};

inline constexpr Droit droits[] = {
    {compte::Role::SuperAdmin, Action::Lire, Portee::Tout},
    {compte::Role::SuperAdmin, Action::LireTout, Portee::Tout},
    {compte::Role::SuperAdmin, Action::Valider, Portee::Tout},
    {compte::Role::SuperAdmin, Action::Refuser, Portee::Tout},
    {compte::Role::SuperAdmin, Action::Affecter, Portee::Tout},
    {compte::Role::SuperAdmin, Action::Agir, Portee::Tout},
    {compte::Role::SuperAdmin, Action::RendreVisible, Portee::Tout},
    {compte::Role::SuperAdmin, Action::Cloturer, Portee::Tout},
    {compte::Role::SuperAdmin, Action::Rouvrir, Portee::Tout},
    {compte::Role::SuperAdmin, Action::VoirCourriels, Portee::Tout},

    {compte::Role::ResponsableTerritoire, Action::Lire, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::LireTout, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::Valider, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::Refuser, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::Affecter, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::Agir, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::RendreVisible, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::Cloturer, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::Rouvrir, Portee::SonTerritoire},
    {compte::Role::ResponsableTerritoire, Action::VoirCourriels, Portee::SonTerritoire},

    {compte::Role::SecretaireComite, Action::Lire, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::LireTout, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::Valider, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::Refuser, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::Affecter, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::Agir, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::RendreVisible, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::Cloturer, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::Rouvrir, Portee::SonComite},
    {compte::Role::SecretaireComite, Action::VoirCourriels, Portee::SonComite},

    {compte::Role::AdminPartenaire, Action::Lire, Portee::SesDossiers},
    {compte::Role::AdminPartenaire, Action::LireTout, Portee::SesDossiersConfirmes},
    {compte::Role::AdminPartenaire, Action::AccepterAffectation, Portee::SesAffectations},
    {compte::Role::AdminPartenaire, Action::RefuserAffectation, Portee::SesAffectations},
    {compte::Role::AdminPartenaire, Action::CloreAffectation, Portee::SesAffectations},
    {compte::Role::AdminPartenaire, Action::ReprendreAffectation, Portee::SesAffectations},
    {compte::Role::AdminPartenaire, Action::Agir, Portee::SonActivite},
    {compte::Role::AdminPartenaire, Action::RendreVisible, Portee::SesAffectationsAcceptees},

    {compte::Role::AgentPartenaire, Action::Lire, Portee::SesDossiers},
    {compte::Role::AgentPartenaire, Action::LireTout, Portee::SesDossiersConfirmes},
    {compte::Role::AgentPartenaire, Action::AccepterAffectation, Portee::SesAffectations},
    {compte::Role::AgentPartenaire, Action::RefuserAffectation, Portee::SesAffectations},
    {compte::Role::AgentPartenaire, Action::CloreAffectation, Portee::SesAffectations},
    {compte::Role::AgentPartenaire, Action::ReprendreAffectation, Portee::SesAffectations},
    {compte::Role::AgentPartenaire, Action::Agir, Portee::SonActivite},
    {compte::Role::AgentPartenaire, Action::RendreVisible, Portee::SesAffectationsAcceptees},
};

// ── What the rules look at
// ─────────────────────────────────────────────────────────────────────────────────────────

struct Affectation {
    std::string id;
    std::string partenaire;
    std::string partenaire_nom;
    StatutAffectation statut = StatutAffectation::EnAttente;
    int version = 1;
    Instant affectee_le;
    std::optional<Instant> repondue_le;
    std::optional<Instant> fermee_le;
    std::string motif;
    std::string motif_texte;
    bool hors_service = false; // the partner was taken out of service: nobody there reads the report
};

/// A signalement as its rules see it: where it stands, who holds it. What was declared is in Signalement.
struct Dossier {
    std::string id;
    std::string reference;
    std::string territoire;
    std::string comite;
    Statut statut = Statut::ATrier;
    int version = 1;
    std::vector<Affectation> affectations;
    std::vector<std::string> acces_ponctuels; // accounts that deposited it
};

/// Whether the agent holds the right, whatever the state: used to hide or show, and by every rule.
bool a_le_droit(const compte::Agent&, Action, const Dossier&);
/// Whether a confirmed mandate holds it, on some report or other: what the pages of lists offer.
bool peut_quelque_part(const compte::Agent&, Action);
/// The territories the agent reads whole.
std::vector<std::string> territoires_lus(const compte::Agent&);
/// Whether the action is possible in the state the signalement is in.
bool est_possible(Action, Statut);
/// Both: the agent may do it now.
bool peut(const compte::Agent&, Action, const Dossier&);
/// The transition of an action from a state, or nothing.
const Transition* transition(Statut, Action);
const TransitionAffectation* transition(StatutAffectation, Action);
/// The affectation the agent answers for (its own partner's), or nothing.
const Affectation* affectation_de(const compte::Agent&, const Dossier&, std::string_view affectation_id);
/// What the agent may do now on the signalement itself, in the order of `actions`.
std::vector<Action> actions_possibles(const compte::Agent&, const Dossier&);
/// What the agent may do now on one of its affectations.
std::vector<Action> actions_possibles(const compte::Agent&, const Dossier&, const Affectation&);

} // namespace signalement
