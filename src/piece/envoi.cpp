// The answer that carries a file: verified content, and headers that keep a browser from running it.
#include "piece/envoi.hpp"

#include "base/expect.hpp"
#include "base/text.hpp"

namespace piece {
namespace envoi {

// The name for old programs: ASCII letters, digits and a few signs.
std::string nom_ascii(std::string_view nom)
{
    const auto point = nom.rfind('.');
    auto corps = base::slug(nom.substr(0, point));
    if (corps.empty()) corps = "fichier";
    if (point == std::string_view::npos) return corps;
    const auto fin = base::slug(nom.substr(point + 1));
    return fin.empty() ? corps : corps + '.' + fin;
}

// RFC 5987 attr-char; everything else as %XX.
std::string nom_code(std::string_view nom)
{
    constexpr std::string_view libres = "!#$&+-.^_`|~";
    constexpr char hexa[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : nom) {
        const auto b = static_cast<unsigned char>(c);
        const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (alnum || libres.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += hexa[b >> 4];
            out += hexa[b & 15];
        }
    }
    return out;
}

std::string content_type(TypePiece t)
{
    const std::string mime{base::slug_of(types, t)};
    return t == TypePiece::Txt ? mime + "; charset=utf-8" : mime;
}

// If-None-Match is a list, and a proxy may have weakened the tag.
bool deja_connu(std::string_view entete, std::string_view etag)
{
    for (const auto& morceau : base::split(entete, ',')) {
        auto t = base::trim(morceau);
        if (t.substr(0, 2) == "W/") t.remove_prefix(2);
        if (t == etag) return true;
    }
    return false;
}

} // namespace envoi

std::string content_disposition(bool dans_la_page, std::string_view nom)
{
    return std::string{dans_la_page ? "inline" : "attachment"} + "; filename=\"" + envoi::nom_ascii(nom) +
           "\"; filename*=UTF-8''" + envoi::nom_code(nom);
}

http::Response servir(const Magasin& magasin, const Piece& p, Variante variante, const http::Request& requete)
{
    if (p.etat == Etat::Quarantaine)
        return http::text(
            "Ce fichier est en quarantaine : il pourrait nuire à votre ordinateur. Il n’est pas "
            "communiqué.\n",
            403);
    const bool vignette = variante == Variante::Miniature && p.miniature.has_value();
    const auto& sha = vignette ? *p.miniature : p.sha256;
    const auto etag = '"' + sha + '"';

    http::Response reponse;
    reponse
        .header("ETag", etag)
        // Asked again each time, so that a right withdrawn is a file no longer shown; 304 when unchanged.
        .header("Cache-Control", "private, no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Cross-Origin-Resource-Policy", "same-origin");
    if (envoi::deja_connu(requete.header("if-none-match"), etag)) {
        reponse.status = 304;
        return reponse;
    }
    reponse.header("Content-Type", envoi::content_type(p.type))
        .header("Content-Disposition", content_disposition(p.type == TypePiece::Jpeg, p.nom));
    reponse.body = magasin.lire(sha);
    return reponse;
}

} // namespace piece
