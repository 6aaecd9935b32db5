// Demandes typed online, on both engines: what is kept and how, who reads it, what becomes of it.
#include "demande/portail/store_en_ligne.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/store_compte.hpp"
#include "journal/journal.hpp"

namespace demande::portail {
namespace test_en_ligne {

using compte::exemples::matin;
constexpr std::string_view cle = "une clé de test";
const std::vector<Guichet> rouen{{"76R01", "076", "ccas", "CCAS", {}, ""}};
const std::vector<Guichet> caen{{"14C01", "014", "ccas", "CCAS", {}, ""}};

struct Ouverte {
    Demandeur elle;
    std::string id;
};

Ouverte ouvrir(db::Database& base)
{
    return base.write([](db::Transaction& tx) {
        const auto d = store::ouvrir_compte(tx, "maelle@exemple.example", matin);
        return Ouverte{d, store::ouvrir(tx, d.id, "076", exemples::formulaire_rempli(), cle, matin)};
    });
}

store::EnLigne lire_la(db::Database& base, const Ouverte& o)
{
    auto tx = base.read();
    return store::find(tx, o.id, o.elle.id, cle).value();
}

TEST_CASE("un brouillon s’ouvre une fois par compte et par territoire, et n’est qu’à ce compte")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        CHECK(ouvrir(base).id == o.id);
        const auto autre = base.write(
            [](db::Transaction& tx) { return store::ouvrir_compte(tx, "autre@exemple.example", matin); });
        auto tx = base.read();
        CHECK_FALSE(store::find(tx, o.id, autre.id, cle));
        CHECK(store::du_demandeur(tx, autre.id).empty());
        CHECK(store::du_demandeur(tx, o.elle.id).size() == 1);
        CHECK(store::a_verifier(tx, rouen).empty());
        CHECK_FALSE(store::find_a_verifier(tx, o.id, rouen, cle));
    });
}

TEST_CASE("le numéro de sécurité sociale d’un brouillon est scellé")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        CHECK(lire_la(base, o).reponses.a("demandeur.nir"));
        auto tx = base.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM demande_en_ligne WHERE contenu LIKE '%451%' OR nirs "
                                   "LIKE '%451 089%' OR nirs = ''") == 0);
    });
}

TEST_CASE("deux onglets qui écrivent en même temps ne s’effacent pas sans le dire")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        const auto lue = lire_la(base, o);
        auto r = lue.reponses;
        r.mettre("souhait.personnes", "4");
        base.write([&](db::Transaction& tx) { store::garder(tx, lue, r, "souhait", cle, matin); });
        CHECK(lire_la(base, o).reponses.est("souhait.personnes", "4"));
        CHECK(lire_la(base, o).etape == "souhait");
        CHECK_THROWS_AS(
            base.write([&](db::Transaction& tx) { store::garder(tx, lue, r, "souhait", cle, matin); }),
            db::Conflict);
    });
}

TEST_CASE("une demande déposée attend un guichet de son territoire, et garde sa date quand elle revient")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        const compte::Agent fatou{"fatou", "Fatou Sarr", "", {}};
        base.write([&](db::Transaction& tx) {
            const auto d = store::find(tx, o.id, o.elle.id, cle).value();
            store::deposer(tx, d, {2026, 11, 23}, matin);
            CHECK_THROWS_AS(
                store::garder(tx, store::find(tx, o.id, o.elle.id, cle).value(), {}, "", cle, matin),
                db::Conflict);
        });
        {
            auto tx = base.read();
            CHECK(store::a_verifier(tx, rouen).size() == 1);
            CHECK(store::a_verifier(tx, caen).empty());
            CHECK_FALSE(store::find_a_verifier(tx, o.id, caen, cle));
        }
        base.write([&](db::Transaction& tx) {
            const auto d = store::find_a_verifier(tx, o.id, rouen, cle).value();
            store::invalider(tx, d, MotifInvalidation::Illisible, fatou, matin.plus_days(1));
        });
        const auto revenue = lire_la(base, o);
        CHECK(revenue.etat == Etat::Invalidee);
        CHECK(revenue.motif == MotifInvalidation::Illisible);
        base.write([&](db::Transaction& tx) {
            store::deposer(tx, revenue, {2026, 11, 28}, matin.plus_days(5));
        });
        const auto redeposee = lire_la(base, o);
        CHECK(redeposee.deposee_le == Date{2026, 11, 23});
        CHECK_FALSE(redeposee.motif);
        auto tx = base.read();
        CHECK(journal::count(tx, "demande", o.id) == 3);
    });
}

TEST_CASE("un brouillon oublié s’efface, une demande qui attend un guichet jamais")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            CHECK(store::purger_en_ligne(tx, matin, matin) == 0);
            store::deposer(tx, store::find(tx, o.id, o.elle.id, cle).value(), {2026, 11, 23}, matin);
            CHECK(store::purger_en_ligne(tx, matin.plus_days(900), matin.plus_days(900)) == 0);
            // The account is not erased either while it holds something.
            CHECK(store::effacer_comptes(tx, matin.plus_days(900)) == 0);
            store::invalider(tx, store::find(tx, o.id, o.elle.id, cle).value(), MotifInvalidation::Incomplete,
                             {"fatou", "Fatou Sarr", "", {}}, matin);
            CHECK(store::purger_en_ligne(tx, matin.plus_days(900), matin.plus_days(900)) == 1);
            CHECK(store::effacer_comptes(tx, matin.plus_days(900)) == 1);
        });
    });
}

} // namespace test_en_ligne
} // namespace demande::portail
