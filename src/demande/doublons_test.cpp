// Who looks like whom.
#include <doctest/doctest.h>

#include "demande/doublons.hpp"

using demande::comparer;
using demande::Identite;
using demande::Ressemblance;

namespace {

Identite maelle()
{
    return {"kerviel", "maelle", Date{1984, 12, 4}, "empreinte"};
}

} // namespace

TEST_CASE("le même numéro de sécurité sociale est la même personne, quel que soit son nom")
{
    CHECK(comparer(maelle(), {"traore", "maelle", Date{1984, 12, 4}, "empreinte"}) == Ressemblance::MemeNir);
    CHECK(comparer({"a", "b", {}, ""}, {"c", "d", {}, ""}) == std::nullopt);
}

TEST_CASE("une lettre, un prénom composé ou un jour et un mois échangés restent proches")
{
    const auto sans_nir = [](Identite i) {
        i.nir.clear();
        return i;
    };
    CHECK(comparer(sans_nir(maelle()), maelle()) == Ressemblance::MemeIdentite);
    CHECK(comparer(maelle(), {"kervile", "maelle", Date{1984, 12, 4}, ""}) == Ressemblance::Proche);
    CHECK(comparer(maelle(), {"traore", "maelle anne", Date{1984, 12, 4}, ""}) == Ressemblance::Proche);
    CHECK(comparer(maelle(), {"kerviel", "maelle", Date{1984, 4, 12}, ""}) == Ressemblance::Proche);
    CHECK(comparer(maelle(), {"kerviel", "maelle", Date{1984, 12, 14}, ""}) == Ressemblance::Proche);
    CHECK(comparer(maelle(), {"kerviel", "maelle", std::nullopt, ""}) == Ressemblance::Proche);
}

TEST_CASE("deux personnes nées le même jour, ou qui portent le même nom, ne sont pas la même")
{
    CHECK_FALSE(comparer(maelle(), {"diallo", "fatou", Date{1984, 12, 4}, ""}));
    CHECK_FALSE(comparer(maelle(), {"kerviel", "maelle", Date{2001, 5, 4}, ""}));
    CHECK_FALSE(comparer(maelle(), {"kerviel", "yann", Date{1990, 1, 1}, "autre"}));
}
