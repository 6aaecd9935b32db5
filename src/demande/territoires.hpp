// The territories in which a demande is numbered, and who keeps the demandes of each: here, or the site of a
// local system. Values and rules; no database, no clock.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace demande {

/// Île-de-France is one territory of registration: its eight départements share one number (CCH L. 441-2-1).
inline constexpr std::string_view ile_de_france = "111";

/// The territory of a commune, on three characters as the numéro unique writes it: "111", "033", "02A".
/// Nothing for a code that belongs to no territory.
std::optional<std::string> territoire_de_la_commune(std::string_view insee);
/// The same for a département: "76" → "076", "93" → "111".
std::optional<std::string> territoire_du_departement(std::string_view code);
/// The départements of a territory, eight for Île-de-France; empty for a code that is no territory.
std::vector<std::string> departements_du_territoire(std::string_view territoire);
/// Whether three characters name a territory at all, wherever its demandes are kept.
bool est_un_territoire(std::string_view code);
/// IANA zone of the territory: its legal day is the day of its deadlines.
std::string_view fuseau_du_territoire(std::string_view territoire);

/// A local system that keeps the demandes of a territory on a site of its own (CCH R. 441-2-5 IV).
struct SystemeLocal {
    std::string_view territoire;
    std::string_view site;
    Date depuis = {};                            // first day; the default when nobody knows since when
    std::optional<Date> jusqu_au = std::nullopt; // last day, included
};

/// The 33 départements known to have their own site when this program was made. The list changes: by the
/// decisions of administrators (gestion/), and here a row is closed by `jusqu_au`, never removed.
std::span<const SystemeLocal> systemes_locaux();

/// Who keeps the demandes of a territory.
enum class Gestion {
    Ici,
    Ailleurs, // a local system: the visitor is sent to its site before anything personal is typed
    Inconnue, // no territory has this code: a mistake in the number, not a matter for another site
};

struct Orientation {
    Gestion gestion = Gestion::Inconnue;
    std::string site = {}; // of the local system; nothing personal is ever added to it

    bool operator==(const Orientation&) const = default;
};

/// Whether anything is done here, that day, to the demandes of a territory: one manager keeps them (CCH R.
/// 441-2-5, IV). Elsewhere nothing is registered, checked, changed, renewed, notified, offered or removed
/// here: they are read, and what somebody gave here may be taken back. The only rule about it, for pages and
/// tasks.
constexpr bool se_traitent_ici(const Orientation& o)
{
    return o.gestion == Gestion::Ici;
}
/// Why an agent may not act on one; none: they may.
std::optional<Problem> refus_de_traiter(const Orientation&);

/// Every territory, by code: 93 départements and Île-de-France.
std::vector<std::string> territoires();

/// Where somebody must go for a demande of this territory, on this day, as far as this program was made with.
/// Pages ask gestion::store::orienter, which knows what administrators decided since.
Orientation orienter(std::string_view territoire, Date jour,
                     std::span<const SystemeLocal> systemes = systemes_locaux());

} // namespace demande
