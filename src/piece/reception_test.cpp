// Which files are taken, under which name, and what is said of the others, with real files.
#include <doctest/doctest.h>

#include <array>
#include <chrono>

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

struct Dossier {
    Config config = test::scratch_config();
    piece::Fichiers fichiers{config};
};

std::string refus(const std::string& fixture, const std::string& nom)
{
    const auto octets = test::fixture(fixture);
    if (!octets) return "(absent)";
    Dossier d;
    const auto r = piece::recevoir(d.fichiers, envoi(nom, *octets));
    if (r) return "accepté";
    CHECK(r.error().kind == Problem::Kind::Invalid);
    CHECK(r.error().field == "fichiers");
    CHECK(contient(r.error().message, nom.substr(0, 4)));
    return r.error().message;
}

} // namespace

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
        const std::string dit = nom;
        INFO(dit);
        Dossier d;
        const auto r = piece::recevoir(d.fichiers, envoi("photo.jpg", *octets, "image/jpeg"));
        REQUIRE(r);
        CHECK(r->type == type);
        CHECK(r->nom == "photo" + std::string{piece::extension(type)});
    }
}

TEST_CASE("un texte de Windows est gardé en UTF-8")
{
    const auto octets = test::fixture("notes-windows.txt");
    if (!octets) return;
    Dossier d;
    const auto r = piece::recevoir(d.fichiers, envoi("notes.txt", *octets));
    REQUIRE(r);
    CHECK(d.fichiers.sas.lire(r->cle, piece::Part::Recu) ==
          "Appel du 4 novembre : l’été prochain, 50 € de plus.\r\n");
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
        const std::string dit = fixture;
        INFO(dit, " : ", message);
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
    Dossier d;
    const auto message = [&](std::string_view octets) {
        const auto r = piece::recevoir(d.fichiers, envoi("document.pdf", octets));
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
    Dossier d;
    const std::string lourd(piece::taille_max + 1, 'a');
    const auto r = piece::recevoir(d.fichiers, envoi("roman.txt", lourd));
    REQUIRE_FALSE(r);
    CHECK(contient(r.error().message, base::format_bytes(piece::taille_max)));
}

TEST_CASE("au-delà de soixante fichiers, les suivants sont refusés")
{
    Dossier d;
    const std::vector<http::UploadedFile> fichiers{envoi("un.txt", "un"), envoi("deux.txt", "deux")};
    const auto r = piece::recevoir_tout(d.fichiers, fichiers, "", piece::nombre_max - 1);
    CHECK(r.recues.size() == 1);
    REQUIRE(r.refus.size() == 1);
    CHECK(contient(r.refus[0].message, "«\u00a0deux.txt\u00a0»"));
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
