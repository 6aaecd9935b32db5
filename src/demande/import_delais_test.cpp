// The delays of a file: whole or refused, line by line; kept on both engines over those that are known.
#include "demande/import_delais.hpp"

#include <doctest/doctest.h>

#include "demande/store_mediation.hpp"
#include "support/databases.hpp"

namespace demande {
namespace test_import_delais {

const std::string entete = "departement;depuis;pieces_min;pieces_max;mois;commission";

std::string refus(const std::string& ligne)
{
    const auto lu = lire_delais({entete, ligne});
    return lu ? std::string{} : lu.error();
}

TEST_CASE("les délais se lisent décision par décision, chaque nombre de pièces une fois")
{
    const auto lus = lire_delais({entete, "76;2026-01-01;1;2;24;1 rue Haute, 76000 Rouen", "",
                                  "76;2026-01-01;3;9;36;1 rue Haute, 76000 Rouen", "1;2026-01-01;1;9;12;"});
    REQUIRE(lus);
    REQUIRE(lus->size() == 3);
    CHECK((*lus)[1].pieces_min == 3);
    CHECK((*lus)[1].mois == 36);
    CHECK((*lus)[1].commission == "1 rue Haute, 76000 Rouen");
    CHECK((*lus)[2].departement == "01"); // a spreadsheet ate the zero
    CHECK(refus("2A;2026-01-01;1;9;12;").empty());
}

TEST_CASE("ce qui ne peut pas être un délai est refusé, avec sa ligne et pourquoi")
{
    const auto dit = [](const std::string& ligne, const char* pourquoi) {
        const auto r = refus(ligne);
        INFO(ligne, " : ", r);
        CHECK(r.find(pourquoi) != std::string::npos);
    };
    dit("99;2026-01-01;1;9;12;", "ligne 2 : département inconnu : « 99 »");
    dit("76;hier;1;9;12;", "une date");
    dit("76;2026-01-01;0;9;12;", "pieces_min et pieces_max");
    dit("76;2026-01-01;5;3;12;", "dans l’ordre");
    dit("76;2026-01-01;1;9;0;", "mois");
    dit("76;2026-01-01;1;9;12,5;", "mois");
    dit("76;2026-01-01;1;9;999;", "mois");
    dit("76;2026-01-01;1;9", "4 colonnes au lieu de 6");
    dit("76;2026-01-01;1;9;12;" + std::string(301, 'x'), "une adresse");
    dit("76;2026-01-01;1;3;12;", "chaque nombre de pièces de 1 à 9");
    dit("76;2026-01-01;2;9;12;", "chaque nombre de pièces de 1 à 9");
    CHECK_FALSE(lire_delais({entete, "76;2026-01-01;1;9;12;", "76;2026-01-01;3;9;24;"}));
    CHECK_FALSE(lire_delais({}));
    CHECK_FALSE(lire_delais({entete}));
    CHECK_FALSE(lire_delais({"a;b"}));
}

TEST_CASE("un délai importé passe devant celui que cette version connaît, même pris plus tôt")
{
    const auto mois = [](const Mediation& m) { return m.en_vigueur("92", 3, {2026, 11, 23})->mois; };
    CHECK(mois({}) == 48);
    CHECK(mois(Mediation{{{"92", {2012, 1, 1}, 1, 9, 36}}}) == 36);
    CHECK(mois(Mediation{{{"92", {2027, 1, 1}, 1, 9, 36}}}) == 48); // not yet in force
    CHECK(mois(Mediation{{{"75", {2012, 1, 1}, 1, 9, 36}}}) == 48);
}

TEST_CASE("un délai importé vaut depuis son jour, et remplace la même décision")
{
    test::for_each_engine([](db::Database& base) {
        const auto mois = [&](const char* departement, int pieces, Date jour) {
            auto tx = base.read();
            const auto d = store::mediation(tx, {"75", "76"}).en_vigueur(departement, pieces, jour);
            return d ? d->mois : 0;
        };
        const auto garder = [&](const std::vector<std::string>& lignes) {
            base.write([&](db::Transaction& tx) { store::garder_delais(tx, *lire_delais(lignes)); });
        };
        CHECK(mois("75", 3, {2026, 11, 23}) == 108);
        CHECK(mois("76", 3, {2026, 11, 23}) == 0);
        garder({entete, "76;2026-01-01;1;2;24;", "76;2026-01-01;3;9;36;", "75;2027-01-01;1;9;60;"});
        CHECK(mois("76", 2, {2026, 11, 23}) == 24);
        CHECK(mois("76", 3, {2026, 11, 23}) == 36);
        CHECK(mois("76", 3, {2025, 12, 31}) == 0);
        CHECK(mois("75", 3, {2026, 12, 31}) == 108);
        CHECK(mois("75", 3, {2027, 1, 1}) == 60);
        garder({entete, "76;2026-01-01;1;9;48;"});
        CHECK(mois("76", 2, {2026, 11, 23}) == 48);
    });
}

} // namespace test_import_delais
} // namespace demande
