// The rule of reception: which files are taken, under which name, and what is said of the others.
#include "piece/reception.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "piece/nature.hpp"

namespace piece {
namespace reception {

constexpr std::size_t nom_max = 120;

// Signs that no file system, header or screen should have to deal with.
bool a_ecarter(UChar32 c)
{
    const auto categorie = u_charType(c);
    return categorie == U_CONTROL_CHAR || categorie == U_FORMAT_CHAR || categorie == U_SURROGATE ||
           categorie == U_UNASSIGNED || categorie == U_PRIVATE_USE_CHAR || categorie == U_LINE_SEPARATOR ||
           categorie == U_PARAGRAPH_SEPARATOR;
}

bool a_remplacer(UChar32 c)
{
    return c < 0x80 && std::string_view{"<>:\"/\\|?*%"}.find(static_cast<char>(c)) != std::string_view::npos;
}

// Without its folders, composed (NFC: some systems decompose é), without traps.
std::string nom_lisible(std::string_view brut)
{
    if (const auto barre = brut.find_last_of("/\\"); barre != std::string_view::npos)
        brut.remove_prefix(barre + 1);
    UErrorCode erreur = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(erreur);
    if (U_FAILURE(erreur)) throw std::runtime_error{"ICU cannot load its normalization data"};
    const auto compose = nfc->normalize(
        icu::UnicodeString::fromUTF8({brut.data(), static_cast<std::int32_t>(brut.size())}), erreur);
    icu::UnicodeString propre;
    for (std::int32_t i = 0; i < compose.length(); i = compose.moveIndex32(i, 1)) {
        const UChar32 c = compose.char32At(i);
        if (a_ecarter(c) || c == 0xfffd) continue;
        if (u_isUWhiteSpace(c)) {
            if (!propre.isEmpty() && propre[propre.length() - 1] != u' ') propre.append(UChar32{' '});
        } else {
            propre.append(a_remplacer(c) ? UChar32{'-'} : c);
        }
    }
    std::string nom;
    propre.toUTF8String(nom);
    const auto premier = nom.find_first_not_of(" .");
    if (premier == std::string::npos) return "fichier";
    const auto dernier = nom.find_last_not_of(" .");
    return base::truncate(nom.substr(premier, dernier - premier + 1), nom_max);
}

// « photo.jpg.html » must not keep an extension that lies.
std::string sans_extension(std::string nom)
{
    constexpr std::string_view connues[] = {
        "jpg", "jpeg", "jpe",  "jfif", "png",  "webp", "heic", "heif", "hif",  "gif", "bmp",
        "tif", "tiff", "svg",  "pdf",  "docx", "docm", "doc",  "dot",  "dotx", "odt", "ott",
        "rtf", "xlsx", "xlsm", "xls",  "csv",  "ods",  "txt",  "text", "html", "htm", "xhtml",
        "xml", "js",   "exe",  "com",  "bat",  "cmd",  "scr",  "zip",  "php",  "lnk"};
    for (;;) {
        const auto point = nom.rfind('.');
        if (point == std::string::npos || point == 0) return nom;
        const auto fin = base::fold(std::string_view{nom}.substr(point + 1));
        if (std::find(std::begin(connues), std::end(connues), fin) == std::end(connues)) return nom;
        nom.resize(point);
        while (!nom.empty() && (nom.back() == ' ' || nom.back() == '.')) nom.pop_back();
        if (nom.empty()) return "fichier";
    }
}

Problem refuser(const http::UploadedFile& f, const std::string& pourquoi)
{
    return Problem::invalid(f.field,
                            "« " + nom_lisible(f.client_name) + " » n’a pas été gardé : " + pourquoi);
}

} // namespace reception

std::string nettoyer_nom(std::string_view nom_client, TypePiece type)
{
    const auto fin = extension(type);
    const auto nom = reception::sans_extension(reception::nom_lisible(nom_client));
    return base::truncate(nom, reception::nom_max - fin.size()) + std::string{fin};
}

Result<PieceRecue> recevoir(Fichiers& fichiers, const http::UploadedFile& f)
{
    if (f.data.size() > taille_max)
        return reception::refuser(f, "il pèse " + base::format_bytes(f.data.size()) +
                                         " et la limite est de " + base::format_bytes(taille_max) +
                                         ". Réduisez-le, ou envoyez un document en plusieurs parties.");
    const auto type = reconnaitre(f.data);
    if (!type) return reception::refuser(f, type.error().pourquoi);
    std::string converti;
    auto octets = f.data;
    if (*type == TypePiece::Txt) {
        converti = texte_en_utf8(f.data).value();
        octets = converti;
    }
    PieceRecue p;
    p.sas = fichiers.sas.nom();
    if (fichiers.antivirus.actif()) p.etat = Etat::EnVerification;
    p.type = est_image(*type) ? TypePiece::Jpeg : *type;
    p.nom = nettoyer_nom(f.client_name, p.type);
    p.taille = octets.size();
    p.sha256 = base::sha256_hex(octets);
    try {
        p.cle = fichiers.sas.deposer(octets);
    } catch (const std::system_error& e) {
        base::log(base::Level::Error, "fichier.non_garde", {{"raison", e.what()}});
        auto panne =
            reception::refuser(f, "le service n’a pas pu l’enregistrer. Ce n’est pas de votre fait : "
                                  "réessayez dans quelques minutes.");
        panne.kind = Problem::Kind::Conflict;
        return panne;
    }
    return p;
}

Reception recevoir_tout(Fichiers& fichiers, std::span<const http::UploadedFile> envoyes,
                        std::string_view champ, std::size_t deja)
{
    Reception out;
    std::size_t essayes = 0; // refused ones count too: each costs work
    for (const auto& f : envoyes) {
        if (!champ.empty() && f.field != champ) continue;
        if (deja + out.recues.size() >= nombre_max || ++essayes > nombre_max) {
            const auto refus = reception::refuser(
                f, "ce signalement a déjà " + std::to_string(nombre_max) +
                       " fichiers, le plus qu’il puisse contenir. Retirez-en un moins utile, puis renvoyez "
                       "celui-ci.");
            out.refus.push_back({refus.field, refus.message});
            continue;
        }
        auto p = recevoir(fichiers, f);
        if (p) {
            out.recues.push_back(std::move(*p));
            continue;
        }
        out.panne = out.panne || p.error().kind == Problem::Kind::Conflict;
        out.refus.push_back({p.error().field, p.error().message});
    }
    if (!out.recues.empty()) fichiers.annoncer();
    return out;
}

} // namespace piece
