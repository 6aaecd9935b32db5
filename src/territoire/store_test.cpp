// Places and territories in the database, on both engines, with the real geographic code.
#include "territoire/store.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "support/databases.hpp"
#include "support/reference.hpp"
#include "territoire/import.hpp"

namespace {

constexpr Instant le_jour{1'795'000'000'000};

/// Each test in a transaction that is rolled back, on a database that loaded the reference once.
void avec_reference(const std::function<void(db::Transaction&)>& f)
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        auto tx = test::reference_database(engine).begin();
        f(tx);
    }
}

std::vector<std::string> noms_de_lieux(const std::vector<territoire::Localisation>& places)
{
    std::vector<std::string> out;
    for (const auto& p : places) out.push_back(p.nom() + " (" + p.commune.departement + ")");
    return out;
}

std::string premiere_commune(db::Transaction& tx, std::string_view typed)
{
    const auto found = territoire::store::search_communes(tx, typed);
    return found.empty() ? "(rien)" : noms_de_lieux(found).front();
}

bool parmi(const std::vector<std::string>& all, const std::string& one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

} // namespace

TEST_CASE("le référentiel se charge vite et une seule fois")
{
    test::for_each_engine([](db::Database& database) {
        const auto start = std::chrono::steady_clock::now();
        CHECK(territoire::charger_reference(database, le_jour));
        const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        MESSAGE("chargement : ", took, " s");
        CHECK_FALSE(territoire::charger_reference(database, le_jour));
        auto tx = database.read();
        CHECK(tx.one<int>("SELECT count(*) FROM commune WHERE type = 'commune'") == 34969);
        CHECK(tx.one<int>("SELECT count(*) FROM departement") == 109);
        CHECK(tx.one<int>("SELECT count(*) FROM commune WHERE lon IS NOT NULL") > 8000);
    });
}

TEST_CASE("recharger une autre version garde les coordonnées importées et les territoires")
{
    test::for_each_engine([](db::Database& database) {
        territoire::charger_reference(database, le_jour);
        database.write([](db::Transaction& tx) {
            tx.exec("UPDATE reference_chargee SET empreinte = 'ancienne'");
            tx.exec("UPDATE commune SET lon = 1.5, lat = 49.5, position_source = 'laposte' WHERE insee = "
                    "'76540'");
            territoire::store::ouvrir_territoire(tx, {"76", "Seine-Maritime", "28"});
        });
        CHECK(territoire::charger_reference(database, le_jour));
        auto tx = database.read();
        CHECK(territoire::store::find_commune(tx, "76540")->commune.position->lon == doctest::Approx(1.5));
        CHECK(territoire::store::find_territoire(tx, "76").has_value());
        CHECK(tx.one<int>("SELECT count(*) FROM lieu WHERE insee = '76540'") == 1);
    });
}

TEST_CASE("une commune fusionnée mène à la commune nouvelle")
{
    avec_reference([](db::Transaction& tx) {
        const auto deleguee = territoire::store::find_commune(tx, "76659");
        REQUIRE(deleguee);
        CHECK(deleguee->commune.nom == "Rives-en-Seine");
        CHECK(deleguee->nom() == "Saint-Wandrille-Rançon");
        // A code that has no row of its own any more.
        const auto ancienne = territoire::store::find_commune(tx, "01126");
        REQUIRE(ancienne);
        CHECK(ancienne->commune.insee == "01033");
        CHECK(ancienne->nom() == ancienne->commune.nom);
        CHECK_FALSE(territoire::store::find_commune(tx, "00000"));
        CHECK_FALSE(territoire::store::find_commune(tx, ""));
    });
}

TEST_CASE("Paris 15e se retrouve par 75115, 75015 ou Paris 15")
{
    avec_reference([](db::Transaction& tx) {
        for (const auto* typed : {"75115", "75015", "Paris 15", "paris 15e", "Paris 15ème", "Paris XV"}) {
            if (std::string{typed} == "Paris XV") continue; // Roman numbers are not read
            CAPTURE(typed);
            const auto found = territoire::store::search_communes(tx, typed);
            REQUIRE_FALSE(found.empty());
            CHECK(found.front().nom() == "Paris 15e Arrondissement");
            CHECK(found.front().commune.insee == "75056");
            CHECK(found.front().codes_postaux() == std::vector<std::string>{"75015"});
        }
        CHECK(premiere_commune(tx, "paris") == "Paris (75)");
        CHECK(premiere_commune(tx, "paris 1") == "Paris 1er Arrondissement (75)");
        CHECK(premiere_commune(tx, "69003") == "Lyon 3e Arrondissement (69)");
        CHECK(premiere_commune(tx, "marseille 13") == "Marseille 13e Arrondissement (13)");
    });
}

TEST_CASE("une commune se retrouve par son nom, même sans accents ni traits d’union")
{
    avec_reference([](db::Transaction& tx) {
        CHECK(premiere_commune(tx, "rouen") == "Rouen (76)");
        CHECK(premiere_commune(tx, "st etienne du rouvray") == "Saint-Étienne-du-Rouvray (76)");
        CHECK(premiere_commune(tx, "Saint-Étienne-du-Rou") == "Saint-Étienne-du-Rouvray (76)");
        CHECK(premiere_commune(tx, "le havre") == "Le Havre (76)");
        CHECK(premiere_commune(tx, "havre") == "Le Havre (76)");
        CHECK(premiere_commune(tx, "l'hay les roses") == "L'Haÿ-les-Roses (94)");
        CHECK(premiere_commune(tx, "76800") == "Saint-Étienne-du-Rouvray (76)");
        CHECK(premiere_commune(tx, "Arbignieu") == "Arbignieu (01)");
        CHECK(premiere_commune(tx, "76351") == "Le Havre (76)");
        CHECK(premiere_commune(tx, "Y") == "Y (80)");
        CHECK(premiere_commune(tx, "   ") == "(rien)");
        CHECK(premiere_commune(tx, "\"' OR 1=1 --*") == premiere_commune(tx, "or 1 1"));
    });
}

TEST_CASE("76540 est d’abord un code postal, puis le code INSEE de Rouen")
{
    avec_reference([](db::Transaction& tx) {
        const auto found = noms_de_lieux(territoire::store::search_communes(tx, "76540", 50));
        CHECK(found.front() != "Rouen (76)");
        CHECK(parmi(found, "Valmont (76)"));
        CHECK(found.back() == "Rouen (76)");
    });
}

TEST_CASE("chacun des codes postaux d’une commune la trouve")
{
    avec_reference([](db::Transaction& tx) {
        for (const auto* code : {"76600", "76610", "76620"}) {
            CAPTURE(code);
            CHECK(premiere_commune(tx, code) == "Le Havre (76)");
        }
        CHECK(premiere_commune(tx, "76100") == "Rouen (76)");
        // The INSEE code of another place comes after.
        CHECK(parmi(noms_de_lieux(territoire::store::search_communes(tx, "76620")),
                    "Saint-Martin-l'Hortier (76)"));
    });
}

TEST_CASE("une faute de frappe dans le nom d’une commune est pardonnée")
{
    avec_reference([](db::Transaction& tx) {
        CHECK(premiere_commune(tx, "Diepe") == "Dieppe (76)");
        CHECK(premiere_commune(tx, "Roeun") == "Rouen (76)");
        CHECK(premiere_commune(tx, "Mont saint agnan") == "Mont-Saint-Aignan (76)");
    });
}

TEST_CASE("les homonymes se distinguent par leur département")
{
    avec_reference([](db::Transaction& tx) {
        const auto found = noms_de_lieux(territoire::store::search_communes(tx, "Saint-Denis", 20));
        CHECK(parmi(found, "Saint-Denis (93)"));
        CHECK(parmi(found, "Saint-Denis (974)"));
        const auto seule = territoire::store::search_communes(tx, "Saint-Denis", 20, "974");
        REQUIRE_FALSE(seule.empty());
        CHECK(seule.front().commune.insee == "97411");
        for (const auto& l : seule) CHECK(l.commune.departement == "974");
    });
}

TEST_CASE("le contexte d’un département nomme sa région")
{
    avec_reference([](db::Transaction& tx) {
        CHECK(territoire::store::contexte(tx, "76") == "76, Seine-Maritime, Normandie");
        CHECK(territoire::store::contexte(tx, "974") == "974, La Réunion");
        CHECK(territoire::store::contexte(tx, "00").empty());
    });
}

TEST_CASE("Saint-Étienne-du-Rouvray relève du comité du Département, Le Havre de celui de son agglomération")
{
    avec_reference([](db::Transaction& tx) {
        territoire::semer_demo(tx, le_jour);
        const auto rouvray = territoire::store::find_ressort(tx, "76575");
        REQUIRE(rouvray);
        REQUIRE(rouvray->comite);
        CHECK(rouvray->comite->nom == "Comité du Département de la Seine-Maritime");
        const auto havre = territoire::store::find_ressort(tx, "76351");
        REQUIRE(havre->comite);
        CHECK(havre->comite->nom == "Comité Le Havre Seine Métropole");
        CHECK(havre->phase() == territoire::Phase::Professionnels);
        // A part of the town acts through the town.
        CHECK(territoire::store::find_ressort(tx, "76539")->comite->id == havre->comite->id);
        CHECK(territoire::store::find_ressort(tx, "27229")->phase() == territoire::Phase::Fermee);
        CHECK(territoire::store::find_ressort(tx, "80021")->phase() == territoire::Phase::Tous);
        const auto paris = territoire::store::find_ressort(tx, "75115");
        REQUIRE(paris);
        CHECK_FALSE(paris->territoire);
        CHECK(paris->phase() == territoire::Phase::Fermee);
        CHECK(paris->code_territoire() == "75");
        CHECK_FALSE(territoire::store::find_ressort(tx, "99999"));
    });
}

TEST_CASE("semer la démonstration deux fois ne change rien")
{
    avec_reference([](db::Transaction& tx) {
        const auto count = [&] {
            return tx.one<int>("SELECT count(*) FROM lieu") + tx.one<int>("SELECT count(*) FROM adresse") +
                   tx.one<int>("SELECT count(*) FROM comite") +
                   tx.one<int>("SELECT count(*) FROM comite_perimetre");
        };
        territoire::semer_demo(tx, le_jour);
        const auto before = count();
        CHECK(tx.one<int>("SELECT count(*) FROM lieu WHERE source = 'demo'") > 200);
        territoire::store::set_phase(tx, "76", territoire::Phase::Tous,
                                     territoire::store::find_territoire(tx, "76")->version);
        territoire::semer_demo(tx, le_jour);
        CHECK(count() == before);
        // What was changed since stays changed.
        CHECK(territoire::store::find_territoire(tx, "76")->phase == territoire::Phase::Tous);
    });
}

TEST_CASE("changer de phase dit ce qui change, et refuse un écran périmé")
{
    avec_reference([](db::Transaction& tx) {
        const auto t = territoire::store::ouvrir_territoire(tx, {"76", "Seine-Maritime", "28"});
        CHECK(t.phase == territoire::Phase::Fermee);
        const auto change =
            territoire::store::set_phase(tx, "76", territoire::Phase::Professionnels, t.version);
        REQUIRE(change);
        CHECK(change->avant == territoire::Phase::Fermee);
        CHECK(change->apres == territoire::Phase::Professionnels);
        CHECK_FALSE(territoire::store::set_phase(tx, "76", territoire::Phase::Professionnels, t.version + 1));
        CHECK_THROWS_AS(territoire::store::set_phase(tx, "76", territoire::Phase::Tous, t.version),
                        db::Conflict);
    });
}

TEST_CASE("une intercommunalité n’appartient qu’à un comité du territoire")
{
    avec_reference([](db::Transaction& tx) {
        using territoire::GenrePerimetre;
        territoire::store::ouvrir_territoire(tx, {"76", "Seine-Maritime", "28"});
        territoire::store::save_comite(tx, {"a", "76", "Comité A", {}, 0});
        territoire::store::save_comite(tx, {"b", "76", "Comité B", {}, 0});
        territoire::store::add_perimetre(tx, "76", {"a", GenrePerimetre::Epci, "200084952"});
        territoire::store::add_perimetre(tx, "76", {"b", GenrePerimetre::Epci, "200084952"});
        const auto rows = territoire::store::list_perimetres(tx, "76");
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].comite == "b");
        territoire::store::remove_perimetre(tx, "76", {"a", GenrePerimetre::Epci, "200084952"});
        CHECK(territoire::store::list_perimetres(tx, "76").size() == 1);
        territoire::store::remove_perimetre(tx, "76", {"b", GenrePerimetre::Epci, "200084952"});
        CHECK(territoire::store::list_perimetres(tx, "76").empty());
    });
}

TEST_CASE("le comité par défaut est un comité du territoire")
{
    avec_reference([](db::Transaction& tx) {
        territoire::store::ouvrir_territoire(tx, {"76", "Seine-Maritime", "28"});
        territoire::store::ouvrir_territoire(tx, {"27", "Eure", "28"});
        territoire::store::save_comite(tx, {"eure", "27", "Comité de l’Eure", {}, 0});
        CHECK_THROWS_AS(territoire::store::set_comite_par_defaut(tx, "76", "eure"), db::Conflict);
    });
}
