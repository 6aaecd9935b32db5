// Under which keys the deposit counts.
#include "signalement/depot/freins.hpp"

#include <doctest/doctest.h>

#include <set>

namespace signalement::depot {

TEST_CASE("chaque compteur du dépôt a sa ligne et ne se confond avec aucun autre")
{
    std::set<std::string> cles;
    for (const auto& f : freins) {
        const auto l = limite(f.compteur, "x");
        CHECK(l.tentatives == f.tentatives);
        CHECK(cles.insert(l.cle).second);
        CHECK(limite(f.compteur, "y").cle != l.cle);
        CHECK(f.secondes <= 86'400); // attempts are kept one day
    }
}

TEST_CASE("une boîte aux lettres compte pour une seule, quelles que soient ses lettres et son suffixe")
{
    CHECK(boite("Claire@Exemple.fr") == "claire@exemple.fr");
    CHECK(boite("claire+1@exemple.fr") == "claire@exemple.fr");
    CHECK(boite(" claire+a+b@exemple.fr ") == "claire@exemple.fr");
    CHECK(boite("+claire@exemple.fr") == "+claire@exemple.fr");
    CHECK(boite("pas une adresse") == "pas une adresse");
}

} // namespace signalement::depot
