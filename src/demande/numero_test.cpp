// What a numéro unique says, and how it is typed.
#include <doctest/doctest.h>

#include "demande/numero.hpp"

using demande::ecrire;
using demande::lire_numero;

TEST_CASE("un numéro unique dit son territoire, son mois, son rang et le premier guichet")
{
    const auto n = lire_numero("1110318016982G1104");
    REQUIRE(n);
    CHECK(*n == demande::NumeroUnique{"111", 3, 2018, 16'982, "G1104"});
    CHECK(ecrire(*n) == "1110318016982G1104");
    CHECK(en_groupes(*n) == "111 0318 016982 G1104");
}

TEST_CASE("on peut le taper comme on le lit : espaces, minuscules, un O pour un zéro")
{
    for (const auto* saisi :
         {"111 0318 016982 G1104", " 111-0318-016982-g1104 ", "111.0318.016982.G1104",
          "lll O3I8 Ol6982 gll04", "111\u00a00318\u202f016982\u2009G1104", "1110318\t016982G1104\r\n"}) {
        INFO(saisi);
        const auto n = lire_numero(saisi);
        REQUIRE(n);
        CHECK(ecrire(*n).substr(0, 13) == "1110318016982");
    }
    const auto corse = lire_numero("02a 0524 000001 gdpub");
    REQUIRE(corse);
    CHECK(corse->territoire == "02A");
    CHECK(corse->guichet == "GDPUB");
}

TEST_CASE("dans le code du guichet une lettre reste une lettre")
{
    const auto n = lire_numero("0330524000001GOIL0");
    REQUIRE(n);
    CHECK(n->guichet == "GOIL0");
}

TEST_CASE("ce qui n’est pas un numéro unique est refusé, en disant pourquoi")
{
    CHECK(lire_numero("").error().message == "Indiquez le numéro unique de la demande.");
    CHECK(lire_numero("  \u00a0 ").error().message == "Indiquez le numéro unique de la demande.");
    CHECK(lire_numero("1110318016982G110").error().message.find("Vous en avez écrit 17") !=
          std::string::npos);
    for (const auto* faux :
         {"1110018016982G1104", "1111318016982G1104", "11C0318016982G1104", "A110318016982G1104",
          "111031801698XG1104", "1110318016982G11é4", "1110318016982G1/04", "11103180169 2G110€"}) {
        INFO(faux);
        const auto n = lire_numero(faux);
        CHECK_FALSE(n);
        if (!n) CHECK(n.error().field == "numero");
    }
}

TEST_CASE("un numéro composé se relit tel quel, dans tout ce qu’il peut contenir")
{
    for (const auto* territoire : {"111", "001", "02A", "02B", "974", "976"})
        for (unsigned mois = 1; mois <= 12; ++mois)
            for (const int annee : {2001, 2009, 2026, 2099})
                for (const int sequence : {0, 1, 123'456, demande::sequence_max}) {
                    const demande::NumeroUnique n{territoire, mois, annee, sequence, "76SNE"};
                    const auto texte = ecrire(n);
                    CHECK(texte.size() == demande::numero_longueur);
                    const auto relu = lire_numero(en_groupes(n));
                    REQUIRE(relu);
                    CHECK(*relu == n);
                }
}
