// Reading what people type into values: numbers, areas, amounts, months. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace signalement::depot {

/// A whole number within bounds; spaces are ignored.
std::optional<int> lire_entier(std::string_view saisi, int min, int max);
/// « 8,5 », « 32 m² » → hundredths of a square metre; from 0,1 to 9 999 m².
std::optional<int> lire_surface_dm2(std::string_view saisi);
/// « 452,30 », « 1 200 € » → cents; at most 100 000 €.
std::optional<std::int64_t> lire_montant_centimes(std::string_view saisi);
/// « 03/2026 », « 3-2026 », « 2026-03 », « mars 2026 » → YYYY-MM.
std::optional<std::string> lire_mois(std::string_view saisi);
/// « mars 2026 » from YYYY-MM.
std::string mois_en_mots(std::string_view mois);

} // namespace signalement::depot
