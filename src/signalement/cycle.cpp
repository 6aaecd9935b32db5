// Reads the tables of cycle.hpp. Holds no rule of its own; what the tables must satisfy is asserted here.
#include "signalement/cycle.hpp"

#include <algorithm>

namespace signalement {

namespace {

constexpr bool reachable(Statut s)
{
    return s == Statut::ATrier ||
           std::ranges::any_of(cycle, [&](const Transition& t) { return t.vers == s; });
}
static_assert(std::ranges::all_of(statuts, [](const auto& row) { return reachable(row.value); }),
              "a state of a signalement that no transition reaches");
static_assert(std::ranges::all_of(statuts_affectation,
                                  [](const auto& row) {
                                      return row.value == StatutAffectation::EnAttente ||
                                             std::ranges::any_of(cycle_affectation, [&](const auto& t) {
                                                 return t.vers == row.value;
                                             });
                                  }),
              "a state of an affectation that no transition reaches");

template <class Table> constexpr bool no_two_from_the_same_state(const Table& table)
{
    return std::ranges::all_of(table, [&](const auto& a) {
        return std::ranges::count_if(
                   table, [&](const auto& b) { return a.action == b.action && a.de == b.de; }) == 1;
    });
}
static_assert(no_two_from_the_same_state(cycle) && no_two_from_the_same_state(cycle_affectation));

static_assert(std::ranges::all_of(actions,
                                  [](const auto& row) {
                                      return std::ranges::any_of(
                                          droits, [&](const Droit& d) { return d.action == row.value; });
                                  }),
              "an action that nobody has the right to do");

bool holds(const compte::Mandat& m, const Dossier& d, bool (*which)(const Affectation&))
{
    return m.confirme && !m.partenaire.empty() &&
           std::ranges::any_of(d.affectations, [&](const Affectation& a) {
               return a.partenaire == m.partenaire && which(a);
           });
}

/// Deposited by the agent, in the name of a town hall: anybody may write that they work for one.
bool deposited(const compte::Agent& agent, const Dossier& d)
{
    return std::ranges::find(d.acces_ponctuels, agent.id) != d.acces_ponctuels.end();
}

bool reaches(Portee portee, const compte::Agent& agent, const compte::Mandat& m, const Dossier& d)
{
    switch (portee) {
    case Portee::Tout:
        return m.confirme;
    case Portee::SonTerritoire:
        return m.confirme && m.territoire == d.territoire;
    case Portee::SonComite:
        return m.confirme && !m.comite.empty() && m.comite == d.comite;
    case Portee::SesDossiers:
        return reaches(Portee::SesAffectations, agent, m, d) || deposited(agent, d);
    case Portee::SesDossiersConfirmes:
        return reaches(Portee::SesAffectations, agent, m, d) ||
               (m.confirme && m.territoire == d.territoire && deposited(agent, d));
    case Portee::SesAffectations:
        return holds(m, d, [](const Affectation&) { return true; });
    case Portee::SesAffectationsAcceptees:
        // What it ended too: a mainlevée comes long after. Not what a closure took before it had answered.
        return holds(m, d, [](const Affectation& a) {
            return a.statut == StatutAffectation::Acceptee ||
                   (a.statut == StatutAffectation::Fermee && a.repondue_le);
        });
    case Portee::SonActivite:
        return reaches(Portee::SesAffectationsAcceptees, agent, m, d) || deposited(agent, d);
    }
    throw base::Bug{"portée without a meaning"};
}

/// An action of a partner on its own affectation, not on the signalement.
bool belongs_to_partner(Action a)
{
    return a == Action::AccepterAffectation || a == Action::RefuserAffectation ||
           a == Action::CloreAffectation || a == Action::ReprendreAffectation;
}

} // namespace

bool a_le_droit(const compte::Agent& agent, Action action, const Dossier& d)
{
    return std::ranges::any_of(agent.mandats, [&](const compte::Mandat& m) {
        return std::ranges::any_of(droits, [&](const Droit& droit) {
            return droit.role == m.role && droit.action == action && reaches(droit.portee, agent, m, d);
        });
    });
}

bool peut_quelque_part(const compte::Agent& agent, Action action)
{
    return std::ranges::any_of(agent.mandats, [&](const compte::Mandat& m) {
        return m.confirme && std::ranges::any_of(droits, [&](const Droit& droit) {
                   return droit.role == m.role && droit.action == action;
               });
    });
}

std::vector<std::string> territoires_lus(const compte::Agent& agent)
{
    std::vector<std::string> out;
    for (const auto& m : agent.mandats)
        for (const auto& d : droits)
            if (m.confirme && d.role == m.role && d.action == Action::Lire &&
                d.portee == Portee::SonTerritoire)
                out.push_back(m.territoire);
    return out;
}

bool est_possible(Action action, Statut statut)
{
    return transition(statut, action) != nullptr ||
           std::ranges::any_of(sans_transition,
                               [&](const Permission& p) { return p.action == action && p.dans == statut; });
}

bool peut(const compte::Agent& agent, Action action, const Dossier& d)
{
    return est_possible(action, d.statut) && a_le_droit(agent, action, d);
}

const Transition* transition(Statut de, Action action)
{
    const auto* found =
        std::ranges::find_if(cycle, [&](const Transition& t) { return t.de == de && t.action == action; });
    return found == std::end(cycle) ? nullptr : found;
}

const TransitionAffectation* transition(StatutAffectation de, Action action)
{
    const auto* found = std::ranges::find_if(
        cycle_affectation, [&](const TransitionAffectation& t) { return t.de == de && t.action == action; });
    return found == std::end(cycle_affectation) ? nullptr : found;
}

const Affectation* affectation_de(const compte::Agent& agent, const Dossier& d, std::string_view id)
{
    for (const auto& a : d.affectations)
        if (a.id == id && std::ranges::any_of(agent.mandats, [&](const compte::Mandat& m) {
                return m.confirme && m.partenaire == a.partenaire;
            }))
            return &a;
    return nullptr;
}

std::vector<Action> actions_possibles(const compte::Agent& agent, const Dossier& d)
{
    std::vector<Action> out;
    for (const auto& row : actions)
        if (!belongs_to_partner(row.value) && peut(agent, row.value, d)) out.push_back(row.value);
    return out;
}

std::vector<Action> actions_possibles(const compte::Agent& agent, const Dossier& d, const Affectation& a)
{
    std::vector<Action> out;
    if (!affectation_de(agent, d, a.id)) return out;
    for (const auto& t : cycle_affectation)
        if (belongs_to_partner(t.action) && t.de == a.statut && peut(agent, t.action, d))
            out.push_back(t.action);
    return out;
}

} // namespace signalement
