// The answer that carries a file, and what is said of one that cannot be had.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "piece/envoi.hpp"
#include "piece/views.hpp"
#include "support/fixtures.hpp"

namespace envoi_test {
namespace {

std::string entete(const http::Response& r, std::string_view nom)
{
    for (const auto& [n, v] : r.headers)
        if (n == nom) return v;
    return {};
}

piece::Piece photo(piece::Magasin& m)
{
    piece::Piece p;
    p.id = Id<piece::Piece>{"p1"};
    p.sha256 = m.mettre("la photo");
    p.miniature = m.mettre("la miniature");
    p.nom = "Mur côté rue.jpg";
    p.type = piece::TypePiece::Jpeg;
    p.taille = 1'234'567;
    p.largeur = 2560;
    p.hauteur = 1920;
    return p;
}

piece::Piece document(piece::Magasin& m)
{
    piece::Piece p;
    p.id = Id<piece::Piece>{"p2"};
    p.sha256 = m.mettre("%PDF");
    p.nom = "courrier \"d’été\".pdf";
    p.type = piece::TypePiece::Pdf;
    p.taille = 4;
    return p;
}

} // namespace

TEST_CASE("nos images s’affichent, tout autre fichier s’enregistre")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto image = piece::servir(magasin, photo(magasin), piece::Variante::Fichier, {});
    CHECK(image.status == 200);
    CHECK(image.body == "la photo");
    CHECK(entete(image, "Content-Type") == "image/jpeg");
    CHECK(entete(image, "Content-Disposition") ==
          "inline; filename=\"mur-cote-rue.jpg\"; filename*=UTF-8''Mur%20c%C3%B4t%C3%A9%20rue.jpg");
    CHECK(entete(image, "X-Content-Type-Options") == "nosniff");
    CHECK(entete(image, "Content-Security-Policy") == "default-src 'none'; sandbox");
    CHECK(entete(image, "Cache-Control") == "private, no-cache");

    const auto vignette = piece::servir(magasin, photo(magasin), piece::Variante::Miniature, {});
    CHECK(vignette.body == "la miniature");

    const auto pdf = piece::servir(magasin, document(magasin), piece::Variante::Miniature, {});
    CHECK(pdf.body == "%PDF");
    CHECK(entete(pdf, "Content-Type") == "application/pdf");
    CHECK(entete(pdf, "Content-Disposition") ==
          "attachment; filename=\"courrier-d-ete.pdf\"; "
          "filename*=UTF-8''courrier%20%22d%E2%80%99%C3%A9t%C3%A9%22.pdf");
}

TEST_CASE("un fichier que le navigateur possède déjà n’est pas renvoyé")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto p = photo(magasin);
    const auto etag = entete(piece::servir(magasin, p, piece::Variante::Fichier, {}), "ETag");
    CHECK(etag == '"' + p.sha256 + '"');
    http::Request requete;
    requete.headers = {{"if-none-match", "\"autre\", W/" + etag}};
    const auto r = piece::servir(magasin, p, piece::Variante::Fichier, requete);
    CHECK(r.status == 304);
    CHECK(r.body.empty());
}

TEST_CASE("un fichier altéré sur le disque n’est pas servi")
{
    const auto racine = test::scratch_directory();
    piece::MagasinLocal magasin{racine};
    const auto p = photo(magasin);
    std::ofstream{racine + '/' + p.sha256.substr(0, 2) + '/' + p.sha256.substr(2)} << "la ph0to";
    CHECK_THROWS_AS(piece::servir(magasin, p, piece::Variante::Fichier, {}), piece::ContenuPerdu);
}

TEST_CASE("un fichier en quarantaine n’est pas communiqué")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    auto p = photo(magasin);
    p.etat = piece::Etat::Quarantaine;
    const auto r = piece::servir(magasin, p, piece::Variante::Fichier, {});
    CHECK(r.status == 403);
    CHECK(r.body.find("la photo") == std::string::npos);
}

TEST_CASE("un fichier qui attend n’est pas communiqué, et chacun sait pourquoi")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    for (const auto etat : {piece::Etat::EnVerification, piece::Etat::Recue, piece::Etat::ARanger}) {
        auto p = photo(magasin);
        p.etat = etat;
        const auto r = piece::servir(magasin, p, piece::Variante::Fichier, {});
        CHECK(r.status == 409);
        CHECK(r.body.find("la photo") == std::string::npos);
        CHECK(piece::dire_etat(p).starts_with("Bien reçu"));
    }
    auto p = photo(magasin);
    CHECK(piece::dire_etat(p).empty());
    p.etat = piece::Etat::Quarantaine;
    CHECK(piece::dire_etat(p).find("antivirus") != std::string::npos);
    p.etat = piece::Etat::Illisible;
    CHECK(piece::servir(magasin, p, piece::Variante::Fichier, {}).status == 410);
    for (const auto* motif : {"illisible", "trop_de_points", "trop_lourde", "perdue"}) {
        p.motif = motif;
        CHECK(piece::dire_etat(p).find("nvoyez") != std::string::npos);
    }
}

TEST_CASE("un gros fichier est envoyé par morceaux, et coupé avant la fin s’il est altéré")
{
    const auto racine = test::scratch_directory();
    piece::MagasinLocal magasin{racine};
    std::string gros(1'000'000, 'x');
    gros[999'999] = 'y';
    auto p = document(magasin);
    p.sha256 = magasin.mettre(gros);
    const auto lire = [&] {
        auto r = piece::servir(magasin, p, piece::Variante::Fichier, {});
        REQUIRE(r.stream);
        std::string tout;
        std::size_t le_plus = 0;
        for (bool suite = true; suite;) {
            std::string morceau;
            suite = r.stream(morceau);
            le_plus = std::max(le_plus, morceau.size());
            tout += morceau;
        }
        CHECK(le_plus <= 600'000);
        return tout;
    };
    CHECK(lire() == gros);
    std::fstream{racine + '/' + p.sha256.substr(0, 2) + '/' + p.sha256.substr(2),
                 std::ios::in | std::ios::out | std::ios::binary}
        << "X";
    CHECK_THROWS_AS(lire(), piece::ContenuPerdu);
}

} // namespace envoi_test
