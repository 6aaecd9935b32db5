// Reads the tables of droits.hpp for one agent. Pure.
#include "demande/droits.hpp"

#include <algorithm>

namespace demande {

namespace {

template <class F> bool un_mandat_gere(const compte::Agent& agent, F&& ici)
{
    return std::ranges::any_of(agent.mandats, [&](const compte::Mandat& m) {
        return m.confirme && std::ranges::any_of(gestion_des_guichets, [&](const DroitDeGestion& d) {
                   return d.role == m.role && (d.portee == compte::Portee::Tout || ici(m));
               });
    });
}

} // namespace

bool est(const Guichet& g, const Organisme& qui)
{
    return qui.type ? g.type == *qui.type : g.qualite == qui.qualite;
}

bool enregistre(const Guichet& g)
{
    return g.qualite != Qualite::Pdalhpd;
}

Portee portee_de_lecture(const Guichet& g)
{
    std::optional<Portee> out;
    for (const auto& d : droits_de_lecture)
        if (est(g, d.qui) && (!out || d.portee > *out)) out = d.portee;
    return out.value_or(Portee::SesCommunes);
}

bool peut_gerer_les_guichets(const compte::Agent& agent, std::string_view departement)
{
    return un_mandat_gere(agent, [&](const compte::Mandat& m) { return m.territoire == departement; });
}

bool peut_changer_la_gestion(const compte::Agent& agent)
{
    return std::ranges::any_of(agent.mandats, [](const compte::Mandat& m) {
        return m.confirme && std::ranges::find(gestion_des_territoires, m.role, &DroitDeGestion::role) !=
                                 std::end(gestion_des_territoires);
    });
}

bool gere_des_guichets(const compte::Agent& agent)
{
    return un_mandat_gere(agent, [](const compte::Mandat&) { return true; });
}

const Guichet* reconnait(const std::vector<Guichet>& guichets, std::string_view territoire,
                         NatureReconnue nature)
{
    for (const auto& g : guichets)
        if (g.territoire == territoire)
            for (const auto& d : droits_de_reconnaitre)
                if (est(g, d.qui) && d.nature == nature) return &g;
    return nullptr;
}

std::vector<NatureReconnue> natures_permises(const std::vector<Guichet>& guichets,
                                             std::string_view territoire)
{
    std::vector<NatureReconnue> out;
    for (const auto& n : natures_reconnues)
        if (reconnait(guichets, territoire, n.value)) out.push_back(n.value);
    return out;
}

bool peut_etre_habilite(const compte::Agent& agent)
{
    return std::ranges::any_of(agent.mandats,
                               [](const compte::Mandat& m) { return m.confirme && !m.partenaire.empty(); });
}

} // namespace demande
