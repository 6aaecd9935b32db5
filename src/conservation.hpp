// How long each kind of information is kept, and why: one table, read by the tasks that erase (jobs.cpp) and
// by the page on personal data. The slices own their own durations; erasing is theirs too.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace conservation {

enum class Objet {
    SignalementClos,
    SignalementRefuse,
    Brouillon,
    CorpsDeCourriel,
    TraceDeCourriel,
    CompteDesactive,
    CompteNonActive,
    LienSecret,
    CodeDemandeur,
    Session,
    Tentative,
    EnvoiUnique,
    DemandeRadiee,
    CompteDemandeur,
    DemandeNonDeposee,
    DemandeNonCorrigee,
    FichierDEchange,
    Selection,
    Lot,
};

enum class Unite { Heures, Jours, Ans };

struct Regle {
    Objet objet;
    std::string_view quoi; // as the page says it
    int nombre;
    Unite unite;
    std::string_view depuis;    // « après … »
    std::string_view fondement; // the law, or the reason
};

std::span<const Regle> regles();

/// « 5 ans après la clôture ».
std::string duree(const Regle&);
/// What is older than this instant is over.
Instant limite(Objet, Instant maintenant);

} // namespace conservation
