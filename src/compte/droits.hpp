// Who may administer what, as data: start reading here. Rights on a signalement are in its own slice.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/names.hpp"
#include "compte/agent.hpp"

namespace compte {

/// What administration is made of.
enum class ActionAdmin {
    GererTerritoires,      // phases, committees, contacts
    CreerTerritoire,       // open the page of a new département
    GererPartenaires,      // create, competences, perimeter
    MettreHorsService,     // take a partner out of service for everybody, or back
    TenirSaFichePartenaire // see the partner's page, change its e-mail and telephone
};

inline constexpr base::Name<ActionAdmin> actions_admin[] = {
    {ActionAdmin::GererTerritoires, "gerer_territoires", "Gérer les territoires et les comités"},
    {ActionAdmin::CreerTerritoire, "creer_territoire", "Ouvrir un nouveau territoire"},
    {ActionAdmin::GererPartenaires, "gerer_partenaires", "Gérer les partenaires"},
    {ActionAdmin::MettreHorsService, "mettre_hors_service", "Mettre un partenaire hors service"},
    {ActionAdmin::TenirSaFichePartenaire, "tenir_sa_fiche_partenaire",
     "Tenir à jour la fiche d’un partenaire"},
};

/// How far a right reaches, from the mandate that gives it.
enum class Portee { Tout, SonTerritoire, SonComite, SonComiteSeul, SonPartenaire };

inline constexpr base::Name<Portee> portees[] = {
    {Portee::Tout, "tout", "partout"},
    {Portee::SonTerritoire, "son_territoire", "dans son territoire"},
    {Portee::SonComite, "son_comite", "pour les partenaires de son comité"},
    {Portee::SonComiteSeul, "son_comite_seul", "pour les partenaires qui n’agissent que dans son comité"},
    {Portee::SonPartenaire, "son_partenaire", "pour son partenaire"},
};

struct DroitAdmin {
    Role role;
    ActionAdmin action;
    Portee portee;
};

inline constexpr DroitAdmin droits_admin[] = {
    {Role::SuperAdmin, ActionAdmin::GererTerritoires, Portee::Tout},
    {Role::SuperAdmin, ActionAdmin::CreerTerritoire, Portee::Tout},
    {Role::SuperAdmin, ActionAdmin::GererPartenaires, Portee::Tout},
    {Role::SuperAdmin, ActionAdmin::MettreHorsService, Portee::Tout},
    {Role::SuperAdmin, ActionAdmin::TenirSaFichePartenaire, Portee::Tout},
    {Role::ResponsableTerritoire, ActionAdmin::GererTerritoires, Portee::SonTerritoire},
    {Role::ResponsableTerritoire, ActionAdmin::GererPartenaires, Portee::SonTerritoire},
    {Role::ResponsableTerritoire, ActionAdmin::MettreHorsService, Portee::SonTerritoire},
    {Role::ResponsableTerritoire, ActionAdmin::TenirSaFichePartenaire, Portee::SonTerritoire},
    {Role::SecretaireComite, ActionAdmin::GererPartenaires, Portee::SonComite},
    {Role::SecretaireComite, ActionAdmin::MettreHorsService, Portee::SonComiteSeul},
    {Role::SecretaireComite, ActionAdmin::TenirSaFichePartenaire, Portee::SonComite},
    {Role::AdminPartenaire, ActionAdmin::TenirSaFichePartenaire, Portee::SonPartenaire},
};

/// Who may give (invite, confirm, withdraw) which role. The list of accounts a person sees is the same table
/// read as a WHERE.
struct Attribution {
    Role par;
    Role donne;
    Portee portee;
};

inline constexpr Attribution attributions[] = {
    {Role::SuperAdmin, Role::SuperAdmin, Portee::Tout},
    {Role::SuperAdmin, Role::ResponsableTerritoire, Portee::Tout},
    {Role::SuperAdmin, Role::SecretaireComite, Portee::Tout},
    {Role::SuperAdmin, Role::AdminPartenaire, Portee::Tout},
    {Role::SuperAdmin, Role::AgentPartenaire, Portee::Tout},
    {Role::ResponsableTerritoire, Role::ResponsableTerritoire, Portee::SonTerritoire},
    {Role::ResponsableTerritoire, Role::SecretaireComite, Portee::SonTerritoire},
    {Role::ResponsableTerritoire, Role::AdminPartenaire, Portee::SonTerritoire},
    {Role::ResponsableTerritoire, Role::AgentPartenaire, Portee::SonTerritoire},
    {Role::SecretaireComite, Role::AdminPartenaire, Portee::SonComite},
    {Role::SecretaireComite, Role::AgentPartenaire, Portee::SonComite},
    {Role::AdminPartenaire, Role::AdminPartenaire, Portee::SonPartenaire},
    {Role::AdminPartenaire, Role::AgentPartenaire, Portee::SonPartenaire},
};

namespace verification {

constexpr bool chaque_action_a_un_droit()
{
    for (const auto& action : actions_admin) {
        bool trouve = false;
        for (const auto& droit : droits_admin) trouve = trouve || droit.action == action.value;
        if (!trouve) return false;
    }
    return true;
}

constexpr bool chaque_role_peut_etre_donne()
{
    for (const auto& role : roles) {
        bool trouve = false;
        for (const auto& a : attributions) trouve = trouve || a.donne == role.value;
        if (!trouve) return false;
    }
    return true;
}

constexpr bool sans_doublon()
{
    for (std::size_t i = 0; i < std::size(droits_admin); ++i)
        for (std::size_t j = i + 1; j < std::size(droits_admin); ++j)
            if (droits_admin[i].role == droits_admin[j].role &&
                droits_admin[i].action == droits_admin[j].action)
                return false;
    for (std::size_t i = 0; i < std::size(attributions); ++i)
        for (std::size_t j = i + 1; j < std::size(attributions); ++j)
            if (attributions[i].par == attributions[j].par && attributions[i].donne == attributions[j].donne)
                return false;
    return true;
}

static_assert(chaque_action_a_un_droit());
static_assert(chaque_role_peut_etre_donne());
static_assert(sans_doublon());

} // namespace verification

/// What an administrative action is about.
struct Cible {
    std::string territoire;
    std::string partenaire; // empty: one to be created there
    /// The committees that the partner, or the place asked for, touches; empty in this list: none in charge.
    std::vector<std::string> comites = {};
};

/// Unconfirmed mandates never give a right of this file.
bool peut(const Agent&, ActionAdmin, const Cible&);
/// Somewhere at least: decides whether the menu shows the page.
bool peut_quelque_part(const Agent&, ActionAdmin);
/// May give this mandate to somebody, confirm it or take it back.
bool peut_attribuer(const Agent&, const Mandat&);
/// The roles the agent may give somewhere, in the order of the table of roles.
std::vector<Role> roles_attribuables(const Agent&);

/// Where a right reaches for this agent: what a list may show.
struct Champ {
    bool tout = false;
    std::vector<std::string> territoires;
    std::vector<std::string> partenaires;
    std::vector<std::string> comites = {}; // those whose partners are in `partenaires`
    bool seul = false;                     // of these partners, only those that act in no other committee

    [[nodiscard]] bool vide() const
    {
        return !tout && territoires.empty() && comites.empty() && partenaires.empty();
    }
};
Champ champ(const Agent&, ActionAdmin);
/// The mandates the agent may see and give: for each role, where.
struct ChampAttribution {
    Role donne;
    Champ champ;
};
std::vector<ChampAttribution> champs_attribution(const Agent&);

} // namespace compte
