#include <doctest/doctest.h>

#include "piece/televersements.hpp"
#include "piece/tus.hpp"

namespace {
namespace tus_lu {

http::Request demande(http::Pairs entetes, http::Method methode = http::Method::Post)
{
    http::Request r;
    r.method = methode;
    r.headers = std::move(entetes);
    return r;
}

int refus_de(http::Pairs entetes)
{
    const auto lue = piece::tus::lire_creation(demande(std::move(entetes)), 1000);
    return lue ? 0 : lue.error().status;
}

int refus_d_ajout(http::Pairs entetes)
{
    const auto lu = piece::tus::lire_ajout(demande(std::move(entetes)));
    return lu ? 0 : lu.error().status;
}

} // namespace tus_lu
} // namespace

TEST_CASE("un envoi repris commence par dire sa longueur, une fois, et pas trop")
{
    using tus_lu::refus_de;
    CHECK(refus_de({{"upload-length", "1000"}}) == 0);
    CHECK(refus_de({{"upload-length", "0"}}) == 0);
    CHECK(refus_de({}) == 400);
    CHECK(refus_de({{"upload-length", ""}}) == 400);
    CHECK(refus_de({{"upload-length", "-1"}}) == 400);
    CHECK(refus_de({{"upload-length", "+1"}}) == 400);
    CHECK(refus_de({{"upload-length", "1e3"}}) == 400);
    CHECK(refus_de({{"upload-length", "18446744073709551617"}}) == 400);
    CHECK(refus_de({{"upload-length", "10"}, {"upload-length", "10"}}) == 400);
    CHECK(refus_de({{"upload-defer-length", "1"}}) == 400);
    CHECK(refus_de({{"upload-length", "1001"}}) == 413);
    CHECK(refus_de({{"upload-length", "10"}, {"content-length", "3"}}) == 415);
    CHECK(refus_de({{"upload-length", "10"},
                    {"content-length", "3"},
                    {"content-type", "application/offset+octet-stream"}}) == 0);
    CHECK(refus_de({{"upload-length", "2"},
                    {"content-length", "3"},
                    {"content-type", "application/offset+octet-stream"}}) == 413);
}

TEST_CASE("seule la version 1.0.0 du protocole est parlée")
{
    using tus_lu::demande;
    CHECK_FALSE(piece::tus::refuser_version(demande({{"tus-resumable", "1.0.0"}})));
    for (const auto& entetes : {http::Pairs{}, http::Pairs{{"tus-resumable", "0.2.2"}},
                                http::Pairs{{"tus-resumable", "1.0.0"}, {"tus-resumable", "1.0.0"}}}) {
        const auto refus = piece::tus::refuser_version(demande(entetes));
        REQUIRE(refus);
        CHECK(refus->status == 412);
    }
}

TEST_CASE("des octets de plus ont le bon type et disent où ils commencent")
{
    using tus_lu::refus_d_ajout;
    const std::pair<std::string, std::string> type{"content-type", "application/offset+octet-stream"};
    CHECK(refus_d_ajout({type, {"upload-offset", "0"}}) == 0);
    CHECK(refus_d_ajout({type}) == 400);
    CHECK(refus_d_ajout({type, {"upload-offset", "0"}, {"upload-offset", "5"}}) == 400);
    CHECK(refus_d_ajout({{"upload-offset", "0"}}) == 415);
    CHECK(refus_d_ajout({{"content-type", "application/octet-stream"}, {"upload-offset", "0"}}) == 415);
    CHECK(refus_d_ajout(
              {type, {"upload-offset", "0"}, {"upload-checksum", "md5 1B2M2Y8AsgTpgAmY7PhCfg=="}}) == 400);
    CHECK(refus_d_ajout(
              {type, {"upload-offset", "0"}, {"upload-checksum", "sha1 1B2M2Y8AsgTpgAmY7PhCfg=="}}) == 400);
    CHECK(refus_d_ajout({type, {"upload-offset", "0"}, {"upload-checksum", "sha1"}}) == 400);
}

TEST_CASE("on ne reprend qu’où l’on en est, et jamais au-delà de la longueur dite")
{
    const auto refus = [](std::uint64_t position, std::uint64_t annonces) {
        const auto r = piece::tus::refuser_ajout({.position = position, .empreinte = {}}, annonces, 40, 100);
        return r ? r->status : 0;
    };
    CHECK(refus(40, 60) == 0);
    CHECK(refus(40, 0) == 0);
    CHECK(refus(39, 1) == 409);
    CHECK(refus(41, 1) == 409);
    CHECK(refus(40, 61) == 413);
}

TEST_CASE("ce que le navigateur dit du fichier se lit ou se refuse, sans deviner")
{
    const auto lues = piece::tus::lire_metadonnees("filename cGhvdG8uanBn,desordre bXVy , vide,aussi ");
    REQUIRE(lues);
    CHECK(*lues == http::Pairs{{"filename", "photo.jpg"}, {"desordre", "mur"}, {"vide", ""}, {"aussi", ""}});
    CHECK(piece::tus::lire_metadonnees("")->empty());
    for (const std::string_view faux : {"filename cGhv dG8=", "filename ###", "filename cGhvdG8", ",",
                                        "a ,a ", "é cGhvdG8=", " cGhvdG8="}) {
        INFO(faux);
        CHECK_FALSE(piece::tus::lire_metadonnees(faux).has_value());
    }
    std::string trop;
    for (int i = 0; i < 21; ++i) trop += (i ? ",k" : "k") + std::to_string(i);
    CHECK_FALSE(piece::tus::lire_metadonnees(trop).has_value());
}

TEST_CASE("l’empreinte annoncée, SHA-1 ou SHA-256, est celle des octets reçus en plusieurs fois")
{
    // Those of "hello world".
    for (const std::string_view entete :
         {"sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="}) {
        INFO(entete);
        const auto empreinte = piece::tus::lire_empreinte(entete);
        REQUIRE(empreinte);
        piece::tus::Controle juste{*empreinte}, faux{*empreinte};
        juste.ajouter("hello ");
        juste.ajouter("world");
        faux.ajouter("hello worle");
        CHECK(juste.juste());
        CHECK_FALSE(faux.juste());
    }
}

TEST_CASE("un mandataire qui ne laisse passer que POST n’empêche pas de reprendre")
{
    using tus_lu::demande;
    CHECK(piece::tus::methode(demande({{"x-http-method-override", "PATCH"}})) == http::Method::Patch);
    CHECK(piece::tus::methode(demande({{"x-http-method-override", "PATCH"}}, http::Method::Head)) ==
          http::Method::Head);
    CHECK(piece::tus::methode(demande({{"x-http-method-override", "patch it"}})) == http::Method::Post);
    CHECK(piece::tus::methode(demande({})) == http::Method::Post);
}

TEST_CASE("un brouillon, une adresse et la machine ont chacun leur part d’envois inachevés")
{
    constexpr std::uint64_t disque = 4'000'000'000;
    const auto place = [](piece::Encours rattachement, piece::Encours adresse, piece::Encours tous) {
        return piece::place_pour(20'000'000, rattachement, adresse, tous, disque);
    };
    CHECK(place({}, {}, {}));
    CHECK(place({19, 0}, {}, {}));
    CHECK_FALSE(place({20, 0}, {}, {}));
    CHECK_FALSE(place({2, 240'000'000}, {}, {}));
    CHECK(place({}, {10, 480'000'000}, {}));
    CHECK_FALSE(place({}, {10, 480'000'001}, {}));
    CHECK_FALSE(place({}, {1250, 0}, {}));
    CHECK_FALSE(place({}, {}, {100, disque - 19'999'999}));
    CHECK_FALSE(place({}, {}, {10'000, 0}));
}
