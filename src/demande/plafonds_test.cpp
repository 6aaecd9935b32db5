// Categories, zones and ceilings against the tables of the law.
#include <doctest/doctest.h>

#include "demande/plafonds.hpp"

using demande::Categorie;
using demande::categorie;
using demande::Financement;
using demande::Menage;
using demande::Zone;

namespace {

int plafond_de(int annee, Zone zone, Financement f, Categorie c)
{
    return plafond(demande::Baremes{}.en_vigueur({annee, 6, 1}, zone, f).value(), c);
}

} // namespace

TEST_CASE(
    "la catégorie compte les personnes, et une de plus pour un parent seul, un jeune couple, une invalidité")
{
    CHECK(categorie({1, 0}) == Categorie{1});
    CHECK(categorie({1, 0, 1}) == Categorie{2});
    CHECK(categorie({2, 0}) == Categorie{2});
    CHECK(categorie({2, 0, 0, 55}) == Categorie{3});
    CHECK(categorie({2, 0, 0, 56}) == Categorie{2});
    CHECK(categorie({2, 0, 1}) == Categorie{3});
    CHECK(categorie({1, 1}) == Categorie{3});
    CHECK(categorie({3, 0}) == Categorie{3});
    CHECK(categorie({2, 1, 0, 50}) == Categorie{3}); // a child: the couple is no longer a young household
    CHECK(categorie({1, 2}) == Categorie{4});
    CHECK(categorie({1, 2, 1}) == Categorie{4}); // the advantages do not add up
    CHECK(categorie({2, 1, 1}) == Categorie{4});
    CHECK(categorie({2, 2}) == Categorie{4});
    CHECK(categorie({1, 4}) == Categorie{6});
    CHECK(categorie({2, 3, 1}) == Categorie{6});
    CHECK(categorie({2, 4}) == Categorie{6});
    CHECK(categorie({1, 5}) == Categorie{6, 1});
    CHECK(categorie({2, 7}) == Categorie{6, 3});
}

TEST_CASE("la zone est celle de la commune demandée : Paris et ses voisines, l’Île-de-France, le reste")
{
    for (const auto* insee : {"75056", "75120", "92012", "93006", "94080"})
        CHECK(demande::zone_de_la_commune(insee) == Zone::ParisEtLimitrophes);
    for (const auto* insee : {"77288", "92050", "93008"})
        CHECK(demande::zone_de_la_commune(insee) == Zone::ResteIleDeFrance);
    for (const auto* insee : {"76540", "2A004", "69383"})
        CHECK(demande::zone_de_la_commune(insee) == Zone::AutresRegions);
    CHECK_FALSE(demande::zone_de_la_commune("97411")); // other tables, not loaded
    CHECK_FALSE(demande::zone_de_la_commune("inconnu"));
}

TEST_CASE("les plafonds de 2026 sont ceux de l’arrêté, PLS compris")
{
    constexpr int attendus[][3] = {{34'996, 34'996, 30'424}, {52'303, 52'303, 40'630},
                                   {68'562, 62'871, 48'859}, {81'858, 75'309, 58'986},
                                   {97'395, 89'150, 69'389}, {109'595, 100'322, 78'203}};
    for (int c = 1; c <= 6; ++c)
        for (std::size_t z = 0; z < 3; ++z) {
            INFO("catégorie ", c);
            CHECK(plafond_de(2026, demande::zones[z].value, Financement::Pls, {c}) == attendus[c - 1][z]);
        }
    CHECK(plafond_de(2026, Zone::AutresRegions, Financement::Plus, {1}) == 23'403);
    CHECK(plafond_de(2026, Zone::ParisEtLimitrophes, Financement::Plai, {4}) == 34'637);
    CHECK(plafond_de(2026, Zone::AutresRegions, Financement::Plus, {6, 2}) == 60'156 + 2 * 6'710);
}

TEST_CASE(
    "les plafonds valent du 1er janvier au suivant, et les derniers connus tant qu’aucun autre ne paraît")
{
    const auto plus = [](Date jour) {
        return demande::Baremes{}.en_vigueur(jour, Zone::AutresRegions, Financement::Plus);
    };
    CHECK_FALSE(plus({2023, 12, 31}));
    CHECK(plus({2024, 1, 1})->plafonds[0] == 22'642);
    CHECK(plus({2024, 12, 31})->plafonds[0] == 22'642);
    CHECK(plus({2025, 1, 1})->plafonds[0] == 23'201);
    CHECK(plus({2030, 1, 1})->depuis == Date{2026, 1, 1});
}

TEST_CASE("un barème importé vaut depuis son jour, et remplace celui du même jour")
{
    const demande::Baremes connus{
        {{{2027, 1, 1}, Zone::AutresRegions, Financement::Plus, {1, 2, 3, 4, 5, 6}, 1},
         {{2026, 1, 1}, Zone::AutresRegions, Financement::Plus, {10, 20, 30, 40, 50, 60}, 10}}};
    const auto plus = [&](Date jour) {
        return connus.en_vigueur(jour, Zone::AutresRegions, Financement::Plus)->plafonds[1];
    };
    CHECK(plus({2025, 12, 31}) == 30'984);
    CHECK(plus({2026, 1, 1}) == 20);
    CHECK(plus({2026, 12, 31}) == 20);
    CHECK(plus({2027, 1, 1}) == 2);
    CHECK(connus.en_vigueur({2027, 6, 1}, Zone::AutresRegions, Financement::Pls)->plafonds[5] == 8);
    CHECK(connus.en_vigueur({2027, 6, 1}, Zone::AutresRegions, Financement::Plai)->depuis ==
          Date{2026, 1, 1});
}

TEST_CASE(
    "dans chaque barème les plafonds croissent avec le ménage, du PLAI au PLS, et d’une année à l’autre")
{
    for (const auto& zone : demande::zones)
        for (const int annee : {2024, 2025, 2026})
            for (int rang = 1; rang <= 8; ++rang) {
                const Categorie c{std::min(rang, 6), std::max(0, rang - 6)};
                const Categorie suivante{std::min(rang + 1, 6), std::max(0, rang - 5)};
                INFO(std::string{zone.slug}, " ", annee, " ", rang);
                int avant = 0;
                for (const auto& f : demande::financements) {
                    const int p = plafond_de(annee, zone.value, f.value, c);
                    CHECK(p > avant);
                    CHECK(plafond_de(annee, zone.value, f.value, suivante) > p);
                    if (annee > 2024) CHECK(p > plafond_de(annee - 1, zone.value, f.value, c));
                    avant = p;
                }
            }
}

TEST_CASE("le revenu retenu est celui d’il y a deux ans, ou celui de l’an dernier s’il a baissé d’un dixième")
{
    CHECK(demande::revenu_retenu(20'000, std::nullopt) == 20'000);
    CHECK(demande::revenu_retenu(20'000, 18'000) == 18'000);
    CHECK(demande::revenu_retenu(20'000, 18'001) == 20'000);
    CHECK(demande::revenu_retenu(20'000, 25'000) == 20'000);
    CHECK(demande::revenu_retenu(0, 0) == 0);
    CHECK(demande::annee_du_rfr({2026, 1, 1}) == 2024);
}

TEST_CASE("la simulation dit le logement le plus aidé qui est ouvert, et ne ferme jamais la porte")
{
    const Date jour{2026, 11, 22};
    const auto rouen = demande::simuler({1, 1}, 20'000, std::nullopt, "76540", jour, {});
    REQUIRE(rouen);
    CHECK(rouen->categorie == Categorie{3});
    CHECK(rouen->acces == Financement::Plai);
    CHECK(demande::simuler({1, 1}, 22'552, std::nullopt, "76540", jour, {})->acces == Financement::Plus);
    CHECK(demande::simuler({1, 1}, 22'552, 12'000, "76540", jour, {})->acces == Financement::Plai);
    CHECK(demande::simuler({1, 1}, 48'859, std::nullopt, "76540", jour, {})->acces == Financement::Pls);
    const auto au_dessus = demande::simuler({1, 1}, 48'860, std::nullopt, "76540", jour, {});
    REQUIRE(au_dessus);
    CHECK_FALSE(au_dessus->acces);
    CHECK(au_dessus->annee_du_bareme == 2026);
    CHECK_FALSE(demande::simuler({1, 1}, 20'000, std::nullopt, "97411", jour, {}));
}
