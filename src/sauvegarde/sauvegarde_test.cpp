// Backups: made on each engine, taken back on each engine, refused when anything in them is not what was
// written.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/crypto.hpp"
#include "demo.hpp"
#include "piece/atelier.hpp"
#include "piece/fichiers.hpp"
#include "piece/store.hpp"
#include "piece/store_travail.hpp"
#include "sauvegarde/coffre.hpp"
#include "sauvegarde/sauvegarde.hpp"
#include "sauvegarde/tables.hpp"
#include "support/databases.hpp"
#include "territoire/geocodeur.hpp"
#include "territoire/import.hpp"
#include "verification/verification.hpp"

namespace sauvegarde {

namespace {
namespace essai {

namespace fs = std::filesystem;

struct Dossier {
    Dossier() : chemin(fs::temp_directory_path() / ("logis-sauve-" + base::random_token(6))) {}
    ~Dossier() { fs::remove_all(chemin); }
    Dossier(const Dossier&) = delete;
    Dossier& operator=(const Dossier&) = delete;
    fs::path chemin;
};

Config reglages(const Dossier& d)
{
    Config c;
    c.mode = Mode::Test;
    c.files_directory = d.chemin.string();
    return c;
}

/// An empty place to restore into.
struct Neuve {
    explicit Neuve(db::Engine engine)
        : config(reglages(dossier)),
          base(engine, false),
          fichiers(config),
          app{*base, base::Clock{Instant{1'795'000'000'000}}, config, fichiers, geocodeur}
    {}
    Dossier dossier;
    Config config;
    test::FreshDatabase base;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
    App app;
};

/// An installation with two documents.
struct Ancienne {
    explicit Ancienne(db::Engine engine)
        : config(reglages(dossier)),
          base(engine),
          fichiers(config),
          app{*base, base::Clock{Instant{1'795'000'000'000}}, config, fichiers, geocodeur}
    {
        ajouter("un document");
        ajouter("un autre document");
    }
    std::string ajouter(const std::string& octets)
    {
        const auto sha = fichiers.magasin->mettre(octets);
        app.db.write([&](db::Transaction& tx) {
            const auto p = inserer(tx, octets, "x", std::string(24, 'x'));
            piece::store::ranger(tx, p.id, {sha, octets.size()});
        });
        return sha;
    }
    /// Received, durable, not prepared yet.
    std::string recevoir(const std::string& octets)
    {
        const auto cle = fichiers.sas.deposer(octets);
        app.db.write([&](db::Transaction& tx) { inserer(tx, octets, fichiers.sas.nom(), cle); });
        return base::sha256_hex(octets);
    }
    piece::Piece inserer(db::Transaction& tx, const std::string& octets, const std::string& sas,
                         const std::string& cle) const
    {
        return piece::store::inserer(tx,
                                     {.sas = sas,
                                      .cle = cle,
                                      .sha256 = base::sha256_hex(octets),
                                      .nom = "a.txt",
                                      .taille = octets.size()},
                                     app.clock.now());
    }
    Dossier dossier;
    Config config;
    test::FreshDatabase base;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
    App app;
};

/// Every row of every table, whatever their order.
std::map<std::string, std::vector<std::string>> contenu(db::Database& db)
{
    std::map<std::string, std::vector<std::string>> out;
    auto tx = db.read();
    for (const auto& t : tables(tx)) {
        if (t.nom == "tache") continue; // the backup itself holds a lease there
        auto& lignes = out[t.nom];
        std::string colonnes;
        for (const auto& c : t.colonnes) colonnes += (colonnes.empty() ? "\"" : ", \"") + c + "\"";
        tx.run("SELECT " + colonnes + " FROM \"" + t.nom + "\"", {},
               [&](std::span<const db::Value> l) { ajouter_ligne(lignes.emplace_back(), l); });
        std::sort(lignes.begin(), lignes.end());
    }
    return out;
}

fs::path cle(const Dossier& d, char chiffre)
{
    fs::create_directories(d.chemin);
    const auto fichier = d.chemin / (std::string{"cle-"} + chiffre);
    std::ofstream{fichier} << std::string(64, chiffre) << "\n";
    return fichier;
}

std::ostringstream silence;

} // namespace essai
} // namespace

TEST_CASE(
    "d’un moteur à l’autre et retour, une sauvegarde rend tout ligne pour ligne, et l’audit n’y trouve rien")
{
    essai::Ancienne ancienne{db::Engine::Sqlite};
    territoire::charger_reference(ancienne.app.db, ancienne.app.clock.now());
    demo::seed(ancienne.app, "");
    essai::Dossier depots[2];
    const auto faite = sauvegarder(ancienne.app, {depots[0].chemin, {}}, 0, essai::silence);
    CHECK(faite.lignes > 30'000);
    CHECK(faite.fichiers == 3);
    CHECK(faite.manquants == 0);
    {
        auto tx = ancienne.app.db.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM tache WHERE bail_par IS NOT NULL") == 0);
        CHECK(tx.one<Instant>("SELECT dernier_le FROM tache WHERE nom = $1", nom_de_la_tache) ==
              ancienne.app.clock.now());
    }
    essai::Neuve ailleurs{test::engines().back()};
    const auto reprise = restaurer(ailleurs.app, {{depots[0].chemin, {}}, {}, false}, essai::silence);
    CHECK(reprise.nom == faite.nom);
    CHECK(reprise.lignes == faite.lignes);
    CHECK(verification::verifier(ailleurs.app, {}, [](const auto& c) { MESSAGE(c.detail); }).erreurs == 0);
    {
        // It lives: new places take new ranks.
        auto tx = ailleurs.app.db.begin();
        CHECK_NOTHROW(tx.exec("INSERT INTO lieu (id, type, nom, insee, commune, recherche, source) VALUES "
                              "('x', 'street', 'Rue', '76540', 'Rouen', 'rue', 'demo')"));
    }
    sauvegarder(ailleurs.app, {depots[1].chemin, {}}, 0, essai::silence);
    essai::Neuve retour{db::Engine::Sqlite};
    restaurer(retour.app, {{depots[1].chemin, {}}, {}, false}, essai::silence);
    const auto avant = essai::contenu(ancienne.app.db), apres = essai::contenu(retour.app.db);
    CHECK(avant.size() == apres.size());
    for (const auto& avant_table : avant) {
        INFO(avant_table.first);
        REQUIRE(apres.contains(avant_table.first));
        CHECK((apres.at(avant_table.first) == avant_table.second));
    }
}

TEST_CASE("une restauration n’écrase rien et reprend où elle s’était arrêtée")
{
    essai::Ancienne ancienne{db::Engine::Sqlite};
    essai::Dossier depot;
    sauvegarder(ancienne.app, {depot.chemin, {}}, 0, essai::silence);
    const OptionsRestauration ou{{depot.chemin, {}}, {}, false};
    CHECK_THROWS_WITH_AS(restaurer(ancienne.app, ou, essai::silence), doctest::Contains("n’est pas vide"),
                         Refus);

    essai::Neuve neuve{db::Engine::Sqlite};
    neuve.fichiers.magasin->mettre("un document"); // an earlier restoration had come that far
    CHECK_THROWS_WITH_AS(restaurer(neuve.app, ou, essai::silence), doctest::Contains("--reprendre"), Refus);
    auto suite = ou;
    suite.reprendre = true;
    CHECK(restaurer(neuve.app, suite, essai::silence).fichiers == 2);
    CHECK_THROWS_AS(restaurer(neuve.app, suite, essai::silence), Refus);
}

TEST_CASE("ce qui a changé depuis la sauvegarde est refusé : octet, fichier, ligne, manifeste")
{
    essai::Ancienne ancienne{db::Engine::Sqlite};
    ancienne.recevoir("un document au sas");
    const auto abimer = [](const essai::fs::path& p) {
        std::fstream f{p, std::ios::in | std::ios::out | std::ios::binary};
        f.seekg(3);
        const char autre = f.peek() == '~' ? '-' : '~'; // an encrypted byte may be anything
        f.seekp(3);
        f.put(autre);
    };
    for (const bool chiffree : {false, true}) {
        INFO("chiffrée : ", chiffree);
        essai::Dossier depot, cles;
        Options ou{depot.chemin, {}};
        if (chiffree) ou.cle = essai::cle(cles, 'a');
        sauvegarder(ancienne.app, ou, 0, essai::silence);
        const essai::fs::directory_iterator seule{depot.chemin / "sauvegardes"};
        const auto sauvegarde = seule->path();
        std::vector<essai::fs::path> fichiers;
        for (const auto& f : essai::fs::recursive_directory_iterator{depot.chemin / "fichiers"})
            if (f.is_regular_file()) fichiers.push_back(f.path());
        REQUIRE(fichiers.size() == 3);
        const auto refuse = [&](const essai::fs::path& p, auto&& degat) {
            INFO(p.filename().string());
            const auto copie = depot.chemin / "copie";
            essai::fs::copy_file(p, copie, essai::fs::copy_options::overwrite_existing);
            degat(p);
            CHECK_THROWS_AS(relire({ou, {}, false}, essai::silence), Refus);
            essai::fs::copy_file(copie, p, essai::fs::copy_options::overwrite_existing);
            CHECK_NOTHROW(relire({ou, {}, false}, essai::silence));
        };
        for (const auto& p : {sauvegarde / "tables" / "piece.jsonl", sauvegarde / "fichiers.txt",
                              sauvegarde / "sas.txt", sauvegarde / "manifeste.json", fichiers[0]}) {
            refuse(p, abimer);
            refuse(p, [](const auto& f) { essai::fs::resize_file(f, essai::fs::file_size(f) / 2); });
            refuse(p, [](const auto& f) { essai::fs::remove(f); });
        }
        refuse(sauvegarde / "tables" / "journal.jsonl", [](const auto& f) {
            std::ofstream{f, std::ios::app} << "[]\n";
        });
    }
}

TEST_CASE("une sauvegarde chiffrée ne dit rien sans sa clé, ni avec une autre")
{
    essai::Ancienne ancienne{db::Engine::Sqlite};
    const auto sha = ancienne.ajouter("Madame Haddad habite au troisième étage.");
    essai::Dossier depot, cles;
    const Options ou{depot.chemin, essai::cle(cles, 'a')};
    sauvegarder(ancienne.app, ou, 0, essai::silence);
    for (const auto& f : essai::fs::recursive_directory_iterator{depot.chemin}) {
        CHECK(f.path().string().find(sha.substr(2)) == std::string::npos);
        if (!f.is_regular_file()) continue;
        std::ifstream flux{f.path(), std::ios::binary};
        const std::string octets{std::istreambuf_iterator<char>{flux}, {}};
        CHECK(octets.find("Haddad") == std::string::npos);
    }
    CHECK(relire({ou, {}, false}, essai::silence).fichiers == 3);
    CHECK_THROWS_WITH_AS(relire({{depot.chemin, {}}, {}, false}, essai::silence),
                         doctest::Contains("chiffré"), Refus);
    CHECK_THROWS_WITH_AS(relire({{depot.chemin, essai::cle(cles, 'b')}, {}, false}, essai::silence),
                         doctest::Contains("pas la clé"), Refus);
    std::ofstream{cles.chemin / "courte"} << "abc\n";
    CHECK_THROWS_WITH_AS(relire({{depot.chemin, cles.chemin / "courte"}, {}, false}, essai::silence),
                         doctest::Contains("openssl rand -hex 32"), Refus);
    essai::Neuve neuve{db::Engine::Sqlite};
    restaurer(neuve.app, {ou, {}, false}, essai::silence);
    CHECK(neuve.fichiers.magasin->lire(sha) == "Madame Haddad habite au troisième étage.");
}

TEST_CASE(
    "la sauvegarde suivante ne copie que les fichiers nouveaux ; les plus anciennes s’en vont avec les leurs")
{
    essai::Ancienne ancienne{db::Engine::Sqlite};
    essai::Dossier depot;
    const Options ou{depot.chemin, {}};
    const auto plus_tard = [&](int heures) {
        return App{ancienne.app.db, base::Clock{ancienne.app.clock.now().plus_seconds(3600 * heures)},
                   ancienne.app.config, ancienne.fichiers, ancienne.app.geocodeur};
    };
    const auto nombre = [&](const char* quoi) {
        return std::distance(essai::fs::recursive_directory_iterator{depot.chemin / quoi},
                             essai::fs::recursive_directory_iterator{});
    };
    auto un = plus_tard(1);
    const auto premiere = sauvegarder(un, ou, 0, essai::silence);
    ancienne.ajouter("un troisième document");
    auto deux = plus_tard(2);
    CHECK(sauvegarder(deux, ou, 0, essai::silence).copies == 1);
    CHECK(relire({ou, premiere.nom, false}, essai::silence).fichiers == 2);
    ancienne.app.db.write([](db::Transaction& tx) { tx.exec("DELETE FROM piece WHERE taille = 11"); });
    auto trois = plus_tard(3);
    const auto avant = nombre("fichiers");
    CHECK(sauvegarder(trois, ou, 2, essai::silence).fichiers == 2);
    CHECK(nombre("fichiers") == avant); // still named by the second one
    CHECK_THROWS_AS(relire({ou, premiere.nom, false}, essai::silence), Refus);
    auto quatre = plus_tard(4);
    sauvegarder(quatre, ou, 1, essai::silence);
    CHECK(nombre("fichiers") < avant);
    CHECK(relire({ou, {}, false}, essai::silence).fichiers == 2);
}

TEST_CASE("un fichier reçu mais pas encore préparé est sauvé aussi, et se prépare là où il est restauré")
{
    essai::Ancienne ancienne{test::engines().back()};
    const auto sha = ancienne.recevoir("reçu il y a un instant");
    essai::Dossier depot;
    const Options ou{depot.chemin, {}};
    const auto faite = sauvegarder(ancienne.app, ou, 1, essai::silence);
    CHECK(faite.copies == 3);
    CHECK(faite.manquants == 0);
    // The next one removes the first and keeps what it still names.
    ancienne.app.clock = base::Clock{ancienne.app.clock.now().plus_seconds(60)};
    CHECK(sauvegarder(ancienne.app, ou, 1, essai::silence).copies == 0);
    for (const auto vers : test::engines()) {
        essai::Neuve neuve{vers};
        CHECK(restaurer(neuve.app, {ou, {}, false}, essai::silence).au_sas == 1);
        CHECK_FALSE(neuve.fichiers.magasin->existe(sha));
        CHECK(verification::verifier(neuve.app, {}, [](const auto& c) { MESSAGE(c.detail); }).erreurs == 0);
        CHECK(piece::preparer_fichiers(neuve.app.db, neuve.fichiers, neuve.app.clock, {}).rangees == 1);
        CHECK(neuve.fichiers.magasin->lire(sha) == "reçu il y a un instant");
    }
}

TEST_CASE("un fichier déjà perdu n’empêche pas de sauver le reste, et se dit")
{
    essai::Ancienne ancienne{db::Engine::Sqlite};
    const auto sha = ancienne.ajouter("un document bientôt perdu");
    essai::fs::remove(ancienne.dossier.chemin / sha.substr(0, 2) / sha.substr(2));
    essai::Dossier depot;
    const auto faite = sauvegarder(ancienne.app, {depot.chemin, {}}, 0, essai::silence);
    CHECK(faite.manquants == 1);
    CHECK(faite.copies == 2);
    essai::Neuve neuve{db::Engine::Sqlite};
    CHECK(restaurer(neuve.app, {{depot.chemin, {}}, {}, false}, essai::silence).manquants == 1);
}

} // namespace sauvegarde
