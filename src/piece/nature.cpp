// The real type of a file by libmagic and by its structure. Zip and OLE containers are read in
// bureautique.cpp, pictures are decoded in the picture process.
#include "piece/nature.hpp"

#include <magic.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

#include "base/text.hpp"
#include "piece/entete.hpp"

namespace piece {
namespace nature {

struct Ferme {
    void operator()(magic_set* m) const { magic_close(m); }
};

// A cookie may not be shared: one for each worker thread, opened once (its tables take some milliseconds).
std::string mime(std::string_view octets)
{
    thread_local const std::unique_ptr<magic_set, Ferme> cookie = [] {
        std::unique_ptr<magic_set, Ferme> m{magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS)};
        if (!m || magic_load(m.get(), nullptr) != 0)
            throw std::runtime_error{"libmagic cannot load its tables (Debian package libmagic-mgc)"};
        return m;
    }();
    const char* type = magic_buffer(cookie.get(), octets.data(), octets.size());
    return type != nullptr ? type : "application/octet-stream";
}

bool commence_par(std::string_view s, std::string_view debut)
{
    return s.substr(0, debut.size()) == debut;
}

bool contient(std::string_view s, std::string_view morceau)
{
    return s.find(morceau) != std::string_view::npos;
}

Refus vide()
{
    return {"ce fichier est vide. Ouvrez-le pour vérifier son contenu, puis choisissez-le de nouveau."};
}

Result<TypePiece, Refus> pdf(std::string_view octets)
{
    // Readers look for the mark further on too: then the file may also be something else.
    if (!commence_par(base::trim(octets.substr(0, 1024)), "%PDF-"))
        return Refus{
            "ce PDF commence par autre chose qu’un PDF. Ouvrez-le, enregistrez-le de nouveau en PDF, "
            "puis renvoyez-le."};
    // A PDF is read from its end: without its table of contents nobody can open it.
    if (!contient(octets, "startxref"))
        return Refus{"ce PDF est incomplet. Ouvrez-le pour vérifier qu’il s’affiche, enregistrez-le de "
                     "nouveau, puis renvoyez-le."};
    return TypePiece::Pdf;
}

Result<TypePiece, Refus> image(TypePiece type, std::string_view octets)
{
    // Decoders fill what is missing of a progressive picture in silence, and half a photo would be kept.
    if (!est_complete(type, octets))
        return Refus{"cette image est incomplète. Ouvrez-la pour vérifier qu’elle s’affiche en entier, puis "
                     "envoyez-la de nouveau ou refaites la photo."};
    const auto d = dimensions(type, octets);
    if (d && d->hauteur > 0 && d->largeur > pixels_max / d->hauteur) return Refus{trop_de_points()};
    return type;
}

Refus type_refuse(std::string_view m)
{
    const auto envoyer = " " + std::string{quoi_envoyer};
    if (contient(m, "html") || contient(m, "xml") || contient(m, "javascript"))
        return {"c’est une page ou un fichier du web. Imprimez la page en PDF, puis envoyez le PDF."};
    if (commence_par(m, "image/"))
        return {"ce format d’image n’est pas accepté. Enregistrez l’image en JPEG ou en PNG, puis "
                "renvoyez-la."};
    if (commence_par(m, "video/"))
        return {"c’est une vidéo. Envoyez plutôt quelques photos, et décrivez le reste dans le texte."};
    if (commence_par(m, "audio/"))
        return {"c’est un enregistrement sonore. Décrivez plutôt dans le texte ce que l’on entend."};
    for (const auto archive : {"gzip", "x-tar", "x-7z", "x-rar", "vnd.rar", "x-bzip", "x-xz", "zstd", "x-lz"})
        if (contient(m, archive))
            return {"c’est une archive. Envoyez un par un les fichiers qu’elle contient."};
    for (const auto programme : {"executable", "dosexec", "sharedlib", "x-object", "mach-binary", "java",
                                 "script", "x-python", "x-perl", "x-php", "x-ms-dos", "wasm", "x-dex"})
        if (contient(m, programme)) return {"c’est un programme, et non un document." + envoyer};
    return {"ce type de fichier n’est pas accepté." + envoyer};
}

// Without NUL or other control signs but those of layout.
bool lisible(std::string_view octets)
{
    for (const char c : octets) {
        const auto b = static_cast<unsigned char>(c);
        if (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f') return false;
        if (b == 0x7f) return false;
    }
    return true;
}

// What Windows-1252 has at 80–9F; the five holes are not text.
constexpr char16_t cp1252[] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                               0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                               0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                               0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

void ajouter_utf8(std::string& out, char16_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xc0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
        out += static_cast<char>(0xe0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (c & 0x3f));
    }
}

} // namespace nature

std::string trop_de_points()
{
    return "cette image compte trop de points (plus de " +
           base::format_integer(static_cast<long long>(pixels_max / 1'000'000)) +
           " millions). Enregistrez-la en plus petit, puis renvoyez-la.";
}

std::string_view extension(TypePiece t)
{
    switch (t) {
    case TypePiece::Jpeg:
        return ".jpg";
    case TypePiece::Png:
        return ".png";
    case TypePiece::Webp:
        return ".webp";
    case TypePiece::Heic:
        return ".heic";
    case TypePiece::Pdf:
        return ".pdf";
    case TypePiece::Docx:
        return ".docx";
    case TypePiece::Xlsx:
        return ".xlsx";
    case TypePiece::Odt:
        return ".odt";
    case TypePiece::Ods:
        return ".ods";
    case TypePiece::Doc:
        return ".doc";
    case TypePiece::Xls:
        return ".xls";
    case TypePiece::Txt:
        return ".txt";
    }
    return {};
}

std::optional<std::string> texte_en_utf8(std::string_view octets)
{
    if (nature::commence_par(octets, "\xef\xbb\xbf")) octets.remove_prefix(3);
    if (!nature::lisible(octets)) return std::nullopt;
    if (base::clean_text(octets)) return std::string{octets};
    std::string out;
    out.reserve(octets.size() + octets.size() / 8);
    for (const char c : octets) {
        const auto b = static_cast<unsigned char>(c);
        const auto signe = b >= 0x80 && b < 0xa0 ? nature::cp1252[b - 0x80] : static_cast<char16_t>(b);
        if (signe == 0) return std::nullopt;
        nature::ajouter_utf8(out, signe);
    }
    return out;
}

Result<TypePiece, Refus> reconnaitre(std::string_view octets)
{
    if (octets.empty()) return nature::vide();
    const auto m = nature::mime(octets);
    // libmagic tells office documents only when their entries come in the usual order: we look inside.
    if (nature::commence_par(octets, std::string_view{"PK\x03\x04", 4}) ||
        nature::commence_par(octets, std::string_view{"PK\x05\x06", 4}))
        return reconnaitre_zip(octets);
    if (nature::commence_par(octets, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return reconnaitre_ole(octets);
    if (m == "image/jpeg") return nature::image(TypePiece::Jpeg, octets);
    if (m == "image/png") return nature::image(TypePiece::Png, octets);
    if (m == "image/webp") return nature::image(TypePiece::Webp, octets);
    if (m == "image/heic" || m == "image/heif" || m == "image/heic-sequence" || m == "image/heif-sequence")
        return nature::image(TypePiece::Heic, octets);
    if (m == "application/pdf") return nature::pdf(octets);
    if (m == "text/plain" || m == "text/csv") {
        if (const auto texte = texte_en_utf8(octets)) {
            if (base::trim(*texte).empty()) return nature::vide();
            return TypePiece::Txt;
        }
        return Refus{"ce fichier n’est pas un texte lisible. Enregistrez-le en PDF, puis renvoyez-le."};
    }
    return nature::type_refuse(m);
}

} // namespace piece
