// Who keeps the demandes of a territory, as administrators change it day by day: a decision, its day of
// effect, the site that takes over. Pure; the list this program was made with is in territoires.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "demande/territoires.hpp"

namespace demande::gestion {

/// From that day on, until the next decision.
struct Decision {
    std::string territoire;
    Date depuis;
    std::string site; // of the local system; empty: the demandes are kept here
};

/// What was asked for, or what to correct: a territory that exists, today or a later day, and for another
/// site an https address without anything that could carry something personal.
Result<Decision, FormErrors> decider(std::string_view territoire, std::string_view ou, std::string_view site,
                                     std::string_view depuis, Date aujourd_hui);
/// The address of a site: https, a host name, a path at most.
bool est_un_site(std::string_view);

/// Where somebody must go that day: the decision in force, else what this program was made with.
Orientation orienter(std::string_view territoire, Date jour, const std::optional<Decision>& en_vigueur);

/// The day since which the demandes of a territory are kept here again, after a time elsewhere; none when
/// they always were, or are not that day. `prises`: its decisions, by day of effect then in the order they
/// were taken.
std::optional<Date> ici_depuis(std::string_view territoire, Date jour, const std::vector<Decision>& prises);

} // namespace demande::gestion
