// The rules of the form: what is wrong on a screen, which screen comes next, and what the answers mean once
// complete. Pure: no database, no clock, no HTML.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "signalement/depot/questions.hpp"
#include "signalement/signalement.hpp"

namespace signalement::depot {

/// Everything to correct on this screen, at once, in the order of its fields.
FormErrors valider(const Etape&, const Reponses& retenues, const Contexte&);

/// The first screen something is missing on; the end of the list when the form is complete.
std::size_t premiere_incomplete(const Parcours&, const Contexte&);

/// The questions asked of the screen, with the words of the answers as people read them. A ticked box takes
/// the answers that hang from it.
struct LigneRecapitulatif {
    std::string slug;
    std::string question;
    std::string reponse; // empty: not answered
};
std::vector<LigneRecapitulatif> recapitulatif(const Etape&, const Reponses& retenues);

/// A complete report, before it has an id, a reference and a committee.
struct Depot {
    Signalement signalement;
    std::vector<desordre::PrecisionChoisie> precisions;
    std::vector<desordre::ProcedureSuspectee> procedures;
};

/// The typed value of complete answers, or everything that is missing. After this, text is forgotten.
Result<Depot, FormErrors> lire(const Parcours&, const Contexte&);

/// Under which two reports are at the same address, however it was typed.
std::string cle_d_adresse(const Adresse&);
/// « 76-2026-000123 »
std::string reference(std::string_view territoire, int annee, std::int64_t numero);

/// An open report at the same address is a possible double while it is that recent.
inline constexpr int doublon_jours = 90;
/// A draft nobody touched for that long is erased.
inline constexpr int abandon_jours = 30;
/// Nobody fills the form faster: a robot.
inline constexpr int duree_min_secondes = 4;

} // namespace signalement::depot
