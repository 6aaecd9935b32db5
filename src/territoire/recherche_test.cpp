// Reading what people type, scoring, and finding streets on both engines.
#include "territoire/recherche.hpp"

#include <doctest/doctest.h>

#include "support/databases.hpp"
#include "support/reference.hpp"
#include "territoire/import.hpp"
#include "territoire/store.hpp"

namespace {

using Words = std::vector<std::string>;

territoire::Adresse une_voie(const char* voie, const char* commune, const char* code_postal)
{
    territoire::Adresse a;
    a.type = territoire::TypeAdresse::Voie;
    a.voie = voie;
    a.commune = commune;
    a.code_postal = code_postal;
    return a;
}

double note_de(const char* typed, const territoire::Adresse& a)
{
    return territoire::noter(territoire::lire_question(typed), a, true);
}

/// The streets of the demonstration, in a transaction that is rolled back.
void avec_demo(const std::function<void(db::Transaction&)>& f)
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        auto tx = test::reference_database(engine).begin();
        territoire::semer_demo(tx, Instant{1'795'000'000'000});
        f(tx);
    }
}

std::string first_label(db::Transaction& tx, std::string_view typed, const territoire::Filtre& filtre = {})
{
    const auto found = territoire::store::rechercher(tx, typed, 5, filtre);
    return found.empty() ? "(rien)" : found.front().libelle;
}

} // namespace

TEST_CASE("le numéro et son indice sont détachés de la rue")
{
    const auto q = territoire::lire_question("12 bis rue Jeanne d'Arc, 76000 Rouen");
    CHECK(q.numero == 12);
    CHECK(q.suffixe == "bis");
    CHECK(q.mots == Words{"rue", "jeanne", "d", "arc", "76000", "rouen"});
    CHECK(territoire::lire_question("12bis bd de l'Yser").suffixe == "bis");
    CHECK(territoire::lire_question("12B rue Verte").suffixe == "b");
    CHECK(territoire::lire_question("12 b rue Verte").suffixe == "b");
    CHECK(territoire::lire_question("Résidence Les Lilas 14 av. Pasteur").numero == 14);
}

TEST_CASE("un code postal, un arrondissement ou une date ne sont pas des numéros")
{
    CHECK_FALSE(territoire::lire_question("76000 Rouen").numero);
    CHECK_FALSE(territoire::lire_question("Paris 15").numero);
    CHECK_FALSE(territoire::lire_question("1er mai").numero);
    CHECK_FALSE(territoire::lire_question("rue du 8 mai 1945").numero);
    CHECK(territoire::lire_question("12 rue du 8 mai 1945").numero == 12);
    CHECK(territoire::lire_question("12 rue du 8 mai 1945").mots == Words{"rue", "du", "8", "mai", "1945"});
}

TEST_CASE("les abréviations sont ouvertes et les ordinaux lus comme des nombres")
{
    CHECK(territoire::texte_recherche("Bd St-Michel") == "boulevard saint michel");
    CHECK(territoire::texte_recherche("Paris 15e Arrondissement") == "paris 15 arrondissement");
    CHECK(territoire::texte_recherche("Rue du 1er Mai") == "rue du 1 mai");
    CHECK(territoire::texte_recherche("Œuvre d’Æther") == "oeuvre d aether");
}

TEST_CASE("une adresse complète obtient plus de 0,9")
{
    CHECK(note_de("rue jeanne d arc 76000 rouen", une_voie("Rue Jeanne d’Arc", "Rouen", "76000")) > 0.9);
    CHECK(note_de("rue jeanne d arc rouen", une_voie("Rue Jeanne d’Arc", "Rouen", "76000")) > 0.9);
}

TEST_CASE("la bonne commune l’emporte sur une rue du même nom ailleurs")
{
    CHECK(note_de("rue thiers dieppe", une_voie("Rue Thiers", "Dieppe", "76200")) >
          note_de("rue thiers dieppe", une_voie("Rue Thiers", "Yvetot", "76190")) + 0.1);
}

TEST_CASE("un code postal qui contredit coûte plus qu’un mot oublié")
{
    CHECK(note_de("rue thiers 76200", une_voie("Rue Thiers", "Yvetot", "76190")) <
          note_de("rue thiers", une_voie("Rue Thiers", "Yvetot", "76190")) - 0.2);
}

TEST_CASE("une faute de frappe coûte un peu, pas tout")
{
    const auto right = note_de("rue beauvoisine", une_voie("Rue Beauvoisine", "Rouen", "76000"));
    const auto wrong = note_de("rue beauvosine", une_voie("Rue Beauvoisine", "Rouen", "76000"));
    CHECK(wrong < right);
    CHECK(wrong > 0.6);
    CHECK(note_de("rue xyzabc", une_voie("Rue Beauvoisine", "Rouen", "76000")) < 0.4);
}

TEST_CASE("une question vide ou faite de signes ne trouve rien et ne casse rien")
{
    avec_demo([](db::Transaction& tx) {
        for (const auto* typed : {"", "   ", "'\"*:()&|!", "-- ; DROP TABLE lieu", "%%%", "zi76540",
                                  "a AND OR NOT", "\xE2\x80\x99", "日本語"}) {
            CAPTURE(typed);
            CHECK_NOTHROW(territoire::store::rechercher(tx, typed));
        }
        CHECK(territoire::store::rechercher(tx, std::string(200, 'x')).empty());
        CHECK(territoire::store::rechercher(tx, "rue").size() <= 5);
    });
}

TEST_CASE("une adresse de démonstration se trouve en la tapant")
{
    avec_demo([](db::Transaction& tx) {
        CHECK(first_label(tx, "12 rue jeanne d'arc rouen") == "12 Rue Jeanne d’Arc 76000 Rouen");
        CHECK(first_label(tx, "12 bis rue jeanne d'arc rouen") == "12 bis Rue Jeanne d’Arc 76000 Rouen");
        CHECK(first_label(tx, "rue jean d'arc rouen") == "Rue Jeanne d’Arc 76000 Rouen");
        CHECK(first_label(tx, "quai henri 4 dieppe") != "(rien)");
        CHECK(first_label(tx, "bd de strasbourg le havre") == "Boulevard de Strasbourg 76600 Le Havre");
        CHECK(first_label(tx, "45 rue du madr") == "45 Rue du Madrillet 76800 Saint-Étienne-du-Rouvray");
        CHECK(first_label(tx, "rue saint sever") == "Rue Saint-Sever 76100 Rouen");
        CHECK(first_label(tx, "avenue du 14 juillet sotteville") ==
              "Avenue du 14 Juillet 76300 Sotteville-lès-Rouen");
        // A number the street does not have: the street, less sure of itself.
        const auto far = territoire::store::rechercher(tx, "900 rue jeanne d'arc rouen");
        REQUIRE_FALSE(far.empty());
        CHECK(far[0].libelle == "Rue Jeanne d’Arc 76000 Rouen");
        CHECK(far[0].score < 0.9);
    });
}

TEST_CASE("une faute de frappe dans la rue est pardonnée sur les deux moteurs")
{
    avec_demo([](db::Transaction& tx) {
        CHECK(first_label(tx, "rue beauvoisinne rouen") == "Rue Beauvoisine 76000 Rouen");
        CHECK(first_label(tx, "rue martinville rouen") == "Rue Martainville 76000 Rouen");
        CHECK(first_label(tx, "12 rue lafayete rouen") == "12 Rue Lafayette 76100 Rouen");
    });
}

TEST_CASE("sans rue connue, la commune répond : « commune et texte libre » fonctionne toujours")
{
    avec_demo([](db::Transaction& tx) {
        CHECK(first_label(tx, "12 chemin inconnu 76910 criel sur mer") == "Criel-sur-Mer");
        CHECK(first_label(tx, "hameau perdu, tourville les ifs") == "Tourville-les-Ifs");
        CHECK(first_label(tx, "rouen") == "Rouen");
        const auto a = territoire::store::rechercher(tx, "rouen").front();
        CHECK(a.type == territoire::TypeAdresse::Commune);
        CHECK(a.insee == "76540");
        CHECK(a.contexte == "76, Seine-Maritime, Normandie");
        CHECK(a.score > 0.9);
    });
}

TEST_CASE("une commune fusionnée est proposée sous son nom et mène à la commune nouvelle")
{
    avec_demo([](db::Transaction& tx) {
        const auto found = territoire::store::rechercher(tx, "saint wandrille rancon");
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].libelle == "Saint-Wandrille-Rançon (Rives-en-Seine)");
        CHECK(found[0].insee == "76164");
        CHECK(found[0].commune == "Rives-en-Seine");
    });
}

TEST_CASE("la recherche se limite à une commune ou à un département")
{
    avec_demo([](db::Transaction& tx) {
        CHECK(first_label(tx, "rue de la republique", {.insee = "76231", .departement = {}}) ==
              "Rue de la République 76500 Elbeuf");
        CHECK(first_label(tx, "rue de", {.insee = "76231", .departement = {}}).find("Elbeuf") !=
              std::string::npos);
        for (const auto& a :
             territoire::store::rechercher(tx, "saint denis", 10, {.insee = {}, .departement = "974"}))
            CHECK(a.insee.starts_with("974"));
        CHECK(first_label(tx, "rue jeanne d'arc", {.insee = {}, .departement = "27"}).find("Rouen") ==
              std::string::npos);
        CHECK_NOTHROW(
            territoire::store::rechercher(tx, "rouen", 5, {.insee = "7\"*", .departement = "' OR"}));
    });
}

TEST_CASE("sans l’extension des trigrammes, PostgreSQL cherche encore et pardonne les fautes par leur début")
{
    avec_demo([](db::Transaction& tx) {
        if (tx.engine() != db::Engine::Postgres) return;
        tx.exec("DROP INDEX lieu_trigrammes_voies");
        tx.exec("DROP INDEX lieu_trigrammes_communes");
        CHECK(first_label(tx, "12 rue jeanne d'arc rouen") == "12 Rue Jeanne d’Arc 76000 Rouen");
        CHECK(first_label(tx, "rue beauvoisinne rouen") == "Rue Beauvoisine 76000 Rouen");
        CHECK(first_label(tx, "Diepe") == "Dieppe");
    });
}
