// What the depositor and the occupant see of a report. Shows; decides nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "piece/piece.hpp"
#include "signalement/store.hpp"
#include "signalement/suivi_deposant/acces.hpp"
#include "signalement/suivi_deposant/etapes.hpp"
#include "territoire/territoire.hpp"
#include "ui/components.hpp"

namespace signalement::suivi_deposant::views {

/// A form as it was sent, with what is wrong.
struct Saisie {
    const FormErrors* errors = nullptr;
    const ui::Values* values = nullptr;
};

/// The second check. The same page for a link that exists and one that does not. `message`: what was being
/// written when the session ended, kept until the person is let in again.
std::string acces(const ui::Chrome&, std::string_view jeton, const Saisie& = {},
                  std::string_view message = {});
/// Too many attempts.
std::string trop_d_essais(const ui::Chrome&, std::string_view text);

/// A file of the report that this reader may open.
struct PieceVisible {
    piece::Piece piece;
    std::string suivi;    // id of the entry it came with; empty: sent with the report
    std::string desordre; // slug of the critère it shows
};

/// The gallery shows no more; older files are with the messages they came with.
inline constexpr std::size_t pieces_montrees = 100;

struct PageSuivi {
    std::string jeton;
    Usager usager = Usager::Deposant;
    Signalement signalement;
    Dossier dossier;
    Avancement avancement;
    std::vector<Suivi> suivis; // one page of what this person sees, newest first
    std::int64_t page = 1;
    std::int64_t pages = 1;
    std::vector<PieceVisible> jointes; // with those entries
    std::vector<PieceVisible> pieces;  // the gallery
    bool autres_pieces = false;        // there are older ones
    std::vector<desordre::PrecisionChoisie> precisions;
    std::string comite; // name of the committee; empty when the territory has none
    territoire::Contact contact;
    std::string fuseau = "Europe/Paris";
};
std::string suivi(const ui::Chrome&, const PageSuivi&, const Saisie& = {}, std::string_view fait = {});

/// « Retrouver mon lien ». `envoye`: says what happens, whether or not anything was found.
std::string retrouver(const ui::Chrome&, bool envoye, const Saisie& = {});

} // namespace signalement::suivi_deposant::views
