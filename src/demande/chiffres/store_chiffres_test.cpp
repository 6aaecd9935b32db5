// The figures of communes on both engines: the file of dwellings, the nightly count, what a page may show.
#include "demande/chiffres/store_chiffres.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "base/id.hpp"
#include "demande/chiffres/import_rpls.hpp"
#include "demande/chiffres/taches_chiffres.hpp"
#include "support/databases.hpp"
#include "support/platform.hpp"

namespace demande::chiffres {
namespace test_store_chiffres {

const std::string fichiers = std::string{LOGIS_SOURCE_DIR} + "/tests/cas/fichiers/";

/// A demande as the count reads it, whatever wrote it.
void poser(db::Transaction& tx, const std::string& id, std::string_view etat, std::string_view contenu,
           std::vector<std::string> souhaits, std::string_view depot, std::optional<std::string> radiee = {})
{
    tx.exec("INSERT INTO demande (id, numero, territoire, etat, guichet, deposee_le, ancre, enregistree_le, "
            "enregistree_par, contenu, radiee_le, motif_radiation) VALUES ($1, $2, '076', $3, '76R01', $4, "
            "$4, $5, "
            "'compte-demo-fatou-sarr', $6, $7, $8)",
            id, "0" + id.substr(id.size() - 17), etat, depot, Instant{1'795'000'000'000}, contenu, radiee,
            radiee ? "attribution" : "");
    for (std::size_t i = 0; i < souhaits.size(); ++i)
        tx.exec("INSERT INTO demande_souhait (demande, territoire, rang, insee) VALUES ($1, '076', $2, $3)",
                id, i + 1, souhaits[i]);
}

std::string numero(int n)
{
    return fmt::format("chiffres-compte-{:010}", n);
}

TEST_CASE("le répertoire des logements s’importe en entier ou pas du tout, avec la ligne et la raison")
{
    test::for_each_platform([](test::Platform& platform) {
        auto& base = platform.app().db;
        const auto b = importer_rpls(base, fichiers + "rpls.csv", 2025);
        CHECK(b.communes == 4);
        const auto rouen = [&] {
            auto tx = base.read();
            return store::parc(tx, "76540").value();
        };
        CHECK(rouen().logements == 15'210);
        CHECK(rouen().vacance == 210);
        CHECK(rouen().vacance_trois_mois == 94);
        CHECK(rouen().en_qpv == 6'105);
        {
            auto tx = base.read();
            CHECK_FALSE(store::parc(tx, "04112")->en_qpv); // « NA » is not zero
        }
        try {
            importer_rpls(base, fichiers + "rpls-faux.csv", 2025);
            FAIL("un fichier faux a été importé");
        } catch (const std::runtime_error& e) {
            const std::string dit = e.what();
            CHECK(dit.find("rien n’est importé, 6 lignes à corriger") != std::string::npos);
            CHECK(
                dit.find(
                    "ligne 2 : les logements loués, vacants, vides et occupés (101) dépassent nb_ls (100)") !=
                std::string::npos);
            CHECK(dit.find("ligne 3 : code de commune inconnu : « 99999 »") != std::string::npos);
            CHECK(dit.find("ligne 4 : nb_ls n’est pas un nombre entier : « beaucoup »") != std::string::npos);
            CHECK(dit.find("ligne 5 : tx_vac dépasse 100 %") != std::string::npos);
            CHECK(dit.find("ligne 6 : cette commune est déjà plus haut dans le fichier") !=
                  std::string::npos);
            CHECK(dit.find("ligne 7 : 3 colonnes au lieu de 5") != std::string::npos);
        }
        CHECK(rouen().logements == 15'210);
        // An older year does not hide the newer one; the same year again replaces it.
        importer_rpls(base, fichiers + "rpls.csv", 2024);
        CHECK(rouen().annee == 2025);
        CHECK(importer_rpls(base, fichiers + "rpls.csv", 2025).communes == 4);
        CHECK_THROWS(importer_rpls(base, fichiers + "rpls.csv", 25));
        CHECK_THROWS(importer_rpls(base, fichiers + "bail.pdf", 2025));
    });
}

TEST_CASE(
    "le compte de la nuit est exact : chaque demande une fois par commune, les attributions à leur année")
{
    test::for_each_engine([](db::Database& base) {
        test::Platform platform{base};
        auto& app = platform.app();
        base.write([&](db::Transaction& tx) {
            int n = 0;
            for (int i = 0; i < 30; ++i)
                poser(tx, numero(++n), "active", R"({"souhait.t2":"oui"})", {"76540", "76217"}, "2025-02-01");
            for (int i = 0; i < 12; ++i)
                poser(tx, numero(++n), "en_tolerance", R"({"souhait.t2":"oui","souhait.t4":"oui"})",
                      {"76217"}, "2025-02-01");
            poser(tx, numero(++n), "active", "{}", {"76540"}, "2025-02-01");
            poser(tx, numero(++n), "brouillon", R"({"souhait.t2":"oui"})", {"76540"}, "2025-02-01");
            for (int i = 0; i < 12; ++i)
                poser(tx, numero(++n), "radiee", R"({"souhait.t3":"oui"})", {"76540"}, "2024-01-01",
                      fmt::format("2025-{:02}-01", i + 1));
        });
        CHECK(relever_les_chiffres(app, {}) >= 56);
        const auto lire = [&](const char* insee) {
            auto tx = base.read();
            return store::releve(tx, "076", insee, 2026);
        };
        const auto rouen = lire("76540").releve, dieppe = lire("76217").releve;
        CHECK(rouen.attente.a(1, 0) == 30);
        CHECK(rouen.attente.a(5, 0) == 1);
        CHECK(dieppe.attente.a(1, 1) == 30);
        CHECK(dieppe.attente.a(3, 0) == 12); // the largest kind that was ticked
        CHECK(rouen.attributions.a(2, 1) == 12);
        REQUIRE(rouen.delais.at(2));
        CHECK(rouen.delais.at(2)->mediane == 532);
        CHECK(lire("76540").le == app.clock.now());

        // Erased, the demande still counts among the attributions; renewed, nothing counts twice.
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'purgee', contenu = '{}' WHERE etat = 'radiee'");
            tx.exec("UPDATE demande SET etat = 'radiee', motif_radiation = 'renonciation', radiee_le = "
                    "'2026-11-01' "
                    "WHERE etat = 'en_tolerance'");
        });
        relever_les_chiffres(app, {});
        CHECK(lire("76540").releve.attributions.a(2, 1) == 12);
        CHECK(lire("76217").releve.attente.a(3, 0) == 0);
        // Stopped before its end it changes nothing.
        std::stop_source arret;
        arret.request_stop();
        CHECK(relever_les_chiffres(app, arret.get_token()) == 0);
        CHECK(lire("76540").releve.attente.a(1, 0) == 30);
    });
}

TEST_CASE("une demande compte sous le plus grand logement coché, et sous aucun quand rien n’est coché")
{
    Reponses r;
    CHECK(typologie(r) == Typologie::NonPrecisee);
    r.mettre("souhait.chambre", "oui");
    CHECK(typologie(r) == Typologie::T1);
    r.mettre("souhait.t3", "oui");
    CHECK(typologie(r) == Typologie::T3);
    r.mettre("souhait.t6", "oui");
    CHECK(typologie(r) == Typologie::T5);
}

TEST_CASE("un délai demande onze personnes, et ne se dit pas d’un nombre masqué")
{
    CHECK_FALSE(delais({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    const auto d = delais({40, 10, 20, 30, 50, 60, 70, 80, 90, 100, 110, 120}).value();
    CHECK(d.mediane == 65);
    CHECK(d.p75 == 90);
    Releve r;
    r.derniere_annee = 2026;
    r.attributions.a(0, 1) = 5; // masked, and another with it
    r.attributions.a(1, 1) = 20;
    r.attributions.a(2, 1) = 400;
    r.attributions.a(1, 0) = 500;
    r.delais.at(1) = Delais{300, 400};
    r.delais.at(nombre_de_typologies) = Delais{310, 410};
    const auto p = publier(r);
    CHECK_FALSE(p.attributions.a(1, 1));
    CHECK_FALSE(p.delais.at(1));
}

} // namespace test_store_chiffres
} // namespace demande::chiffres
