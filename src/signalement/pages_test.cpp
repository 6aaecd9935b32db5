// The back office through the edge, on both engines: what somebody nobody has confirmed sees and may add,
// forms sent twice, long follow-ups, the days of a territory overseas.
#include "signalement/pages.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "partenaire/demo.hpp"
#include "signalement/exemples_test.hpp"
#include "signalement/suivi_deposant/store.hpp"
#include "support/databases.hpp"

namespace signalement::bureau_check {

using compte::exemples::julien;
using exemples::Bureau;
using exemples::fiche;

constexpr std::string_view mairie = "hygiene@rouen.exemple"; // says to be of the town hall

/// An entry of Julien's, shown to the depositor or not.
void ecrire(test::Client& agent, const std::string& id, const std::string& texte, bool visible = false)
{
    agent.get(fiche(id));
    http::Pairs champs = {{"type", "message"}, {"texte", texte}};
    if (visible) champs.emplace_back("visible_deposant", "oui");
    REQUIRE(agent.post(fiche(id) + "/suivi", champs).status == 303);
}

constexpr const char* suivis_du_dossier = "SELECT COUNT(*) FROM suivi WHERE signalement = $1";

TEST_CASE("tant que son mandat n’est pas confirmé, l’agent municipal ne lit pas ce que les services gardent "
          "entre eux")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::agent());
        bureau.activer(mairie);
        auto secretaire = bureau.entrer(julien);
        ecrire(secretaire, id, "Le bailleur est déjà connu de nos services.");
        ecrire(secretaire, id, "La visite est proposée au déposant.", true);

        auto agent = bureau.entrer(mairie);
        const auto page = agent.get(fiche(id) + "?onglet=suivi");
        CHECK(page.status == 200);
        CHECK_FALSE(page.says("déjà connu de nos services"));
        CHECK(page.says("La visite est proposée"));
        CHECK(page.says("Suivi (1)"));
        CHECK(page.says("Votre accès attend d’être confirmé"));
        // Neither the history, nor the switch.
        CHECK_FALSE(agent.get(fiche(id) + "?onglet=historique").says("Signalement déposé"));
        CHECK_FALSE(page.says("Ne plus montrer au déposant"));

        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE mandat SET confirme = 1 WHERE compte = (SELECT id FROM compte WHERE email = $1)",
                    mairie);
        });
        const auto apres = agent.get(fiche(id) + "?onglet=suivi");
        CHECK(apres.says("déjà connu de nos services"));
        CHECK_FALSE(apres.says("Votre accès attend"));
    });
}

TEST_CASE("la liste ne dit à l’agent non confirmé ni qu’un autre signalement existe au même endroit, ni que "
          "l’occupant a écrit")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        bureau.deposer(depot::exemples::locataire());
        const auto id = bureau.deposer(depot::exemples::agent()); // of the same dwelling
        bureau.activer(mairie);
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET message_sans_reponse = 1 WHERE id = $1", id);
        });
        auto agent = bureau.entrer(mairie);
        auto secretaire = bureau.entrer(julien);
        const auto vu = [&](bool par_la_mairie) {
            const auto liste = agent.get("/signalements");
            CHECK(liste.says(id));
            CHECK(liste.says("Doublon possible") == par_la_mairie);
            CHECK(liste.says("Message reçu") == par_la_mairie);
            CHECK(agent.get("/signalements?message=oui").says(id) == par_la_mairie);
            CHECK(secretaire.get("/signalements").says("Doublon possible"));
            CHECK(secretaire.get("/signalements?message=oui").says(id));
        };
        vu(false);
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE mandat SET confirme = 1 WHERE compte = (SELECT id FROM compte WHERE email = $1)",
                    mairie);
        });
        vu(true);
    });
}

TEST_CASE("le dossier montre les autres signalements du même logement, à qui peut les lire")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto ancien = bureau.deposer(depot::exemples::locataire());
        const auto id = bureau.deposer(depot::exemples::agent());
        bureau.activer(mairie);
        const auto lien = "href=\"" + fiche(ancien) + "\"";
        auto secretaire = bureau.entrer(julien);
        CHECK(secretaire.get(fiche(id)).says(lien));
        CHECK(secretaire.get(fiche(ancien)).says("href=\"" + fiche(id) + "\""));
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE mandat SET confirme = 1 WHERE compte = (SELECT id FROM compte WHERE email = $1)",
                    mairie);
        });
        auto agent = bureau.entrer(mairie);
        CHECK(agent.get(fiche(id)).status == 200);
        CHECK_FALSE(agent.get(fiche(id)).says(ancien));
        // In the hands of another committee, it does not exist for this one.
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET comite = 'comite-76-havre' WHERE id = $1", ancien);
        });
        CHECK_FALSE(secretaire.get(fiche(id)).says(ancien));
    });
}

TEST_CASE(
    "par son dossier, on n’atteint rien d’un autre : ni action, ni fichier, ni courriel, ni affectation")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        const auto autre = bureau.deposer(depot::exemples::agent());
        database.write([&](db::Transaction& tx) {
            const auto le = compte::exemples::matin;
            tx.exec("UPDATE signalement SET statut = 'en_cours', valide_le = $1", le);
            tx.exec("UPDATE signalement SET comite = 'comite-76-havre' WHERE id = $1", autre);
            for (const std::string c : {"a", "b"}) {
                const auto& dossier = c == "a" ? id : autre;
                tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur_nom, "
                        "visible_deposant, ajoute_le) VALUES ($1, $2, '76', 'message', '2026-11-22', 'Mot', "
                        "'X', 0, $3)",
                        "suivi-" + c, dossier, le);
                tx.exec("INSERT INTO piece (id, sha256, nom, type, taille, depose_le, etat) VALUES ($1, $2, "
                        "'n.txt', "
                        "'text/plain', 5, $3, 'saine')",
                        "piece-" + c, base::sha256_hex(c), le);
                tx.exec("INSERT INTO suivi_piece (suivi, piece, territoire) VALUES ($1, $2, '76')",
                        "suivi-" + c, "piece-" + c);
                tx.exec("INSERT INTO affectation (id, signalement, partenaire, territoire, statut, "
                        "affectee_le) VALUES "
                        "($1, $2, $3, '76', 'en_attente', $4)",
                        "affectation-" + c, dossier, c == "a" ? partenaire::demo_ars : partenaire::demo_rouen,
                        le);
                tx.exec(
                    "INSERT INTO courriel (id, gabarit, destinataire, objet, texte, html, etat, cree_le, "
                    "depuis_le, "
                    "objet_type, objet_id) VALUES ($1, 'g', 'a@b.example', 'O', 'T', 'H', 'refuse', $2, $2, "
                    "'signalement', $3)",
                    "courriel-" + c, le, dossier);
            }
        });
        auto secretaire = bureau.entrer(julien);
        auto partenaire = bureau.entrer(exemples::helene);
        secretaire.get(fiche(id));
        partenaire.get(fiche(id));
        for (const std::string cle : {"b", "a"}) {
            const bool permis = cle == "a";
            INFO(cle);
            const auto chemin = [&](const std::string& quoi, const char* verbe = "") {
                return fiche(id) + "/" + quoi + "-" + cle + verbe;
            };
            const auto fait = [&](test::Client& qui, const std::string& page,
                                  const http::Pairs& champs = {}) {
                return qui.post(page, champs).status == 303;
            };
            CHECK(fait(secretaire, chemin("suivi/suivi", "/visibilite"), {{"visible", "oui"}}) == permis);
            CHECK(fait(secretaire, chemin("courriels/courriel", "/renvoi")) == permis);
            CHECK(fait(partenaire, chemin("affectations/affectation", "/acceptation")) == permis);
            if (!permis) CHECK(secretaire.get(chemin("pieces/piece")).status == 404);
        }
        // Nor does a form write what only the platform or the depositor writes.
        for (const auto* type : {"decision", "reponse_deposant", ""})
            CHECK(
                secretaire.post(fiche(id) + "/suivi", {{"type", type}, {"texte", "Forgé de toutes pièces."}})
                    .status == 422);
        CHECK(
            secretaire.post(fiche(id) + "/affectations", {{"partenaires", "partenaire-80-inconnu"}}).status ==
            422);
    });
}

TEST_CASE("le bailleur social ne reçoit le signalement, coordonnées comprises, qu’avec l’accord demandé")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        auto secretaire = bureau.entrer(julien);
        const auto confier = [&](const char* accord) {
            auto reponses = depot::exemples::agent();
            reponses.mettre("bailleur_peut_etre_prevenu", std::string{accord});
            const auto id = bureau.deposer(reponses);
            const auto page = secretaire.get(fiche(id) + "/affectations");
            // Without an agreement it is named, with the reason, and cannot be ticked.
            const bool possible = accord == std::string_view{"oui"};
            CHECK(page.says("value=\"" + std::string{partenaire::demo_bailleur} + "\"") == possible);
            CHECK(page.says("1 bailleur social écarté, car personne n’a accepté") != possible);
            return secretaire.post(fiche(id) + "/affectations", {{"partenaires", partenaire::demo_ars},
                                                                 {"partenaires", partenaire::demo_bailleur}});
        };
        for (const auto* sans : {"non", "nsp"}) {
            const auto refus = confier(sans);
            CHECK(refus.status == 422);
            CHECK(refus.says("personne n’a accepté que le propriétaire soit informé"));
        }
        CHECK(database.read().one<std::int64_t>("SELECT COUNT(*) FROM affectation") == 0);
        CHECK(confier("oui").status == 303);
        CHECK(database.read().one<std::int64_t>("SELECT COUNT(*) FROM affectation") == 2);
    });
}

TEST_CASE("la liste retrouve les dossiers en cours qu’aucun partenaire ne suit")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        secretaire.get(fiche(id));
        const auto trouve = [&] {
            return secretaire.get("/signalements?sans_partenaire=oui").says(fiche(id));
        };
        CHECK_FALSE(trouve()); // still to be sorted
        CHECK(secretaire.post(fiche(id) + "/validation").status == 303);
        CHECK(trouve());
        CHECK(secretaire.post(fiche(id) + "/affectations", {{"partenaires", partenaire::demo_ars}}).status ==
              303);
        CHECK_FALSE(trouve());
        database.write([](db::Transaction& tx) {
            tx.exec("UPDATE affectation SET statut = 'refusee', motif = 'moyens'");
        });
        CHECK(trouve());
        CHECK_FALSE(bureau.entrer(exemples::helene).get("/signalements").says("qu’aucun partenaire ne suit"));
    });
}

TEST_CASE("un fichier joint entre services ne s’ouvre pas pour l’agent municipal non confirmé")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::agent());
        bureau.activer(mairie);
        auto secretaire = bureau.entrer(julien);
        ecrire(secretaire, id, "Note interne avec sa pièce.");
        database.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO piece (id, sha256, nom, type, taille, depose_le, etat) VALUES ('note', $1, "
                    "'note.txt', "
                    "'text/plain', 5, '2026-11-23T08:00:00.000Z', 'saine')",
                    base::sha256_hex("hello"));
            tx.exec(
                "INSERT INTO suivi_piece (suivi, piece, territoire) SELECT id, 'note', '76' FROM suivi WHERE "
                "signalement = $1",
                id);
        });
        auto agent = bureau.entrer(mairie);
        CHECK(agent.get(fiche(id) + "/pieces/note").status == 404);
        CHECK_FALSE(agent.get(fiche(id) + "?onglet=documents").says("note.txt"));
        CHECK(secretaire.get(fiche(id) + "?onglet=documents").says("note.txt"));
    });
}

TEST_CASE(
    "l’agent municipal non confirmé ajoute vingt actions par jour, puis garde son texte pour le lendemain")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::agent());
        bureau.activer(mairie);
        auto agent = bureau.entrer(mairie);
        for (int i = 0; i < 20; ++i) ecrire(agent, id, "Passage numéro " + std::to_string(i));
        const auto refus = agent.post(fiche(id) + "/suivi",
                                      {{"type", "message"}, {"texte", "Encore une observation à garder."}});
        CHECK(refus.status == 429);
        CHECK(refus.says("Encore une observation à garder."));
        CHECK(refus.says("envoyez-le demain"));
        CHECK(bureau.compter(suivis_du_dossier, id) == 20);
        // The secretary is not counted.
        auto secretaire = bureau.entrer(julien);
        ecrire(secretaire, id, "Réponse du secrétariat.");
        CHECK(bureau.compter(suivis_du_dossier, id) == 21);
    });
}

TEST_CASE("ce qu’écrit l’agent non confirmé est signé « à confirmer » et ne se montre pas au déposant")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::agent());
        bureau.activer(mairie);
        auto agent = bureau.entrer(mairie);
        ecrire(agent, id, "Je suis passé ce matin.");
        CHECK(bureau.compter(
                  "SELECT COUNT(*) FROM suivi WHERE signalement = $1 AND auteur_nom LIKE '%à confirmer)'",
                  id) == 1);
        const auto refus = agent.post(
            fiche(id) + "/suivi",
            {{"type", "message"}, {"texte", "À lire par tout le monde."}, {"visible_deposant", "oui"}});
        CHECK(refus.status == 403);
        CHECK(refus.says("À lire par tout le monde."));
    });
}

TEST_CASE("on n’annonce pas que le déposant est prévenu quand il n’a pas donné d’adresse électronique")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        auto reponses = depot::exemples::locataire();
        reponses.mettre("email", "");
        const auto id = bureau.deposer(reponses);
        auto secretaire = bureau.entrer(julien);
        const auto apres = secretaire.get(fiche(id) + "?fait=clos");
        CHECK(apres.says("Le signalement est clos."));
        CHECK(apres.says("prévenez-le autrement"));
        CHECK_FALSE(apres.says("Le déposant aussi"));
    });
}

TEST_CASE("ce que l’occupant écrit est annoncé comme de lui, dans le courriel et dans le dossier")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::agent());
        const auto ecrit = [&](Usager usager, const char* nom, const char* texte) {
            const auto lien = "/suivi/" + database.write([&](db::Transaction& tx) {
                return suivi_deposant::store::jeton(tx, id, usager);
            });
            test::Client visiteur{bureau.site};
            visiteur.get(lien);
            REQUIRE(visiteur.post(lien + "/acces", {{"nom", nom}, {"code_postal", "76000"}}).status == 303);
            REQUIRE(visiteur.get(lien).status == 200);
            REQUIRE(visiteur.post(lien + "/messages", {{"texte", texte}}).status == 303);
        };
        const auto annonces = [&](const std::string& objet, const std::string& phrase) {
            return bureau.compter("SELECT COUNT(*) FROM courriel WHERE objet_id = $1 AND gabarit = "
                                  "'message_du_deposant' AND destinataire = '" +
                                      std::string{julien} + "' AND objet LIKE '%" + objet +
                                      "' AND texte LIKE '%" + phrase + "%'",
                                  id);
        };
        auto secretaire = bureau.entrer(julien);
        ecrit(Usager::Occupant, "Diallo", "Je suis là le mardi.");
        CHECK(annonces("message de l’occupant", "L’occupant a écrit au sujet du signalement") == 1);
        auto page = secretaire.get(fiche(id) + "?onglet=suivi");
        CHECK(page.says("Message de l’occupant"));
        CHECK_FALSE(page.says("Message du déposant"));
        CHECK_FALSE(page.says(">Déposant</span>"));
        CHECK(secretaire.get(fiche(id) + "?onglet=historique").says("Message du déposant ou de l’occupant"));

        ecrit(Usager::Deposant, "Lefebvre", "Le plafond est tombé.");
        CHECK(annonces("message du déposant", "Le déposant a écrit au sujet du signalement") == 1);
        page = secretaire.get(fiche(id) + "?onglet=suivi");
        CHECK(page.says("Message du déposant"));
        CHECK(page.says(">Déposant</span>"));
    });
}

namespace {

constexpr const char* thomas = "thomas.petit@demo.logis.example"; // confirmed agent of the town hall of Rouen

/// A report that Thomas deposits for his town.
depot::Reponses de_thomas()
{
    auto reponses = depot::exemples::agent();
    reponses.mettre("email", std::string{thomas});
    return reponses;
}

/// How many messages this person got about the report, of these kinds.
std::int64_t recus(Bureau& bureau, const std::string& id, const std::string& qui, const std::string& gabarit)
{
    return bureau.compter("SELECT COUNT(*) FROM courriel WHERE objet_id = $1 AND gabarit = '" + gabarit +
                              "' AND destinataire = '" + qui + "'",
                          id);
}

} // namespace

TEST_CASE("la mairie qui a déposé apprend qu’elle doit répondre, et n’est pas prévenue de ce qu’elle écrit")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(de_thomas());
        auto secretaire = bureau.entrer(julien);
        secretaire.get(fiche(id) + "/affectations");
        REQUIRE(secretaire
                    .post(fiche(id) + "/affectations",
                          {{"partenaires", partenaire::demo_ars}, {"partenaires", partenaire::demo_rouen}})
                    .status == 303);
        CHECK(recus(bureau, id, thomas, "affectation") == 1);
        CHECK(recus(bureau, id, thomas, "validation") == 0); // one message says both

        const auto lien = "/suivi/" + database.write([&](db::Transaction& tx) {
            return suivi_deposant::store::jeton(tx, id, Usager::Deposant);
        });
        test::Client visiteur{bureau.site};
        visiteur.get(lien);
        REQUIRE(visiteur.post(lien + "/acces", {{"nom", "Lefebvre"}, {"code_postal", "76000"}}).status ==
                303);
        visiteur.get(lien);
        REQUIRE(visiteur.post(lien + "/messages", {{"texte", "Le plafond est tombé."}}).status == 303);
        CHECK(recus(bureau, id, thomas, "message_du_deposant") == 0);
        CHECK(recus(bureau, id, julien.data(), "message_du_deposant") == 1);

        secretaire.get(fiche(id) + "/cloture");
        REQUIRE(secretaire
                    .post(fiche(id) + "/cloture",
                          {{"motif", "mis_en_conformite"}, {"texte", "Le bailleur a tout remis en état."}})
                    .status == 303);
        secretaire.get(fiche(id) + "/reouverture");
        REQUIRE(
            secretaire
                .post(fiche(id) + "/reouverture", {{"texte", "Les travaux n’ont pas tenu, il faut revoir."}})
                .status == 303);
        CHECK(recus(bureau, id, thomas, "reouverture_partenaire") == 1);
    });
}

TEST_CASE("un bailleur qui dépose au nom d’une mairie ne lit pas pour autant ce que les services s’écrivent")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        for (const char* accord : {"non", "oui"}) {
            auto reponses = depot::exemples::agent();
            reponses.mettre("email", std::string{"stephane.hamel@demo.logis.example"});
            reponses.mettre("bailleur_peut_etre_prevenu", std::string{accord});
            const auto id = bureau.deposer(reponses);
            const bool lit = std::string_view{accord} == "oui";
            CHECK(bureau.compter("SELECT COUNT(*) FROM acces_ponctuel WHERE signalement = $1", id) == lit);
            CHECK(bureau.entrer("stephane.hamel@demo.logis.example").get(fiche(id)).status ==
                  (lit ? 200 : 404));
        }
    });
}

TEST_CASE("un partenaire hors service ne reçoit plus rien, et le secrétariat le voit sur le dossier")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        secretaire.get(fiche(id) + "/affectations");
        REQUIRE(
            secretaire.post(fiche(id) + "/affectations", {{"partenaires", partenaire::demo_ars}}).status ==
            303);
        CHECK_FALSE(secretaire.get(fiche(id)).says("Hors service"));
        database.write([](db::Transaction& tx) {
            tx.exec("UPDATE partenaire SET actif = 0 WHERE id = $1", partenaire::demo_ars);
        });
        CHECK(secretaire.get(fiche(id)).says("Personne n’y lit plus ce signalement"));
        ecrire(secretaire, id, "Une visite est nécessaire.");
        CHECK(recus(bureau, id, std::string{exemples::helene}, "affectation") == 1);
        CHECK(recus(bureau, id, std::string{exemples::helene}, "nouveau_suivi") == 0);
    });
}

TEST_CASE("montrer, cacher puis montrer de nouveau une action ne prévient le déposant qu’une fois")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        ecrire(secretaire, id, "Visite faite avec le propriétaire.");
        const auto suivi = [&] {
            auto tx = database.read();
            return tx.one<std::string>("SELECT id FROM suivi WHERE signalement = $1", id);
        }();
        const auto montrer = [&](const char* visible) {
            return secretaire.post(fiche(id) + "/suivi/" + suivi + "/visibilite", {{"visible", visible}});
        };
        constexpr const char* avis =
            "SELECT COUNT(*) FROM courriel WHERE objet_id = $1 AND gabarit = 'suivi_visible'";
        CHECK(secretaire.follow(montrer("oui")).says("Il est prévenu."));
        CHECK(bureau.compter(avis, id) == 1);
        CHECK(montrer("non").status == 303);
        CHECK(secretaire.follow(montrer("oui")).says("Il avait déjà été prévenu."));
        CHECK(bureau.compter(avis, id) == 1);
    });
}

TEST_CASE("le bouton qui montre une action nomme tous ceux qui la liront et recevront un courriel")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        for (const bool occupant : {true, false}) {
            CAPTURE(occupant);
            const auto id =
                bureau.deposer(occupant ? depot::exemples::agent() : depot::exemples::locataire());
            auto secretaire = bureau.entrer(julien);
            ecrire(secretaire, id, "Visite faite avec le propriétaire.");
            auto page = secretaire.get(fiche(id) + "?onglet=suivi");
            CHECK(page.says("Montrer au déposant"));
            CHECK(page.says("Montrer au déposant et à l’occupant") == occupant);
            const auto suivi = [&] {
                auto tx = database.read();
                return tx.one<std::string>("SELECT id FROM suivi WHERE signalement = $1", id);
            }();
            const auto montre =
                secretaire.post(fiche(id) + "/suivi/" + suivi + "/visibilite", {{"visible", "oui"}});
            CHECK(secretaire.follow(montre).says("L’occupant la voit et est prévenu.") == occupant);
            page = secretaire.get(fiche(id) + "?onglet=suivi");
            CHECK(page.says("Visible du déposant"));
            CHECK(page.says("Visible du déposant et de l’occupant") == occupant);
            CHECK(page.says("Ne plus montrer au déposant et à l’occupant") == occupant);
            CHECK(
                secretaire.get(fiche(id) + "?onglet=historique").says("Action montrée au déposant et à l’") ==
                occupant);
            CHECK(bureau.compter("SELECT COUNT(*) FROM courriel WHERE objet_id = $1 AND gabarit = "
                                 "'suivi_visible'",
                                 id) == (occupant ? 2 : 1));
        }
    });
}

TEST_CASE("un double clic, ou le même envoi répété faute de réponse, n’ajoute qu’une action et répond pareil")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        const auto page = secretaire.get(fiche(id) + "?onglet=suivi");
        const std::string marque = "name=\"cle\" value=\"";
        const auto debut = page.body.find(marque);
        REQUIRE(debut != std::string::npos);
        const auto cle = page.body.substr(debut + marque.size(), 22);
        const auto envoyer = [&](const char* texte) {
            return secretaire.post(fiche(id) + "/suivi",
                                   {{"cle", cle}, {"type", "message"}, {"texte", texte}});
        };
        const auto premier = envoyer("Un seul message, envoyé deux fois.");
        const auto second = envoyer("Un seul message, envoyé deux fois.");
        CHECK(premier.status == 303);
        CHECK(second.status == 303);
        CHECK(second.location == premier.location);
        CHECK(bureau.compter(suivis_du_dossier, id) == 1);
        // Another text from the same page is another action: nothing typed is ever dropped.
        CHECK(envoyer("Un autre message.").status == 303);
        CHECK(bureau.compter(suivis_du_dossier, id) == 2);
        // Somebody else's key is nothing.
        auto autre = bureau.entrer(compte::exemples::nadia);
        CHECK(autre
                  .post(fiche(id) + "/suivi",
                        {{"cle", cle}, {"type", "message"}, {"texte", "Un autre message."}})
                  .status == 303);
        CHECK(bureau.compter(suivis_du_dossier, id) == 3);
    });
}

TEST_CASE("un envoi refusé puis corrigé passe, même avec la clé de la page refusée")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        secretaire.get(fiche(id));
        const http::Pairs incomplet = {
            {"cle", "une-cle-de-formulaire"}, {"motif", ""}, {"texte", "Trop court"}};
        CHECK(secretaire.post(fiche(id) + "/refus", incomplet).status == 422);
        CHECK(secretaire.post(fiche(id) + "/refus", incomplet).status == 422);
        const http::Pairs complet = {{"cle", "une-cle-de-formulaire"},
                                     {"motif", "hors_competence"},
                                     {"texte", "Adressez-vous à l’ADIL, qui conseille les locataires."}};
        const auto premier = secretaire.post(fiche(id) + "/refus", complet);
        CHECK(premier.status == 303);
        CHECK(secretaire.post(fiche(id) + "/refus", complet).location == premier.location); // and not 409
    });
}

TEST_CASE("un suivi de sept cents actions se lit en entier, page après page, et se compte juste")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        database.write([&](db::Transaction& tx) {
            for (int i = 0; i < 700; ++i) // several in the same millisecond
                tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur_nom, "
                        "visible_deposant, ajoute_le) VALUES ($1, $2, '76', 'message', '2026-11-22', 'Mot', "
                        "'X', 0, $3)",
                        base::new_id(compte::exemples::matin), id,
                        compte::exemples::matin.plus_seconds(-(i / 9)));
        });
        auto tx = database.read();
        const auto lecteur = compte::store::agent(tx, "compte-demo-julien-masson").value();
        const auto d = store::find(tx, id, lecteur).value();
        CHECK(store::demander_situation(tx, d, lecteur).one().suivis == 700);
        std::vector<std::string> vus;
        store::Curseur avant;
        for (bool suite = true; suite;) {
            const auto page = store::demander_suivis(tx, d, lecteur, avant)();
            REQUIRE(page.lignes.size() <= store::suivis_par_page);
            REQUIRE(!page.lignes.empty());
            for (const auto& e : page.lignes) vus.push_back(e.suivi.id);
            const auto& last = page.lignes.back().suivi;
            avant = {base::to_iso(last.ajoute_le), last.id};
            suite = page.suite;
        }
        CHECK(vus.size() == 700);
        std::ranges::sort(vus);
        CHECK(std::ranges::adjacent_find(vus) == vus.end());
        // The oldest is found by its id, however far it stands.
        CHECK(store::find_suivi(tx, d, lecteur, vus.front()));
    });
}

TEST_CASE("à La Réunion, une visite faite ce matin est d’aujourd’hui, même si Paris dort encore")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = bureau.deposer(depot::exemples::locataire());
        database.write([](db::Transaction& tx) {
            tx.exec("UPDATE territoire SET fuseau = 'Indian/Reunion' WHERE code = '76'");
        });
        // 22:00 in Paris on the 23rd: 1:00 on the 24th on the island.
        bureau.site.app().clock = base::Clock{*base::parse_instant("2026-11-23T21:00:00Z")};
        auto secretaire = bureau.entrer(julien);
        const auto fait = secretaire.post(
            fiche(id) + "/suivi",
            {{"type", "visite_faite"}, {"date", "24/11/2026"}, {"texte", "Visite au petit matin."}});
        CHECK(fait.status == 303);
        CHECK(secretaire.get(fiche(id) + "?onglet=suivi").says("24 novembre 2026 à 1 h"));
        // And what is planned for the 23rd is past there.
        CHECK(secretaire.post(fiche(id) + "/suivi", {{"type", "visite_prevue"}, {"date", "23/11/2026"}})
                  .status == 422);
    });
}

} // namespace signalement::bureau_check
