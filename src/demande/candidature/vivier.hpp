// How a demande is found as a candidate: what it asks, how long it has waited, whether a priority is
// declared, which ceilings it is under. Deduced from what was declared: an agent verifies before deciding.
// Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "demande/plafonds.hpp"
#include "demande/reponses.hpp"

namespace demande::candidature {

/// A declaration that may make a household a priority (CCH L. 441-1).
struct PrioriteDeclaree {
    std::string_view champ, valeur;
    char lettre; // of L. 441-1
};
inline constexpr PrioriteDeclaree priorites[] = {
    {"motif.inadapte", "oui", 'a'},         {"logement.statut", "structure", 'd'},
    {"logement.statut", "temporaire", 'd'}, {"motif.indigne", "oui", 'f'},
    {"motif.violences", "oui", 'g'},        {"logement.statut", "sans_abri", 'k'},
    {"logement.statut", "tiers", 'k'},      {"logement.statut", "hotel", 'k'},
    {"motif.expulsion", "oui", 'l'},        {"motif.ase", "oui", 'm'},
    {"motif.pompier", "oui", 'n'},
};
/// A disability in the household, a dwelling that is not decent or too small with a minor (a, j), or one of
/// the table.
bool est_prioritaire(const Reponses&, Date jour);

/// Numbers of rooms asked, 6 for six and more; a room alone counts as one.
std::vector<int> pieces_demandees(const Reponses&);
int personnes_a_loger(const Reponses&);

/// What the vivier was written with: the year that has begun, and how many times ceilings were imported.
constexpr std::int64_t edition(int annee, std::int64_t imports)
{
    return annee * std::int64_t{10'000} + imports;
}

/// The classes of `financements`, then the two that are none of them.
inline constexpr int acces_au_dessus = 3, acces_inconnu = 9;
/// The most helped financing open to the household, by commune.
std::function<int(std::string_view insee)> acces_par_commune(const Reponses&, Date jour, Baremes);

} // namespace demande::candidature
