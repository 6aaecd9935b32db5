// The answer that carries a file: verified content, and headers that keep a browser from running it.
#include "piece/envoi.hpp"

#include <memory>
#include <utility>

#include "base/log.hpp"
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

http::Response en_texte(std::string texte, int status)
{
    auto reponse = http::text(std::move(texte), status);
    reponse.header("Cache-Control", "no-store");
    if (status == 503) reponse.header("Retry-After", "60");
    return reponse;
}

http::Response pas_disponible(const Piece& p)
{
    if (p.etat == Etat::Quarantaine)
        return en_texte("Ce fichier est en quarantaine : il pourrait nuire à votre ordinateur. Il n’est pas "
                        "communiqué.\n",
                        403);
    if (p.etat == Etat::Illisible)
        return en_texte("Ce fichier n’a pas pu être lu : il n’a pas été gardé.\n", 410);
    return en_texte("Ce fichier est en cours de préparation. Réessayez dans un instant.\n", 409);
}

} // namespace envoi

std::string content_disposition(bool dans_la_page, std::string_view nom)
{
    return std::string{dans_la_page ? "inline" : "attachment"} + "; filename=\"" + envoi::nom_ascii(nom) +
           "\"; filename*=UTF-8''" + envoi::nom_code(nom);
}

http::Response servir(const Magasin& magasin, const Piece& p, Variante variante, const http::Request& requete)
{
    if (!p.disponible()) return envoi::pas_disponible(p);
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
    try {
        // What cannot be had at all is said before the answer begins.
        const std::shared_ptr lecture = magasin.ouvrir(sha);
        if (lecture->suivant(reponse.body))
            reponse.stream = [lecture, debut = std::move(reponse.body)](std::string& out) mutable {
                if (debut.empty()) return lecture->suivant(out);
                out += std::exchange(debut, {}); // its room goes with it: a slow client holds one piece
                return true;
            };
    } catch (const MagasinIndisponible& e) {
        base::log(base::Level::Error, "magasin.indisponible", {{"raison", e.what()}});
        return envoi::en_texte("Ce fichier est gardé, mais l’espace de stockage ne répond pas en ce moment. "
                               "Réessayez dans quelques minutes.\n",
                               503);
    }
    return reponse;
}

} // namespace piece
