// Office documents: is this zip really a docx, this OLE file really a doc? Reads indexes only,
// bounds-checked, and inflates one small entry at most. Opens no document.
#include "piece/nature.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace piece {
namespace bureautique {

constexpr std::size_t entrees_max = 10'000;
constexpr std::size_t index_max = 1'000'000; // [Content_Types].xml of a real document: a few kilobytes

std::optional<std::uint32_t> entier(std::string_view b, std::size_t position, std::size_t taille)
{
    if (position > b.size() || b.size() - position < taille) return std::nullopt;
    std::uint32_t n = 0;
    for (std::size_t i = taille; i-- > 0;) n = n << 8 | static_cast<unsigned char>(b[position + i]);
    return n;
}

struct Entree {
    std::string_view nom;
    std::uint32_t methode = 0; // 0: stored, 8: deflate
    std::uint32_t taille_compressee = 0;
    std::uint32_t position = 0; // of its local header
    bool chiffree = false;
};

// The central directory, which is what office programs read. Nothing when it is not a plain zip (damaged,
// split, zip64: no document under 20 MB needs it).
std::optional<std::vector<Entree>> entrees(std::string_view b)
{
    constexpr std::string_view fin_magie{"PK\x05\x06", 4};
    const std::size_t zone = b.size() > 66'000 ? b.size() - 66'000 : 0;
    const auto fin = b.rfind(fin_magie);
    if (fin == std::string_view::npos || fin < zone) return std::nullopt;
    const auto nombre = entier(b, fin + 10, 2), debut = entier(b, fin + 16, 4);
    if (!nombre || !debut || *nombre > entrees_max) return std::nullopt;
    std::vector<Entree> out;
    std::size_t p = *debut;
    for (std::uint32_t i = 0; i < *nombre; ++i) {
        if (entier(b, p, 4) != 0x02014b50u) return std::nullopt;
        const auto drapeaux = entier(b, p + 8, 2), methode = entier(b, p + 10, 2);
        const auto compressee = entier(b, p + 20, 4), position = entier(b, p + 42, 4);
        const auto n = entier(b, p + 28, 2), m = entier(b, p + 30, 2), k = entier(b, p + 32, 2);
        if (!drapeaux || !methode || !compressee || !position || !n || !m || !k) return std::nullopt;
        if (b.size() - p < 46 + *n) return std::nullopt;
        out.push_back({b.substr(p + 46, *n), *methode, *compressee, *position, (*drapeaux & 1) != 0});
        p += 46 + *n + *m + *k;
    }
    return out;
}

const Entree* chercher(const std::vector<Entree>& liste, std::string_view nom)
{
    const auto it = std::find_if(liste.begin(), liste.end(), [&](const Entree& e) { return e.nom == nom; });
    return it == liste.end() ? nullptr : &*it;
}

// The content of one entry, never more than index_max bytes.
std::optional<std::string> contenu(std::string_view b, const Entree& e)
{
    if (entier(b, e.position, 4) != 0x04034b50u) return std::nullopt;
    const auto n = entier(b, e.position + 26, 2), m = entier(b, e.position + 28, 2);
    if (!n || !m) return std::nullopt;
    const std::size_t debut = std::size_t{e.position} + 30 + *n + *m;
    if (debut > b.size() || b.size() - debut < e.taille_compressee) return std::nullopt;
    const auto donnees = b.substr(debut, e.taille_compressee);
    if (e.methode == 0) {
        if (donnees.size() > index_max) return std::nullopt;
        return std::string{donnees};
    }
    if (e.methode != 8) return std::nullopt;
    z_stream z{};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return std::nullopt;
    std::string out(index_max, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(donnees.data()));
    z.avail_in = static_cast<uInt>(donnees.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    const int rc = inflate(&z, Z_FINISH);
    out.resize(z.total_out);
    inflateEnd(&z);
    if (rc != Z_STREAM_END) return std::nullopt;
    return out;
}

bool contient(std::string_view s, std::string_view morceau)
{
    return s.find(morceau) != std::string_view::npos;
}

Refus macros()
{
    return {
        "ce document contient des macros, qui peuvent nuire à la personne qui l’ouvre. Enregistrez-le sans "
        "macros ou en PDF, puis renvoyez-le."};
}

Refus mot_de_passe()
{
    return {"ce document est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe ou en "
            "PDF, puis renvoyez-la."};
}

Refus abime()
{
    return {"ce document est abîmé ou incomplet. Ouvrez-le, enregistrez-le de nouveau, puis renvoyez-le."};
}

Refus archive()
{
    return {"c’est une archive. Envoyez un par un les fichiers qu’elle contient."};
}

// Office programs find parts by their type and whatever the case of their names.
std::string en_minuscules(std::string_view s)
{
    std::string out{s};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

bool a_des_macros(const std::vector<Entree>& liste)
{
    return std::any_of(liste.begin(), liste.end(), [](const Entree& e) {
        const auto nom = en_minuscules(e.nom);
        return contient(nom, "vbaproject") || contient(nom, "vbadata") || contient(nom, "macrosheets/") ||
               nom.starts_with("basic/") || nom.starts_with("scripts/");
    });
}

// The types of the parts of an OOXML document.
bool annonce_des_macros(std::string_view index)
{
    const auto types = en_minuscules(index);
    return contient(types, "macroenabled") || contient(types, "vbaproject") || contient(types, "macrosheet");
}

// Whether the directory of an OLE file has an entry of this name. Entries are 128 bytes at multiples of 128
// and start with their name in UTF-16, little-endian, ended by a zero.
bool a_une_entree(std::string_view b, std::string_view nom)
{
    std::string utf16;
    for (const char c : nom) {
        utf16 += c;
        utf16 += '\0';
    }
    utf16.append(2, '\0');
    for (std::size_t p = 512; p + 128 <= b.size(); p += 128)
        if (b.substr(p, utf16.size()) == utf16) return true;
    return false;
}

} // namespace bureautique

Result<TypePiece, Refus> reconnaitre_zip(std::string_view octets)
{
    using bureautique::chercher;
    const auto liste = bureautique::entrees(octets);
    if (!liste) return bureautique::abime();

    if (const auto* mimetype = chercher(*liste, "mimetype")) {
        const auto type = bureautique::contenu(octets, *mimetype);
        if (!type || !chercher(*liste, "content.xml")) return bureautique::archive();
        if (bureautique::a_des_macros(*liste)) return bureautique::macros();
        if (const auto* manifeste = chercher(*liste, "META-INF/manifest.xml")) {
            const auto xml = bureautique::contenu(octets, *manifeste);
            if (xml && bureautique::contient(*xml, "encryption-data")) return bureautique::mot_de_passe();
        }
        if (*type == base::slug_of(types, TypePiece::Odt)) return TypePiece::Odt;
        if (*type == base::slug_of(types, TypePiece::Ods)) return TypePiece::Ods;
        return Refus{"ce document OpenDocument n’est ni un texte ni un classeur. Enregistrez-le en PDF, puis "
                     "renvoyez-le."};
    }

    const auto* index = chercher(*liste, "[Content_Types].xml");
    if (index == nullptr) return bureautique::archive();
    const auto contenus = bureautique::contenu(octets, *index);
    if (!contenus) return bureautique::abime();
    if (bureautique::a_des_macros(*liste) || bureautique::annonce_des_macros(*contenus))
        return bureautique::macros();
    // No office program writes a type in character references: it would hide what it announces.
    if (bureautique::contient(*contenus, "&#")) return bureautique::abime();
    if (chercher(*liste, "word/document.xml") && bureautique::contient(*contenus, "wordprocessingml"))
        return TypePiece::Docx;
    if (chercher(*liste, "xl/workbook.xml") && bureautique::contient(*contenus, "spreadsheetml"))
        return TypePiece::Xlsx;
    if (chercher(*liste, "ppt/presentation.xml"))
        return Refus{"c’est une présentation. Enregistrez-la en PDF, puis renvoyez-la."};
    return bureautique::archive();
}

Result<TypePiece, Refus> reconnaitre_ole(std::string_view octets)
{
    using bureautique::a_une_entree;
    if (a_une_entree(octets, "EncryptedPackage")) return bureautique::mot_de_passe();
    if (a_une_entree(octets, "Macros") || a_une_entree(octets, "_VBA_PROJECT_CUR"))
        return bureautique::macros();
    // Installers and saved messages are OLE files too: only the main stream tells.
    if (a_une_entree(octets, "WordDocument")) return TypePiece::Doc;
    if (a_une_entree(octets, "Workbook") || a_une_entree(octets, "Book")) return TypePiece::Xls;
    return Refus{"ce type de fichier n’est pas accepté. " + std::string{quoi_envoyer}};
}

} // namespace piece
