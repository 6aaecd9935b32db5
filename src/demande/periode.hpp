// The period a document is about, one way of writing it for each: a year, or a month of a year. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace demande {

/// « 2024 », or « 2026-10 » of « oct. 2026 », « 10/2026 », « Octobre 2026 »; empty for an empty text; nothing
/// when it is neither a year nor a month.
std::optional<std::string> lire_periode(std::string_view saisie);
/// « 2024 », « octobre 2026 »; anything else as it stands.
std::string periode_en_mots(std::string_view periode);

} // namespace demande
