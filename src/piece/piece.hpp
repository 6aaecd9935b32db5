// What an uploaded file is once received, and the limits people are told before they choose one.
// Not here: how it is checked (reception.hpp), kept (magasin.hpp), named in the database (store.hpp) or shown
// (views.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/names.hpp"
#include "base/time.hpp"

namespace piece {

/// What a file really is, found by reading it. Png, Webp and Heic exist at reception only: every picture is
/// kept as a JPEG that we encoded.
enum class TypePiece { Jpeg, Png, Webp, Heic, Pdf, Docx, Xlsx, Odt, Ods, Doc, Xls, Txt };

/// The slug is the MIME type: what the database keeps and what is sent back.
inline constexpr base::Name<TypePiece> types[] = {
    {TypePiece::Jpeg, "image/jpeg", "Photo JPEG"},
    {TypePiece::Png, "image/png", "Image PNG"},
    {TypePiece::Webp, "image/webp", "Image WebP"},
    {TypePiece::Heic, "image/heic", "Photo HEIC"},
    {TypePiece::Pdf, "application/pdf", "Document PDF"},
    {TypePiece::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     "Document Word"},
    {TypePiece::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Classeur Excel"},
    {TypePiece::Odt, "application/vnd.oasis.opendocument.text", "Document OpenDocument"},
    {TypePiece::Ods, "application/vnd.oasis.opendocument.spreadsheet", "Classeur OpenDocument"},
    {TypePiece::Doc, "application/msword", "Document Word 97-2003"},
    {TypePiece::Xls, "application/vnd.ms-excel", "Classeur Excel 97-2003"},
    {TypePiece::Txt, "text/plain", "Texte"},
};

/// Extension of the name under which a file of this type is given back, with its dot.
std::string_view extension(TypePiece);

constexpr bool est_image(TypePiece t)
{
    return t == TypePiece::Jpeg || t == TypePiece::Png || t == TypePiece::Webp || t == TypePiece::Heic;
}

/// Where a file stands. Only Saine is ever given to a reader.
enum class Etat { EnVerification, Recue, ARanger, Saine, Quarantaine, Illisible };

inline constexpr base::Name<Etat> etats[] = {
    // The antivirus has not answered yet; kept on the machine that received it.
    {Etat::EnVerification, "en_verification", "En cours de vérification"},
    // Without antivirus, or cleared by it: about to be prepared.
    {Etat::Recue, "recue", "En préparation"},
    // Checked and prepared; the store is away.
    {Etat::ARanger, "a_ranger", "En attente de rangement"},
    {Etat::Saine, "saine", "Disponible"},
    // The antivirus found something: `motif` is what. Never given to anybody.
    {Etat::Quarantaine, "quarantaine", "En quarantaine"},
    // Nobody could read it: `motif` is the slug of an EchecImage, or `perdue`.
    {Etat::Illisible, "illisible", "Illisible"},
};

/// Still to be worked on: shown as such, and asked for again by the pages that wait for it.
constexpr bool attend(Etat e)
{
    return e == Etat::EnVerification || e == Etat::Recue || e == Etat::ARanger;
}

/// A file somebody gave us. It belongs to whatever row points at it (draft, report, action…); alone it is an
/// orphan, which is purged.
struct Piece {
    Id<Piece> id;
    std::string sha256;                   // name of its content in the Magasin, once Saine
    std::string nom;                      // as the depositor named it, made safe to show and to save
    TypePiece type = TypePiece::Txt;      // what it is, or for a picture what it will be
    std::uint64_t taille = 0;             // bytes
    std::optional<int> largeur;           // prepared pictures only, in pixels
    std::optional<int> hauteur;           // prepared pictures only
    std::optional<std::string> miniature; // prepared pictures only: content of the 320 px thumbnail
    Instant depose_le;
    Etat etat = Etat::Saine;
    std::string motif;       // why Quarantaine or Illisible
    std::string recu_sha256; // digest of what was received: the same file sent twice is known by it

    [[nodiscard]] bool est_photo() const { return est_image(type); }
    [[nodiscard]] bool disponible() const { return etat == Etat::Saine; }
};

/// 20 Mo: a 48-megapixel phone photo weighs 8 to 15.
inline constexpr std::uint64_t taille_max = 20'000'000;
/// Files of one deposit, photos and documents together: how many, and how heavy. One form may carry them all.
inline constexpr std::size_t nombre_max = 60;
inline constexpr std::uint64_t total_max = 250'000'000;
/// Refused from the header alone, before a pixel is decoded.
inline constexpr std::uint64_t pixels_max = 100'000'000;
/// Longest side of the pictures we keep, and of their thumbnails.
inline constexpr int cote_max = 2560;
inline constexpr int cote_miniature = 320;
/// Value of the accept attribute of a file field: a convenience for the file picker, never a check.
inline constexpr std::string_view accept_photos = "image/jpeg,image/png,image/webp,image/heic,image/heif";
inline constexpr std::string_view accept_tout =
    "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif,.pdf,.docx,.doc,.odt,.xlsx,.xls,.ods,"
    ".txt";
/// Hints, shown before the person chooses a file.
inline constexpr std::string_view aide_photos = "JPEG, PNG, WebP ou HEIC ; 20 Mo au plus par photo.";
inline constexpr std::string_view aide_tout =
    "JPEG, PNG, WebP, HEIC, PDF, Word, Excel, OpenDocument ou texte ; 20 Mo au plus par fichier, 250 Mo en "
    "tout.";
/// Said wherever pictures are asked for.
inline constexpr std::string_view aide_vie_privee =
    "Les photos sont réenregistrées sans le lieu de prise de vue ni les données de l’appareil ; "
    "l’original n’est pas conservé.";

} // namespace piece
