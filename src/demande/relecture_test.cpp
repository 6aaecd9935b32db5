// What the audit of a demande says.
#include "demande/relecture.hpp"

#include <doctest/doctest.h>

namespace demande {
namespace {

constexpr auto saine = [] {
    return DemandeConstatee{.numero = "076112600001276R01",
                            .territoire = "076",
                            .etat = "active",
                            .derniere_sequence = 12,
                            .version_courante = 2,
                            .versions = 2,
                            .derniere_version = 2,
                            .premieres_personnes = 1,
                            .lignes_du_journal = 5,
                            .dernier_rang = 5};
};

} // namespace

TEST_CASE("une demande dont tout concorde n’a rien à se reprocher")
{
    CHECK(contradictions(saine()).empty());
}

TEST_CASE(
    "chaque perte se voit : un numéro hors du compteur, une ligne du journal, une version, le demandeur")
{
    const auto une = [](auto changer) {
        auto d = saine();
        changer(d);
        return contradictions(d).size() == 1;
    };
    CHECK(une([](auto& d) { d.derniere_sequence = 11; }));
    CHECK(une([](auto& d) { d.territoire = "075"; }));
    CHECK(une([](auto& d) { d.numero = "illisible"; }));
    CHECK(une([](auto& d) { d.lignes_du_journal = 4; }));
    CHECK(une([](auto& d) { d.versions = 1; }));
    CHECK(une([](auto& d) { d.version_courante = 3; }));
    CHECK(une([](auto& d) { d.premieres_personnes = 0; }));
}

TEST_CASE("une demande effacée ne garde personne")
{
    auto d = saine();
    d.etat = "purgee";
    CHECK(contradictions(d).size() == 1);
    d.premieres_personnes = 0;
    CHECK(contradictions(d).empty());
    d.versions = d.derniere_version = 0;
    CHECK(contradictions(d).empty());
}

} // namespace demande
