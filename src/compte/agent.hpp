// Who acts: the person behind a request, with what they are for. Types only; sessions and passwords are
// elsewhere.
#pragma once

#include <string>
#include <vector>

#include "base/names.hpp"

namespace compte {

enum class Role { SuperAdmin, ResponsableTerritoire, SecretaireComite, AdminPartenaire, AgentPartenaire };

inline constexpr base::Name<Role> roles[] = {
    {Role::SuperAdmin, "super_admin", "Super-administration"},
    {Role::ResponsableTerritoire, "responsable_territoire", "Responsable de territoire"},
    {Role::SecretaireComite, "secretaire_comite", "Secrétariat de comité"},
    {Role::AdminPartenaire, "admin_partenaire", "Administration d’un partenaire"},
    {Role::AgentPartenaire, "agent_partenaire", "Agent d’un partenaire"},
};

/// One of the things an agent is for. A person may hold several (secretary of a committee and agent of a town
/// hall).
struct Mandat {
    Role role;
    std::string territoire; // code of the département; empty for a super-administrator
    std::string comite;     // for SecretaireComite
    std::string partenaire; // for AdminPartenaire and AgentPartenaire
    bool confirme =
        true; // false: opened by a deposit, not yet confirmed by a human: gives only the report deposited
    // For SecretaireComite, loaded for the routes of administration alone (Acces::Gestion): the partners
    // that act where the committee does. Empty, a secretary administers no partner.
    std::vector<std::string> partenaires_du_comite = {};

    bool operator==(const Mandat&) const = default;
};

struct Agent {
    std::string id;
    std::string nom; // « Nadia Belkacem », as colleagues read it
    std::string email;
    std::vector<Mandat> mandats;
};

} // namespace compte
