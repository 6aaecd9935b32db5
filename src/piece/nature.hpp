// What bytes really are, whatever their name says, and why we do not take them when we do not. Pure, but for
// libmagic's own tables. Pictures are only named here: decoding them (image.hpp) is the real test.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "piece/piece.hpp"

namespace piece {

/// Why a file is refused and what to do, as the end of a sentence: « c’est une archive. Envoyez… ».
struct Refus {
    std::string pourquoi;
};

/// The type of the bytes, checked as far as it can be without decoding a picture, or the reason of a refusal.
Result<TypePiece, Refus> reconnaitre(std::string_view octets);

/// For zip containers: the office document they are. Never inflates more than a small bounded index.
Result<TypePiece, Refus> reconnaitre_zip(std::string_view octets);
/// For the OLE containers of Office 97-2003.
Result<TypePiece, Refus> reconnaitre_ole(std::string_view octets);

/// Text as UTF-8, from UTF-8 or Windows-1252; nothing when the bytes are not text.
std::optional<std::string> texte_en_utf8(std::string_view octets);

/// Said of a picture beyond pixels_max.
std::string trop_de_points();

/// « Envoyez une photo (…) ou un document (…). »
inline constexpr std::string_view quoi_envoyer =
    "Envoyez une photo (JPEG, PNG, WebP, HEIC) ou un document (PDF, Word, Excel, OpenDocument, texte).";

} // namespace piece
