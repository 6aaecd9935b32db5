// Which files are taken and what becomes of them, with real files and the real picture process.
#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include "base/text.hpp"
#include "piece/nature.hpp"
#include "piece/reception.hpp"
#include "support/fixtures.hpp"

namespace reception_test {
namespace {

http::UploadedFile envoi(std::string nom, std::string_view octets, std::string type = "image/jpeg")
{
    return {"fichiers", std::move(nom), std::move(type), octets};
}

bool contient(std::string_view s, std::string_view morceau)
{
    return s.find(morceau) != std::string_view::npos;
}

// Colour of one point of a picture, by the vips command.
std::array<int, 3> point(const std::string& jpeg, int x, int y)
{
    const auto nom = test::scratch_directory() + "/image.jpg";
    std::ofstream{nom, std::ios::binary} << jpeg;
    const auto commande = "vips getpoint " + nom + ' ' + std::to_string(x) + ' ' + std::to_string(y);
    std::array<int, 3> rvb{};
    if (auto* sortie = popen(commande.c_str(), "r")) {
        if (std::fscanf(sortie, "%d %d %d", &rvb[0], &rvb[1], &rvb[2]) != 3) rvb = {};
        pclose(sortie);
    }
    return rvb;
}

std::string refus(const std::string& fixture, const std::string& nom)
{
    const auto octets = test::fixture(fixture);
    if (!octets) return "(absent)";
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto r = piece::recevoir(magasin, envoi(nom, *octets));
    if (r) return "accepté";
    CHECK(r.error().kind == Problem::Kind::Invalid);
    CHECK(r.error().field == "fichiers");
    CHECK(contient(r.error().message, nom.substr(0, 4)));
    return r.error().message;
}

} // namespace

TEST_CASE("une photo perd ses coordonnées GPS et se redresse")
{
    const auto octets = test::fixture("photo-12mp.jpg");
    if (!octets) return;
    REQUIRE(contient(*octets, "Exif"));
    REQUIRE(contient(*octets, "Telephone 9"));
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto r = piece::recevoir(magasin, envoi("IMG_2041.JPG", *octets));
    REQUIRE(r);
    CHECK(r->type == piece::TypePiece::Jpeg);
    CHECK(r->nom == "IMG_2041.jpg");
    // Stored lying down (3024 × 4032) with « turn me »: given back upright.
    CHECK(r->largeur == 2560);
    CHECK(r->hauteur == 1920);
    const auto image = magasin.lire(r->sha256);
    const auto miniature = magasin.lire(*r->miniature);
    CHECK(r->taille == image.size());
    for (const auto& sortie : {image, miniature})
        for (const auto* trace :
             {"Exif", "GPS", "Telephone 9", "Fabrica", "2026:11", "http://ns.adobe.com", "ICC_PROFILE"})
            CHECK_FALSE(contient(sortie, trace));
    CHECK(miniature.size() < 40'000);
    // The blue curtain of the picture is on the right, the floor below: it was turned the right way.
    const auto rideau = point(image, 2450, 900), mur = point(image, 300, 1100),
               sol = point(image, 1300, 1860);
    CHECK(rideau[2] > rideau[0] + 10);
    CHECK(mur[0] > mur[2]);
    CHECK(sol[0] > sol[2] + 40);
}

TEST_CASE("un HEIC devient un JPEG")
{
    const auto octets = test::fixture("facade.heic");
    if (!octets) return;
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto r = piece::recevoir(magasin, envoi("IMG_0007.HEIC", *octets, "application/octet-stream"));
    REQUIRE(r);
    CHECK(r->type == piece::TypePiece::Jpeg);
    CHECK(r->nom == "IMG_0007.jpg");
    CHECK(r->largeur == 1200);
    CHECK(r->hauteur == 900);
    CHECK(magasin.lire(r->sha256).substr(0, 3) == "\xff\xd8\xff");
}

TEST_CASE("PNG et WebP deviennent des JPEG")
{
    for (const auto* nom : {"capture.png", "fenetre.webp"}) {
        const auto octets = test::fixture(nom);
        if (!octets) continue;
        piece::MagasinLocal magasin{test::scratch_directory()};
        const auto r = piece::recevoir(magasin, envoi(nom, *octets));
        REQUIRE(r);
        CHECK(r->type == piece::TypePiece::Jpeg);
        CHECK(r->nom.substr(r->nom.size() - 4) == ".jpg");
    }
}

TEST_CASE("un fichier est ce que son contenu dit, quels que soient son nom et le type annoncé")
{
    const std::pair<const char*, piece::TypePiece> attendus[] = {
        {"courrier.pdf", piece::TypePiece::Pdf},      {"lettre.docx", piece::TypePiece::Docx},
        {"loyers.xlsx", piece::TypePiece::Xlsx},      {"etat-des-lieux.odt", piece::TypePiece::Odt},
        {"charges.ods", piece::TypePiece::Ods},       {"notes.txt", piece::TypePiece::Txt},
        {"notes-windows.txt", piece::TypePiece::Txt},
    };
    for (const auto& [nom, type] : attendus) {
        const auto octets = test::fixture(nom);
        if (!octets) continue;
        INFO(std::string{nom});
        piece::MagasinLocal magasin{test::scratch_directory()};
        const auto r = piece::recevoir(magasin, envoi("photo.jpg", *octets, "image/jpeg"));
        REQUIRE(r);
        CHECK(r->type == type);
        CHECK(r->nom == "photo" + std::string{piece::extension(type)});
        CHECK_FALSE(r->miniature);
    }
}

TEST_CASE("un texte de Windows est gardé en UTF-8")
{
    const auto octets = test::fixture("notes-windows.txt");
    if (!octets) return;
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto r = piece::recevoir(magasin, envoi("notes.txt", *octets));
    REQUIRE(r);
    CHECK(magasin.lire(r->sha256) == "Appel du 4 novembre : l’été prochain, 50 € de plus.\r\n");
}

TEST_CASE("une page HTML nommée photo.jpg est refusée")
{
    CHECK(contient(refus("page.jpg", "photo.jpg"), "du web"));
}

TEST_CASE("dessins actifs, archives, programmes et formats inconnus sont refusés avec le remède")
{
    const std::array<const char*, 3> cas[] = {
        {"dessin.svg", "plan.svg", "PDF"},
        {"photos.zip", "photos.zip", "un par un"},
        {"facture.pdf.exe", "facture.pdf", "programme"},
        {"script.txt", "notes.txt", "programme"},
        {"plafond.gif", "plafond.gif", "JPEG ou en PNG"},
        {"vide.jpg", "photo.jpg", "vide"},
        {"tronquee.jpg", "photo.jpg", "incomplète"},
        {"macros.docx", "lettre.docx", "macros"},
    };
    for (const auto& [fixture, nom, mot] : cas) {
        const auto message = refus(fixture, nom);
        if (message == "(absent)") continue;
        INFO(std::string{fixture}, " : ", message);
        CHECK(contient(message, mot));
    }
}

TEST_CASE("une bombe de pixels est refusée sans être décodée")
{
    const auto debut = std::chrono::steady_clock::now();
    const auto message = refus("bombe.png", "plan.png");
    if (message == "(absent)") return;
    CHECK(contient(message, "trop de points"));
    CHECK(contient(message, "100 millions"));
    CHECK(std::chrono::steady_clock::now() - debut < std::chrono::seconds{5});
}

TEST_CASE("un document tronqué ou qui n’est pas ce qu’il prétend est refusé")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto message = [&](std::string_view octets) {
        const auto r = piece::recevoir(magasin, envoi("document.pdf", octets));
        return r ? std::string{"accepté"} : r.error().message;
    };
    CHECK(contient(message("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"), "incomplet"));
    if (const auto docx = test::fixture("lettre.docx"))
        CHECK(contient(message(std::string_view{*docx}.substr(0, docx->size() / 2)), "abîmé"));
    std::string ole(2048, '\0');
    ole.replace(0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    CHECK(contient(message(ole), "pas accepté"));
    const auto nommer = [&](std::string_view entree) {
        auto copie = ole;
        for (std::size_t i = 0; i < entree.size(); ++i) copie[1024 + 2 * i] = entree[i];
        return copie;
    };
    CHECK(message(nommer("WordDocument")) == "accepté");
    CHECK(message(nommer("Workbook")) == "accepté");
    CHECK(contient(message(nommer("EncryptedPackage")), "mot de passe"));
    CHECK(contient(message(nommer("Macros")), "macros"));
    CHECK(contient(message("bon\0jour"), ""));
}

TEST_CASE("un fichier trop lourd est refusé avec sa taille et la limite")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    const std::string lourd(piece::taille_max + 1, 'a');
    const auto r = piece::recevoir(magasin, envoi("roman.txt", lourd));
    REQUIRE_FALSE(r);
    CHECK(contient(r.error().message, base::format_bytes(piece::taille_max)));
}

TEST_CASE("la même photo déposée deux fois n’est stockée qu’une fois")
{
    const auto octets = test::fixture("fenetre.webp");
    if (!octets) return;
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto un = piece::recevoir(magasin, envoi("a.webp", *octets));
    const auto deux = piece::recevoir(magasin, envoi("b.webp", *octets));
    REQUIRE(un);
    REQUIRE(deux);
    CHECK(un->sha256 == deux->sha256);
    CHECK(un->miniature == deux->miniature);
    std::size_t contenus = 0;
    magasin.parcourir(std::chrono::seconds{0}, [&](const std::string&) { ++contenus; });
    CHECK(contenus == 2);
}

TEST_CASE("une image trop longue à traiter est refusée, les autres fichiers sont gardés")
{
    const auto photo = test::fixture("photo-12mp.jpg");
    const auto pdf = test::fixture("courrier.pdf");
    if (!photo || !pdf) return;
    piece::MagasinLocal magasin{test::scratch_directory()};
    piece::Reglages presses;
    presses.duree_max = std::chrono::milliseconds{1};
    const std::vector<http::UploadedFile> fichiers{
        envoi("chambre.jpg", *photo), envoi("courrier.pdf", *pdf), {"autre", "x.pdf", "", *pdf}};
    const auto r = piece::recevoir_tout(magasin, fichiers, "fichiers", 0, presses);
    REQUIRE(r.recues.size() == 1);
    CHECK(r.recues[0].nom == "courrier.pdf");
    REQUIRE(r.refus.size() == 1);
    CHECK(r.refus[0].field == "fichiers");
    CHECK(contient(r.refus[0].message, "« chambre.jpg »"));
    CHECK(contient(r.refus[0].message, "trop lourde à traiter"));
}

TEST_CASE("une image qui demande trop de mémoire est refusée, pas le service")
{
#if !defined(__SANITIZE_ADDRESS__)
    const auto photo = test::fixture("photo-12mp.jpg");
    if (!photo) return;
    piece::MagasinLocal magasin{test::scratch_directory()};
    piece::Reglages serres;
    serres.memoire_max = 60'000'000;
    const auto r = piece::recevoir(magasin, envoi("chambre.jpg", *photo), serres);
    CHECK_FALSE(r);
#endif
}

TEST_CASE("quand les deux places sont prises, l’attente est bornée et dite")
{
    const auto photo = test::fixture("photo-12mp.jpg");
    if (!photo) return;
    piece::MagasinLocal magasin{test::scratch_directory()};
    std::vector<std::string> refus(6);
    {
        std::vector<std::jthread> ouvriers;
        for (auto& message : refus)
            ouvriers.emplace_back([&] {
                piece::Reglages presses;
                presses.attente_max = std::chrono::milliseconds{0};
                const auto r = piece::recevoir(magasin, envoi("chambre.jpg", *photo), presses);
                if (!r) message = r.error().message;
            });
    }
    std::size_t occupes = 0, recus = 0;
    for (const auto& message : refus) {
        if (message.empty()) ++recus;
        if (contient(message, "dans une minute")) ++occupes;
    }
    CHECK(recus >= 2);
    CHECK(occupes + recus == refus.size());
}

TEST_CASE("au-delà de soixante fichiers, les suivants sont refusés")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    const std::vector<http::UploadedFile> fichiers{envoi("un.txt", "un"), envoi("deux.txt", "deux")};
    const auto r = piece::recevoir_tout(magasin, fichiers, "", piece::nombre_max - 1);
    CHECK(r.recues.size() == 1);
    REQUIRE(r.refus.size() == 1);
    CHECK(contient(r.refus[0].message, "« deux.txt »"));
    CHECK(contient(r.refus[0].message, "60"));
}

TEST_CASE("les noms de fichiers perdent leurs pièges et gardent leurs accents")
{
    using piece::nettoyer_nom;
    using piece::TypePiece;
    CHECK(nettoyer_nom("Façade côté rue.JPEG", TypePiece::Jpeg) == "Façade côté rue.jpg");
    CHECK(nettoyer_nom("Fac\xcc\xa7"
                       "ade.png",
                       TypePiece::Jpeg) == "Façade.jpg");
    CHECK(nettoyer_nom("C:\\Users\\lea\\photo.png", TypePiece::Jpeg) == "photo.jpg");
    CHECK(nettoyer_nom("../../etc/passwd", TypePiece::Txt) == "passwd.txt");
    CHECK(nettoyer_nom("photo.jpg.html", TypePiece::Jpeg) == "photo.jpg");
    CHECK(nettoyer_nom("cou\u202efdp.exe", TypePiece::Pdf) == "coufdp.pdf");
    CHECK(nettoyer_nom("a\r\nSet-Cookie: x=1.pdf", TypePiece::Pdf) == "aSet-Cookie- x=1.pdf");
    CHECK(nettoyer_nom("Courrier du 12.03.2026", TypePiece::Pdf) == "Courrier du 12.03.2026.pdf");
    CHECK(nettoyer_nom("", TypePiece::Pdf) == "fichier.pdf");
    CHECK(nettoyer_nom(".htaccess", TypePiece::Txt) == "htaccess.txt");
    CHECK(nettoyer_nom("\xff\xfe.jpg", TypePiece::Jpeg) == "jpg.jpg");
    CHECK(base::length(nettoyer_nom(std::string(400, 'a') + "é.pdf", TypePiece::Pdf)) == 120);
}

} // namespace reception_test
