// The ceilings of a file: whole or refused, line by line; kept on both engines over those that are known.
#include "demande/import_plafonds.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/store_plafonds.hpp"
#include "support/databases.hpp"

namespace demande {
namespace test_import_plafonds {

using compte::exemples::matin;

const std::string entete =
    "depuis;zone;financement;categorie_1;categorie_2;categorie_3;categorie_4;categorie_5;"
    "categorie_6;personne_en_plus";

std::vector<std::string> une_annee()
{
    std::vector<std::string> out{entete};
    for (const auto& z : zones) {
        out.push_back("2027-01-01;" + std::string{z.slug} +
                      ";plai;10 000;11000;12000;13000;14000;15000;1 000");
        out.push_back("2027-01-01;" + std::string{z.slug} + ";plus;20000;21000;22000;23000;24000;25000;2000");
    }
    return out;
}

/// What is said of a file whose line `n` is this one.
std::string refus(std::size_t n, const std::string& ligne)
{
    auto lignes = une_annee();
    lignes.at(n) = ligne;
    const auto lu = lire_baremes(lignes);
    return lu ? std::string{} : lu.error();
}

TEST_CASE("les plafonds d’une année se lisent tous ensemble")
{
    const auto lus = lire_baremes(une_annee());
    REQUIRE(lus);
    REQUIRE(lus->size() == 6);
    CHECK((*lus)[0].depuis == Date{2027, 1, 1});
    CHECK((*lus)[0].zone == Zone::ParisEtLimitrophes);
    CHECK((*lus)[0].financement == Financement::Plai);
    CHECK((*lus)[0].plafonds == std::array{10'000, 11'000, 12'000, 13'000, 14'000, 15'000});
    CHECK((*lus)[5].personne_en_plus == 2'000);
}

TEST_CASE("ce qui ne peut pas être un plafond est refusé, avec sa ligne et pourquoi")
{
    const std::string zone = "2027-01-01;autres_regions;plus;", suite = "21000;22000;23000;24000;25000;2000";
    CHECK(refus(6, zone + "20000;" + suite).empty());
    CHECK(refus(6, zone + "20 000,50;" + suite).find("ligne 7 : categorie_1 : un montant entier") !=
          std::string::npos);
    CHECK(refus(6, zone + "-5;" + suite).find("ligne 7") != std::string::npos);
    CHECK(refus(6, zone + "99999999999;" + suite).find("ligne 7") != std::string::npos);
    CHECK(refus(6, zone + "21000;" + suite).find("categorie_2 : un plafond croît") != std::string::npos);
    CHECK(refus(6, zone + "20000;21000").find("5 colonnes au lieu de 10") != std::string::npos);
    CHECK(refus(6, "2027-02-01;autres_regions;plus;20000;" + suite).find("un 1er janvier") !=
          std::string::npos);
    CHECK(refus(6, "2027-01-01;corse;plus;20000;" + suite).find("zone inconnue : « corse »") !=
          std::string::npos);
    CHECK(refus(6, "2027-01-01;autres_regions;pls;20000;" + suite).find("le PLS se déduit du PLUS") !=
          std::string::npos);
    CHECK(refus(6, "").find("Autres régions : il faut le PLAI et le PLUS") != std::string::npos);
    CHECK(refus(6, "2027-01-01;autres_regions;plus;9000;" + suite).find("le PLUS est au-dessus du PLAI") !=
          std::string::npos);
    CHECK(refus(6, une_annee()[5]).find("deux fois") != std::string::npos);
    CHECK(refus(0, "a;b").find("Colonnes attendues") != std::string::npos);
    CHECK_FALSE(lire_baremes({}));
    CHECK_FALSE(lire_baremes({entete}));
}

TEST_CASE(
    "des plafonds importés remplacent ceux du même jour, et font recalculer ce qui l’avait été avec d’autres")
{
    test::for_each_engine([](db::Database& base) {
        const auto plus = [&](Date jour) {
            auto tx = base.read();
            return store::baremes(tx).en_vigueur(jour, Zone::AutresRegions, Financement::Plus)->plafonds[0];
        };
        CHECK(plus({2027, 6, 1}) == 23'403);
        const auto garder = [&](const std::vector<Bareme>& b, Instant le) {
            base.write([&](db::Transaction& tx) { store::garder_baremes(tx, b, le); });
        };
        auto lus = *lire_baremes(une_annee());
        garder(lus, matin);
        CHECK(plus({2026, 12, 31}) == 23'403);
        CHECK(plus({2027, 1, 1}) == 20'000);
        lus[5].plafonds[0] = 20'500;
        garder(lus, matin.plus_seconds(60));
        CHECK(plus({2027, 1, 1}) == 20'500);
        auto tx = base.read();
        CHECK(store::imports_de_baremes(tx) == 2);
        CHECK(tx.one<int>("SELECT COUNT(*) FROM bareme") == 6);
    });
}

} // namespace test_import_plafonds
} // namespace demande
