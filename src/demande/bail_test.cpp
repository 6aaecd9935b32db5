#include "demande/bail.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store_vie.hpp"

namespace demande {
namespace test_bail {

const BailSaisi complet{.signe_le = "21/11/2026",
                        .rpls = "RP1042",
                        .accord_collectif = "non",
                        .dalo = "oui",
                        .contingent = "prefet"};
const Date deposee_le{2025, 3, 1}, jour{2026, 11, 23};

std::string refus(void (*changer)(BailSaisi&))
{
    auto s = complet;
    changer(s);
    const auto r = constater_le_bail(s, deposee_le, jour);
    return r ? std::string{} : r.error().field;
}

TEST_CASE(
    "un bail se constate avec le logement, le contingent, l’accord collectif et le Dalo, rien n’étant deviné")
{
    const auto b = constater_le_bail(complet, deposee_le, jour);
    REQUIRE(b);
    CHECK(b->dalo);
    CHECK_FALSE(b->accord_collectif);
    CHECK(en_justificatif(*b).find("RP1042") != std::string::npos);
    CHECK(en_justificatif(*b).find("Dalo\u00a0: oui") != std::string::npos);
    CHECK(refus([](BailSaisi& s) { s.signe_le = "24/11/2026"; }) == "signe_le");
    CHECK(refus([](BailSaisi& s) { s.signe_le = "28/02/2025"; }) == "signe_le");
    CHECK(refus([](BailSaisi& s) { s.signe_le.clear(); }) == "signe_le");
    CHECK(refus([](BailSaisi& s) { s.rpls.clear(); }) == "rpls");
    CHECK(refus([](BailSaisi& s) { s.rpls = std::string(41, 'x'); }) == "rpls");
    CHECK(refus([](BailSaisi& s) { s.contingent = "autre chose"; }) == "contingent");
    CHECK(refus([](BailSaisi& s) { s.accord_collectif.clear(); }) == "accord_collectif");
    CHECK(refus([](BailSaisi& s) { s.dalo.clear(); }) == "dalo");
}

TEST_CASE("ce que le bailleur a dit du bail est gardé tel quel")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        base.write([](db::Transaction& tx) {
            using compte::exemples::matin;
            store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            const auto g = store::find_guichet(tx, "76R01").value();
            const compte::Agent par{"compte-demo-fatou-sarr", "Fatou Sarr", "", {}};
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            const auto id = store::enregistrer(tx, *lu, g, par, "clé", matin)->id;
            CHECK_FALSE(store::bail_constate(tx, id));
            const auto bail = *constater_le_bail(complet, deposee_le, jour);
            store::noter_le_bail(tx, *store::find(tx, id, {g}, "clé"), bail);
            const auto garde = store::bail_constate(tx, id);
            REQUIRE(garde);
            CHECK(en_justificatif(*garde) == en_justificatif(bail));
        });
    });
}

} // namespace test_bail
} // namespace demande
