// See s3_reponses.hpp.
#include "piece/s3_reponses.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace piece::s3 {
namespace reponses {

void en_utf8(std::uint32_t c, std::string& out)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

/// What stands between & and ;. False when it is no entity of ours.
bool entite(std::string_view nom, std::string& out)
{
    constexpr std::pair<std::string_view, char> connues[] = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [n, c] : connues)
        if (n == nom) return out += c, true;
    if (!nom.starts_with('#')) return false;
    nom.remove_prefix(1);
    int base = 10;
    if (nom.starts_with('x')) {
        nom.remove_prefix(1);
        base = 16;
    }
    std::uint32_t c = 0;
    const auto [fin, erreur] = std::from_chars(nom.data(), nom.data() + nom.size(), c, base);
    if (nom.empty() || erreur != std::errc{} || fin != nom.data() + nom.size() || c == 0 || c > 0x10FFFF ||
        (c >= 0xD800 && c <= 0xDFFF))
        return false;
    en_utf8(c, out);
    return true;
}

std::optional<std::string> decoder(std::string_view brut)
{
    std::string out;
    for (std::size_t i = 0; i < brut.size(); ++i) {
        if (brut[i] != '&') {
            out += brut[i];
            continue;
        }
        const auto fin = brut.find(';', i);
        if (fin == std::string_view::npos || fin - i > 10 || !entite(brut.substr(i + 1, fin - i - 1), out))
            return std::nullopt;
        i = fin;
    }
    return out;
}

/// Raw content of the first element of this name from `debut`, which then stands behind it.
std::optional<std::string_view> brut(std::string_view xml, std::string_view nom, std::size_t& debut)
{
    const auto ouvrante = '<' + std::string{nom};
    for (auto p = xml.find(ouvrante, debut); p != std::string_view::npos; p = xml.find(ouvrante, p + 1)) {
        auto apres = p + ouvrante.size();
        if (apres >= xml.size()) return std::nullopt;
        if (xml[apres] != '>' && xml[apres] != ' ') continue; // a longer name
        apres = xml.find('>', apres);
        if (apres == std::string_view::npos || xml[apres - 1] == '/') return std::nullopt;
        const auto fin = xml.find("</" + std::string{nom} + '>', ++apres);
        if (fin == std::string_view::npos) return std::nullopt;
        debut = fin + nom.size() + 3;
        return xml.substr(apres, fin - apres);
    }
    return std::nullopt;
}

} // namespace reponses

std::optional<std::string> element(std::string_view xml, std::string_view nom)
{
    std::size_t debut = 0;
    const auto texte = reponses::brut(xml, nom, debut);
    if (!texte || texte->find('<') != std::string_view::npos) return std::nullopt;
    return reponses::decoder(*texte);
}

std::optional<Liste> lire_liste(std::string_view xml)
{
    if (xml.find("<ListBucketResult") == std::string_view::npos) return std::nullopt;
    Liste liste;
    std::size_t debut = 0;
    while (const auto objet = reponses::brut(xml, "Contents", debut)) {
        const auto cle = element(*objet, "Key"), modifie_le = element(*objet, "LastModified");
        if (!cle || !modifie_le) return std::nullopt;
        liste.objets.push_back({*cle, *modifie_le});
    }
    if (element(xml, "IsTruncated") == "true") {
        liste.suite = element(xml, "NextContinuationToken").value_or("");
        if (liste.suite.empty()) return std::nullopt;
    }
    return liste;
}

std::string code_d_erreur(std::string_view xml)
{
    if (xml.find("<Error") == std::string_view::npos) return {};
    const auto code = element(xml, "Code").value_or("");
    const bool lisible =
        code.size() <= 60 && std::ranges::all_of(code, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
    return lisible ? code : std::string{};
}

std::string echapper(std::string_view texte)
{
    std::string out;
    for (const char c : texte) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

} // namespace piece::s3
