// Partners on both engines: what is written is read back, lists stop at the reader's reach.
#include <doctest/doctest.h>

#include <map>

#include "partenaire/demo.hpp"
#include "partenaire/store.hpp"
#include "support/databases.hpp"
#include "support/reference.hpp"
#include "territoire/store.hpp"

namespace partenaire {
namespace test_store {

const Instant le = *base::parse_instant("2026-11-23T08:00:00Z");

TEST_CASE("un partenaire se relit tel qu’il a été écrit")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        Partenaire p;
        p.id = Id<Partenaire>{"p1"};
        p.territoire = "76";
        p.nom = "Ville d’Évreux & Cie";
        p.type = TypePartenaire::Ars;
        p.email = "a@b.fr";
        p.telephone = "+33261910105";
        p.competences = {Competence::Visites, Competence::Arretes};
        p.perimetre = {{GenrePerimetre::Epci, "200023414"}, {GenrePerimetre::Commune, "76540"}};
        store::insert(tx, p, le);
        auto lu = *store::find(tx, p.id);
        CHECK(lu.nom == p.nom);
        CHECK(lu.type == p.type);
        CHECK(lu.telephone == p.telephone);
        CHECK(lu.competences == std::vector<Competence>{Competence::Arretes, Competence::Visites});
        CHECK(lu.perimetre.size() == 2);
        CHECK(lu.version == 1);
        lu.competences = {Competence::Dalo};
        lu.perimetre = {{GenrePerimetre::Departement, "76"}};
        store::update(tx, lu);
        const auto relu = *store::find(tx, p.id);
        CHECK(relu.competences == lu.competences);
        CHECK(relu.perimetre == lu.perimetre);
        CHECK(relu.version == 2);
        CHECK_THROWS_AS(store::update(tx, lu), db::Conflict);
        CHECK_FALSE(store::find(tx, Id<Partenaire>{"inconnu"}));
        CHECK(store::nom_de(tx, "p1") == p.nom);
    });
}

TEST_CASE("une commune n’a qu’une mairie partenaire, même si deux dépôts l’ouvrent ensemble")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        Partenaire p;
        p.id = Id<Partenaire>{"m1"};
        p.territoire = "76";
        p.nom = "Elbeuf (mairie)";
        p.type = TypePartenaire::CommuneSchs;
        p.insee = "76231";
        CHECK(store::insert_commune(tx, p, le));
        p.id = Id<Partenaire>{"m2"};
        CHECK_FALSE(store::insert_commune(tx, p, le));
        CHECK(store::de_la_commune(tx, "76", "76231")->id.text == "m1");
        CHECK_FALSE(store::de_la_commune(tx, "76", "76540"));
        CHECK_FALSE(store::de_la_commune(tx, "76", ""));
    });
}

TEST_CASE("la mairie de chaque commune relève du comité que nomme la règle du territoire")
{
    using territoire::GenrePerimetre;
    for (const auto engine : test::engines()) {
        CAPTURE(test::name_of(engine));
        auto tx = test::reference_database(engine).begin();
        territoire::store::ouvrir_territoire(tx, {"76", "Seine-Maritime", "28"});
        for (const std::string id : {"comite-a", "comite-b", "comite-c"})
            territoire::store::save_comite(tx, {id, "76", id, {}, 0});
        // An EPCI, and one of its communes that another committee took back; the rest goes to the default.
        territoire::store::add_perimetre(tx, "76", {"comite-a", GenrePerimetre::Epci, "200023414"});
        territoire::store::add_perimetre(tx, "76", {"comite-b", GenrePerimetre::Commune, "76231"});
        for (const std::string par_defaut : {"", "comite-c"}) {
            CAPTURE(par_defaut);
            if (!par_defaut.empty()) territoire::store::set_comite_par_defaut(tx, "76", par_defaut);
            const auto t = territoire::store::find_territoire(tx, "76");
            const auto perimetres = territoire::store::list_perimetres(tx, "76");
            std::map<std::string, std::string> attendus; // partner, committee: "" when all of them
            for (const std::string insee : {"76540", "76231", "76351", "76217"}) {
                Partenaire p;
                p.id = Id<Partenaire>{"mairie-" + insee};
                p.territoire = "76";
                p.nom = p.id.text;
                p.perimetre = {{partenaire::GenrePerimetre::Commune, insee}};
                if (!store::find(tx, p.id)) store::insert(tx, p, le);
                const auto lieu = territoire::store::find_commune(tx, insee);
                REQUIRE(lieu);
                attendus[p.id.text] = comite_competent(*t, lieu->commune, perimetres);
            }
            CHECK(attendus["mairie-76540"] == "comite-a");
            CHECK(attendus["mairie-76231"] == "comite-b");
            CHECK(attendus["mairie-76351"] == par_defaut);
            for (const std::string comite : {"comite-a", "comite-b", "comite-c"}) {
                CAPTURE(comite);
                std::vector<std::string> du_ressort;
                for (const auto& [partenaire, competent] : attendus)
                    if (competent.empty() || competent == comite) du_ressort.push_back(partenaire);
                CHECK(store::du_comite(tx, "76", comite) == du_ressort);
            }
        }
    }
}

TEST_CASE("la liste des partenaires se filtre et s’arrête au ressort du lecteur")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        semer_demo(tx, le);
        Filtre f;
        CHECK(store::liste(tx, f).total == 0); // no reach, no row
        f.territoires = {"76"};
        const auto tous = store::liste(tx, f);
        CHECK(tous.total == 16);
        CHECK(tous.lignes.front().nom == "ADIL de Seine-Maritime");
        f.type = "commune_schs";
        CHECK(store::liste(tx, f).total == 3);
        f.type.clear();
        f.recherche = "hygiène";
        CHECK(store::liste(tx, f).total == 2);
        f.recherche = "HYGIENE rouen";
        CHECK(store::liste(tx, f).total == 0); // the words in this order only
        f = {};
        f.partenaires = {demo_ars};
        CHECK(store::liste(tx, f).total == 1);
        f = {};
        f.tous_les_territoires = true;
        f.page = 2;
        CHECK(store::liste(tx, f).lignes.empty());
    });
}

TEST_CASE("les partenaires d’un territoire arrivent avec compétences et périmètre, prêts à être proposés")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        semer_demo(tx, le);
        const auto actifs = store::actifs(tx, "76");
        CHECK(actifs.size() == 16);
        const std::vector<Competence> soupcons{Competence::Insalubrite, Competence::Rsd};
        const auto propositions = proposer(actifs, {"76", "76540", "200023414"}, soupcons);
        CHECK(propositions.front().partenaire->id.text == demo_rouen);
        CHECK(propositions.front().recommande);
        CHECK(store::find_all(tx, {demo_ars, demo_caf, "inconnu"}).size() == 2);
        CHECK(store::actifs(tx, "27").empty());
    });
}

} // namespace test_store
} // namespace partenaire
