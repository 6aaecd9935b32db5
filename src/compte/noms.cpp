// The names of the places mandates point to.
#include "compte/noms.hpp"

#include "base/text.hpp"
#include "compte/courriels.hpp"
#include "compte/store.hpp"
#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace compte {

views::NomsDesLieux noms_des_lieux(db::Transaction& tx, std::span<const Mandat> mandats)
{
    views::NomsDesLieux noms;
    for (const auto& t : territoire::store::list_territoires(tx)) noms.territoires[t.code] = t.nom;
    std::vector<std::string> partenaires;
    for (const auto& m : mandats) {
        if (!m.comite.empty() && !noms.comites.contains(m.comite)) {
            const auto comite = territoire::store::find_comite(tx, m.comite);
            noms.comites[m.comite] = comite ? comite->nom : m.comite;
        }
        if (!m.partenaire.empty() && noms.partenaires.emplace(m.partenaire, m.partenaire).second &&
            partenaires.size() < 500)
            partenaires.push_back(m.partenaire);
    }
    for (const auto& p : partenaire::store::find_all(tx, partenaires)) noms.partenaires[p.id.text] = p.nom;
    return noms;
}

views::NomsDesLieux noms_des_lieux(db::Transaction& tx, const std::vector<MandatTenu>& tenus)
{
    std::vector<Mandat> mandats;
    for (const auto& t : tenus) mandats.push_back(t.mandat);
    return noms_des_lieux(tx, mandats);
}

std::string roles_en_mots(db::Transaction& tx, const Id<Compte>& compte)
{
    const auto tenus = store::mandats_de(tx, compte);
    const auto noms = noms_des_lieux(tx, tenus);
    std::vector<std::string> roles_tenus;
    for (const auto& t : tenus) roles_tenus.push_back(role_en_mots(t.mandat.role, noms.de(t.mandat)));
    return base::join(roles_tenus, "\u00a0; ");
}

} // namespace compte
