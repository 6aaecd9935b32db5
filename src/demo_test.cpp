// The demonstration story: what it shows, that it follows the clock, that it is told once and entirely or not
// at all.
#include "demo.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "compte/agent.hpp"
#include "demo_recits.hpp"
#include "piece/fichiers.hpp"
#include "signalement/cycle.hpp"
#include "support/databases.hpp"
#include "territoire/geocodeur.hpp"
#include "territoire/import.hpp"

namespace test_demo {

constexpr Instant maintenant{1'795'000'000'000};

/// What `logis seed` holds, on a database that has the reference data.
struct Scene {
    explicit Scene(db::Database& db, Instant now = maintenant)
        : dossier((std::filesystem::temp_directory_path() / ("logis-demo-" + base::new_id(now))).string()),
          config(reglages(dossier)),
          fichiers(config),
          app{db, base::Clock{now}, config, fichiers, geocodeur}
    {
        territoire::charger_reference(db, now);
    }
    static Config reglages(const std::string& dossier)
    {
        Config c;
        c.files_directory = dossier;
        return c;
    }
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;
    ~Scene() { std::filesystem::remove_all(dossier); }

    std::set<std::string> slugs(const std::string& sql)
    {
        auto tx = app.db.read();
        const auto all = tx.query<std::string>(sql);
        return {all.begin(), all.end()};
    }
    std::int64_t nombre(const std::string& table)
    {
        auto tx = app.db.read();
        return tx.one<std::int64_t>("SELECT count(*) FROM " + table);
    }

    std::string dossier;
    Config config;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
    App app;
};

template <class E, std::size_t N> std::set<std::string> tous(const base::Name<E> (&names)[N])
{
    std::set<std::string> out;
    for (const auto& n : names) out.insert(std::string{n.slug});
    return out;
}

TEST_CASE("le récit montre tous les états, tous les rôles, plusieurs comités et plusieurs publics")
{
    test::for_each_engine([](db::Database& db) {
        Scene scene{db};
        CHECK(demo::seed(scene.app, ""));
        CHECK(scene.nombre("signalement") == static_cast<std::int64_t>(demo::recits().size()));
        CHECK(scene.slugs("SELECT statut FROM signalement") == tous(signalement::statuts));
        CHECK(scene.slugs("SELECT statut FROM affectation") == tous(signalement::statuts_affectation));
        CHECK(scene.slugs("SELECT role FROM mandat") == tous(compte::roles));
        CHECK(scene.slugs("SELECT comite FROM signalement").size() >= 3);
        CHECK(scene.slugs("SELECT territoire FROM signalement").size() >= 2);
        CHECK(scene.nombre("signalement WHERE danger = 1") >= 2);
        CHECK(scene.nombre("signalement WHERE profil = 'locataire'") >= 1);
        auto types = tous(signalement::types_suivi);
        types.erase("document"); // needs a file: the story has only the photos of its deposits
        types.erase("decision"); // shown from the journal, never written by anybody
        const auto racontes = scene.slugs("SELECT type FROM suivi");
        for (const auto& type : types) {
            INFO(type);
            CHECK(racontes.contains(type));
        }
        CHECK(scene.nombre("suivi WHERE visible_deposant = 0") >= 1);
    });
}

TEST_CASE("aucun courriel du récit ne partira")
{
    test::for_each_engine([](db::Database& db) {
        Scene scene{db};
        demo::seed(scene.app, "");
        CHECK(scene.nombre("courriel") > 0);
        CHECK(scene.nombre("courriel WHERE etat <> 'envoye'") == 0);
        CHECK(scene.nombre("courriel WHERE envoye_le <> cree_le") == 0);
    });
}

TEST_CASE(
    "les dates du récit suivent l’horloge, les plus anciens signalements portent les plus petits numéros")
{
    test::for_each_engine([](db::Database& db) {
        constexpr int jours = 400;
        const auto plus_tard = maintenant.plus_days(jours);
        Scene scene{db, plus_tard};
        demo::seed(scene.app, "");
        auto tx = db.read();
        struct Ligne {
            std::string reference;
            Instant depose_le;
        };
        const auto lignes = tx.query<Ligne>(
            "SELECT reference, depose_le FROM signalement ORDER BY territoire DESC, depose_le");
        REQUIRE(lignes.size() == demo::recits().size());
        std::string precedente = "99-";
        for (const auto& l : lignes) {
            CHECK(l.depose_le < plus_tard);
            CHECK(l.depose_le > plus_tard.plus_days(-366));
            // A year later, a number starts again: only the same year is in order.
            if (l.reference.substr(0, 8) == precedente.substr(0, 8)) CHECK(l.reference > precedente);
            precedente = l.reference;
        }
        CHECK(tx.one<Instant>("SELECT max(ajoute_le) FROM suivi") <= plus_tard);
        CHECK(tx.one<Instant>("SELECT max(le) FROM journal") <= plus_tard);
        CHECK(tx.one<Instant>("SELECT max(depose_le) FROM signalement") > plus_tard.plus_days(-1));
    });
}

TEST_CASE("raconter le récit deux fois ne change rien")
{
    test::for_each_engine([](db::Database& db) {
        Scene scene{db};
        CHECK(demo::seed(scene.app, ""));
        const auto journal = scene.nombre("journal"), comptes = scene.nombre("compte");
        CHECK_FALSE(demo::seed(scene.app, ""));
        CHECK(scene.nombre("journal") == journal);
        CHECK(scene.nombre("compte") == comptes);
    });
}

TEST_CASE("un récit interrompu ne laisse rien, et se raconte ensuite en entier")
{
    test::for_each_engine([](db::Database& db) {
        Scene scene{db};
        // The story has two reports of one town: the second one now breaks it.
        db.write([](db::Transaction& tx) { tx.script("CREATE UNIQUE INDEX panne ON signalement (insee)"); });
        CHECK_THROWS(demo::seed(scene.app, ""));
        for (const auto* table :
             {"signalement", "compte", "partenaire", "territoire", "courriel", "journal"}) {
            INFO(table);
            CHECK(scene.nombre(table) == 0);
        }
        db.write([](db::Transaction& tx) { tx.script("DROP INDEX panne"); });
        CHECK(demo::seed(scene.app, ""));
        CHECK(scene.nombre("signalement") == static_cast<std::int64_t>(demo::recits().size()));
    });
}

TEST_CASE("le récit porte les photos de demo/photos, et toutes servent")
{
    const auto dossier = std::filesystem::path{LOGIS_SOURCE_DIR} / "demo/photos";
    std::set<std::string> presentes, citees;
    for (const auto& entry : std::filesystem::directory_iterator{dossier})
        if (entry.path().extension() == ".jpg") presentes.insert(entry.path().filename().string());
    for (const auto& r : demo::recits())
        for (const auto& photo : r.photos) citees.insert(std::string{photo.fichier});
    CHECK(citees == presentes);

    test::FreshDatabase fresh{db::Engine::Sqlite};
    Scene scene{*fresh};
    demo::seed(scene.app, dossier.string());
    CHECK(scene.nombre("piece") >= static_cast<std::int64_t>(presentes.size()));
    CHECK(scene.nombre("signalement WHERE id IN (SELECT signalement FROM signalement_piece)") >= 5);
    CHECK_THROWS_AS(
        [&] {
            test::FreshDatabase other{db::Engine::Sqlite};
            Scene sans{*other};
            demo::seed(sans.app, sans.dossier);
        }(),
        std::runtime_error);
}

} // namespace test_demo
