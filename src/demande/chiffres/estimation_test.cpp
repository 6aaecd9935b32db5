// Which income counts on which day, and what each wish may be offered.
#include "demande/chiffres/estimation.hpp"

#include <doctest/doctest.h>

namespace demande::chiffres {
namespace test_estimation {

Reponses revenus(std::vector<std::pair<const char*, const char*>> champs)
{
    Reponses r;
    r.mettre("demandeur.nom", "Kerviel");
    for (const auto& [champ, texte] : champs) r.mettre("revenus." + std::string{champ}, texte);
    return r;
}

RevenuRetenu retenu(const Reponses& r, Date jour)
{
    const auto revenu = revenu_du_jour(r, jour);
    REQUIRE(std::holds_alternative<RevenuRetenu>(revenu));
    return std::get<RevenuRetenu>(revenu);
}

RevenuManquant manquant(const Reponses& r, Date jour)
{
    const auto revenu = revenu_du_jour(r, jour);
    REQUIRE(std::holds_alternative<RevenuManquant>(revenu));
    return std::get<RevenuManquant>(revenu);
}

TEST_CASE("le revenu qui compte est celui de l’année N–2, ou celui de N–1 s’il est d’un dixième plus bas")
{
    const auto r =
        revenus({{"annee_n2", "2024"}, {"rfr_n2", "20 000"}, {"annee_n1", "2025"}, {"rfr_n1", "18 000"}});
    const auto bas = retenu(r, {2026, 11, 22});
    CHECK(bas.euros == 18'000);
    CHECK(bas.annee == 2025);
    CHECK(bas.en_baisse);
    CHECK(bas.compare == 20'000);
    auto moins = r;
    moins.mettre("revenus.rfr_n1", "18 001");
    CHECK(retenu(moins, {2026, 11, 22}).euros == 20'000);
    CHECK(retenu(moins, {2026, 11, 22}).annee == 2024);
    CHECK_FALSE(retenu(moins, {2026, 11, 22}).en_baisse);
}

TEST_CASE("au 1er janvier l’année qui compte glisse d’elle-même, sans rien inventer de celle qui manque")
{
    const auto deux =
        revenus({{"annee_n2", "2024"}, {"rfr_n2", "20 000"}, {"annee_n1", "2025"}, {"rfr_n1", "19 500"}});
    CHECK(retenu(deux, {2026, 12, 31}).euros == 20'000);
    CHECK(retenu(deux, {2027, 1, 1}).euros == 19'500);
    CHECK(retenu(deux, {2027, 1, 1}).annee == 2025);
    CHECK_FALSE(retenu(deux, {2027, 1, 1}).compare);
    CHECK(manquant(deux, {2028, 1, 1}).annee == 2026);
    CHECK(manquant(deux, {2028, 1, 1}).declaree == 2024);

    const auto un = revenus({{"annee_n2", "2024"}, {"rfr_n2", "20 000"}});
    CHECK(manquant(un, {2027, 1, 1}).annee == 2025);
    CHECK(manquant(revenus({}), {2026, 6, 1}).annee == 2024);
    CHECK_FALSE(manquant(revenus({}), {2026, 6, 1}).declaree);
}

TEST_CASE("un revenu sans année est compté comme celui d’usage, et cela se voit")
{
    const auto r = retenu(revenus({{"rfr_n2", "20 000"}}), {2026, 11, 22});
    CHECK(r.euros == 20'000);
    CHECK(r.annee == 2024);
    CHECK_FALSE(r.annee_declaree);
    // The newer year says which the older one is.
    CHECK(manquant(revenus({{"rfr_n2", "20 000"}, {"annee_n1", "2024"}, {"rfr_n1", "1"}}), {2026, 11, 22})
              .declaree == 2023);
}

TEST_CASE("deux revenus qui ne se suivent pas ne se comparent pas")
{
    const auto r =
        revenus({{"annee_n2", "2024"}, {"rfr_n2", "20 000"}, {"annee_n1", "2026"}, {"rfr_n1", "1"}});
    CHECK(retenu(r, {2026, 11, 22}).euros == 20'000);
}

TEST_CASE("chaque souhait a sa zone, ses plafonds et sa classe, et outre-mer aucun barème n’est inventé")
{
    const auto r = revenus({{"annee_n2", "2024"}, {"rfr_n2", "14 900"}});
    const auto e = estimer(r, {"75056", "76540", "97411"}, {2026, 11, 22}, {});
    REQUIRE(e.souhaits.size() == 3);
    CHECK(e.categorie == Categorie{1});
    CHECK(e.souhaits[0].zone == Zone::ParisEtLimitrophes);
    CHECK(e.souhaits[0].acces == Financement::Plus);
    CHECK(e.souhaits[1].zone == Zone::AutresRegions);
    CHECK(e.souhaits[1].plafonds[0] == 12'870);
    CHECK(e.souhaits[1].bareme_de_l_annee);
    CHECK_FALSE(e.souhaits[2].zone);
    CHECK(e.souhaits[2].annee_du_bareme == 0);
    CHECK_FALSE(e.souhaits[2].acces);
    // Without an income the ceilings are shown, and no class.
    const auto sans = estimer(revenus({}), {"76540"}, {2026, 11, 22}, {});
    CHECK(sans.souhaits[0].plafonds[0] == 12'870);
    CHECK_FALSE(sans.souhaits[0].acces);
    // A table that has not appeared yet is not passed off as this year's.
    CHECK_FALSE(estimer(r, {"76540"}, {2027, 1, 2}, {}).souhaits[0].bareme_de_l_annee);
}

} // namespace test_estimation
} // namespace demande::chiffres
