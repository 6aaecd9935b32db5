// See vue.hpp.
#include "signalement/vue/vue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expect.hpp"
#include "base/text.hpp"

namespace signalement::vue {

namespace {

std::string cercle_de(const compte::Mandat& m)
{
    using enum compte::Role;
    switch (m.role) {
    case SuperAdmin:
        return "pays";
    case ResponsableTerritoire:
        return "territoire:" + m.territoire;
    case SecretaireComite:
        return "comite:" + m.comite;
    case AdminPartenaire:
    case AgentPartenaire:
        return "partenaire:" + m.partenaire;
    }
    throw base::Bug{"a role without a circle"};
}

} // namespace

std::vector<std::string> cercles(const compte::Agent& agent)
{
    std::vector<std::string> out;
    for (const auto& m : agent.mandats)
        if (m.confirme && std::ranges::find(out, cercle_de(m)) == out.end()) out.push_back(cercle_de(m));
    return out;
}

filtre::Filtre a_garder(filtre::Filtre f)
{
    f.choisis.erase(filtre::Cle::Recherche);
    f.choisis.erase(filtre::Cle::Approchant);
    f.ou = {};
    return f;
}

Result<Vue> enregistrer(const compte::Agent& agent, std::string_view nom, const filtre::Filtre& filtre,
                        std::string_view cercle, const Deja& deja)
{
    const std::string propre{base::trim(nom)};
    if (propre.empty()) return Problem::invalid("nom", "Donnez un nom à cette recherche.");
    if (base::length(propre) > nom_max)
        return Problem::invalid("nom", fmt::format("Choisissez un nom de {} caractères au plus.", nom_max));
    const auto gardee = a_garder(filtre);
    if (gardee.choisis.empty())
        return Problem::invalid("nom", "Cette recherche n’a aucun filtre : choisissez-en dans la liste.");
    const auto miens = cercles(agent);
    if (!cercle.empty() && std::ranges::find(miens, cercle) == miens.end())
        return Problem::invalid("cercle", "Choisissez avec qui partager dans la liste.");
    const auto remplacee = deja.siennes.find(propre);
    if (deja.siennes.size() >= vues_max && remplacee == deja.siennes.end())
        return Problem::invalid("nom", fmt::format("Vous avez déjà {} recherches : retirez-en une d’abord, "
                                                   "ou reprenez le nom de celle à remplacer.",
                                                   vues_max));
    if (cercle.empty() && remplacee != deja.siennes.end() && !remplacee->second.empty()) {
        // Others open it: it does not vanish from their list because its author saved again.
        cercle = remplacee->second;
        if (std::ranges::find(miens, cercle) == miens.end())
            return Problem::invalid("nom", fmt::format("« {} » est partagée avec des personnes dont vous ne "
                                                       "faites plus partie : choisissez un autre nom.",
                                                       propre));
    }
    const auto siennes_du_cercle = std::ranges::count_if(
        deja.siennes, [&](const auto& s) { return s.first != propre && s.second == cercle; });
    if (!cercle.empty() && deja.des_autres + static_cast<std::size_t>(siennes_du_cercle) >= partagees_max)
        return Problem::invalid("cercle",
                                fmt::format("Ces personnes partagent déjà {} recherches : retirez-en "
                                            "une d’abord, ou gardez celle-ci pour vous.",
                                            partagees_max));
    return Vue{.id = {},
               .compte = agent.id,
               .nom = propre,
               .cercle = std::string{cercle},
               .criteres = filtre::ecrire(gardee)};
}

bool peut_retirer(const Vue& v, const compte::Agent& agent)
{
    if (v.compte == agent.id) return true;
    return std::ranges::any_of(agent.mandats, [&](const auto& m) {
        return m.confirme && m.role != compte::Role::AgentPartenaire && cercle_de(m) == v.cercle;
    });
}

} // namespace signalement::vue
