// Reads the tables of cycle.hpp; what they must satisfy is asserted here.
#include "demande/cycle.hpp"

#include <algorithm>

namespace demande {

namespace {

static_assert(std::ranges::all_of(etats,
                                  [](const auto& row) {
                                      return row.value == Etat::Brouillon ||
                                             std::ranges::any_of(cycle, [&](const Transition& t) {
                                                 return t.vers == row.value;
                                             });
                                  }),
              "a state of a demande that no transition reaches");
static_assert(std::ranges::all_of(cycle,
                                  [](const Transition& a) {
                                      return std::ranges::count_if(cycle, [&](const Transition& b) {
                                                 return a.action == b.action && a.de == b.de;
                                             }) == 1;
                                  }),
              "two transitions of one action from one state");
static_assert(std::ranges::all_of(actions,
                                  [](const auto& row) {
                                      return std::ranges::any_of(
                                          cycle, [&](const Transition& t) { return t.action == row.value; });
                                  }),
              "an action that moves nothing");

} // namespace

const Transition* transition(Action action, std::optional<Etat> de)
{
    const auto t = std::ranges::find_if(
        cycle, [&](const Transition& row) { return row.action == action && row.de == de; });
    return t == std::end(cycle) ? nullptr : t;
}

bool est_en_cours(Etat etat)
{
    return transition(Action::Radier, etat) != nullptr;
}

} // namespace demande
