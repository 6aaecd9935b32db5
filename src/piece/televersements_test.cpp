#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/crypto.hpp"
#include "piece/televersements.hpp"

namespace {
namespace inacheves {

using Etat = piece::Televersements::Etat;
using Fin = piece::Ecriture::Fin;
using Taken = http::Intake::Taken;
constexpr Instant midi{1'795'000'000'000};

struct Dossier {
    std::filesystem::path chemin;
    Dossier()
    {
        auto p = (std::filesystem::temp_directory_path() / "logis-televersements-XXXXXX").string();
        REQUIRE(mkdtemp(p.data()) != nullptr);
        chemin = p;
    }
    ~Dossier() { std::filesystem::remove_all(chemin); }
    [[nodiscard]] std::size_t fichiers() const
    {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{chemin}, {}));
    }
};

piece::Televersement un(std::uint64_t longueur, std::string rattachement = "brouillon/1")
{
    return {.rattachement = std::move(rattachement),
            .adresse = "a",
            .longueur = longueur,
            .expire_le = midi.plus_seconds(piece::televersement_secondes),
            .precisions = {{"filename", "été \"1\".jpg"}}};
}

struct Essai {
    Dossier dossier;
    piece::Televersements tous{dossier.chemin, 1'000'000'000};
    std::string nom = tous.commencer(un(10), midi).value();

    auto prendre(std::string_view rattachement = "brouillon/1", Instant quand = midi)
    {
        return tous.prendre(nom, rattachement, quand);
    }
};

TEST_CASE("ce qui est arrivé avant une coupure est gardé, et un autre processus reprend là")
{
    Essai e;
    CHECK(e.prendre().ecriture->ajouter("abcd") == Taken::Good); // and nothing more: the client is cut
    piece::Televersements autre{e.dossier.chemin, 1'000'000'000};
    const auto repris = autre.prendre(e.nom, "brouillon/1", midi);
    REQUIRE(repris.etat == Etat::Pris);
    CHECK(repris.ecriture->position() == 4);
    CHECK(repris.ecriture->objet().precisions == http::Pairs{{"filename", "été \"1\".jpg"}});
    CHECK(repris.ecriture->ajouter("efghij") == Taken::Good);
    CHECK(repris.ecriture->conclure() == Fin::Durable);
    CHECK(repris.ecriture->complet());
    CHECK(repris.ecriture->lire().vue == "abcdefghij");
}

TEST_CASE("rien ne dépasse la longueur dite au début")
{
    Essai e;
    const auto pris = e.prendre();
    CHECK(pris.ecriture->ajouter("abcdefghijk") == Taken::TooLarge);
    CHECK(pris.ecriture->position() == 0);
}

TEST_CASE("un client revenu prend la place de sa première connexion ; deux processus ne s’y mêlent pas")
{
    Essai e;
    const auto premier = e.prendre();
    CHECK(premier.ecriture->ajouter("abc") == Taken::Good);
    piece::Televersements autre{e.dossier.chemin, 1'000'000'000};
    CHECK(autre.prendre(e.nom, "brouillon/1", midi).etat == Etat::Tenu);

    auto second = e.prendre();
    REQUIRE(second.etat == Etat::Pris);
    CHECK(second.ecriture->position() == 3);
    CHECK(premier.ecriture->ajouter("XYZ") == Taken::Ended);
    CHECK(premier.ecriture->conclure() == Fin::Cedee);
    CHECK(second.ecriture->ajouter("defghij") == Taken::Good);
    CHECK(second.ecriture->conclure() == Fin::Durable);
    CHECK(e.prendre().etat == Etat::Tenu); // being made a file: nobody takes it over
    e.tous.finir(e.nom);
    second = {};
    const auto fini = e.prendre();
    CHECK(fini.etat == Etat::Fini);
    CHECK(fini.longueur == 10);
    CHECK(e.dossier.fichiers() == 1);
}

TEST_CASE(
    "des octets qui n’ont pas l’empreinte annoncée, ou coupés avant qu’on la vérifie, ne sont pas gardés")
{
    Essai e;
    const auto empreinte = piece::tus::lire_empreinte("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="); // "hello world"
    {
        const auto pris = e.prendre();
        pris.ecriture->exiger(*empreinte);
        CHECK(pris.ecriture->ajouter("hello") == Taken::Good);
    }
    {
        const auto pris = e.prendre();
        CHECK(pris.ecriture->position() == 0);
        pris.ecriture->exiger(*empreinte);
        CHECK(pris.ecriture->ajouter("hello woRL") == Taken::Good);
        CHECK(pris.ecriture->conclure() == Fin::Fausse);
    }
    CHECK(e.prendre().ecriture->position() == 0);

    e.nom = e.tous.commencer(inacheves::un(13), midi).value();
    {
        const auto pris = e.prendre();
        CHECK(pris.ecriture->ajouter("> ") == Taken::Good);
        CHECK(pris.ecriture->conclure() == Fin::Durable);
    }
    const auto pris = e.prendre();
    pris.ecriture->exiger(*empreinte);
    CHECK(pris.ecriture->ajouter("hello wor") == Taken::Good);
    CHECK(pris.ecriture->ajouter("ld") == Taken::Good);
    CHECK(pris.ecriture->conclure() == Fin::Durable);
    CHECK(pris.ecriture->lire().vue == "> hello world");
}

TEST_CASE("un envoi n’existe que pour le brouillon auquel il est promis")
{
    Essai e;
    CHECK(e.prendre("brouillon/2").etat == Etat::Absent);
    for (const std::string nom :
         {"", "../../../../../../etc/passwd", "inconnu", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
        CHECK(e.tous.prendre(nom, "brouillon/1", midi).etat == Etat::Absent);
}

TEST_CASE("un envoi inachevé expire après un jour, et le ménage n’en laisse rien")
{
    Essai e;
    const auto demain = midi.plus_seconds(piece::televersement_secondes);
    CHECK(e.prendre("brouillon/1", {demain.ms - 1}).etat == Etat::Pris);
    CHECK(e.prendre("brouillon/1", demain).etat == Etat::Expire);
    CHECK(e.tous.balayer({demain.ms - 1}) == 0);
    CHECK(e.tous.balayer(demain.plus_seconds(60)) == 1);
    CHECK(e.prendre("brouillon/1", demain).etat == Etat::Absent);
    CHECK(e.dossier.fichiers() == 0);
}

TEST_CASE("les envois inachevés d’un brouillon sont comptés, ceux que d’autres processus ont commencés aussi")
{
    Essai e;
    piece::Televersements autre{e.dossier.chemin, 1'000'000'000};
    for (std::size_t i = 1; i < piece::televersements_par_rattachement; ++i)
        CHECK(autre.commencer(inacheves::un(10), midi).has_value());
    CHECK_FALSE(e.tous.commencer(inacheves::un(10), midi).has_value());
    CHECK(e.tous.commencer(inacheves::un(10, "brouillon/2"), midi).has_value());
    e.tous.effacer(e.nom);
    CHECK(e.tous.commencer(inacheves::un(10), midi).has_value());
}

TEST_CASE("un brouillon abandonné ne laisse rien de ce qu’on lui envoyait")
{
    Essai e;
    const auto autre = e.tous.commencer(inacheves::un(10, "brouillon/2"), midi).value();
    e.tous.oublier("brouillon/1");
    CHECK(e.prendre().etat == Etat::Absent);
    CHECK(e.tous.prendre(autre, "brouillon/2", midi).etat == Etat::Pris);
}

TEST_CASE("une fiche à demi écrite ne sert à personne et ne gêne personne")
{
    Essai e;
    std::ofstream{e.dossier.chemin / (e.nom + ".fiche"), std::ios::trunc} << "{\"rattachement\":\"brouil";
    CHECK(e.prendre().etat == Etat::Absent);
    CHECK(e.tous.commencer(inacheves::un(10), midi).has_value());
}

} // namespace inacheves
} // namespace
