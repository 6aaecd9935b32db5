// Recognised priorities on both engines: the history, the search for candidates, the score, the end of the
// demande.
#include "demande/store_reconnaissance.hpp"

#include <doctest/doctest.h>

#include "demande/candidature/exemples_test.hpp"
#include "demande/candidature/store_vivier.hpp"
#include "demande/cotation/store_cotation.hpp"
#include "journal/journal.hpp"
#include "partenaire/demo.hpp"

namespace demande {
namespace test_store_reconnaissance {

using candidature::test_candidatures::matin;
using candidature::test_candidatures::stephane;
using candidature::test_candidatures::Ville;
namespace vivier = candidature::store;

constexpr Date jour{2026, 11, 23};

store::Fiche fiche(db::Transaction& tx, const Ville& v, std::size_t i)
{
    return store::find(tx, v.demandes[i], {v.b}, {}).value();
}

Guichet ddtm(db::Transaction& tx)
{
    store::ouvrir_guichet(tx, {"76E01", "076", partenaire::demo_ddtm, "", {}, ""}, matin);
    return store::find_guichet(tx, "76E01").value();
}

Reconnaissance un_dalo()
{
    return {.nature = NatureReconnue::Dalo,
            .decision = "076-2026-118",
            .decidee_le = {2026, 11, 12},
            .depuis = {2026, 11, 12},
            .jusqu_au = Date{2027, 11, 12}};
}

TEST_CASE("un Dalo noté se lit dans l’historique, cote, et fait trouver la demande ; sa fin aussi")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto chercher = [&](Date le) {
            base.write([](db::Transaction& tx) { return vivier::tenir_le_vivier(tx, matin); });
            auto tx = base.read();
            return vivier::chercher(
                tx, {.territoire = "076", .insee = "76540", .pieces = 3, .reconnues = true, .jour = le},
                logement, {v.b});
        };
        const auto dossier = [&](Date le) {
            auto tx = base.read();
            return cotation::store::dossier(tx, v.demandes[1], {}, {2026, 11, 11}, le);
        };
        CHECK(chercher(jour).empty());
        CHECK_FALSE(dossier(jour).dalo);

        base.write([&](db::Transaction& tx) {
            const auto f = fiche(tx, v, 1);
            store::reconnaitre(tx, f, un_dalo(), ddtm(tx), stephane, matin);
            // Somebody else who had read the same page reads again.
            CHECK_THROWS_AS(
                store::reconnaitre(tx, f, un_dalo(), *store::find_guichet(tx, "76E01"), stephane, matin),
                db::Conflict);
        });
        const auto trouvees = chercher(jour);
        REQUIRE(trouvees.size() == 1);
        CHECK(trouvees[0].demande == v.demandes[1]);
        CHECK(trouvees[0].dalo);
        CHECK_FALSE(trouvees[0].priorite);
        CHECK(chercher({2027, 11, 12}).size() == 1);
        CHECK(chercher({2027, 11, 13}).empty()); // without waiting for any task
        CHECK(dossier(jour).dalo);
        CHECK(dossier(jour).reconnue_jusqu_a == Date{2027, 11, 13});
        CHECK_FALSE(dossier({2027, 11, 13}).dalo);
        {
            auto tx = base.read();
            CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM cotation_a_calculer WHERE demande = $1",
                                       v.demandes[1]) == 1);
            const auto r = store::reconnaissances(tx, v.demandes[1]);
            REQUIRE(r.size() == 1);
            CHECK(r[0].decision == "076-2026-118");
            CHECK(r[0].organisme == "DDTM de Seine-Maritime, habitat indigne");
            const auto h = journal::of(tx, "demande", v.demandes[1]);
            CHECK(h.back().evenement == "dalo");
            CHECK(h.back().details == "2026-11-12");
        }

        base.write([&](db::Transaction& tx) {
            const auto r = store::reconnaissances(tx, v.demandes[1]).front();
            const auto finie = mettre_fin(r, {"22/11/2026", "menage_reloge"}, jour);
            REQUIRE(finie);
            store::mettre_fin(tx, fiche(tx, v, 1), *finie, stephane, matin);
        });
        CHECK(chercher(jour).empty());
        CHECK_FALSE(dossier(jour).dalo);
        auto tx = base.read();
        CHECK(journal::of(tx, "demande", v.demandes[1]).back().evenement == "priorite_finie");
    });
}

TEST_CASE("une radiation ne met pas fin à un Dalo, qui s’efface un an après avec les noms")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        base.write([&](db::Transaction& tx) {
            store::reconnaitre(tx, fiche(tx, v, 0), un_dalo(), ddtm(tx), stephane, matin);
            v.radier_la_demande(tx, v.demandes[0]);
            const auto r = store::reconnaissances(tx, v.demandes[0]);
            REQUIRE(r.size() == 1);
            CHECK(en_vigueur(r[0], jour));
            // Its end may still be noted.
            CHECK(store::effacer_radiees(tx, {2026, 11, 1}, matin) == 0);
            CHECK(store::effacer_radiees(tx, {2027, 12, 1}, matin) == 1);
            CHECK(store::reconnaissances(tx, v.demandes[0]).empty());
        });
    });
}

TEST_CASE("un dossier de candidature sait quels jours un ménage est reconnu au titre du Dalo")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        v.designer_toutes(logement);
        base.write([&](db::Transaction& tx) {
            store::reconnaitre(tx, fiche(tx, v, 2), un_dalo(), ddtm(tx), stephane, matin);
        });
        const auto o = v.ouvrir(logement);
        for (const auto& c : o.dossier.candidatures) {
            CHECK(candidature::est_dalo(c, jour) == (c.demande == v.demandes[2]));
            CHECK_FALSE(candidature::est_dalo(c, {2026, 11, 11}));
            CHECK_FALSE(candidature::est_dalo(c, {2027, 11, 13}));
        }
    });
}

} // namespace test_store_reconnaissance
} // namespace demande
