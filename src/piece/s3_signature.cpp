// See s3_signature.hpp.
#include "piece/s3_signature.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace piece::s3 {
namespace signature {

std::string sans_bords(std::string_view valeur)
{
    return std::string{base::trim(valeur)};
}

std::string cle_du_jour(const Cles& cles, std::string_view jour)
{
    const auto date = base::hmac_bytes("AWS4" + cles.secret, jour);
    const auto region = base::hmac_bytes(date, cles.region);
    const auto service = base::hmac_bytes(region, "s3");
    return base::hmac_bytes(service, "aws4_request");
}

} // namespace signature

std::string coder(std::string_view s, bool garder_les_barres)
{
    constexpr char hexa[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : s) {
        const auto b = static_cast<unsigned char>(c);
        const bool libre = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           c == '-' || c == '.' || c == '_' || c == '~' || (garder_les_barres && c == '/');
        if (libre) {
            out += c;
        } else {
            out += '%';
            out += hexa[b >> 4];
            out += hexa[b & 15];
        }
    }
    return out;
}

std::string requete_canonique(Paires parametres)
{
    // Sorted once encoded, by name then by value: « a » comes before « a-b » whatever their values.
    for (auto& [nom, valeur] : parametres) {
        nom = coder(nom, false);
        valeur = coder(valeur, false);
    }
    std::ranges::sort(parametres);
    std::string out;
    for (const auto& [nom, valeur] : parametres) {
        if (!out.empty()) out += '&';
        out.append(nom).append("=").append(valeur);
    }
    return out;
}

std::string autorisation(const Cles& cles, const Demande& d, std::string_view instant)
{
    auto entetes = d.entetes;
    std::ranges::sort(entetes);
    std::string lignes, noms;
    for (const auto& [nom, valeur] : entetes) {
        lignes.append(nom).append(":").append(signature::sans_bords(valeur)).append("\n");
        if (!noms.empty()) noms += ';';
        noms += nom;
    }
    const auto canonique = d.methode + '\n' + coder(d.chemin, true) + '\n' + requete_canonique(d.parametres) +
                           '\n' + lignes + '\n' + noms + '\n' + d.charge_sha256;
    const auto jour = std::string{instant.substr(0, 8)};
    const auto portee = jour + '/' + cles.region + "/s3/aws4_request";
    const auto a_signer =
        "AWS4-HMAC-SHA256\n" + std::string{instant} + '\n' + portee + '\n' + base::sha256_hex(canonique);
    return "AWS4-HMAC-SHA256 Credential=" + cles.acces + '/' + portee + ",SignedHeaders=" + noms +
           ",Signature=" + base::hmac_hex(signature::cle_du_jour(cles, jour), a_signer);
}

} // namespace piece::s3
