// Rights and transitions unrolled case by case: the layout of two documents. The tables fill them in `logis
// docs`; what the handlers really do fills them in tests/matrices_test.cpp. Decides nothing.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "signalement/cycle.hpp"

namespace docs {

/// From where somebody looks at a report.
struct Position {
    std::string_view qui;
    compte::Role role;
    bool ici = true; // their territory, or their committee, is the report's
    std::optional<signalement::StatutAffectation> affectation = {}; // what their partner answered
    bool depose = false;
    bool confirme = true;
};
std::span<const Position> positions();
/// Whether a report in this state can have somebody there: an affectation still open means « en cours ».
bool se_presente(const Position&, signalement::Statut);

/// Who may do what, action by action: one line for each position, one column for each state.
std::string
matrice(const std::function<bool(const Position&, signalement::Statut, signalement::Action)>& permis);
/// What the tables of cycle.hpp answer.
bool permis_par_les_tables(const Position&, signalement::Statut, signalement::Action);

/// Who may do what to a demande de logement: one line for each kind of organisation and each quality.
std::string droits_de_la_demande();

/// Where an action leads.
template <class S> struct Arrivee {
    S vers;
    bool a_motiver = false; // refused until it says why
};
using Transitions =
    std::function<std::optional<Arrivee<signalement::Statut>>(signalement::Statut, signalement::Action)>;
using TransitionsAffectation = std::function<std::optional<Arrivee<signalement::StatutAffectation>>(
    signalement::StatutAffectation, signalement::Action)>;
/// The actions that move something, by the state they find.
std::string transitions(const Transitions&, const TransitionsAffectation&);
/// What the tables of cycle.hpp answer, and what a change of the report carries along for its affectations.
std::optional<Arrivee<signalement::Statut>> arrivee_par_les_tables(signalement::Statut, signalement::Action);
std::optional<Arrivee<signalement::StatutAffectation>> arrivee_par_les_tables(signalement::StatutAffectation,
                                                                              signalement::Action);
/// The actions that may move an affectation, as lines of that document.
std::span<const signalement::Action> actions_sur_affectation();

} // namespace docs
