#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>

#include "piece/pages_tus.hpp"

namespace {
namespace porte_tus {

constexpr Instant midi{1'795'000'000'000};
const std::string corps = "application/offset+octet-stream";

/// A door to one draft, without a server: what it was given, and what it says of the next file.
struct Essai {
    Essai()
    {
        auto p = (std::filesystem::temp_directory_path() / "logis-porte-XXXXXX").string();
        REQUIRE(mkdtemp(p.data()) != nullptr);
        dossier = p;
    }
    ~Essai() { std::filesystem::remove_all(dossier); }

    std::filesystem::path dossier;
    std::vector<std::string> recus;
    FormErrors refus;
    bool panne = false;

    piece::tus::Porte porte()
    {
        return {.rattachement = "brouillon/1",
                .adresse = "a",
                .collection = "/envois",
                .attacher = [this](const http::UploadedFile& f, const http::Pairs&) {
                    if (panne) throw std::runtime_error{"the database is away"};
                    recus.push_back(f.client_name + ":" + std::string{f.data});
                    return refus;
                }};
    }

    /// One request as the transport makes it: the page first, then the body, then its end.
    http::Response demander(piece::Televersements& tous, http::Method methode, http::Pairs entetes,
                            std::string_view octets = {})
    {
        http::Request r;
        r.method = methode;
        r.headers = std::move(entetes);
        r.headers.emplace_back("tus-resumable", "1.0.0");
        if (!octets.empty()) r.headers.emplace_back("content-length", std::to_string(octets.size()));
        auto reponse = methode == http::Method::Post ? piece::tus::creer(tous, r, porte(), midi)
                                                     : piece::tus::poursuivre(tous, r, nom, porte(), midi);
        if (!reponse.intake) return reponse;
        CHECK(reponse.intake->take(octets) == http::Intake::Taken::Good);
        return reponse.intake->end();
    }

    std::string entete(const http::Response& r, std::string_view lequel)
    {
        for (const auto& [n, valeur] : r.headers)
            if (n == lequel) return valeur;
        return {};
    }

    void commencer(piece::Televersements& tous)
    {
        const auto r = demander(tous, http::Method::Post,
                                {{"upload-length", "10"}, {"upload-metadata", "filename YS50eHQ="}});
        REQUIRE(r.status == 201);
        const auto ou = entete(r, "Location");
        nom = ou.substr(8, 32);
        REQUIRE(ou == "/envois/" + nom + "/octets");
    }
    std::string nom;
};

TEST_CASE("une panne après le dernier octet ne perd rien : demander où l’on en est suffit à finir")
{
    Essai e;
    piece::Televersements tous{e.dossier, 1'000'000'000};
    e.commencer(tous);
    e.panne = true;
    const http::Pairs debut{{"content-type", corps}, {"upload-offset", "0"}};
    CHECK_THROWS(e.demander(tous, http::Method::Patch, debut, "0123456789"));
    CHECK_THROWS(e.demander(tous, http::Method::Head, {}));
    e.panne = false;
    const auto ou = e.demander(tous, http::Method::Head, {});
    CHECK(ou.status == 200);
    CHECK(e.entete(ou, "Upload-Offset") == "10");
    CHECK(e.entete(ou, "Upload-Length") == "10");
    CHECK(e.entete(ou, "Cache-Control") == "no-store");
    CHECK(e.recus == std::vector<std::string>{"a.txt:0123456789"});
    CHECK(e.demander(tous, http::Method::Head, {}).status == 200);
    CHECK(e.recus.size() == 1);
}

TEST_CASE("un fichier refusé dit pourquoi et n’occupe plus rien")
{
    Essai e;
    piece::Televersements tous{e.dossier, 1'000'000'000};
    e.commencer(tous);
    e.refus = {{"fichiers", "Ce format n’est pas accepté."}};
    const auto r = e.demander(tous, http::Method::Patch, {{"content-type", corps}, {"upload-offset", "0"}},
                              "0123456789");
    CHECK(r.status == 422);
    CHECK(r.body.find("Ce format") != std::string::npos);
    CHECK(e.demander(tous, http::Method::Head, {}).status == 404);
    CHECK(std::filesystem::is_empty(e.dossier));
}

TEST_CASE("deux processus qui écrivent le même envoi : le second attend")
{
    Essai e;
    piece::Televersements un{e.dossier, 1'000'000'000}, autre{e.dossier, 1'000'000'000};
    e.commencer(un);
    const auto tenu = un.prendre(e.nom, "brouillon/1", porte_tus::midi);
    CHECK(e.demander(autre, http::Method::Head, {}).status == 423);
    CHECK(e.demander(autre, http::Method::Patch, {{"content-type", corps}, {"upload-offset", "0"}}).status ==
          423);
    // A malformed request takes nothing from anybody.
    CHECK(e.demander(un, http::Method::Patch, {{"content-type", corps}}).status == 400);
    CHECK(tenu.ecriture->ajouter("01234") == http::Intake::Taken::Good);
}

TEST_CASE("un morceau qui n’a pas son empreinte est refusé, le suivant passe")
{
    Essai e;
    piece::Televersements tous{e.dossier, 1'000'000'000};
    e.commencer(tous);
    const http::Pairs morceau{{"content-type", corps},
                              {"upload-offset", "0"},
                              {"upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}};
    CHECK(e.demander(tous, http::Method::Patch, morceau, "faux").status == 460);
    const auto r =
        e.demander(tous, http::Method::Patch, {{"content-type", corps}, {"upload-offset", "0"}}, "vrai");
    CHECK(r.status == 204);
    CHECK(e.entete(r, "Upload-Offset") == "4");
}

} // namespace porte_tus
} // namespace
