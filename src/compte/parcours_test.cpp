// Journeys through the pages of accounts and partners, from the edge down, on both engines.
#include <doctest/doctest.h>

#include "compte/acces_commune.hpp"
#include "compte/exemples_test.hpp"
#include "partenaire/store.hpp"

namespace compte {
namespace test_parcours {

using exemples::claire;
using exemples::courriels;
using exemples::dernier_jeton;
using exemples::id_de;
using exemples::julien;
using exemples::matin;
using exemples::nadia;
using exemples::nouveau_mot_de_passe;
using exemples::semer;
using exemples::thomas;

TEST_CASE("un agent se connecte, revient à la page demandée, puis se déconnecte")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client client{site};
        const auto renvoi = client.get("/mon-compte");
        CHECK(renvoi.location == "/connexion?retour=%2Fmon-compte");
        CHECK(client.follow(renvoi).says("Connectez-vous pour ouvrir cette page."));
        const auto visiteur = client.cookies;
        const auto entree = client.post("/connexion", {{"email", "Nadia.Belkacem@demo.logis.example"},
                                                       {"mot_de_passe", std::string{mot_de_passe_demo}},
                                                       {"retour", "/mon-compte"}});
        CHECK(entree.location == "/mon-compte");
        CHECK(client.cookies.size() == visiteur.size() + 1);
        const auto compte = client.follow(entree);
        CHECK(compte.status == 200);
        CHECK(compte.says("Responsable de territoire, Seine-Maritime"));
        CHECK(compte.says("Cet appareil"));
        CHECK(client.get("/connexion").location == "/signalements");

        const auto session = client.cookies;
        CHECK(client.post("/deconnexion").location == "/connexion?etat=deconnecte");
        client.cookies = session; // a stolen cookie no longer opens anything
        CHECK(client.get("/mon-compte").status == 303);
    });
}

TEST_CASE("mot de passe faux, adresse inconnue, compte non activé ou désactivé : la même réponse")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        base.write([](db::Transaction& tx) {
            store::save(tx, Invitation{"invite@ville.example",
                                       "I",
                                       "N",
                                       {Role::AgentPartenaire, "76", {}, partenaire::demo_rouen, true},
                                       {},
                                       matin});
            const auto parti = store::find_by_email(tx, thomas);
            store::save(tx, Desactivation{parti->id, parti->version, {}, matin});
        });
        test::Site site{base, matin};
        const auto reponse_a = [&](std::string_view email) {
            test::Client client{site};
            client.get("/connexion");
            const auto page = client.post(
                "/connexion", {{"email", std::string{email}}, {"mot_de_passe", "faux et archifaux"}});
            CHECK(page.status == 422);
            CHECK(page.says("Adresse ou mot de passe incorrect."));
            CHECK(page.says("value=\"" + std::string{email} + "\"")); // what was typed stays
            CHECK_FALSE(page.says("archifaux"));
            return page.body.size();
        };
        const auto longueur = [&](std::string_view email) { return reponse_a(email) - email.size(); };
        CHECK(longueur(nadia) == longueur("inconnue@ville.example"));
        CHECK(longueur(nadia) == longueur("invite@ville.example"));
        CHECK(longueur(nadia) == longueur(thomas));
    });
}

TEST_CASE("après cinq échecs la connexion attend un quart d’heure, même avec le bon mot de passe")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client client{site};
        client.get("/connexion");
        const http::Pairs juste{{"email", std::string{nadia}},
                                {"mot_de_passe", std::string{mot_de_passe_demo}}};
        for (int i = 0; i < 5; ++i)
            CHECK(
                client.post("/connexion", {{"email", std::string{nadia}}, {"mot_de_passe", "faux"}}).status ==
                422);
        CHECK(client.post("/connexion", juste).status == 429);
        test::Site plus_tard{base, matin.plus_seconds(15 * 60 + 1)};
        client.go_to(plus_tard);
        CHECK(client.post("/connexion", juste).status == 303);
    });
}

TEST_CASE("sans jeton de formulaire, ou avec celui d’un autre, rien ne se passe")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client client{site};
        client.get("/connexion");
        const http::Pairs juste{{"email", std::string{nadia}},
                                {"mot_de_passe", std::string{mot_de_passe_demo}}};
        CHECK(client.post_without_token("/connexion", juste).status == 403);
        client.log_in(nadia, mot_de_passe_demo);
        test::Client autre{site};
        autre.log_in(julien, mot_de_passe_demo);
        autre.cookies = client.cookies;
        CHECK(autre.post("/mon-compte/identite", {{"prenom", "Pirate"}, {"nom", "X"}}).status == 403);
    });
}

TEST_CASE("une secrétaire n’ouvre ni la fiche ni les comptes d’un partenaire de l’autre comité, et ne s’y "
          "nomme pas")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        base.write([](db::Transaction& tx) {
            tx.exec(
                "INSERT INTO epci (siren, nom, type) VALUES ('200084952', 'Le Havre Seine Métropole', 'CU')");
            tx.exec("INSERT INTO commune (insee, nom, type, departement, epci) VALUES ('76351', 'Le Havre', "
                    "'commune', '76', '200084952')");
            territoire::store::save_comite(tx, {"comite-76-havre", "76", "Comité du Havre", {}, 0});
            territoire::store::set_comite_par_defaut(tx, "76", "comite-76-departement");
            territoire::store::add_perimetre(
                tx, "76", {"comite-76-havre", territoire::GenrePerimetre::Epci, "200084952"});
        });
        test::Site site{base, matin};
        test::Client secretaire{site};
        secretaire.log_in(julien, mot_de_passe_demo);
        const std::string la_bas = partenaire::demo_le_havre;
        const auto inviter = [&](std::string_view email, std::string_view ou) {
            secretaire.get("/administration/comptes/invitation");
            return secretaire.post("/administration/comptes", {{"email", std::string{email}},
                                                               {"prenom", "Julien"},
                                                               {"nom", "Masson"},
                                                               {"role", "agent_partenaire"},
                                                               {"partenaire", std::string{ou}}});
        };
        const auto soi = inviter(julien, partenaire::demo_rouen);
        CHECK(soi.status == 422);
        CHECK(soi.says("Vous ne pouvez pas vous donner un rôle"));
        CHECK(inviter(julien, la_bas).status == 422);
        CHECK(inviter("julien@ailleurs.example", la_bas).status == 422);
        CHECK(inviter("julien@ailleurs.example", "partenaire-76-epci-le-havre").status == 422);
        CHECK(inviter("zoe@ars.example", partenaire::demo_ars).status == 303); // the whole département
        CHECK(inviter("zoe@rouen.example", partenaire::demo_rouen).status == 303);

        CHECK_FALSE(secretaire.get("/administration/comptes/invitation").says(la_bas));
        const auto fiche = "/administration/partenaires/" + la_bas;
        CHECK(secretaire.get(fiche).status == 404);
        CHECK(secretaire.post(fiche + "/perimetre", {{"genre", "departement"}, {"version", "1"}}).status ==
              404);
        CHECK_FALSE(secretaire.get("/administration/partenaires").says(la_bas));
        CHECK(secretaire.get("/administration/partenaires/" + std::string{partenaire::demo_ars}).status ==
              200);
        // Nor does it add one there, nor send its own there.
        const auto ccas = secretaire.post(
            "/administration/partenaires",
            {{"nom", "CCAS du Havre"}, {"type", "ccas"}, {"territoire", "76"}, {"commune", "76351"}});
        CHECK(ccas.status == 422);
        CHECK(ccas.says("Ce lieu relève d’un autre comité (Comité du Havre)"));
        const auto epci = secretaire.post("/administration/partenaires",
                                          {{"nom", "Métropole"}, {"type", "epci"}, {"territoire", "76"}});
        const auto fiche_epci = epci.location.substr(0, epci.location.find('?'));
        CHECK(
            secretaire
                .post(fiche_epci + "/perimetre", {{"genre", "epci"}, {"epci", "200084952"}, {"version", "1"}})
                .says("Ce lieu relève d’un autre comité (Comité du Havre)"));
        CHECK(secretaire.get(fiche_epci).status == 200);
        // What acts in both is not hers to take out of service, nor to shut in the other committee by
        // mistake.
        const auto ars = "/administration/partenaires/" + std::string{partenaire::demo_ars};
        CHECK_FALSE(secretaire.get(ars).says("hors service"));
        CHECK(secretaire.post(ars + "/service", {{"actif", "non"}, {"version", "1"}}).status == 403);
        const auto rouen = "/administration/partenaires/" + std::string{partenaire::demo_rouen};
        CHECK(secretaire.get(rouen).says("Mettre ce partenaire hors service"));
        CHECK(secretaire.get(rouen).says("Aucun signalement ne lui est confié"));
        CHECK(secretaire.follow(secretaire.post(rouen + "/service", {{"actif", "non"}, {"version", "1"}}))
                  .says("Remettre en service"));
        CHECK(secretaire.post(rouen + "/service", {{"actif", "oui"}, {"version", "2"}}).status == 303);
        // The manager of the territory reaches both.
        test::Client responsable{site};
        responsable.log_in(nadia, mot_de_passe_demo);
        CHECK(responsable.get(fiche).status == 200);
        CHECK(responsable.get(ars).says("Mettre ce partenaire hors service"));
        // She adds the other committee's place to a partner of hers, who then withdraws her own: no 404.
        CHECK(
            responsable
                .post(fiche_epci + "/perimetre", {{"genre", "epci"}, {"epci", "200084952"}, {"version", "1"}})
                .status == 303);
        CHECK(secretaire.get(fiche_epci).status == 404);
        CHECK(
            responsable
                .post(fiche_epci + "/perimetre", {{"genre", "epci"}, {"epci", "200023414"}, {"version", "2"}})
                .status == 303);
        CHECK(secretaire
                  .follow(secretaire.post(fiche_epci + "/perimetre/retrait",
                                          {{"genre", "epci"}, {"code", "200023414"}, {"version", "3"}}))
                  .says("n’agit plus que là où agit un autre comité"));
        // A commune that leaves its EPCI's committee takes its partner along.
        base.write([](db::Transaction& tx) {
            territoire::store::add_perimetre(
                tx, "76", {"comite-76-departement", territoire::GenrePerimetre::Commune, "76351"});
        });
        CHECK(secretaire.get(fiche).status == 200);
        CHECK(inviter("julien@ailleurs.example", "partenaire-76-epci-le-havre").status == 303);
    });
}

TEST_CASE("inviter l’adresse d’autrui n’apprend ni son nom, ni sa dernière connexion")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client autre{site};
        autre.log_in(nadia, mot_de_passe_demo);
        test::Client chez_rouen{site};
        chez_rouen.log_in(exemples::claire, mot_de_passe_demo);
        chez_rouen.get("/administration/comptes/invitation");
        const auto fiche = chez_rouen.follow(
            chez_rouen.post("/administration/comptes", {{"email", std::string{nadia}},
                                                        {"prenom", "Devinez"},
                                                        {"nom", "Qui"},
                                                        {"role", "agent_partenaire"},
                                                        {"partenaire", partenaire::demo_rouen}}));
        const auto liste = chez_rouen.get("/administration/comptes");
        const auto organisme =
            chez_rouen.get("/administration/partenaires/" + std::string{partenaire::demo_rouen});
        for (const auto* page : {&fiche, &liste, &organisme}) {
            CHECK(page->says(nadia));
            CHECK_FALSE(page->says("Belkacem"));
            CHECK(page->says("Agent d’un partenaire"));
        }
        CHECK_FALSE(fiche.says("Dernière connexion"));
        CHECK(liste.says("Thomas Petit")); // a colleague of this partner alone
    });
}

TEST_CASE("une personne invitée active son accès, une seule fois, et entre")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client secretaire{site};
        secretaire.log_in(julien, mot_de_passe_demo);
        CHECK(secretaire.get("/administration/comptes/invitation").says("Ville de Rouen, service d’hygiène"));
        const auto refus = secretaire.post("/administration/comptes", {{"email", "zoe"}, {"prenom", "Zoé"}});
        CHECK(refus.status == 422);
        CHECK(refus.says("Cette adresse électronique n’est pas valable."));
        CHECK(refus.says("value=\"Zoé\""));
        const auto fait =
            secretaire.post("/administration/comptes", {{"email", "zoe.martin@rouen.example"},
                                                        {"prenom", "Zoé"},
                                                        {"nom", "Martin"},
                                                        {"role", "agent_partenaire"},
                                                        {"partenaire", partenaire::demo_rouen}});
        REQUIRE(fait.status == 303);
        const auto fiche = secretaire.follow(fait);
        CHECK(fiche.says("Invitation envoyée"));
        CHECK(fiche.says("Agent d’un partenaire"));

        test::Client zoe{site};
        const auto jeton = dernier_jeton(base, "zoe.martin@rouen.example", "invitation");
        CHECK(zoe.get("/activation/" + jeton).says("zoe.martin@rouen.example"));
        CHECK(zoe.get("/activation/" + jeton).status == 200); // looking at it uses nothing up
        const auto court =
            zoe.post("/activation/" + jeton, {{"mot_de_passe", "court"}, {"confirmation", "court"}});
        CHECK(court.status == 422);
        CHECK(court.says("12 caractères"));
        const auto different =
            zoe.post("/activation/" + jeton, {{"mot_de_passe", std::string{nouveau_mot_de_passe}},
                                              {"confirmation", "autre chose ici"}});
        CHECK(different.says("Les deux mots de passe sont différents"));
        const http::Pairs choix{{"mot_de_passe", std::string{nouveau_mot_de_passe}},
                                {"confirmation", std::string{nouveau_mot_de_passe}}};
        CHECK(zoe.post("/activation/" + jeton, choix).location == "/connexion?etat=mot-de-passe-choisi");
        CHECK(zoe.post("/activation/" + jeton, choix).status == 410);
        CHECK(zoe.get("/activation/" + jeton).status == 410);
        zoe.log_in("zoe.martin@rouen.example", nouveau_mot_de_passe);
        CHECK(zoe.get("/mon-compte").says("Ville de Rouen, service d’hygiène"));
    });
}

TEST_CASE("un lien d’activation périmé en demande un autre, envoyé à l’adresse du compte")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        const auto jeton = base.write([](db::Transaction& tx) {
            const auto fait =
                store::save(tx, Invitation{"zoe@rouen.example",
                                           "Martin",
                                           "Zoé",
                                           {Role::AgentPartenaire, "76", {}, partenaire::demo_rouen, true},
                                           {},
                                           matin});
            return store::creer_lien(tx, fait.compte, store::UsageLien::Activation, matin);
        });
        test::Site site{base, matin.plus_days(8)};
        test::Client zoe{site};
        const auto page = zoe.get("/activation/" + jeton);
        CHECK(page.status == 410);
        CHECK(page.says("Recevoir un nouveau lien"));
        CHECK(zoe.post("/activation/" + jeton + "/renvoi").says("Consultez vos messages"));
        const auto nouveau = dernier_jeton(base, "zoe@rouen.example", "invitation");
        CHECK(nouveau != jeton);
        CHECK(zoe.get("/activation/" + nouveau).status == 200);
        // An unknown link says the same and sends nothing.
        CHECK(zoe.post("/activation/inconnu/renvoi").says("Consultez vos messages"));
        CHECK(courriels(base, "zoe@rouen.example") == 1);
    });
}

TEST_CASE(
    "mot de passe oublié : même réponse pour tous, lien d’une heure, sessions fermées, avis de sécurité")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client ailleurs{site};
        ailleurs.log_in(nadia, mot_de_passe_demo);

        test::Client client{site};
        client.get("/mot-de-passe-oublie");
        const auto connue = client.post("/mot-de-passe-oublie", {{"email", std::string{nadia}}});
        const auto inconnue = client.post("/mot-de-passe-oublie", {{"email", "inconnue@ville.example"}});
        CHECK(connue.status == 200);
        CHECK(connue.body.size() == inconnue.body.size());
        CHECK(courriels(base, "inconnue@ville.example") == 0);
        CHECK(client.post("/mot-de-passe-oublie", {{"email", "nadia"}}).status == 422);

        const auto jeton = dernier_jeton(base, nadia, "mot_de_passe_oublie");
        CHECK(client.get("/activation/" + jeton).status == 410); // not an activation link
        test::Site trop_tard{base, matin.plus_seconds(3601)};
        test::Client lent{trop_tard};
        CHECK(lent.get("/nouveau-mot-de-passe/" + jeton).status == 410);

        CHECK(client.get("/nouveau-mot-de-passe/" + jeton).status == 200);
        const auto fait = client.post("/nouveau-mot-de-passe/" + jeton,
                                      {{"mot_de_passe", std::string{nouveau_mot_de_passe}},
                                       {"confirmation", std::string{nouveau_mot_de_passe}}});
        CHECK(fait.status == 303);
        CHECK(ailleurs.get("/mon-compte").status == 303); // logged out
        CHECK(courriels(base, nadia) == 2);               // the link, then the notice
        client.get("/connexion");
        CHECK(client
                  .post("/connexion",
                        {{"email", std::string{nadia}}, {"mot_de_passe", std::string{mot_de_passe_demo}}})
                  .status == 422);
        client.log_in(nadia, nouveau_mot_de_passe);
    });
}

TEST_CASE("trois demandes de lien par heure pour une adresse, pas une de plus, et personne ne le voit")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client client{site};
        client.get("/mot-de-passe-oublie");
        for (int i = 0; i < 6; ++i)
            CHECK(client.post("/mot-de-passe-oublie", {{"email", std::string{nadia}}})
                      .says("Demande prise en compte"));
        CHECK(courriels(base, nadia) == 3);
    });
}

TEST_CASE("chacun change son nom, son mot de passe, et déconnecte ses autres appareils")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client bureau{site}, telephone{site};
        bureau.log_in(thomas, mot_de_passe_demo);
        telephone.log_in(thomas, mot_de_passe_demo);
        CHECK(bureau.get("/mon-compte").says("Déconnecter tous les autres appareils"));

        CHECK(bureau.post("/mon-compte/identite", {{"prenom", ""}, {"nom", "Petit"}}).status == 422);
        CHECK(bureau.follow(bureau.post("/mon-compte/identite", {{"prenom", "Tom"}, {"nom", "Petit"}}))
                  .says("Votre nom est enregistré."));
        CHECK(bureau.get("/mon-compte").says("Tom Petit"));

        const auto changer = [&](std::string actuel, std::string nouveau) {
            return bureau.post(
                "/mon-compte/mot-de-passe",
                {{"actuel", std::move(actuel)}, {"mot_de_passe", nouveau}, {"confirmation", nouveau}});
        };
        CHECK(changer("pas le bon mot", std::string{nouveau_mot_de_passe})
                  .says("Ce n’est pas votre mot de passe actuel."));
        CHECK(changer(std::string{mot_de_passe_demo}, std::string{mot_de_passe_demo})
                  .says("différent de l’actuel"));
        CHECK(changer(std::string{mot_de_passe_demo}, std::string{nouveau_mot_de_passe}).status == 303);
        CHECK(bureau.get("/mon-compte").status == 200);
        CHECK(telephone.get("/mon-compte").status == 303);

        telephone.log_in(thomas, nouveau_mot_de_passe);
        CHECK(bureau.post("/mon-compte/sessions/fermeture", {{"session", "autres"}}).status == 303);
        CHECK(telephone.get("/mon-compte").status == 303);
        // Somebody else's session cannot be closed, even by its name.
        test::Client autre{site};
        autre.log_in(nadia, mot_de_passe_demo);
        const auto la_sienne = [&] {
            auto tx = base.read();
            return store::sessions_de(tx, Id<Compte>{id_de(base, nadia)}, matin).front().jeton_hash;
        }();
        bureau.post("/mon-compte/sessions/fermeture", {{"session", la_sienne}});
        CHECK(autre.get("/mon-compte").status == 200);
    });
}

TEST_CASE("un rattachement ouvert par un dépôt attend une confirmation, que la secrétaire donne")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        const auto acces = base.write([](db::Transaction& tx) {
            return ouvrir_acces_commune(tx, "76", "76231", {"zoe@elbeuf.example", "Martin", "Zoé"}, matin);
        });
        test::Site site{base, matin};
        test::Client secretaire{site};
        secretaire.log_in(julien, mot_de_passe_demo);
        CHECK(secretaire.get("/administration/comptes").says("Un rattachement attend d’être confirmé"));
        CHECK(secretaire.get("/administration/comptes?confirmer=oui").says("Zoé Martin"));
        const auto fiche = secretaire.get("/administration/comptes/" + acces.compte);
        CHECK(fiche.says("À confirmer"));
        CHECK(fiche.says("Confirmer"));

        auto mandat = [&] {
            auto tx = base.read();
            return store::mandats_de(tx, Id<Compte>{acces.compte}).front().id;
        }();
        test::Client rouen{site}; // administers another town hall
        rouen.log_in(claire, mot_de_passe_demo);
        CHECK(rouen.get("/administration/comptes/" + acces.compte).status == 404);
        CHECK(rouen.post("/administration/mandats/" + mandat + "/confirmation").status == 404);

        secretaire.get("/administration/comptes/" + acces.compte);
        CHECK(secretaire.follow(secretaire.post("/administration/mandats/" + mandat + "/confirmation"))
                  .says("Le rattachement est confirmé"));
        CHECK(courriels(base, "zoe@elbeuf.example") == 1);
        CHECK(secretaire.post("/administration/mandats/" + mandat + "/confirmation").status == 409);
        CHECK_FALSE(secretaire.get("/administration/comptes").says("attend d’être confirmé"));
        CHECK(secretaire.get("/administration/comptes/" + acces.compte).says("Rattachement confirmé"));
    });
}

TEST_CASE("refuser un rattachement ne défait pas la confirmation qu’un collègue vient de donner")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        const auto acces = base.write([](db::Transaction& tx) {
            return ouvrir_acces_commune(tx, "76", "76231", {"zoe@gmail.com", "Martin", "Zoé"}, matin);
        });
        const auto mandat = [&] {
            auto tx = base.read();
            return store::mandats_de(tx, Id<Compte>{acces.compte}).front().id;
        }();
        test::Site site{base, matin};
        test::Client responsable{site}, secretaire{site};
        responsable.log_in(nadia, mot_de_passe_demo);
        secretaire.log_in(julien, mot_de_passe_demo);
        const auto fiche = responsable.get("/administration/comptes/" + acces.compte);
        CHECK(fiche.says("Refuser"));
        CHECK(fiche.says("name=\"confirme\" value=\"non\""));
        CHECK(fiche.says("En attente de confirmation")); // nothing was sent to such an address
        CHECK_FALSE(fiche.says("Invitation envoyée"));
        CHECK_FALSE(responsable.get("/administration/comptes?q=gmail").says(">Invitation envoyée</p>"));

        secretaire.get("/administration/comptes/" + acces.compte);
        CHECK(secretaire.post("/administration/mandats/" + mandat + "/confirmation").status == 303);
        CHECK(secretaire.get("/administration/comptes/" + acces.compte).says("Invitation envoyée"));
        const auto trop_tard =
            responsable.post("/administration/mandats/" + mandat + "/retrait", {{"confirme", "non"}});
        CHECK(trop_tard.status == 409);
        CHECK(trop_tard.says("a été confirmé depuis que cette page est ouverte"));
        CHECK(trop_tard.says("Nadia Belkacem")); // still logged in, with its menu
        CHECK(responsable.get("/administration/comptes/" + acces.compte).says("Rattachement confirmé"));
        CHECK(responsable.post("/administration/mandats/" + mandat + "/retrait", {{"confirme", "oui"}})
                  .location == "/administration/comptes?fait=retrait");
    });
}

TEST_CASE("qui a perdu son dernier rôle se retrouve, et un signalement de sa commune lui rouvre un accès à "
          "confirmer")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        const auto id = id_de(base, thomas);
        base.write([&](db::Transaction& tx) {
            for (const auto& m : store::mandats_de(tx, Id<Compte>{id}))
                store::save(tx, Retrait{m.id, id, "", matin});
        });
        test::Site site{base, matin};
        test::Client plateforme{site}, sans_role{site};
        plateforme.log_in("camille.lefort@demo.logis.example", mot_de_passe_demo);
        CHECK(plateforme.get("/administration/comptes?q=thomas").says("Aucun rôle"));
        CHECK(plateforme.get("/administration/comptes/" + id).status == 200);
        sans_role.log_in(thomas, mot_de_passe_demo);
        const auto accueil = sans_role.get("/signalements");
        CHECK(accueil.says("Aucun rôle ne vous est ouvert"));
        CHECK_FALSE(accueil.says("vous recevrez un courriel"));

        const auto acces = base.write([](db::Transaction& tx) {
            return ouvrir_acces_commune(tx, "76", "76231", {std::string{thomas}, "Autre", "Nom"}, matin);
        });
        CHECK(acces.compte == id);
        CHECK(acces.suite == SuiteDepot::Ouvrir);
        auto tx = base.read();
        const auto tenus = store::mandats_de(tx, Id<Compte>{id});
        REQUIRE(tenus.size() == 1);
        CHECK_FALSE(tenus.front().mandat.confirme);
        CHECK(nom_complet(*store::find(tx, Id<Compte>{id})) == "Thomas Petit"); // whatever the form says
    });
}

TEST_CASE("le même formulaire d’invitation ou de partenaire, envoyé deux fois, ne sert qu’une fois")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client responsable{site};
        responsable.log_in(nadia, mot_de_passe_demo);
        const auto combien = [&](const char* ou) {
            return base.read().one<std::int64_t>(std::string{"SELECT COUNT(*) FROM "} + ou);
        };
        CHECK(responsable.get("/administration/partenaires/nouveau").says("name=\"cle\""));
        const http::Pairs adil = {
            {"cle", "cle-du-partenaire"}, {"nom", "Adil bis"}, {"type", "adil"}, {"territoire", "76"}};
        const auto premier = responsable.post("/administration/partenaires", adil);
        CHECK(premier.status == 303);
        CHECK(responsable.post("/administration/partenaires", adil).location == premier.location);
        CHECK(combien("partenaire WHERE nom = 'Adil bis'") == 1);

        CHECK(responsable.get("/administration/comptes/invitation").says("name=\"cle\""));
        http::Pairs zoe = {
            {"cle", "cle-de-zoe"}, {"email", "zoe@rouen.example"}, {"prenom", "Zoé"},
            {"nom", "Martin"},     {"role", "agent_partenaire"},   {"partenaire", partenaire::demo_rouen}};
        const auto invitation = responsable.post("/administration/comptes", zoe);
        CHECK(responsable.post("/administration/comptes", zoe).location == invitation.location);
        CHECK(courriels(base, "zoe@rouen.example") == 1);
        // Another form, the same role: the link is sent again, and the journal says no more than that.
        zoe.front().second = "une-autre-cle";
        CHECK(responsable.post("/administration/comptes", zoe).status == 303);
        CHECK(courriels(base, "zoe@rouen.example") == 2);
        CHECK(combien("journal WHERE evenement = 'role_donne'") == 0);
        CHECK(combien("journal WHERE evenement = 'relance'") == 1);
        zoe[1].second = thomas; // who has this role already, and has come
        CHECK(responsable.follow(responsable.post("/administration/comptes", zoe)).says("a déjà ce rôle"));
        CHECK(courriels(base, thomas) == 0);
        CHECK(combien("journal WHERE evenement = 'role_donne'") == 0);
    });
}

TEST_CASE("désactiver un compte le ferme tout de suite, le rouvrir renvoie une invitation")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client agent{site}, responsable{site};
        agent.log_in(thomas, mot_de_passe_demo);
        responsable.log_in(nadia, mot_de_passe_demo);
        const auto page = "/administration/comptes/" + id_de(base, thomas);
        CHECK(responsable.get(page).says("Désactiver le compte de Thomas Petit"));
        CHECK(responsable.follow(responsable.post(page + "/desactivation")).says("Le compte est désactivé"));
        CHECK(agent.get("/mon-compte").status == 303);
        CHECK(responsable.post(page + "/desactivation").status == 409);
        CHECK(responsable.post(page + "/reactivation").status == 303);
        dernier_jeton(base, thomas, "invitation");
        // Neither oneself nor a super-administrator.
        responsable.headers = {{"referer", "http://logis.test/administration/comptes"}};
        const auto soi = responsable.post("/administration/comptes/" + id_de(base, nadia) + "/desactivation");
        CHECK(soi.status == 422);
        CHECK(soi.says("Demande impossible"));
        CHECK(soi.says("href=\"/administration/comptes\""));
        CHECK(responsable.get("/administration/comptes/" + id_de(base, "camille.lefort@demo.logis.example"))
                  .status == 404);
    });
}

TEST_CASE("un simple agent n’a pas accès à l’administration")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client agent{site};
        agent.log_in(thomas, mot_de_passe_demo);
        for (const auto* page : {"/administration/comptes", "/administration/comptes/invitation",
                                 "/administration/partenaires", "/administration/partenaires/nouveau"})
            CHECK(agent.get(page).status == 403);
        CHECK(agent.get("/administration/partenaires/partenaire-76-ville-rouen").status == 404);
        CHECK(agent.post("/administration/comptes", {{"email", "a@b.fr"}}).status == 403);
        CHECK(agent.get("/administration/comptes/" + id_de(base, claire)).status == 404);
    });
}

TEST_CASE("la secrétaire ajoute un partenaire, change ses compétences et son périmètre")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client secretaire{site};
        secretaire.log_in(julien, mot_de_passe_demo);
        CHECK(secretaire.get("/administration/partenaires?q=hygiene").says("2 partenaires"));
        CHECK(secretaire.get("/administration/partenaires/nouveau").status == 200);
        const auto deja = secretaire.post("/administration/partenaires", {{"nom", "Mairie de Rouen"},
                                                                          {"type", "commune_schs"},
                                                                          {"territoire", "76"},
                                                                          {"commune", "76540"}});
        CHECK(deja.status == 422);
        CHECK(deja.says("Cette commune est déjà un partenaire"));
        const auto ailleurs = secretaire.post("/administration/partenaires",
                                              {{"nom", "ADIL 80"}, {"type", "adil"}, {"territoire", "80"}});
        CHECK(ailleurs.status == 422);
        const auto fait = secretaire.post("/administration/partenaires", {{"nom", "Mairie d’Elbeuf"},
                                                                          {"type", "commune_schs"},
                                                                          {"territoire", "76"},
                                                                          {"commune", "76231"},
                                                                          {"email", "mairie@elbeuf.example"},
                                                                          {"telephone", "02 61 91 01 20"}});
        REQUIRE(fait.status == 303);
        const auto fiche = secretaire.follow(fait);
        CHECK(fiche.says("Le partenaire est ajouté"));
        CHECK(fiche.says("02 61 91 01 20"));
        const auto page = fait.location.substr(0, fait.location.find('?'));

        CHECK(secretaire
                  .post(page, {{"nom", "Mairie d’Elbeuf"},
                               {"type", "commune_schs"},
                               {"competences", "visites"},
                               {"version", "1"}})
                  .status == 303);
        // Somebody who still looked at the first version does not erase the second.
        CHECK(secretaire.post(page, {{"nom", "Autre"}, {"type", "commune_schs"}, {"version", "1"}}).status ==
              409);
        CHECK(
            secretaire.post(page + "/perimetre", {{"genre", "epci"}, {"epci", "200023414"}, {"version", "2"}})
                .status == 303);
        CHECK(secretaire.get(page).says("Métropole Rouen Normandie"));
        CHECK(secretaire
                  .post(page + "/perimetre", {{"genre", "commune"}, {"commune", "76999"}, {"version", "3"}})
                  .says("Aucune commune de ce territoire ne correspond."));
        CHECK(secretaire
                  .post(page + "/perimetre/retrait",
                        {{"genre", "commune"}, {"code", "76231"}, {"version", "3"}})
                  .status == 303);
        auto tx = base.read();
        const auto p = partenaire::store::de_la_commune(tx, "76", "76231");
        CHECK(p->competences == std::vector{partenaire::Competence::Visites});
        CHECK(p->perimetre ==
              std::vector<partenaire::Perimetre>{{partenaire::GenrePerimetre::Epci, "200023414"}});
    });
}

TEST_CASE("qui administre un partenaire tient ses coordonnées et invite ses collègues, rien de plus")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client admin{site};
        admin.log_in(claire, mot_de_passe_demo);
        const std::string page = std::string{"/administration/partenaires/"} + partenaire::demo_rouen;
        CHECK(admin.get("/administration/partenaires").says("1 partenaire"));
        const auto fiche = admin.get(page);
        CHECK(fiche.says("Thomas Petit"));
        CHECK_FALSE(fiche.says("name=\"competences\""));
        CHECK(admin.post(page, {{"nom", "Chez nous"}, {"type", "adil"}, {"version", "1"}}).status == 403);
        CHECK(admin.post(page + "/perimetre", {{"genre", "departement"}, {"version", "1"}}).status == 403);
        CHECK(admin.post(page + "/coordonnees", {{"email", "nouvelle"}, {"version", "1"}}).status == 422);
        CHECK(admin.post(page + "/coordonnees", {{"email", "nouvelle@rouen.example"}, {"version", "1"}})
                  .status == 303);
        CHECK(admin.get(page).says("nouvelle@rouen.example"));
        CHECK(admin.get(std::string{"/administration/partenaires/"} + partenaire::demo_ars).status == 404);

        const auto ailleurs = admin.post("/administration/comptes", {{"email", "x@ars.example"},
                                                                     {"prenom", "X"},
                                                                     {"nom", "Y"},
                                                                     {"role", "agent_partenaire"},
                                                                     {"partenaire", partenaire::demo_ars}});
        CHECK(ailleurs.status == 422);
        CHECK(ailleurs.says("Vous ne pouvez pas donner ce rôle à cet endroit."));
        CHECK(admin
                  .post("/administration/comptes", {{"email", "x@rouen.example"},
                                                    {"prenom", "X"},
                                                    {"nom", "Y"},
                                                    {"role", "admin_partenaire"},
                                                    {"partenaire", partenaire::demo_rouen}})
                  .status == 303);
    });
}

} // namespace test_parcours
} // namespace compte
