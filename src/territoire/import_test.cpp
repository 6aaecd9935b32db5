// Imports of La Poste and of the BAN, on extracts of the real files (tests/data) and on small ones made here.
#include "territoire/import.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "support/databases.hpp"
#include "support/reference.hpp"
#include "territoire/import_lines.hpp"
#include "territoire/store.hpp"

namespace {

namespace fs = std::filesystem;
constexpr Instant jour_import{1'795'000'000'000};

std::string real_file(const std::string& name)
{
    return (fs::path{LOGIS_SOURCE_DIR} / "tests/data" / name).string();
}

struct TemporaryFile {
    explicit TemporaryFile(const std::string& content, const std::string& name = "essai.csv")
        : path((fs::temp_directory_path() / (base::new_id(base::Clock{}.now()) + "-" + name)).string())
    {
        write(content);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { fs::remove(path); }
    void write(const std::string& content) const { std::ofstream{path, std::ios::binary} << content; }
    std::string path;
};

/// Imports commit: each test has its own database with the few communes it speaks of.
void with_communes(const std::function<void(db::Database&)>& f)
{
    test::for_each_engine([&](db::Database& database) {
        database.write([](db::Transaction& tx) {
            tx.script(
                "INSERT INTO region (code, nom) VALUES ('28', 'Normandie'), ('44', 'Grand Est'), ('988', "
                "'Nouvelle-Calédonie');"
                "INSERT INTO departement (code, nom, region) VALUES ('76', 'Seine-Maritime', '28'), ('54', "
                "'Meurthe-et-Moselle', '44'), ('988', 'Nouvelle-Calédonie', '988'), ('01', 'Ain', '28');"
                "INSERT INTO commune (insee, nom, type, departement, codes_postaux, population) VALUES "
                "('76540', 'Rouen', 'commune', '76', '76000 76100', 117662), ('54084', 'Mont-Bonvillers', "
                "'commune', '54', '54111', 1000), ('54295', 'Landres', 'commune', '54', '54970', 1100), "
                "('98825', 'Pouembout', 'commune', '988', '98825', 2752), "
                "('01002', 'L''Abergement-de-Varey', 'commune', '01', '01640', 270), ('01033', 'Valserhône', "
                "'commune', '01', '01200', 16000);"
                "INSERT INTO commune_ancien_code (code, insee) VALUES ('01126', '01033');");
        });
        f(database);
    });
}

int rows_in(db::Database& database, const std::string& table)
{
    auto tx = database.read();
    return tx.one<int>("SELECT count(*) FROM " + table);
}

const std::string new_header =
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;"
    "nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_"
    "position;"
    "source_nom_voie;certification_commune;cad_parcelles\n";

std::string ban_row(const std::string& id, const std::string& numero, const std::string& rep,
                    const std::string& voie, const std::string& insee = "76540",
                    const std::string& commune = "Rouen", const std::string& lon = "1.09")
{
    return id + ";;" + numero + ";" + rep + ";" + voie + ";76000;" + insee + ";" + commune + ";;;1;2;" + lon +
           ";49.44;entrée;;;ROUEN;X;commune;commune;1;\n";
}

std::vector<territoire::Adresse> cherche(db::Database& database, const std::string& q)
{
    auto tx = database.read();
    return territoire::store::rechercher(tx, q);
}

} // namespace

TEST_CASE("une ligne CSV se lit avec ses guillemets")
{
    using Fields = std::vector<std::string>;
    CHECK(territoire::parse_csv("a;b;;", ';') == Fields{"a", "b", "", ""});
    CHECK(territoire::parse_csv(R"("a ""b"";c";d)", ';') == Fields{R"(a "b";c)", "d"});
    CHECK_FALSE(territoire::parse_csv(R"("a;b)", ';'));
    CHECK_FALSE(territoire::parse_csv(R"("a"b;c)", ';'));
    CHECK(territoire::parse_csv("", ';') == Fields{""});
}

TEST_CASE("un fichier compressé coupé est refusé avec la raison")
{
    const TemporaryFile file{"", "coupe.csv.gz"};
    std::string content;
    for (int i = 0; i < 5000; ++i) content += "ligne numéro " + std::to_string(i * 7919) + "\n";
    auto* gz = gzopen(file.path.c_str(), "wb");
    gzwrite(gz, content.data(), static_cast<unsigned>(content.size()));
    gzclose(gz);
    {
        territoire::LineReader reader{file.path};
        int lines = 0;
        while (reader.next()) ++lines;
        CHECK(lines == 5000);
        CHECK(reader.position() == content.size());
    }
    fs::resize_file(file.path, fs::file_size(file.path) / 2);
    territoire::LineReader reader{file.path};
    const auto read_all = [&] {
        while (reader.next()) {
        }
    };
    CHECK_THROWS_AS(read_all(), std::runtime_error);
}

TEST_CASE("la BAN actuelle s’importe : voies, numéros, suffixes, lieux-dits")
{
    with_communes([](db::Database& database) {
        const TemporaryFile file{
            new_header + ban_row("76540_4580_00012", "12", "", "Rue Jeanne d'Arc") +
            ban_row("76540_4580_00012_bis", "12", "bis", "Rue Jeanne d'Arc", "76540", "Rouen", "1.10") +
            ban_row("76540_0040", "99999", "", "Le Petit Val") +
            "01002_w4ld4h_00006;;6;;Place du Pese "
            "Lait;01640;01002;L'Abergement-de-Varey;;;887643.67;6547960.53;"
            "5.425179;46.005447;entrée;;;ABERGEMENT-DE-VAREY (L );PLACE DU PESE LAIT;commune;commune;1;"
            "01002000AE0005\n"};
        const auto b = territoire::importer_adresses(database, file.path, jour_import);
        CHECK(b.erreurs == 0);
        CHECK(b.lignes == 4);
        CHECK(rows_in(database, "lieu WHERE source = 'ban'") == 3);
        CHECK(rows_in(database, "adresse") == 3);
        const auto found = cherche(database, "12 bis rue jeanne d'arc rouen");
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].libelle == "12 bis Rue Jeanne d'Arc 76000 Rouen");
        CHECK(found[0].id == "76540_4580_00012_bis");
        CHECK(found[0].score > 0.9);
        CHECK(found[0].contexte == "76, Seine-Maritime, Normandie");
        CHECK(found[0].position->lon == doctest::Approx(1.10));
        // The street stands in the middle of its numbers.
        const auto street = cherche(database, "rue jeanne d'arc rouen");
        CHECK(street[0].type == territoire::TypeAdresse::Voie);
        CHECK(street[0].position->lon == doctest::Approx(1.095));
    });
}

TEST_CASE("refaire un import ne change rien, et un fichier déjà fait n’est pas relu")
{
    with_communes([](db::Database& database) {
        const auto content = new_header + ban_row("76540_4580_00012", "12", "", "Rue Jeanne d'Arc");
        const TemporaryFile file{content};
        CHECK(territoire::importer_adresses(database, file.path, jour_import).retenues == 1);
        CHECK(territoire::importer_adresses(database, file.path, jour_import).deja_fait);
        // The file changed: it is read again, and its rows replace those of the same key.
        file.write(content + ban_row("76540_4580_00014", "14", "", "Rue Jeanne d'Arc"));
        const auto again = territoire::importer_adresses(database, file.path, jour_import);
        CHECK_FALSE(again.deja_fait);
        CHECK(again.retenues == 2);
        CHECK(rows_in(database, "adresse") == 2);
        CHECK(rows_in(database, "lieu") == 1);
        // A street that changes its name is found under the new one only.
        file.write(new_header + ban_row("76540_4580_00012", "12", "", "Rue Gisèle Halimi"));
        territoire::importer_adresses(database, file.path, jour_import);
        CHECK_FALSE(cherche(database, "rue gisele halimi").empty());
        for (const auto& a : cherche(database, "rue jeanne d'arc")) CHECK(a.voie != "Rue Jeanne d'Arc");
    });
}

TEST_CASE("les lignes fausses sont comptées et montrées, les autres importées")
{
    with_communes([](db::Database& database) {
        const TemporaryFile file{
            new_header + ban_row("76540_4580_00012", "12", "", "Rue Jeanne d'Arc") + "deux;colonnes\n" +
            ban_row("99999_1_00001", "1", "", "Rue X", "99999") +
            ban_row("76540_4580_0000x", "douze", "", "Rue Jeanne d'Arc") +
            ban_row("76540_4580_00013", "13", "", "Rue \xff") +
            ban_row("76540_4580_00015", "15", "", "Rue Jeanne d'Arc", "76540", "Rouen", "1900")};
        const auto b = territoire::importer_adresses(database, file.path, jour_import);
        CHECK(b.erreurs == 5);
        CHECK(b.retenues == 1);
        REQUIRE(b.premieres_erreurs.size() == 5);
        CHECK(b.premieres_erreurs[0].starts_with("ligne 3"));
        CHECK(b.premieres_erreurs[1] == "ligne 4 : code INSEE inconnu");
        CHECK(territoire::en_texte(b).find("5 erreurs") != std::string::npos);
    });
}

TEST_CASE("un import coupé reprend où il en était")
{
    with_communes([](db::Database& database) {
        std::string content = new_header;
        for (int i = 1; i <= 9000; ++i)
            content += ban_row("76540_4580_" + std::to_string(i), std::to_string(i), "", "Rue Jeanne d'Arc");
        const TemporaryFile file{content};
        const auto cut =
            territoire::importer_adresses(database, file.path, jour_import, {.arreter_apres = 6000});
        CHECK(cut.retenues == 4000); // one batch was written
        CHECK(rows_in(database, "adresse") == 4000);
        const auto rest = territoire::importer_adresses(database, file.path, jour_import);
        CHECK(rest.repris);
        CHECK(rest.lignes == 5000);
        CHECK(rows_in(database, "adresse") == 9000);
        CHECK(territoire::importer_adresses(database, file.path, jour_import).deja_fait);
    });
}

TEST_CASE("une adresse d’une commune fusionnée va à la commune nouvelle")
{
    with_communes([](db::Database& database) {
        const TemporaryFile file{new_header + ban_row("01126_0010_00001", "1", "", "Rue du Lac", "01126",
                                                      "Châtillon-en-Michaille")};
        CHECK(territoire::importer_adresses(database, file.path, jour_import).erreurs == 0);
        const auto found = cherche(database, "1 rue du lac");
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].insee == "01033");
        CHECK(found[0].commune == "Valserhône");
    });
}

TEST_CASE("un fichier qui n’est pas la BAN est refusé en disant ce qui est attendu")
{
    with_communes([](db::Database& database) {
        const TemporaryFile file{"nom,prenom\nA,B\n"};
        CHECK_THROWS_WITH_AS(territoire::importer_adresses(database, file.path, jour_import),
                             doctest::Contains("nom_voie"), std::runtime_error);
        CHECK_THROWS_WITH_AS(territoire::importer_communes(database, file.path, jour_import),
                             doctest::Contains("code_commune_insee"), std::runtime_error);
        CHECK_THROWS_AS(territoire::importer_adresses(database, "/nulle/part.csv", jour_import),
                        std::runtime_error);
    });
}

TEST_CASE("la BAN réelle de 2019 (seize colonnes) s’importe sans erreur")
{
    const auto path = real_file("ban-2019-meurthe-et-moselle.csv.gz");
    with_communes([&](db::Database& database) {
        const auto b = territoire::importer_adresses(database, path, jour_import);
        CHECK(b.erreurs == 0);
        CHECK(b.lignes == 40);
        CHECK(rows_in(database, "adresse") == 40);
        const auto found = cherche(database, "18 allee des acacias mont bonvillers");
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].libelle == "18 Allée des acacias 54111 Mont-Bonvillers");
    });
}

TEST_CASE("la BAN réelle au format addok s’importe sans erreur, code postal absent compris")
{
    const auto path = real_file("ban-addok-pouembout.ndjson.gz");
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        test::FreshDatabase fresh{engine};
        territoire::charger_reference(*fresh, jour_import);
        const auto b = territoire::importer_adresses(*fresh, path, jour_import);
        for (const auto& e : b.premieres_erreurs) MESSAGE(e);
        CHECK(b.erreurs == 0);
        CHECK(b.lignes == 68);
        CHECK(rows_in(*fresh, "adresse") == 838);
        const auto found = cherche(*fresh, "10 rue des sapins pouembout");
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].libelle == "10 Rue des Sapins Pouembout");
        CHECK(found[0].insee == "98825");
    }
}

TEST_CASE("la base réelle de La Poste donne leurs coordonnées aux communes")
{
    const auto path = real_file("laposte-codes-postaux.csv");
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        test::FreshDatabase fresh{engine};
        territoire::charger_reference(*fresh, jour_import);
        const auto placees = "commune WHERE position_source = 'laposte'";
        CHECK(rows_in(*fresh, placees) == 0);
        const auto b = territoire::importer_communes(*fresh, path, jour_import);
        for (const auto& e : b.premieres_erreurs) MESSAGE(e);
        CHECK(b.lignes == 82);
        CHECK(b.erreurs == 0);
        // Neither Monaco nor the two communes that La Poste does not place; arrondissements like communes.
        CHECK(rows_in(*fresh, placees) == 55);
        CHECK(territoire::importer_communes(*fresh, path, jour_import).deja_fait);
        auto tx = fresh->read();
        const auto small = territoire::store::find_commune(tx, "01002");
        REQUIRE(small->commune.position);
        CHECK(small->commune.position->lat == doctest::Approx(46.007131));
        const auto paris4 = territoire::store::find_commune(tx, "75104");
        REQUIRE(paris4);
        CHECK(paris4->commune.position);
        CHECK_FALSE(territoire::store::find_commune(tx, "14581")->commune.position);
    }
}

TEST_CASE("les anciens en-têtes de La Poste sont compris aussi")
{
    with_communes([](db::Database& database) {
        const TemporaryFile file{
            "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5;"
            "coordonnees_gps\n"
            "76540;ROUEN;76000;ROUEN;;49.4413460103,1.09256784278\n"
            "1002;L ABERGEMENT DE VAREY;1640;L ABERGEMENT DE VAREY;;46.009, 5.426\n"
            "54084;MONT BONVILLERS;54111;;;\n"
            "00000;NULLE PART;00000;;;\n"};
        const auto b = territoire::importer_communes(database, file.path, jour_import);
        CHECK(b.lignes == 4);
        CHECK(b.erreurs == 1);
        auto tx = database.read();
        CHECK(territoire::store::find_commune(tx, "76540")->commune.position->lat ==
              doctest::Approx(49.441346));
        CHECK(territoire::store::find_commune(tx, "01002")->commune.position->lon == doctest::Approx(5.426));
        CHECK_FALSE(territoire::store::find_commune(tx, "54084")->commune.position);
    });
}
