// See entete.hpp. Every read is checked against the length: the bytes are a stranger's.
#include "piece/entete.hpp"

#include <cstddef>

namespace piece {
namespace entete {

std::optional<std::uint64_t> grand_boutien(std::string_view b, std::size_t p, std::size_t n)
{
    if (p > b.size() || b.size() - p < n) return std::nullopt;
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < n; ++i) v = v << 8 | static_cast<unsigned char>(b[p + i]);
    return v;
}

std::optional<std::uint64_t> petit_boutien(std::string_view b, std::size_t p, std::size_t n)
{
    if (p > b.size() || b.size() - p < n) return std::nullopt;
    std::uint64_t v = 0;
    for (std::size_t i = n; i-- > 0;) v = v << 8 | static_cast<unsigned char>(b[p + i]);
    return v;
}

/// Calls `segment(marker, position of its payload)` for each marker; stops when it says so. True when the end
/// of the picture was met.
template <class F> bool jpeg(std::string_view b, F&& segment)
{
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(b[i]); };
    std::size_t p = 2;
    while (p + 1 < b.size()) {
        if (octet(p) != 0xff) {
            // Coded points: the next marker is an FF that neither a zero nor a restart follows.
            p = b.find('\xff', p);
            if (p == std::string_view::npos) return false;
            continue;
        }
        const auto marque = octet(p + 1);
        if (marque == 0xd9) return true;
        if (marque == 0xff) {
            p += 1;
        } else if (marque == 0x00 || marque == 0x01 || (marque >= 0xd0 && marque <= 0xd8)) {
            p += 2;
        } else {
            if (p + 3 >= b.size() || !segment(marque, p + 4)) return false;
            p += 2 + (static_cast<std::size_t>(octet(p + 2)) << 8 | octet(p + 3));
        }
    }
    return false;
}

std::optional<Dimensions> jpeg_dimensions(std::string_view b)
{
    std::optional<Dimensions> d;
    jpeg(b, [&](unsigned marque, std::size_t p) {
        // SOF0 to SOF15, without DHT, JPG and DAC which share their range.
        const bool sof =
            marque >= 0xc0 && marque <= 0xcf && marque != 0xc4 && marque != 0xc8 && marque != 0xcc;
        if (!sof) return true;
        const auto h = grand_boutien(b, p + 1, 2), l = grand_boutien(b, p + 3, 2);
        if (h && l) d = Dimensions{*l, *h};
        return false;
    });
    return d;
}

/// True when the chunk IEND was met.
bool png_complet(std::string_view b)
{
    std::size_t p = 8;
    while (const auto taille = grand_boutien(b, p, 4)) {
        if (b.substr(p + 4, 4) == "IEND") return true;
        if (*taille > b.size()) return false;
        p += 12 + static_cast<std::size_t>(*taille);
        if (p > b.size()) return false;
    }
    return false;
}

std::optional<Dimensions> webp_dimensions(std::string_view b)
{
    const auto genre = b.substr(b.size() < 16 ? b.size() : 12, 4);
    if (genre == "VP8X") {
        const auto l = petit_boutien(b, 24, 3), h = petit_boutien(b, 27, 3);
        if (l && h) return Dimensions{*l + 1, *h + 1};
    } else if (genre == "VP8L") {
        if (const auto v = petit_boutien(b, 21, 4))
            return Dimensions{(*v & 0x3fff) + 1, (*v >> 14 & 0x3fff) + 1};
    } else if (genre == "VP8 ") {
        const auto l = petit_boutien(b, 26, 2), h = petit_boutien(b, 28, 2);
        if (l && h) return Dimensions{*l & 0x3fff, *h & 0x3fff};
    }
    return std::nullopt;
}

/// Boxes of ISO media, one level: calls `boite(type, payload)`. Gives the type of the one that is cut, if
/// any.
template <class F> std::string_view boites(std::string_view b, F&& boite)
{
    std::size_t p = 0;
    while (p < b.size()) {
        auto taille = grand_boutien(b, p, 4);
        std::size_t tete = 8;
        if (!taille || b.size() - p < 8) return {};
        if (*taille == 1) {
            taille = grand_boutien(b, p + 8, 8);
            tete = 16;
        } else if (*taille == 0) {
            taille = b.size() - p; // to the end of the file
        }
        const auto type = b.substr(p + 4, 4);
        if (!taille || *taille < tete || *taille > b.size() - p) return type;
        const auto longueur = static_cast<std::size_t>(*taille);
        boite(type, b.substr(p + tete, longueur - tete));
        p += longueur;
    }
    return {};
}

std::optional<Dimensions> heic_dimensions(std::string_view b)
{
    std::optional<Dimensions> d;
    const auto dans_ipco = [&](std::string_view type, std::string_view contenu) {
        if (type != "ispe") return;
        const auto l = grand_boutien(contenu, 4, 4), h = grand_boutien(contenu, 8, 4);
        if (l && h && (!d || *l * *h > d->largeur * d->hauteur)) d = Dimensions{*l, *h};
    };
    const auto dans_iprp = [&](std::string_view type, std::string_view contenu) {
        if (type == "ipco") boites(contenu, dans_ipco);
    };
    const auto dans_meta = [&](std::string_view type, std::string_view contenu) {
        if (type == "iprp") boites(contenu, dans_iprp);
    };
    boites(b, [&](std::string_view type, std::string_view contenu) {
        if (type == "meta" && contenu.size() >= 4) boites(contenu.substr(4), dans_meta);
    });
    return d;
}

} // namespace entete

bool est_complete(TypePiece type, std::string_view b)
{
    if (type == TypePiece::Jpeg) return entete::jpeg(b, [](unsigned, std::size_t) { return true; });
    if (type == TypePiece::Png) return entete::png_complet(b);
    if (type == TypePiece::Webp) {
        const auto taille = entete::petit_boutien(b, 4, 4);
        return taille && *taille + 8 <= b.size();
    }
    if (type == TypePiece::Heic) {
        // Some makers add bytes of theirs at the end, which are no boxes.
        const auto coupee = entete::boites(b, [](std::string_view, std::string_view) {});
        return coupee != "mdat" && coupee != "meta";
    }
    return true;
}

std::optional<Dimensions> dimensions(TypePiece type, std::string_view b)
{
    if (type == TypePiece::Jpeg) return entete::jpeg_dimensions(b);
    if (type == TypePiece::Png) {
        const auto l = entete::grand_boutien(b, 16, 4), h = entete::grand_boutien(b, 20, 4);
        if (l && h) return Dimensions{*l, *h};
    }
    if (type == TypePiece::Webp) return entete::webp_dimensions(b);
    if (type == TypePiece::Heic) return entete::heic_dimensions(b);
    return std::nullopt;
}

} // namespace piece
