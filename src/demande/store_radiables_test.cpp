// What may be removed for want of a renewal, on both engines: kept as the rule says, found by an index.
#include "demande/store_radiables.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "compte/exemples_test.hpp"
#include "db/migrations.hpp"
#include "demande/exemples_test.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_vie.hpp"

namespace demande {
namespace test_radiables {

using compte::exemples::matin;

const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};
const Date prepare{2027, 10, 10}; // anchor: 2026-11-20

Guichet ouvrir(db::Database& base)
{
    compte::exemples::semer(base);
    return base.write([](db::Transaction& tx) {
        store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
        return store::find_guichet(tx, "76R01").value();
    });
}

/// A demande whose notice a letter carries, posted that day.
std::string prevenue(db::Transaction& tx, const Guichet& g, Date postee)
{
    const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
    REQUIRE(lu);
    const auto id = store::enregistrer(tx, *lu, g, fatou, "clé", matin)->id;
    tx.exec("UPDATE demande SET etat = 'a_renouveler' WHERE id = $1", id);
    store::preparer_lettre(tx, *store::due(tx, id), {"Madame Maëlle Kerviel", "76000 Rouen"}, true, prepare,
                           prepare, matin);
    const auto lot = store::lots(tx, g.code).front();
    store::lot_imprime(tx, lot.id, matin);
    CHECK(store::lot_poste(tx, lot.id, postee));
    return id;
}

std::string tenu(db::Transaction& tx, const std::string& id)
{
    return tx.one<std::string>("SELECT radiable_le FROM demande WHERE id = $1", id);
}

store::PageDeRadiables du_territoire(db::Transaction& tx, Date jour, const store::ApresRadiable& apres = {})
{
    return store::radiables(tx, "076", {}, jour, apres);
}

TEST_CASE(
    "le premier jour d’une radiation est gardé dès que le préavis est remis, et oublié quand il revient")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto a_temps = prevenue(tx, g, {2027, 10, 12});
            CHECK(tenu(tx, a_temps) == "2027-12-21"); // the day after the tolerance
            // Posted late: the applicant keeps both months.
            const auto tard = prevenue(tx, g, {2027, 12, 31});
            CHECK(tenu(tx, tard) == "2028-03-01");
            store::lettres_revenues(tx, a_temps, {2027, 11, 2});
            CHECK(tenu(tx, a_temps).empty());
            const auto f = store::find(tx, tard, {g}, "clé").value();
            store::reprendre(tx, f, *renouveler(store::situation(tx, f, {2028, 1, 5}), {2028, 1, 5}), fatou,
                             matin);
            CHECK(tenu(tx, tard).empty());
        });
    });
}

TEST_CASE("un courriel parti compte, un courriel refusé ne compte pas")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            const auto id = store::enregistrer(tx, *lu, g, fatou, "clé", matin)->id;
            tx.exec("UPDATE demande SET etat = 'a_renouveler' WHERE id = $1", id);
            store::preparer_courriel(tx, *store::due(tx, id), "message", true, prepare, matin);
            const auto preavis = store::courriels_en_route(tx, "").front().id;
            CHECK(tenu(tx, id).empty());
            CHECK(store::preavis_parti(tx, preavis, {2027, 10, 18}));
            CHECK(tenu(tx, id) == "2027-12-21");
            CHECK(store::preavis_revenu(tx, preavis, {2027, 10, 19}, "courriel_refuse"));
            CHECK(tenu(tx, id).empty());
            CHECK_FALSE(store::preavis_revenu(tx, preavis, {2027, 10, 19}, "courriel_refuse"));
        });
    });
}

TEST_CASE("la liste montre ce qui est à radier ce jour-là, dans ce territoire, page après page")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            std::vector<std::string> ids;
            for (int i = 0; i < 28; ++i) ids.push_back(prevenue(tx, g, {2027, 10, 12}));
            store::lettres_revenues(tx, ids[3], {2027, 11, 2}); // suspended
            CHECK(du_territoire(tx, {2027, 12, 20}).demandes.empty());
            const auto premiere = du_territoire(tx, {2027, 12, 21});
            REQUIRE(premiere.demandes.size() == store::radiables_par_page);
            CHECK(premiere.demandes.front().preavis_remis_le == Date{2027, 10, 12});
            CHECK(premiere.demandes.front().radiable_le == Date{2027, 12, 21});
            REQUIRE(premiere.suite);
            const auto suite = du_territoire(tx, {2027, 12, 21}, *premiere.suite);
            CHECK(suite.demandes.size() == 2);
            CHECK_FALSE(suite.suite);
            CHECK(suite.demandes.front().id > premiere.demandes.back().id);
            CHECK(store::compter_radiables(tx, "076", {}, {2027, 12, 21}) == 27);
            CHECK(store::compter_radiables(tx, "076", {}, {2027, 12, 20}) == 0);
            CHECK(store::compter_radiables(tx, "033", {}, {2027, 12, 21}) == 0);
            CHECK(store::radiables(tx, "033", {}, {2027, 12, 21}, {}).demandes.empty());
            CHECK(store::radiables(tx, "076", "76R01", {2027, 12, 21}, {}).demandes.size() == 25);
            CHECK(store::radiables(tx, "076", "76R99", {2027, 12, 21}, {}).demandes.empty());

            const auto f = store::find(tx, ids[0], {g}, "clé").value();
            store::radier(tx, f,
                          *radier(store::situation(tx, f, {2027, 12, 21}),
                                  {.motif = MotifRadiation::NonRenouvellement, .par = Auteur::Gestionnaire},
                                  {2027, 12, 21}),
                          fatou, matin);
            CHECK(store::compter_radiables(tx, "076", {}, {2027, 12, 21}) == 26);
        });
    });
}

TEST_CASE(
    "quand un territoire revient, un préavis d’avant n’ouvre plus de radiation ; un nouveau, deux mois après")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            const auto id = prevenue(tx, g, {2027, 10, 12});
            for (const auto& [depuis, site] : {std::pair{Date{2027, 10, 20}, "https://ailleurs.example"},
                                               std::pair{Date{2027, 11, 10}, ""}})
                CHECK(gestion::store::prendre(tx, {"076", depuis, site}, fatou, matin));
            CHECK(du_territoire(tx, {2027, 12, 30}).demandes.empty());
            CHECK(store::compter_radiables(tx, "076", {}, {2028, 1, 9}) == 0);
            store::preparer_lettre(tx, *store::due(tx, id), {"Madame Maëlle Kerviel", "76000 Rouen"}, true,
                                   {2027, 12, 1}, {2027, 12, 1}, matin);
            const auto lot = store::lots(tx, g.code).front();
            store::lot_imprime(tx, lot.id, matin);
            CHECK(store::lot_poste(tx, lot.id, {2027, 12, 1}));
            CHECK(tenu(tx, id) == "2028-02-02");
            CHECK(du_territoire(tx, {2028, 2, 1}).demandes.empty());
            CHECK(du_territoire(tx, {2028, 2, 2}).demandes.size() == 1);
        });
    });
}

TEST_CASE("une page se lit dans son index, sans trier, que l’on filtre ou non")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        const auto modele = base.write([&](db::Transaction& tx) { return prevenue(tx, g, {2027, 10, 12}); });
        base.write([&](db::Transaction& tx) {
            // As many others in the same state as a planner needs to tell an index from a table.
            for (int i = 0; i < 3000; ++i)
                tx.exec("INSERT INTO demande (id, numero, territoire, etat, guichet, deposee_le, ancre, "
                        "enregistree_le, enregistree_par, contenu, radiable_le) SELECT id || $2, "
                        "SUBSTR(numero, 1, 7) || $2 || SUBSTR(numero, 14, 5), territoire, etat, guichet, "
                        "deposee_le, ancre, enregistree_le, enregistree_par, contenu, $3 FROM demande WHERE "
                        "id = $1",
                        modele, std::to_string(100'000 + i), i % 3 == 0 ? "" : "2027-12-21");
            tx.script("ANALYZE");
        });
        auto tx = base.read();
        for (const bool d_un_guichet : {false, true}) {
            std::string plan;
            const auto page = store::page_des_radiables(d_un_guichet);
            const std::vector<db::Value> parametres{std::string{d_un_guichet ? "76R01" : "076"},
                                                    std::string{"2027-12-31"}, std::string{"2027-12-21"},
                                                    modele + "102000"};
            if (tx.engine() == db::Engine::Sqlite)
                tx.run("EXPLAIN QUERY PLAN " + page, parametres, [&](std::span<const db::Value> ligne) {
                    plan += std::get<std::string>(ligne[3]) + "\n";
                });
            else
                tx.run("EXPLAIN " + page, parametres, [&](std::span<const db::Value> ligne) {
                    plan += std::get<std::string>(ligne[0]) + "\n";
                });
            INFO(plan);
            CHECK(plan.find(d_un_guichet ? "demande_radiable_du_guichet" : "demande_radiable ") !=
                  std::string::npos);
            CHECK(plan.find("TEMP B-TREE") == std::string::npos);
            CHECK(plan.find("Sort") == std::string::npos);
            CHECK(plan.find("Seq Scan on demande") == std::string::npos);
        }
    });
}

TEST_CASE("la migration compte le premier jour comme la règle, jusque dans les mois courts")
{
    test::for_each_engine([](db::Database& base) {
        const auto g = ouvrir(base);
        const auto migrations = db::embedded_migrations();
        const auto celle_ci = std::ranges::find_if(
            migrations, [](const db::Migration& m) { return m.name.ends_with("_radiable"); });
        REQUIRE(celle_ci != migrations.end());
        base.write([&](db::Transaction& tx) {
            const auto id = prevenue(tx, g, {2027, 10, 12});
            const auto remplir = tx.engine() == db::Engine::Sqlite ? celle_ci->sqlite : celle_ci->postgres;
            for (const auto& [ancre, postee] :
                 std::vector<std::pair<Date, Date>>{{{2026, 3, 15}, {2027, 2, 10}},
                                                    {{2026, 8, 31}, {2027, 7, 20}},
                                                    {{2027, 1, 30}, {2027, 12, 20}},
                                                    {{2027, 1, 31}, {2027, 12, 31}},
                                                    {{2028, 2, 29}, {2029, 1, 18}},
                                                    {{2025, 12, 31}, {2026, 12, 31}},
                                                    {{2026, 6, 30}, {2027, 12, 30}},
                                                    {{2026, 11, 20}, {2028, 6, 30}}}) {
                tx.exec("UPDATE demande SET ancre = $2, radiable_le = '' WHERE id = $1", id, ancre);
                tx.exec("UPDATE preavis SET ancre = $2, parti_le = $3 WHERE demande = $1", id, ancre, postee);
                tx.script(remplir);
                const auto rempli = tenu(tx, id);
                store::tenir_radiable(tx, id, {2029, 3, 1});
                CHECK_FALSE(rempli.empty());
                CHECK(rempli == tenu(tx, id));
            }
        });
    });
}

} // namespace test_radiables
} // namespace demande
