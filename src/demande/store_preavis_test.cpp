// Notices and letters on both engines: batches that close, notices that fail, names erased.
#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/exemples_test.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/store.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_vie.hpp"

namespace demande {
namespace test_preavis {

using compte::exemples::matin;

const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};
const Date jour{2027, 10, 10};

Guichet ouvrir(db::Database& base)
{
    compte::exemples::semer(base);
    return base.write([](db::Transaction& tx) {
        store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
        return store::find_guichet(tx, "76R01").value();
    });
}

std::string enregistrer(db::Transaction& tx, const Guichet& g)
{
    const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
    REQUIRE(lu);
    return store::enregistrer(tx, *lu, g, fatou, "clé", matin)->id;
}

TEST_CASE("un lot s’arrête à cent lettres, et n’en reçoit plus une fois imprimé")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto d = *store::due(tx, enregistrer(tx, g));
            const auto derniere = *store::due(tx, enregistrer(tx, g));
            for (std::int64_t i = 0; i < store::lettres_par_lot; ++i)
                store::preparer_lettre(tx, d, {"Madame Maëlle Kerviel", "76000 Rouen"}, true, jour, jour,
                                       matin);
            store::preparer_lettre(tx, derniere, {"Madame Maëlle Kerviel", "76000 Rouen"}, true, jour, jour,
                                   matin);
            auto lots = store::lots(tx, g.code);
            REQUIRE(lots.size() == 2);
            CHECK(lots[1].lettres == 100);
            CHECK(lots[0].lettres == 1);
            CHECK(store::lettres(tx, lots[1].id).size() == 100);
            CHECK_FALSE(store::lot_poste(tx, lots[0].id, jour)); // nobody has printed it
            store::lot_imprime(tx, lots[0].id, matin);
            store::preparer_lettre(tx, d, {"Madame Maëlle Kerviel", "76000 Rouen"}, true, jour, jour, matin);
            lots = store::lots(tx, g.code);
            CHECK(lots.size() == 3);
            CHECK(store::lot_poste(tx, lots[1].id, jour));
            CHECK(preavis_remis_le(store::remises(tx, derniere.id, derniere.ancre)) == jour);
            CHECK_FALSE(store::lot(tx, lots[0].id, {}));
        });
    });
}

TEST_CASE(
    "ce qui attend à un guichet se lit guichet par guichet, cent lignes au plus, les plus anciennes d’abord")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            CHECK(store::retours(tx, g.code).empty());
            CHECK(store::a_attester(tx, g.code).empty());
            const auto d = *store::due(tx, enregistrer(tx, g));
            // Nowhere to write to: each comes back at once.
            for (std::size_t i = 0; i <= store::lignes_d_un_guichet; ++i)
                store::preparer_lettre(tx, d, {}, true, jour, base::plus_days(jour, -static_cast<int>(i)),
                                       matin);
            const auto retours = store::retours(tx, g.code);
            REQUIRE(retours.size() == store::lignes_d_un_guichet);
            CHECK(retours.front().revenu_le ==
                  base::plus_days(jour, -static_cast<int>(store::lignes_d_un_guichet)));
            CHECK(store::a_attester(tx, g.code).size() == 1);
            CHECK(store::retours(tx, "76B01").empty());
            CHECK(store::a_attester(tx, "76B01").empty());
        });
    });
}

TEST_CASE("un courriel revenu ne compte plus, et une lettre est préparée si rien d’autre n’est en route")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto id = enregistrer(tx, g);
            const auto d = *store::due(tx, id);
            const auto compter = [&](const char* canal) {
                return tx.one<std::int64_t>(
                    "SELECT COUNT(*) FROM preavis WHERE demande = $1 AND canal = $2 AND "
                    "revenu_le IS NULL",
                    id, canal);
            };
            store::preparer_courriel(tx, d, "c", true, jour, matin);
            const auto preavis = tx.one<std::string>("SELECT id FROM preavis WHERE demande = $1", id);
            CHECK_FALSE(store::lettre_partie(tx, d.numero, {g}, Canal::Courriel)); // not left yet
            store::preavis_parti(tx, preavis, jour);
            CHECK(store::lettre_partie(tx, d.numero, {g}, Canal::Courriel));
            CHECK_FALSE(store::lettre_partie(tx, d.numero, {g}));
            CHECK_FALSE(store::lettre_partie(tx, d.numero, {}, Canal::Courriel));
            CHECK(preavis_remis_le(store::remises(tx, id, d.ancre)) == jour);
            CHECK(store::courriels_revenus(tx, d, {"Madame Maëlle Kerviel", "76000 Rouen"}, jour, matin));
            CHECK_FALSE(preavis_remis_le(store::remises(tx, id, d.ancre)));
            CHECK(compter("courriel") == 0);
            CHECK(compter("courrier") == 1);
            CHECK(store::retours(tx, g.code).empty());
            // Noted twice, written once.
            CHECK(store::courriels_revenus(tx, d, {"Madame Maëlle Kerviel", "76000 Rouen"}, jour, matin));
            CHECK(compter("courrier") == 1);
            // Come back in its turn, it is not sent again to the same place; somebody is to find another one.
            tx.exec("UPDATE preavis SET parti_le = '2027-10-25' WHERE demande = $1 AND canal = 'courrier'",
                    id);
            store::lettres_revenues(tx, id, jour);
            CHECK_FALSE(
                store::courriels_revenus(tx, d, {"Madame Maëlle Kerviel", "76000 Rouen"}, jour, matin));
            CHECK(compter("courrier") == 0);
            CHECK(store::retours(tx, g.code).size() == 1);
            CHECK(store::courriels_revenus(tx, d, {"Madame Maëlle Kerviel", "76600 Le Havre"}, jour, matin));
            CHECK(compter("courrier") == 1);
            CHECK(store::retours(tx, g.code).empty());
            // Nowhere to write to: the guichet is told.
            const auto autre = *store::due(tx, enregistrer(tx, g));
            store::preparer_courriel(tx, autre, "c2", true, jour, matin);
            store::preavis_parti(
                tx, tx.one<std::string>("SELECT id FROM preavis WHERE demande = $1", autre.id), jour);
            CHECK_FALSE(store::courriels_revenus(tx, autre, {}, jour, matin));
            CHECK(store::retours(tx, g.code).size() == 1);
        });
    });
}

TEST_CASE("les demandes d’un territoire suivi ailleurs attendent, et l’administration les compte avant")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto id = enregistrer(tx, g);
            CHECK(store::dues(tx, jour, "", "").size() == 1);
            CHECK(store::dues(tx, jour, "", "", {"076", "035"}).empty());
            CHECK(store::dues(tx, jour, "", "", {"035"}).size() == 1);
            CHECK(gestion::store::concernees(tx, "076", jour, false).preavis == 0); // not planned yet
            REQUIRE(store::avancer(tx, *store::due(tx, id), Etat::Active, std::nullopt, Date{2027, 10, 10}));
            const auto compter = [&](Date depuis, bool revient) {
                return gestion::store::concernees(tx, "076", depuis, revient).preavis;
            };
            CHECK(compter({2027, 10, 10}, false) == 1);
            CHECK(compter({2027, 9, 11}, false) == 1);
            CHECK(compter({2027, 9, 10}, false) == 0);
            CHECK(compter({2027, 10, 11}, false) == 0); // it left the day before
            CHECK(compter({2027, 10, 11}, true) == 1);  // it could not leave
            CHECK(gestion::store::concernees(tx, "076", jour, false).demandes == 1);
            CHECK(gestion::store::concernees(tx, "035", jour, false).demandes == 0);
        });
    });
}

TEST_CASE("un préavis d’avant l’absence du territoire ne radie personne à son retour")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto id = enregistrer(tx, g);
            store::preparer_lettre(tx, *store::due(tx, id), {"Madame Maëlle Kerviel", "76000 Rouen"}, true,
                                   jour, jour, matin);
            store::lot_imprime(tx, store::lots(tx, g.code).front().id, matin);
            REQUIRE(store::lot_poste(tx, store::lots(tx, g.code).front().id, jour));
            const auto f = *store::find(tx, id, {g}, "clé");
            CHECK(premiere_radiation_possible(store::situation(tx, f, {2028, 1, 10})));
            gestion::store::prendre(tx, {"076", {2027, 11, 1}, "https://exemple.fr"}, fatou, matin);
            gestion::store::prendre(tx, {"076", {2028, 1, 5}, ""}, fatou, matin);
            CHECK(premiere_radiation_possible(store::situation(tx, f, {2027, 10, 31})));
            CHECK_FALSE(premiere_radiation_possible(store::situation(tx, f, {2028, 1, 10})));
            // Nor does a warning of before.
            auto s = store::situation(tx, f, {2028, 3, 20});
            CHECK(s.ici_depuis == Date{2028, 1, 5});
            const RadiationProposee r{.motif = MotifRadiation::NonReponse,
                                      .averti_le = Date{2027, 10, 20},
                                      .justificatif = "Recommandé"};
            CHECK(radier(s, r, {2028, 3, 20}).error().message.find("revenues ici") != std::string::npos);
            s.ici_depuis.reset();
            CHECK(radier(s, r, {2028, 3, 20}));
        });
    });
}

TEST_CASE("sans adresse, le préavis a déjà échoué : le guichet le voit et la radiation est suspendue")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto d = *store::due(tx, enregistrer(tx, g));
            store::preparer_lettre(tx, d, {}, true, jour, jour, matin);
            CHECK(store::lots(tx, g.code).empty());
            REQUIRE(store::retours(tx, g.code).size() == 1);
            CHECK(store::retours(tx, g.code).front().raison == "sans_adresse");
            CHECK_FALSE(preavis_remis_le(store::remises(tx, d.id, d.ancre)));
            store::traiter_retours(tx, d.id, matin);
            CHECK(store::retours(tx, g.code).empty());
        });
    });
}

TEST_CASE("de deux lettres postées, l’une revient : aucune ne compte plus")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto d = *store::due(tx, enregistrer(tx, g));
            for (int i = 0; i < 2; ++i) {
                store::preparer_lettre(tx, d, {"Madame Maëlle Kerviel", "76000 Rouen"}, true, jour, jour,
                                       matin);
                const auto lot = store::lots(tx, g.code).front();
                store::lot_imprime(tx, lot.id, matin);
                CHECK(store::lot_poste(tx, lot.id, jour));
            }
            CHECK(preavis_remis_le(store::remises(tx, d.id, d.ancre)) == jour);
            store::lettres_revenues(tx, d.id, jour);
            CHECK_FALSE(preavis_remis_le(store::remises(tx, d.id, d.ancre)));
            CHECK_FALSE(store::avancer(tx, d, Etat::Radiee, {}, {})); // read before the return
        });
    });
}

TEST_CASE(
    "une lettre que personne n’a imprimée part à la nouvelle adresse, et le lot non posté reste en tête")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto d = *store::due(tx, enregistrer(tx, g));
            store::preparer_lettre(tx, d, {"Madame Maëlle Kerviel", "76000 Rouen"}, true, jour, jour, matin);
            store::corriger_lettres(tx, d.id, {"Madame Maëlle Kerviel", "76200 Dieppe"});
            const auto premier = store::lots(tx, g.code).front();
            CHECK(store::lettres(tx, premier.id).front().adresse == "Madame Maëlle Kerviel\n76200 Dieppe");
            store::lot_imprime(tx, premier.id, matin);
            store::corriger_lettres(tx, d.id, {"Madame Maëlle Kerviel", "76600 Le Havre"});
            CHECK(store::lettres(tx, premier.id).front().adresse == "Madame Maëlle Kerviel\n76200 Dieppe");
            const auto demain = ::base::plus_days(jour, 1);
            store::preparer_lettre(tx, d, {"Madame Maëlle Kerviel", "76200 Dieppe"}, true, jour, demain,
                                   matin);
            const auto suivant = store::lots(tx, g.code).front();
            CHECK(suivant.jour == demain);
            store::lot_imprime(tx, suivant.id, matin);
            CHECK(store::lot_poste(tx, suivant.id, demain));
            CHECK(store::lots(tx, g.code).front().id == premier.id);
        });
    });
}

TEST_CASE("ce qui a changé depuis la lecture n’est pas écrasé par une tâche")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto d = *store::due(tx, enregistrer(tx, g));
            CHECK(store::avancer(tx, d, Etat::ARenouveler, Etape::Preavis, jour));
            CHECK_FALSE(store::avancer(tx, d, Etat::ARenouveler, Etape::Preavis, jour));
            const auto lues = store::dues(tx, jour, "", "");
            REQUIRE(lues.size() == 1);
            CHECK(lues.front().etape == Etape::Preavis);
            CHECK(lues.front().etat == Etat::ARenouveler);
            CHECK(store::dues(tx, ::base::plus_days(jour, -1), "", "").empty());
        });
    });
}

TEST_CASE("les noms d’une demande radiée s’effacent, son numéro reste")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto id = enregistrer(tx, g);
            const auto f = *store::find(tx, id, {g}, "clé");
            const auto r = radier(store::situation(tx, f, jour),
                                  {.motif = MotifRadiation::Renonciation, .justificatif = "lettre"}, jour);
            REQUIRE(r);
            store::radier(tx, f, *r, fatou, matin);
            CHECK_THROWS_AS(store::radier(tx, f, *r, fatou, matin), db::Conflict);
        });
        base.write([&](db::Transaction& tx) {
            CHECK(store::effacer_radiees(tx, ::base::plus_days(jour, -1), matin) == 0);
            CHECK(store::effacer_radiees(tx, jour, matin) == 1);
            CHECK(store::effacer_radiees(tx, jour, matin) == 0);
            CHECK(tx.one<std::string>("SELECT contenu FROM demande") == "{}");
            CHECK(tx.one<std::string>("SELECT numero FROM demande") == "076112600000176R01");
            for (const auto* table : {"demande_personne", "demande_version", "preavis"}) {
                INFO(table);
                CHECK(tx.one<std::int64_t>(std::string{"SELECT COUNT(*) FROM "} + table) == 0);
            }
        });
    });
}

} // namespace test_preavis
} // namespace demande
