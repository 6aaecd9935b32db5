// A couple parts: one demande becomes two, and whoever was named on the first keeps its seniority. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "demande/reponses.hpp"

namespace demande {

/// With whom a dependant is from now on.
enum class Garde { Reste, Part, Partagee };

inline constexpr base::Name<Garde> gardes[] = {
    {Garde::Reste, "reste", "Reste sur cette demande"},
    {Garde::Part, "part", "Passe sur la nouvelle demande"},
    {Garde::Partagee, "partagee", "Sur les deux, en garde alternée"},
};

/// On which demande the violence that was declared stays written: it protects whoever declared it, and tells
/// the other that they did. Only whoever is at the guichet knows.
enum class SuiteDesViolences { Reste, Part, LesDeux };

inline constexpr base::Name<SuiteDesViolences> suites_des_violences[] = {
    {SuiteDesViolences::Reste, "reste", "La demande qui reste"},
    {SuiteDesViolences::Part, "part", "La nouvelle demande"},
    {SuiteDesViolences::LesDeux, "les_deux", "Les deux, chacun pouvant être en danger"},
};

struct Separation {
    int codemandeur = 0;        // line of whoever gets their own demande; 0: not chosen
    std::vector<Garde> gardes;  // by line of « Personnes à charge »; those not given stay
    std::string situation;      // of family, of both from now on
    std::string identite;       // document shown by whoever gets their own demande
    bool garde_adresse = false; // they still live where the demande says
    std::optional<SuiteDesViolences> violences = {}; // not asked when none was declared
};

/// The two demandes, as answers. What was told of the couple together (the income of a common tax notice) is
/// on neither: each tells their own (CCH L. 441-1).
struct Partage {
    Reponses reste, part;
};
/// The demande without one of those who sign it, nor what they alone earned.
Reponses sans_le_codemandeur(const Reponses&, int ligne, Date jour);
Result<Partage, FormErrors> separer(const Reponses&, const Separation&, Date deposee_le);

/// Since when somebody of today's demande was on it: the day of the first version that names them.
/// `versions`: oldest first, the first being the deposit.
struct VersionDatee {
    Date le;
    Reponses reponses;
};
Date anciennete(const std::vector<VersionDatee>& versions, Date deposee_le, const Reponses& actuelles,
                int codemandeur);

/// The situations of family that end a couple.
std::vector<std::string_view> situations_apres_separation();

} // namespace demande
