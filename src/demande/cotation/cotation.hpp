// What a demande scores, for those who may read it; the task that keeps scores; the import of a grid.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app.hpp"
#include "demande/cotation/store_cotation.hpp"
#include "demande/store.hpp"

namespace demande::cotation {

/// For one EPCI of the wishes: the score item by item, its place, the wait of those who were like it.
struct Vue {
    std::string epci; // its name
    std::string grille;
    int version = 1;
    Date depuis;
    chiffres::Typologie typologie = chiffres::Typologie::NonPrecisee;
    Score score;
    store::Position position;
    std::optional<std::int64_t> attente_moyenne; // days
    int annee = 0;                               // that it is about
};
/// The one way to read it, for an agent as for the applicant: the caller has been given the demande. Scored
/// as it is read; empty when no EPCI asked has a grid, or when the demande is not in progress.
std::vector<Vue> cotations(db::Transaction&, const demande::store::Fiche&, Date jour);

/// Scores again what changed: demandes, grids that came into force, years of seniority. A batch at a time,
/// twenty thousand demandes a run at most; killed anywhere, it takes up where it was. Returns how many.
std::int64_t recalculer_les_cotations(App&, const std::stop_token&);

/// `logis import grille FILE`: checked whole, then kept as the next version of the EPCI's grid. Throws
/// std::runtime_error with each line to correct. Returns its version.
int importer_grille(db::Database&, const std::string& path, const std::string& epci, const std::string& nom,
                    const std::string& depuis, Instant le);

} // namespace demande::cotation
