// Searches with a name and chosen columns: the rules, then through the edge on both engines.
#include "signalement/vue/vue.hpp"

#include <doctest/doctest.h>

#include <regex>

#include "signalement/exemples_test.hpp"
#include "support/databases.hpp"

namespace signalement::vue_check {

using compte::Mandat;
using compte::Role;
using compte::exemples::claire;
using compte::exemples::julien;
using compte::exemples::thomas;
using exemples::Bureau;

const compte::Agent agent{
    "a",
    "Thomas Petit",
    "",
    {{Role::AgentPartenaire, "76", "", "rouen"}, {Role::AgentPartenaire, "76", "", "ccas", false}}};
const compte::Agent administratrice{"b", "Claire Duhamel", "", {{Role::AdminPartenaire, "76", "", "rouen"}}};
const compte::Agent secretaire{"c", "Julien Masson", "", {{Role::SecretaireComite, "76", "comite-76"}}};

filtre::Filtre dangers()
{
    return filtre::Filtre{}.avec(filtre::Cle::Danger, "oui").avec(filtre::Cle::Statut, "en_cours");
}

TEST_CASE("on partage avec les collègues de ses rôles confirmés, et avec personne d’autre")
{
    CHECK(vue::cercles(agent) == std::vector<std::string>{"partenaire:rouen"});
    CHECK(vue::cercles(secretaire) == std::vector<std::string>{"comite:comite-76"});
    CHECK(vue::enregistrer(agent, "Dangers", dangers(), "partenaire:rouen", {}));
    for (const auto* autre :
         {"partenaire:ccas", "partenaire:elbeuf", "comite:comite-76", "pays", "territoire:76"}) {
        const auto refus = vue::enregistrer(agent, "Dangers", dangers(), autre, {});
        REQUIRE(!refus);
        CHECK(refus.error().field == "cercle");
    }
}

TEST_CASE("une recherche enregistrée ne garde ni sa page ni le texte cherché, qui peut nommer quelqu’un")
{
    auto f = dangers().avec(filtre::Cle::Recherche, "diallo");
    f.ou.id = "01m83gbxs4dfa4kbb46bnf8fx2";
    const auto v = vue::enregistrer(agent, "  Dangers  ", f, "", {});
    REQUIRE(v);
    CHECK(v->nom == "Dangers");
    CHECK(v->criteres == filtre::Paires{{"statut", "en_cours"}, {"danger", "oui"}});
    const auto seul =
        vue::enregistrer(agent, "Diallo", filtre::Filtre{}.avec(filtre::Cle::Recherche, "diallo"), "", {});
    REQUIRE(!seul);
    CHECK(seul.error().message.find("aucun filtre") != std::string::npos);
}

TEST_CASE("une recherche a un nom, ni vide ni trop long, et l’on en garde trente au plus")
{
    CHECK_FALSE(vue::enregistrer(agent, " ", dangers(), "", {}));
    CHECK(vue::enregistrer(agent, std::string(vue::nom_max, 'a'), dangers(), "", {}));
    CHECK_FALSE(vue::enregistrer(agent, std::string(vue::nom_max + 1, 'a'), dangers(), "", {}));
    vue::Deja trente;
    for (std::size_t i = 0; i < vue::vues_max; ++i) trente.siennes.emplace("n" + std::to_string(i), "");
    CHECK_FALSE(vue::enregistrer(agent, "Une de plus", dangers(), "", trente));
    CHECK(vue::enregistrer(agent, "n3", dangers(), "", trente)); // in place of the one of this name
}

TEST_CASE("des collègues partagent cinquante recherches au plus, et la même n’est pas comptée deux fois")
{
    vue::Deja pleine{{{"Dangers", "partenaire:rouen"}}, vue::partagees_max - 1};
    CHECK(vue::enregistrer(agent, "Dangers", dangers(), "partenaire:rouen", pleine));
    const auto refus = vue::enregistrer(agent, "Une de plus", dangers(), "partenaire:rouen", pleine);
    REQUIRE(!refus);
    CHECK(refus.error().field == "cercle");
    CHECK(refus.error().message.find("déjà 50 recherches") != std::string::npos);
    CHECK(vue::enregistrer(agent, "Une de plus", dangers(), "", pleine));
}

TEST_CASE("une recherche partagée le reste quand son auteur l’enregistre de nouveau")
{
    const vue::Deja partagee{{{"Dangers", "partenaire:rouen"}, {"Anciens", "partenaire:parti"}}, 0};
    const auto v = vue::enregistrer(agent, "Dangers", dangers(), "", partagee);
    REQUIRE(v);
    CHECK(v->cercle == "partenaire:rouen");
    const auto refus = vue::enregistrer(agent, "Anciens", dangers(), "", partagee);
    REQUIRE(!refus);
    CHECK(refus.error().message.find("choisissez un autre nom") != std::string::npos);
}

TEST_CASE("retire une recherche qui l’a écrite, ou qui répond de ceux qui la partagent")
{
    const vue::Vue partagee{"1", "a", "Dangers", "partenaire:rouen", {}};
    const vue::Vue privee{"2", "a", "Miens", "", {}};
    CHECK(vue::peut_retirer(partagee, agent));
    CHECK(vue::peut_retirer(partagee, administratrice));
    CHECK_FALSE(vue::peut_retirer(privee, administratrice));
    CHECK_FALSE(vue::peut_retirer(partagee, secretaire));
    const vue::Vue d_une_collegue{"3", "b", "Dangers", "partenaire:rouen", {}};
    CHECK_FALSE(vue::peut_retirer(d_une_collegue, agent));
}

std::string retrait(const test::Page& page, const std::string& nom)
{
    const std::regex forme{"action=\"(/recherches/[0-9a-z]+/retrait)\""};
    const auto ici = page.body.find(nom);
    REQUIRE(ici != std::string::npos);
    std::smatch m;
    const auto suite = page.body.substr(ici);
    return std::regex_search(suite, m, forme) ? m[1].str() : "";
}

TEST_CASE("une recherche partagée se trouve chez ses collègues, rouvre leur liste, et se retire")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        auto administre = bureau.entrer(claire);
        CHECK(administre.get("/signalements?statut=en_cours&danger=oui").says("Enregistrer cette recherche"));
        CHECK(administre.get("/recherches/nouvelle?statut=en_cours&danger=oui&q=diallo")
                  .says("n’est pas gardé"));
        const http::Pairs criteres = {
            {"filtre.statut", "en_cours"}, {"filtre.danger", "oui"}, {"filtre.q", "diallo"}};
        auto champs = criteres;
        champs.emplace_back("nom", "");
        const auto refus = administre.post("/recherches", champs);
        CHECK(refus.status == 422);
        CHECK(refus.says("Donnez un nom à cette recherche."));
        CHECK(refus.body.find("name=\"filtre.danger\"") != std::string::npos);
        champs.back().second = "Dangers en cours";
        const std::string rouen = [&] {
            auto tx = database.read();
            return tx.one<std::string>(
                "SELECT m.partenaire FROM mandat m JOIN compte c ON c.id = m.compte WHERE "
                "c.email = $1 AND m.partenaire IS NOT NULL",
                std::string{claire});
        }();
        champs.emplace_back("cercle", "partenaire:" + rouen);
        CHECK(
            administre.follow(administre.post("/recherches", champs)).says("La recherche est enregistrée."));

        auto collegue = bureau.entrer(thomas);
        const auto liste = collegue.get("/signalements");
        CHECK(liste.says("Dangers en cours"));
        CHECK(liste.body.find("/signalements?statut=en_cours&amp;danger=oui") != std::string::npos);
        CHECK(liste.body.find("diallo") == std::string::npos);
        const auto siennes = collegue.get("/recherches");
        CHECK(siennes.says("par un collègue"));
        CHECK(retrait(siennes, "Dangers en cours").empty());
        // Somebody else neither sees it nor takes it away.
        auto secretaire = bureau.entrer(julien);
        CHECK_FALSE(secretaire.get("/signalements").says("Dangers en cours"));
        const auto chemin = retrait(administre.get("/recherches"), "Dangers en cours");
        CHECK(secretaire.post(chemin).status == 404);
        collegue.get("/recherches");
        CHECK(collegue.post(chemin).status == 404);
        administre.get("/recherches");
        CHECK(administre.follow(administre.post(chemin)).says("La recherche est retirée."));
        CHECK_FALSE(collegue.get("/signalements").says("Dangers en cours"));
    });
}

TEST_CASE("le même nom remplace la recherche, sans toucher à celle d’un collègue")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        for (const auto& qui : {claire, thomas}) {
            auto elle = bureau.entrer(qui);
            elle.get("/signalements");
            for (const auto* statut : {"en_cours", "clos"})
                CHECK(elle.post("/recherches", {{"nom", "La mienne"}, {"filtre.statut", statut}}).status ==
                      303);
        }
        CHECK(bureau.compter("SELECT COUNT(*) FROM vue WHERE nom = $1", "La mienne") == 2);
        CHECK(bureau.compter("SELECT COUNT(*) FROM vue_critere WHERE valeur = $1", "clos") == 2);
        CHECK(bureau.compter("SELECT COUNT(*) FROM vue_critere WHERE valeur = $1", "en_cours") == 0);
        auto elle = bureau.entrer(claire);
        elle.get("/signalements");
        for (int i = 0; i < 12; ++i)
            CHECK(elle.post("/recherches", {{"nom", "N" + std::to_string(i)}, {"filtre.statut", "clos"}})
                      .status == 303);
        CHECK(elle.get("/signalements").says("Voir les 13 recherches"));
    });
}

TEST_CASE("la liste montre les colonnes choisies, et la référence et l’état toujours")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        bureau.deposer(depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        CHECK(secretaire.get("/signalements?statut=a_trier").says("Déposé par"));
        CHECK(secretaire.get("/colonnes?statut=a_trier").says("10 au plus"));
        const auto fait = secretaire.post(
            "/colonnes",
            {{"statut", "a_trier"}, {"colonne", "bailleur"}, {"colonne", "profil"}, {"colonne", "s.email"}});
        CHECK(fait.location == "/signalements?statut=a_trier");
        const auto liste = secretaire.follow(fait);
        CHECK(liste.says("Bailleur"));
        CHECK(liste.says("À trier"));
        CHECK_FALSE(liste.says("Logement</th>"));
        // Somebody else keeps theirs.
        CHECK_FALSE(bureau.entrer(exemples::aicha).get("/signalements").says("Bailleur"));
        http::Pairs trop;
        for (const auto* c : {"valide_le", "clos_le", "refuse_le", "motif", "adresse", "commune", "insee",
                              "danger", "gravite", "nom", "prenom"})
            trop.emplace_back("colonne", c);
        const auto refus = secretaire.post("/colonnes", trop);
        CHECK(refus.status == 422);
        CHECK(refus.says("11 sont cochées"));
        CHECK(secretaire.follow(secretaire.post("/colonnes", {{"quoi", "effacer"}})).says("Déposé par"));
    });
}

} // namespace signalement::vue_check
