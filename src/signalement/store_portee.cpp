// See store_portee.hpp.
#include "signalement/store_portee.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace signalement::store {

std::string portee(const compte::Agent& agent, Action lecture, db::Query& query)
{
    std::vector<std::string> any;
    const auto entrusted = [&](const compte::Mandat& m) {
        if (m.confirme && !m.partenaire.empty())
            any.push_back(
                "EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id AND a.partenaire = " +
                query.add(m.partenaire) + ")");
    };
    std::vector<std::string> where_deposited; // the same answer for several mandates is asked once
    const auto deposited = [&](std::string condition) {
        if (std::ranges::find(where_deposited, condition) == where_deposited.end())
            where_deposited.push_back(std::move(condition));
    };
    for (const auto& m : agent.mandats)
        for (const auto& d : droits) {
            if (d.role != m.role || d.action != lecture) continue;
            switch (d.portee) {
            case Portee::Tout:
                if (m.confirme) any.emplace_back("1 = 1");
                break;
            case Portee::SonTerritoire:
                if (m.confirme) any.push_back("s.territoire = " + query.add(m.territoire));
                break;
            case Portee::SonComite:
                if (m.confirme && !m.comite.empty()) any.push_back("s.comite = " + query.add(m.comite));
                break;
            case Portee::SesDossiers:
                entrusted(m);
                deposited("1 = 1");
                break;
            case Portee::SesDossiersConfirmes:
                entrusted(m);
                if (m.confirme) deposited("s.territoire = " + query.add(m.territoire));
                break;
            case Portee::SesAffectations:
            case Portee::SesAffectationsAcceptees:
            case Portee::SonActivite:
                throw base::Bug{"a reach that no right to read has"};
            }
        }
    if (!where_deposited.empty())
        any.push_back(
            fmt::format("(({}) AND EXISTS (SELECT 1 FROM acces_ponctuel p WHERE p.signalement = s.id AND "
                        "p.compte = {}))",
                        base::join(where_deposited, " OR "), query.add(agent.id)));
    if (any.empty()) return "1 = 0";
    return "(" + base::join(any, " OR ") + ")";
}

bool portee_simple(const compte::Agent& agent)
{
    constexpr Portee simples[] = {Portee::Tout, Portee::SonTerritoire, Portee::SonComite};
    return std::ranges::all_of(agent.mandats, [&](const compte::Mandat& m) {
        return std::ranges::all_of(droits, [&](const Droit& d) {
            return d.role != m.role || d.action != Action::Lire ||
                   std::ranges::find(simples, d.portee) != std::end(simples);
        });
    });
}

bool portee_de_territoires(const compte::Agent& agent)
{
    const auto whole = [&](const compte::Mandat& m) {
        return m.confirme && std::ranges::all_of(droits, [&](const Droit& d) {
                   return d.role != m.role || d.action != Action::Lire || d.portee == Portee::Tout ||
                          (d.portee == Portee::SonTerritoire && !m.territoire.empty());
               });
    };
    return !agent.mandats.empty() && std::ranges::all_of(agent.mandats, whole);
}

std::vector<std::string> territoires_de_la_portee(const compte::Agent& agent)
{
    std::vector<std::string> out;
    for (const auto& m : agent.mandats)
        for (const auto& d : droits) {
            if (d.role != m.role || d.action != Action::Lire) continue;
            // A committee is of one territory. What an unconfirmed role opens, a report at a time, is
            // anywhere.
            const bool un = d.portee == Portee::SonTerritoire || d.portee == Portee::SonComite;
            if (!m.confirme || !un || m.territoire.empty()) return {};
            if (std::ranges::find(out, m.territoire) == out.end()) out.push_back(m.territoire);
        }
    return out;
}

} // namespace signalement::store
