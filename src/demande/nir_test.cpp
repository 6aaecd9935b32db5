// Reading and masking a NIR. The numbers are made for the test: nobody bears them.
#include <doctest/doctest.h>

#include "demande/nir.hpp"

using demande::lire_nir;

TEST_CASE("un numéro de sécurité sociale se lit avec ses espaces et se vérifie par sa clé")
{
    CHECK(*lire_nir("1 84 12 76 451 089 46") == "184127645108946");
    CHECK(*lire_nir("184127645108946") == "184127645108946");
    CHECK(*lire_nir("1\u00a084\u00a012\u00a076\u202f451 089-46") == "184127645108946");
    for (const auto* faux : {"184127645108947", "18412764510894", "1841276451089461", "984127645108946", "",
                             "18412764510894X", "084127645108946"}) {
        INFO(faux);
        CHECK(lire_nir(faux).error().field == "nir");
    }
}

TEST_CASE("la Corse a ses lettres, et la clé le sait")
{
    CHECK(*lire_nir("2 99 05 2A 004 012 13") == "299052A00401213");
    CHECK(*lire_nir("2 99 05 2b 004 012 40") == "299052B00401240");
    CHECK_FALSE(lire_nir("2 99 05 2A 004 012 14"));
    CHECK_FALSE(lire_nir("2 99 05 2C 004 012 13"));
}

TEST_CASE("un écran n’en montre que le sexe et l’année")
{
    CHECK(demande::nir_masque("184127645108946") == "1 84 •• •• ••• ••• ••");
    CHECK(demande::nir_masque("").empty());
}
