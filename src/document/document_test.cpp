// What a printed document is, read back by poppler.
#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "document/document.hpp"

namespace {

namespace fs = std::filesystem;

document::Document une_lettre()
{
    return {.title = "Votre demande arrive à échéance",
            .sender = {"CCAS de Rouen", "2 place du Général-de-Gaulle", "76000 Rouen"},
            .address = {"Madame Maëlle Kerviel", "Chez Idriss Traoré", "Bâtiment B, escalier 3",
                        "3 rue des Tanneurs", "Résidence des Quais", "76000 ROUEN"},
            .place_and_date = "Le 22 novembre 2026",
            .blocks = {document::Callout{"Numéro unique", "076 1126 000017 76R01"},
                       document::Paragraph{"Il reste un mois\u00a0: l’année d’après, c’est œuvre finie."},
                       document::Heading{2, "À faire"}, document::List{{"Relire", "Signer"}},
                       document::Definitions{{{"Dépôt", "22 novembre 2026"}, {"Communes", "Rouen"}}}},
            .footer = "Demande de logement social"};
}

/// What a program of poppler says of a file; it reads `fichier` last.
std::string dire(const std::string& programme, const document::Pdf& pdf, const std::string& apres = "")
{
    const auto fichier =
        (fs::temp_directory_path() / ("logis-document-" + std::to_string(getpid()) + ".pdf")).string();
    std::ofstream{fichier, std::ios::binary} << pdf.bytes;
    const std::unique_ptr<FILE, int (*)(FILE*)> sortie{
        popen(("timeout 20 " + programme + " " + fichier + " " + apres).c_str(), "r"), pclose};
    REQUIRE(sortie);
    std::string texte;
    std::array<char, 4096> tampon{};
    while (const auto lus = fread(tampon.data(), 1, tampon.size(), sortie.get()))
        texte.append(tampon.data(), lus);
    fs::remove(fichier);
    return texte;
}

bool contient(const std::string& texte, std::string_view mot)
{
    return texte.find(mot) != std::string::npos;
}

} // namespace

TEST_CASE("un document imprimé est balisé, en français, titré, et ses propriétés ne nomment personne")
{
    const auto pdf = document::print(une_lettre(), {2026, 11, 22});
    const auto proprietes = dire("pdfinfo", pdf);
    for (const auto* mot : {"Tagged:          yes", "Title:           Votre demande arrive à échéance",
                            "Pages:           1", "(A4)", "Creator:         Logis"}) {
        INFO(mot, "\n", proprietes);
        CHECK(contient(proprietes, mot));
    }
    for (const auto* mot : {"Kerviel", "Author"}) CHECK_FALSE(contient(proprietes, mot));
    const auto metadonnees = dire("pdfinfo -meta", pdf);
    CHECK(contient(metadonnees, "<rdf:li>fr-FR</rdf:li>"));
    CHECK_FALSE(contient(metadonnees, "Kerviel"));
    const auto structure = dire("pdfinfo -struct", pdf);
    for (const auto* balise : {"Document", "Sect", "H1", "H2", "LBody", "Table", "TH"}) {
        INFO(balise);
        CHECK(contient(structure, balise));
    }
    const auto polices = dire("pdffonts", pdf);
    CHECK(contient(polices, "+Lato"));
    CHECK_FALSE(contient(polices, "DejaVu"));
}

TEST_CASE("le texte d’un document se relit, accents et ligatures compris")
{
    const auto texte = dire("pdftotext", document::print(une_lettre(), {2026, 11, 22}), "-");
    for (const auto* mot : {"Madame Maëlle Kerviel", "c’est œuvre finie", "076 1126 000017 76R01",
                            "Votre demande arrive à échéance", "76000 ROUEN"}) {
        INFO(mot, "\n", texte);
        CHECK(contient(texte, mot));
    }
}

TEST_CASE(
    "l’adresse reste derrière la fenêtre de l’enveloppe où que glisse la feuille, et rien d’autre n’y passe")
{
    const auto mots = dire("pdftotext -bbox", document::print(une_lettre(), {2026, 11, 22}), "-");
    constexpr double mm = 72 / 25.4;
    const std::regex mot{R"~(xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]*)<)~"};
    const std::string adresse =
        "Madame Maëlle Kerviel Chez Idriss Traoré Bâtiment B, escalier 3 3 rue des Tanneurs Résidence des "
        "Quais 76000 ROUEN";
    std::string derriere;
    for (std::sregex_iterator m{mots.begin(), mots.end(), mot}, fin; m != fin; ++m) {
        const double x1 = std::stod((*m)[1]) / mm, y1 = std::stod((*m)[2]) / mm;
        const double x2 = std::stod((*m)[3]) / mm, y2 = std::stod((*m)[4]) / mm;
        const bool montre = x2 > 90 && x1 < 200 && y2 > 44 && y1 < 90;
        if (!montre) continue;
        derriere += (derriere.empty() ? "" : " ") + (*m)[5].str();
        INFO((*m)[5].str(), " ", x1, " ", y1, " ", x2, " ", y2);
        CHECK(x1 >= 100);
        CHECK(x2 <= 190);
        CHECK(y1 >= 55);
        CHECK(y2 <= 79.5);
    }
    CHECK(derriere == adresse);
}

TEST_CASE("le même document du même jour donne les mêmes octets")
{
    const auto a = document::print(une_lettre(), {2026, 11, 22}),
               b = document::print(une_lettre(), {2026, 11, 22});
    CHECK(a.bytes == b.bytes);
    CHECK(a.bytes != document::print(une_lettre(), {2026, 11, 23}).bytes);
}

TEST_CASE("un lot compte les pages de chaque document, et un long document numérote les siennes")
{
    auto longue = une_lettre();
    for (int i = 0; i < 80; ++i) longue.blocks.push_back(document::Paragraph{"Une phrase, puis une autre."});
    const document::Document lot[] = {une_lettre(), longue, une_lettre()};
    const auto pdf = document::print(lot, {2026, 11, 22});
    REQUIRE(pdf.pages_of.size() == 3);
    CHECK(pdf.pages_of[0] == 1);
    CHECK(pdf.pages_of[1] > 1);
    CHECK(pdf.pages == pdf.pages_of[1] + 2);
    const auto texte = dire("pdftotext", pdf, "-");
    const std::regex deuxieme{"\\b2[^0-9]{0,6}/[^0-9]{0,6}" + std::to_string(pdf.pages_of[1])};
    CHECK(std::regex_search(texte, deuxieme));
}
