// Reads the two tables of droits.hpp for one agent. Pure; no right is decided outside the tables.
#include "compte/droits.hpp"

#include <algorithm>

namespace compte {
namespace {

/// The committees of the territory whose secretary this agent is.
bool est_secretaire_de(const Agent& agent, const std::string& territoire, const std::string& comite)
{
    return comite.empty() || std::ranges::any_of(agent.mandats, [&](const Mandat& m) {
               return m.confirme && m.role == Role::SecretaireComite && m.territoire == territoire &&
                      m.comite == comite;
           });
}

bool atteint(Portee portee, const Agent& agent, const Mandat& tenu, const Cible& cible)
{
    const auto sien = [&](const std::string& comite) {
        return est_secretaire_de(agent, cible.territoire, comite);
    };
    switch (portee) {
    case Portee::Tout:
        return true;
    case Portee::SonTerritoire:
        return !tenu.territoire.empty() && tenu.territoire == cible.territoire;
    case Portee::SonComite:
        return !tenu.territoire.empty() && tenu.territoire == cible.territoire &&
               (cible.partenaire.empty() ? cible.comites.empty() || std::ranges::any_of(cible.comites, sien)
                                         : std::ranges::find(tenu.partenaires_du_comite, cible.partenaire) !=
                                               tenu.partenaires_du_comite.end());
    case Portee::SonComiteSeul:
        return atteint(Portee::SonComite, agent, tenu, cible) && std::ranges::all_of(cible.comites, sien);
    case Portee::SonPartenaire:
        return !tenu.partenaire.empty() && tenu.partenaire == cible.partenaire;
    }
    return false;
}

void ajouter_sans_doublon(std::vector<std::string>& liste, const std::string& valeur)
{
    if (!valeur.empty() && std::ranges::find(liste, valeur) == liste.end()) liste.push_back(valeur);
}

void etendre(Champ& champ, Portee portee, const Mandat& tenu)
{
    switch (portee) {
    case Portee::Tout:
        champ.tout = true;
        break;
    case Portee::SonTerritoire:
        ajouter_sans_doublon(champ.territoires, tenu.territoire);
        break;
    case Portee::SonComite:
    case Portee::SonComiteSeul:
        champ.seul = portee == Portee::SonComiteSeul;
        ajouter_sans_doublon(champ.comites, tenu.comite);
        for (const auto& p : tenu.partenaires_du_comite) ajouter_sans_doublon(champ.partenaires, p);
        break;
    case Portee::SonPartenaire:
        ajouter_sans_doublon(champ.partenaires, tenu.partenaire);
        break;
    }
}

} // namespace

bool peut(const Agent& agent, ActionAdmin action, const Cible& cible)
{
    for (const auto& tenu : agent.mandats)
        for (const auto& droit : droits_admin)
            if (tenu.confirme && droit.role == tenu.role && droit.action == action &&
                atteint(droit.portee, agent, tenu, cible))
                return true;
    return false;
}

bool peut_quelque_part(const Agent& agent, ActionAdmin action)
{
    return !champ(agent, action).vide();
}

Champ champ(const Agent& agent, ActionAdmin action)
{
    Champ resultat;
    for (const auto& tenu : agent.mandats)
        for (const auto& droit : droits_admin)
            if (tenu.confirme && droit.role == tenu.role && droit.action == action)
                etendre(resultat, droit.portee, tenu);
    return resultat;
}

bool peut_attribuer(const Agent& agent, const Mandat& mandat)
{
    const Cible cible{mandat.territoire, mandat.partenaire};
    for (const auto& tenu : agent.mandats)
        for (const auto& a : attributions)
            if (tenu.confirme && a.par == tenu.role && a.donne == mandat.role &&
                atteint(a.portee, agent, tenu, cible))
                return true;
    return false;
}

std::vector<ChampAttribution> champs_attribution(const Agent& agent)
{
    std::vector<ChampAttribution> resultat;
    for (const auto& role : roles) {
        Champ ou;
        for (const auto& tenu : agent.mandats)
            for (const auto& a : attributions)
                if (tenu.confirme && a.par == tenu.role && a.donne == role.value) etendre(ou, a.portee, tenu);
        if (!ou.vide()) resultat.push_back({role.value, std::move(ou)});
    }
    return resultat;
}

std::vector<Role> roles_attribuables(const Agent& agent)
{
    std::vector<Role> resultat;
    for (const auto& ligne : champs_attribution(agent)) resultat.push_back(ligne.donne);
    return resultat;
}

} // namespace compte
