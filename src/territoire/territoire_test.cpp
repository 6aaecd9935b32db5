// The rules of territories: who answers for a commune, who may deposit, whom to call.
#include "territoire/territoire.hpp"

#include <doctest/doctest.h>

using namespace std::string_literals;

namespace {

using territoire::GenrePerimetre;
using territoire::Phase;
using territoire::Public;

territoire::Territoire seine_maritime()
{
    territoire::Territoire t;
    t.code = "76";
    t.nom = "Seine-Maritime";
    t.phase = Phase::Professionnels;
    t.comite_par_defaut = "departement";
    return t;
}

territoire::Commune une_commune(const char* insee, const char* epci)
{
    territoire::Commune c;
    c.insee = insee;
    c.departement = "76";
    c.epci = epci;
    return c;
}

const std::vector<territoire::Perimetre> perimetres_76{{"havre", GenrePerimetre::Epci, "200084952"},
                                                       {"departement", GenrePerimetre::Commune, "76270"}};

bool phrase_contient(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("dans une phrase, l’article du nom d’une commune se fond dans « à » et « de »")
{
    struct Cas {
        const char *nom, *a, *de;
    };
    for (const auto& cas : std::initializer_list<Cas>{
             {"Rouen", "à Rouen", "de Rouen"},
             {"Le Havre", "au Havre", "du Havre"},
             {"LE HAVRE", "au HAVRE", "du HAVRE"},
             {"Les Andelys", "aux Andelys", "des Andelys"},
             {"La Rochelle", "à La Rochelle", "de La Rochelle"},
             {"L'Haÿ-les-Roses", "à L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"},
             {"Elbeuf", "à Elbeuf", "d’Elbeuf"},
             {"Étretat", "à Étretat", "d’Étretat"},
             {"Œuilly", "à Œuilly", "d’Œuilly"},
             {"Yvetot", "à Yvetot", "d’Yvetot"},
             {"Yainville", "à Yainville", "de Yainville"},
             {"Y", "à Y", "d’Y"},
             {"Harfleur", "à Harfleur", "de Harfleur"},
             {"Lessay", "à Lessay", "de Lessay"},
             {"Lescar", "à Lescar", "de Lescar"},
             {"Saint-Martin-l'Hortier", "à Saint-Martin-l’Hortier", "de Saint-Martin-l’Hortier"},
             {"", "à ", "de "}}) {
        CAPTURE(cas.nom);
        CHECK(territoire::a_la_commune(cas.nom) == cas.a);
        CHECK(territoire::de_la_commune(cas.nom) == cas.de);
    }
}

TEST_CASE("une commune hors de tout périmètre relève du comité par défaut")
{
    CHECK(territoire::comite_competent(seine_maritime(), une_commune("76575", "200023414"), perimetres_76) ==
          "departement");
}

TEST_CASE("une commune relève du comité dont le périmètre contient son intercommunalité")
{
    CHECK(territoire::comite_competent(seine_maritime(), une_commune("76351", "200084952"), perimetres_76) ==
          "havre");
}

TEST_CASE("une commune nommée dans un périmètre l’emporte sur son intercommunalité")
{
    CHECK(territoire::comite_competent(seine_maritime(), une_commune("76270", "200084952"), perimetres_76) ==
          "departement");
}

TEST_CASE("sans comité par défaut, une commune hors périmètre n’a pas de comité")
{
    auto t = seine_maritime();
    t.comite_par_defaut.clear();
    CHECK(territoire::comite_competent(t, une_commune("76575", ""), {}).empty());
}

TEST_CASE("un territoire fermé renvoie tout le monde vers son contact")
{
    const territoire::Contact contact{"+33235000000", "adil@example.org", "ADIL 76", "de 9 h à 12 h"};
    for (const auto qui : {Public::Professionnel, Public::Particulier}) {
        const auto r = territoire::autoriser_depot(Phase::Fermee, "Eure", contact, qui);
        REQUIRE_FALSE(r);
        CHECK(phrase_contient(r.error().message, "Eure"));
        CHECK(phrase_contient(r.error().message, "02\u00a035\u00a000\u00a000\u00a000"));
        CHECK(phrase_contient(r.error().message, "adil@example.org"));
    }
}

TEST_CASE("en phase 1, un professionnel dépose et un particulier apprend qui appeler")
{
    const territoire::Contact contact{"+33235000000", "", "", ""};
    CHECK(
        territoire::autoriser_depot(Phase::Professionnels, "Seine-Maritime", contact, Public::Professionnel));
    const auto r =
        territoire::autoriser_depot(Phase::Professionnels, "Seine-Maritime", contact, Public::Particulier);
    REQUIRE_FALSE(r);
    CHECK(phrase_contient(r.error().message, "réservés aux professionnels"));
    CHECK(phrase_contient(r.error().message, "Appelez le 02"));
}

TEST_CASE("en phase 2, tout le monde dépose")
{
    CHECK(territoire::autoriser_depot(Phase::Tous, "Somme", {}, Public::Particulier));
    CHECK(territoire::autoriser_depot(Phase::Tous, "Somme", {}, Public::Professionnel));
}

TEST_CASE("sans contact, la ligne nationale est donnée")
{
    CHECK(phrase_contient(territoire::en_phrase({}), "0 806 706 806"));
}

TEST_CASE("le contact se lit comme une phrase, quelles que soient ses parties")
{
    CHECK(territoire::en_phrase({"", "a@example.org", "", ""}) == "Écrivez à a@example.org.");
    CHECK(territoire::en_phrase({"", "a@example.org", "La mairie", ""}) ==
          "La mairie\u00a0: écrivez à a@example.org.");
    CHECK(territoire::en_phrase({"", "", "la mairie", ""}) == "Adressez-vous à\u00a0: la mairie.");
    CHECK(territoire::en_phrase({"3939", "", "", "le lundi"}) == "Appelez le 3939 (le lundi).");
}

TEST_CASE("le contact du comité l’emporte sur celui du territoire")
{
    territoire::Ressort r;
    r.territoire = seine_maritime();
    r.territoire->contact.texte = "le territoire";
    r.comite = territoire::Comite{};
    CHECK(r.contact().texte == "le territoire");
    r.comite->contact.texte = "le comité";
    CHECK(r.contact().texte == "le comité");
}

TEST_CASE("un code INSEE dit son département, en Corse et outre-mer aussi")
{
    CHECK(territoire::departement_du_code("76540") == "76");
    CHECK(territoire::departement_du_code("2A004") == "2A");
    CHECK(territoire::departement_du_code("97411") == "974");
    CHECK(territoire::departement_du_code("98818") == "988");
    CHECK(territoire::fuseau_du_departement("974") == "Indian/Reunion");
    CHECK(territoire::fuseau_du_departement("76") == "Europe/Paris");
}

TEST_CASE("un contact se lit comme les gens l’écrivent, et dit à quel champ il se trompe")
{
    FormErrors errors;
    const auto c =
        territoire::lire_contact({" 02.35.00.00.00 ", "Contact@Exemple.FR", " ADIL ", "le lundi"}, errors);
    CHECK(errors.empty());
    CHECK(c.telephone == "+33235000000");
    CHECK(c.texte == "ADIL");
    CHECK(territoire::lire_contact({}, errors).empty());
    CHECK(errors.empty());
    territoire::lire_contact({"12345", "pas une adresse", std::string(201, 'x'), "deux\nlignes"}, errors);
    REQUIRE(errors.size() == 4);
    CHECK(errors[0].field == "telephone");
    CHECK(errors[1].field == "email");
    CHECK(errors[2].field == "texte");
    CHECK(errors[3].field == "horaires");
}
