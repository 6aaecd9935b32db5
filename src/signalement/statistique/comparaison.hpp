// A territory beside those that are like it: rates and delays, never numbers of reports, and none that a few
// people would make. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "signalement/statistique/statistique.hpp"

namespace signalement::statistique {

/// Under that many reports nothing is said of a territory to those who do not read it.
inline constexpr std::int64_t seuil_de_comparaison = 11;
inline constexpr std::size_t comparables_montres = 5;

struct Comparable {
    std::string territoire, nom;
    std::int64_t habitants = 0;
};
/// Those whose population is the nearest, by its ratio; the nearest first, without the territory itself.
std::vector<Comparable> comparables(const std::string& territoire, std::vector<Comparable> tous);

/// What may be said of a territory.
struct Profil12Mois {
    std::optional<std::int64_t> pour_100_000; // reports of the last twelve months, for as many people
    std::optional<std::int64_t> clos;         // of a hundred of all those that are not refused
    std::array<std::optional<int>, nombre_de_delais> medianes;
};
/// `mois`: the present one, which is not over and does not count.
Profil12Mois profil(const Statistiques&, std::int64_t habitants, int mois);

/// The last twelve months that are over against the twelve before them.
struct Tendance {
    std::int64_t deposes = 0, deposes_avant = 0, finis = 0, finis_avant = 0;
};
Tendance tendance(const Statistiques&, int mois);

} // namespace signalement::statistique
