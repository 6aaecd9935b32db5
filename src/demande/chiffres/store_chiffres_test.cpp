// The figures of communes on both engines: the file of dwellings, the nightly count, what a page may show.
#include "demande/chiffres/store_chiffres.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "base/id.hpp"
#include "base/text.hpp"
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

/// The one that other tests share: nothing is left behind.
template <class F> void sur_la_plateforme(F f)
{
    test::for_each_platform([&](test::Platform& platform) {
        auto& app = platform.app();
        const auto horloge = app.clock;
        f(platform);
        app.clock = horloge;
        app.db.write([](db::Transaction& tx) {
            tx.exec("DELETE FROM candidature WHERE id LIKE 'chiffres-%'");
            tx.exec("DELETE FROM logement_propose WHERE id LIKE 'chiffres-%'");
            tx.exec("DELETE FROM demande WHERE id LIKE 'chiffres-%'");
            for (const auto* table : {"attribution_constatee", "chiffres_attente", "chiffres_attribution",
                                      "chiffres_jamais_montres", "chiffres_releve"})
                tx.exec(std::string{"DELETE FROM "} + table);
        });
    });
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
    "le fichier d’une région laisse le reste de la France, et un total ne s’ajoute pas à ses arrondissements")
{
    test::for_each_platform([](test::Platform& platform) {
        auto& base = platform.app().db;
        const auto importer = [&](std::string_view contenu) {
            const auto chemin =
                std::filesystem::temp_directory_path() / ("logis-rpls-" + base::new_id({}) + ".csv");
            std::ofstream{chemin} << contenu;
            const auto bilan = importer_rpls(base, chemin.string(), 2023);
            std::filesystem::remove(chemin);
            return bilan;
        };
        const auto en_2023 = [&](const char* insee) {
            auto tx = base.read();
            return tx.find<std::int64_t>(
                "SELECT logements FROM parc_social WHERE insee = $1 AND annee = 2023", insee);
        };
        importer("DEPCOM_ARM;nb_ls;nb_loues\n76540;900;800\n76217;400;390\n");
        const auto region =
            importer("DEPCOM_ARM;nb_ls;nb_loues\n75056;1000;900\n75101;400;350\n75102;600;550\n"
                     "69381;70;60\n69382;30;20\n");
        CHECK(region.logements == 1100);
        CHECK(region.communes == 2);
        CHECK(en_2023("76540") == 900);
        CHECK(en_2023("75056") == 1000);
        CHECK(en_2023("69123") == 100);
        // A number that is kept secret is not a fault; what was said of it before is not said any more.
        const auto secret = importer("DEPCOM_ARM;nb_ls;nb_loues\n76540;910;s/NA\n76217;s/NA;s\n69381;s;\n"
                                     "69382;30;20\n");
        CHECK(secret.secretes == 2);
        CHECK(secret.communes == 1);
        CHECK(en_2023("76540") == 910);
        CHECK_FALSE(en_2023("76217"));
        CHECK_FALSE(en_2023("69123")); // one part unknown: so is the whole
        CHECK(en_2023("75056") == 1000);
    });
}

/// A lease signed here, for a dwelling elsewhere than where the demande asked first.
void signer(db::Transaction& tx, const std::string& demande, int n, std::string_view insee, int pieces,
            std::string_view bail_le)
{
    const auto logement = fmt::format("chiffres-logement-{:06}", n);
    tx.exec("INSERT INTO logement_propose (id, territoire, bailleur, contingent, reference, insee, adresse, "
            "pieces, surface, loyer, charges, financement, disponible_le, etat, cree_le) VALUES ($1, '076', "
            "'76R01', 'bailleur', $1, $2, '1 rue', $3, 50, 40000, 0, 'plus', '2025-01-01', 'attribue', $4)",
            logement, insee, pieces, Instant{1'795'000'000'000});
    tx.exec(
        "INSERT INTO candidature (id, territoire, demande, logement, guichet, etat, bail_le, designee_le) "
        "VALUES ($1, '076', $2, $3, '76R01', 'bail_signe', $4, $5)",
        fmt::format("chiffres-candidature-{:04}", n), demande, logement, bail_le, Instant{1'795'000'000'000});
}

TEST_CASE("un logement attribué se compte à sa commune, sous son type et à l’année de son bail")
{
    sur_la_plateforme([](test::Platform& platform) {
        auto& app = platform.app();
        auto& base = app.db;
        base.write([&](db::Transaction& tx) {
            for (int i = 1; i <= 12; ++i) {
                poser(tx, numero(i), "radiee", R"({"souhait.t2":"oui"})", {"76540"}, "2024-01-01",
                      "2026-01-10"); // typed in January
                signer(tx, numero(i), i, "76217", 4, "2025-12-20");
            }
            poser(tx, numero(20), "active", "pas du json", {"76540"}, "2025-01-01"); // stops nothing
        });
        relever_les_chiffres(app, {});
        auto tx = base.read();
        const auto rouen = store::releve(tx, "076", "76540").releve;
        const auto dieppe = store::releve(tx, "076", "76217").releve;
        CHECK(dieppe.attributions.at(annee_pleine).a(3, 0) == 12);
        REQUIRE(dieppe.delais.at(annee_pleine).at(3));
        CHECK(dieppe.delais.at(annee_pleine).at(3)->mediane == 719); // to the day of the lease
        for (const auto& annee : rouen.attributions)
            for (const auto n : annee.cases) CHECK(n == 0);
    });
}

TEST_CASE("ce qui arrive cette année ne découvre rien d’une année finie, d’une nuit à l’autre")
{
    sur_la_plateforme([](test::Platform& platform) {
        auto& app = platform.app();
        auto& base = app.db;
        int n = 0;
        const auto attribuer = [&](std::string_view type, int combien, int annee) {
            base.write([&](db::Transaction& tx) {
                for (int i = 0; i < combien; ++i)
                    poser(tx, numero(++n), "radiee", fmt::format(R"({{"souhait.{}":"oui"}})", type),
                          {"76540"}, "2022-01-01", fmt::format("{}-03-01", annee));
            });
        };
        const auto page = [&](std::string_view annee) {
            // The lines of the file, without the day of the count.
            std::string out;
            for (const auto& l :
                 base::split(platform.get("/demander/communes/76540/chiffres.csv").body, '\n'))
                if (l.find(fmt::format(",{},t", annee)) != std::string::npos &&
                    l.find("attributions") != std::string::npos)
                    out += l.substr(0, l.rfind(','));
            return out;
        };
        attribuer("t1", 4, 2025);
        attribuer("t2", 13, 2025);
        attribuer("t3", 30, 2025);
        attribuer("t1", 40, 2024);
        attribuer("t2", 12, 2024);
        attribuer("t3", 60, 2024);
        relever_les_chiffres(app, {});
        const auto hier = page("2025"), avant_hier = page("2024");
        CHECK(hier.find("t1,,oui") != std::string::npos);
        CHECK(hier.find("t3,30,non") != std::string::npos);
        for (const auto* type : {"t1", "t2", "t3", "t4"}) {
            attribuer(type, 15, 2026);
            app.clock = base::Clock{app.clock.now().plus_days(1)};
            relever_les_chiffres(app, {});
            INFO(type);
            CHECK(page("2025") == hier);
            CHECK(page("2024") == avant_hier);
        }
        CHECK(page("2026").find("t4,15,non") != std::string::npos);
    });
}

TEST_CASE(
    "le compte de la nuit est exact : chaque demande une fois par commune, les attributions à leur année")
{
    sur_la_plateforme([](test::Platform& platform) {
        auto& app = platform.app();
        auto& base = app.db;
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
            return store::releve(tx, "076", insee);
        };
        const auto rouen = lire("76540").releve, dieppe = lire("76217").releve;
        CHECK(rouen.attente.a(1, 0) == 30);
        CHECK(rouen.attente.a(5, 0) == 1);
        CHECK(dieppe.attente.a(1, 1) == 30);
        CHECK(dieppe.attente.a(3, 0) == 12); // the largest kind that was ticked
        CHECK(rouen.attributions.at(annee_pleine).a(2, 0) == 12);
        REQUIRE(rouen.delais.at(annee_pleine).at(2));
        CHECK(rouen.delais.at(annee_pleine).at(2)->mediane == 532);
        CHECK(lire("76540").le == app.clock.now());

        // Erased, the demande still counts among the attributions; renewed, nothing counts twice.
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'purgee', contenu = '{}' WHERE etat = 'radiee'");
            tx.exec("UPDATE demande SET etat = 'radiee', motif_radiation = 'renonciation', radiee_le = "
                    "'2026-11-01' "
                    "WHERE etat = 'en_tolerance'");
        });
        relever_les_chiffres(app, {});
        CHECK(lire("76540").releve.attributions.at(annee_pleine).a(2, 0) == 12);
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
    auto& annee = r.attributions.at(annee_pleine);
    annee.a(0, 0) = 5; // masked, and another with it
    annee.a(1, 0) = 20;
    annee.a(2, 0) = 400;
    for (auto& d : r.delais) {
        d.at(1) = Delais{300, 400};
        d.at(2) = Delais{320, 420};
        d.at(nombre_de_typologies) = Delais{310, 410};
    }
    const auto p = publier(r);
    CHECK_FALSE(p.attribues(1, annee_pleine));
    CHECK_FALSE(p.delais.at(annee_pleine).at(1));
    CHECK(p.delais.at(annee_pleine).at(2)->mediane == 320);
    CHECK_FALSE(p.delais.at(0).at(2)); // nobody was housed that year: whatever was kept is not said
}

TEST_CASE("la pression se dit par type de logement, entre deux nombres publiés seulement")
{
    Releve r;
    r.derniere_annee = 2026;
    for (const std::size_t l : {0U, 1U, 2U, 3U}) r.attente.a(l, 0) = 400;
    auto& annee = r.attributions.at(annee_pleine);
    annee.a(0, 0) = 5; // masked, and another with it
    annee.a(1, 0) = 20;
    annee.a(2, 0) = 150;
    const auto p = publier(r);
    CHECK(p.pression.at(2) == 27); // 400 / 150 = 2.67
    CHECK_FALSE(p.pression.at(0));
    CHECK_FALSE(p.pression.at(1));
    CHECK_FALSE(p.pression.at(3)); // none was let: nothing to divide by
}

} // namespace test_store_chiffres
} // namespace demande::chiffres
