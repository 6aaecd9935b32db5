// Reads the tables of candidature.hpp; what they must satisfy is asserted here.
#include "demande/candidature/candidature.hpp"

#include <algorithm>

namespace demande::candidature {

namespace {

static_assert(std::ranges::all_of(etats,
                                  [](const auto& row) {
                                      return std::ranges::any_of(
                                          cycle, [&](const Transition& t) { return t.vers == row.value; });
                                  }),
              "a state of a candidature that no transition reaches");
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
// Whatever may still happen, it may always be closed and refused.
static_assert(std::ranges::all_of(cycle,
                                  [](const Transition& a) {
                                      return !a.de ||
                                             (std::ranges::any_of(cycle,
                                                                  [&](const Transition& b) {
                                                                      return b.action == Action::Clore &&
                                                                             b.de == a.de;
                                                                  }) &&
                                              std::ranges::any_of(cycle, [&](const Transition& b) {
                                                  return b.action == Action::Refuser && b.de == a.de;
                                              }));
                                  }),
              "an open state without a way out");

} // namespace

const Transition* transition(Action action, std::optional<Etat> de)
{
    const auto t = std::ranges::find_if(
        cycle, [&](const Transition& row) { return row.action == action && row.de == de; });
    return t == std::end(cycle) ? nullptr : t;
}

bool est_ouverte(Etat etat)
{
    return transition(Action::Clore, etat) != nullptr;
}

} // namespace demande::candidature
