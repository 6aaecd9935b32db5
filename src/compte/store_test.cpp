// Accounts, sessions, links and attempts on both engines.
#include <doctest/doctest.h>

#include "base/crypto.hpp"
#include "compte/acces_commune.hpp"
#include "compte/cli.hpp"
#include "compte/demo.hpp"
#include "compte/droits.hpp"
#include "compte/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/demo.hpp"
#include "partenaire/store.hpp"
#include "support/databases.hpp"

namespace compte {
namespace test_store {

const Instant le = *base::parse_instant("2026-11-23T08:00:00Z");

Invitation invitation(std::string email, Mandat mandat)
{
    return {std::move(email), "Petit", "Thomas", std::move(mandat), {}, le};
}

Mandat agent_de(std::string partenaire, bool confirme = true)
{
    return {Role::AgentPartenaire, "76", {}, std::move(partenaire), confirme};
}

/// An active account of the town hall of Rouen.
Id<Compte> un_compte(db::Transaction& tx, const std::string& email = "thomas@ville.example")
{
    partenaire::semer_demo(tx, le);
    const auto fait = store::save(tx, invitation(email, agent_de(partenaire::demo_rouen)));
    CHECK(store::definir_mot_de_passe(tx, fait.compte, "", "$argon2id$essai"));
    return fait.compte;
}

TEST_CASE("une session s’ouvre, donne les rôles en vigueur, et se ferme")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto compte = un_compte(tx);
        const auto session = store::creer_session(tx, compte, "Firefox sur Linux", le);
        // The cookie is nowhere in the database.
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM session WHERE jeton_hash = $1", session.cookie) ==
              0);

        const auto lue = store::session_de(tx, session.cookie, le.plus_seconds(60));
        REQUIRE(lue);
        CHECK(lue->agent.nom == "Thomas Petit");
        REQUIRE(lue->agent.mandats.size() == 1);
        CHECK(lue->agent.mandats[0].partenaire == partenaire::demo_rouen);
        CHECK(lue->agent.mandats[0].confirme);

        CHECK_FALSE(store::session_de(tx, session.cookie + "x", le));
        CHECK_FALSE(store::session_de(tx, session.jeton_hash, le)); // the hash read in a backup opens nothing
        CHECK_FALSE(store::session_de(tx, "", le));
        CHECK_FALSE(store::session_de(tx, session.cookie, le.plus_seconds(session_inactive_secondes)));

        store::fermer_session(tx, session.jeton_hash);
        CHECK_FALSE(store::session_de(tx, session.cookie, le));
    });
}

TEST_CASE("chaque requête prolonge la session, jusqu’à douze heures et pas plus")
{
    test::for_each_engine([](db::Database& base) {
        const auto cookie = base.write(
            [&](db::Transaction& tx) { return store::creer_session(tx, un_compte(tx), "", le).cookie; });
        for (int heures = 1; heures < 12; ++heures)
            CHECK(store::session_de(base, cookie, le.plus_seconds(heures * 3600)));
        CHECK_FALSE(store::session_de(base, cookie, le.plus_seconds(12 * 3600)));
    });
}

TEST_CASE("un partenaire mis hors service ne donne plus rien à ses agents")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto compte = un_compte(tx);
        auto rouen = *partenaire::store::find(tx, Id<partenaire::Partenaire>{partenaire::demo_rouen});
        rouen.actif = false;
        partenaire::store::update(tx, rouen);
        CHECK(store::agent(tx, compte.text)->mandats.empty());
        CHECK_THROWS_AS(partenaire::store::update(tx, rouen), db::Conflict); // its version is old now
    });
}

TEST_CASE("désactiver ferme les sessions, efface le mot de passe et les liens")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto id = un_compte(tx);
        const auto session = store::creer_session(tx, id, "", le);
        const auto jeton = store::creer_lien(tx, id, store::UsageLien::MotDePasse, le);
        const auto compte = *store::find(tx, id);
        store::save(tx, Desactivation{id, compte.version, {}, le});
        CHECK_FALSE(store::session_de(tx, session.cookie, le));
        CHECK_FALSE(store::lien_valable(tx, jeton, store::UsageLien::MotDePasse, le));
        CHECK(store::empreinte_mot_de_passe(tx, id).empty());
        CHECK_FALSE(store::agent(tx, id.text));
        CHECK(store::nom_de(tx, id.text) == "Thomas Petit"); // the history keeps its names
        CHECK(store::membres_des_partenaires(tx, {std::string{partenaire::demo_rouen}}).empty());
        CHECK_THROWS_AS(store::save(tx, Desactivation{id, compte.version, {}, le}), db::Conflict);
        store::save(tx, Reactivation{id, compte.version + 1, {}, le});
        CHECK(store::find(tx, id)->etat == EtatCompte::Invite);
    });
}

TEST_CASE("un lien ne sert qu’une fois, expire, et le plus récent annule les autres")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto id = un_compte(tx);
        const auto premier = store::creer_lien(tx, id, store::UsageLien::MotDePasse, le);
        const auto second = store::creer_lien(tx, id, store::UsageLien::MotDePasse, le);
        CHECK_FALSE(store::lien_valable(tx, premier, store::UsageLien::MotDePasse, le));
        CHECK(store::lien_valable(tx, second, store::UsageLien::MotDePasse, le) == id);
        CHECK_FALSE(store::lien_valable(tx, second, store::UsageLien::Activation, le));
        CHECK_FALSE(store::lien_valable(tx, second, store::UsageLien::MotDePasse,
                                        le.plus_seconds(reinitialisation_secondes)));
        const auto consommer = [&](store::UsageLien usage, Instant quand) {
            return store::consommer_lien(tx, second, usage, quand);
        };
        CHECK_FALSE(consommer(store::UsageLien::Activation, le));
        CHECK_FALSE(consommer(store::UsageLien::MotDePasse, le.plus_seconds(reinitialisation_secondes)));
        CHECK(consommer(store::UsageLien::MotDePasse, le));
        CHECK_FALSE(consommer(store::UsageLien::MotDePasse, le));
        CHECK_FALSE(store::lien_valable(tx, second, store::UsageLien::MotDePasse, le));
        CHECK(store::compte_du_lien_passe(tx, premier, store::UsageLien::MotDePasse)->id == id);
    });
}

TEST_CASE("ce qui a été décidé sur un ancien mot de passe n’ouvre ni ne change plus rien")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto id = un_compte(tx);
        const auto session = store::creer_session(tx, id, "", le);
        const auto ancienne = store::empreinte_mot_de_passe(tx, id);
        REQUIRE(store::definir_mot_de_passe(tx, id, ancienne, "$argon2id$nouvelle"));
        CHECK_FALSE(store::session_de(tx, session.cookie, le));
        // Checked before, arriving after: the login and the change of password are both too late.
        CHECK_FALSE(store::noter_connexion(tx, id, ancienne, le));
        CHECK_FALSE(store::definir_mot_de_passe(tx, id, ancienne, "$argon2id$autre"));
        CHECK(store::empreinte_mot_de_passe(tx, id) == "$argon2id$nouvelle");
        CHECK(store::noter_connexion(tx, id, "$argon2id$nouvelle", le));
        // An account that was closed meanwhile.
        store::save(tx, Desactivation{id, store::find(tx, id)->version, {}, le});
        CHECK_FALSE(store::noter_connexion(tx, id, "$argon2id$nouvelle", le));
        CHECK_FALSE(store::definir_mot_de_passe(tx, id, "", "$argon2id$autre"));
    });
}

TEST_CASE("cinq échecs bloquent un compte depuis un lieu pendant un quart d’heure, sans garder ni adresse ni "
          "courriel")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto tenter = [&](const char* ip, const char* email, Instant quand) {
            return store::tenter(
                tx, "secret",
                {ObjetFrein::ConnexionCompteDepuisIp, ObjetFrein::ConnexionIp, ObjetFrein::ConnexionCompte},
                ip, email, quand);
        };
        for (int i = 0; i < 5; ++i) CHECK(tenter("192.0.2.1", "a@b.fr", le.plus_seconds(i)).permise);
        CHECK_FALSE(tenter("192.0.2.1", "a@b.fr", le.plus_seconds(10)).permise);
        CHECK(
            tenter("192.0.2.9", "a@b.fr", le.plus_seconds(10)).permise); // the person himself, from elsewhere
        CHECK(tenter("192.0.2.1", "c@d.fr", le.plus_seconds(10)).permise); // a colleague, same office
        CHECK(tenter("192.0.2.1", "a@b.fr", le.plus_seconds(15 * 60 + 5)).permise);
        CHECK(tx.one<std::int64_t>(
                  "SELECT COUNT(*) FROM tentative WHERE cle LIKE '%a@b.fr%' OR cle LIKE '%192%b%'") == 0);
    });
}

TEST_CASE("une connexion réussie remet le compteur du lieu à zéro")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        store::Tentative derniere;
        const auto tenter = [&] {
            return store::tenter(tx, "s", {ObjetFrein::ConnexionCompteDepuisIp, ObjetFrein::ConnexionCompte},
                                 "ip", "a@b.fr", le);
        };
        for (int i = 0; i < 5; ++i) derniere = tenter();
        store::oublier_tentatives(tx, "s", derniere, "ip", "a@b.fr");
        for (int i = 0; i < 5; ++i) CHECK(tenter().permise);
    });
}

TEST_CASE("inviter deux fois la même personne ajoute les rôles au même compte et garde son nom")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto id = un_compte(tx);
        auto autre = invitation("thomas@ville.example", agent_de(partenaire::demo_ars));
        autre.nom = "Autrement";
        const auto fait = store::save(tx, autre);
        CHECK(fait.compte == id);
        CHECK_FALSE(fait.compte_cree);
        CHECK(fait.mandat_cree);
        CHECK(store::find(tx, id)->nom == "Petit");
        CHECK_FALSE(store::save(tx, autre).mandat_cree);
        CHECK(store::mandats_de(tx, id).size() == 2);
    });
}

TEST_CASE("la liste des comptes s’arrête au ressort de qui la lit")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        partenaire::semer_demo(tx, le);
        semer_demo(tx, le);
        const auto vus_par = [&](std::string_view email) {
            auto agent = *store::agent(tx, store::find_by_email(tx, email)->id.text);
            for (auto& m : agent.mandats)
                if (m.role == Role::SecretaireComite) m.partenaires_du_comite = {partenaire::demo_rouen};
            return store::liste(tx, champs_attribution(agent), {});
        };
        const auto tous = static_cast<std::int64_t>(personnes_demo().size());
        CHECK(vus_par("camille.lefort@demo.logis.example").total == tous);
        CHECK(vus_par("nadia.belkacem@demo.logis.example").total ==
              tous - 2); // neither the super-admin nor the Somme
        const auto rouen = vus_par("claire.duhamel@demo.logis.example");
        REQUIRE(rouen.total == 2);
        CHECK(rouen.lignes[0].nom == "Duhamel");
        CHECK(rouen.lignes[1].nom == "Petit");
        CHECK(rouen.mandats.size() == 2);
        CHECK(vus_par("thomas.petit@demo.logis.example").total == 0);
        // A secretary sees partners' accounts, not those of her peers.
        const auto secretaire = vus_par("julien.masson@demo.logis.example");
        CHECK_FALSE(secretaire.mandats.empty());
        for (const auto& m : secretaire.mandats) CHECK(m.mandat.partenaire == partenaire::demo_rouen);
    });
}

TEST_CASE("la recherche de comptes ignore accents et majuscules, et prend % pour un signe")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        partenaire::semer_demo(tx, le);
        semer_demo(tx, le);
        const std::vector<ChampAttribution> tout{{Role::AdminPartenaire, {true, {}, {}}}};
        FiltreComptes filtre;
        filtre.recherche = "HELENE";
        CHECK(store::liste(tx, tout, filtre).total == 1);
        filtre.recherche = "ines.moreau@demo";
        CHECK(store::liste(tx, tout, filtre).total == 1);
        filtre.recherche = "%";
        CHECK(store::liste(tx, tout, filtre).total ==
              store::liste(tx, tout, {}).total); // only a sign: no filter
        filtre.recherche = "a%a";
        CHECK(store::liste(tx, tout, filtre).total == 0);
    });
}

/// Opens the access of a commune for somebody who says he is called like that.
AccesCommune depot_de(db::Transaction& tx, const std::string& email, const std::string& insee = "76231",
                      Instant quand = le, const std::string& nom = "Martin")
{
    return ouvrir_acces_commune(tx, "76", insee, {email, nom, "Zoé"}, quand);
}

/// Elbeuf and Le Havre beside the people of un_compte.
void communes(db::Transaction& tx)
{
    tx.exec("INSERT INTO region (code, nom) VALUES ('28', 'Normandie')");
    tx.exec("INSERT INTO departement (code, nom, region) VALUES ('76', 'Seine-Maritime', '28')");
    tx.exec("INSERT INTO epci (siren, nom, type) VALUES ('200023414', 'Métropole Rouen Normandie', 'METRO')");
    for (const auto& [insee, nom] : {std::pair{"76231", "Elbeuf"}, {"76540", "Rouen"}, {"76351", "Le Havre"}})
        tx.exec("INSERT INTO commune (insee, nom, type, departement, epci) VALUES ($1, $2, 'commune', '76', "
                "'200023414')",
                insee, nom);
}

TEST_CASE(
    "une commune qui signale obtient un partenaire, un compte et un rattachement à confirmer, une seule fois")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        communes(tx);
        const auto premier = depot_de(tx, "Accueil.Mairie@Elbeuf.example");
        CHECK(premier.suite == SuiteDepot::Activer);
        CHECK(premier.partenaire_ouvert);
        store::creer_lien(tx, Id<Compte>{premier.compte}, store::UsageLien::Activation, le);
        CHECK(store::find(tx, Id<Compte>{premier.compte})->nom_declare);
        const auto mairie = *partenaire::store::find(tx, Id<partenaire::Partenaire>{premier.partenaire});
        CHECK(mairie.nom == "Elbeuf (mairie)");
        CHECK(mairie.type == partenaire::TypePartenaire::CommuneSchs);
        CHECK(partenaire::couvre(mairie, {"76", "76231", ""}));
        CHECK_FALSE(partenaire::couvre(mairie, {"76", "76540", ""}));
        CHECK(mairie.competences.size() == 9);
        const auto mandats = store::mandats_de(tx, Id<Compte>{premier.compte});
        REQUIRE(mandats.size() == 1);
        CHECK(mandats[0].mandat.partenaire == premier.partenaire);
        CHECK_FALSE(mandats[0].mandat.confirme);

        const auto second = depot_de(tx, "accueil.mairie@elbeuf.example", "76231", le.plus_days(1));
        CHECK(second.compte == premier.compte);
        CHECK(second.suite == SuiteDepot::DejaInvite); // the first link still works: no second e-mail
        CHECK(depot_de(tx, "accueil.mairie@elbeuf.example", "76231", le.plus_days(8)).suite ==
              SuiteDepot::Activer);

        // Once confirmed by a human, later reports change nothing.
        store::save(tx, Confirmation{mandats[0].id, premier.compte, "x", le});
        depot_de(tx, "accueil.mairie@elbeuf.example", "76231", le.plus_days(9));
        REQUIRE(store::mandats_de(tx, Id<Compte>{premier.compte}).size() == 1);
        CHECK(store::mandats_de(tx, Id<Compte>{premier.compte})[0].mandat.confirme);
    });
}

TEST_CASE("un dépôt ne change ni le nom, ni les rôles, ni le partenaire d’un compte qui existe")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        communes(tx);
        const auto id = un_compte(tx);
        for (const auto* insee : {"76540", "76231"}) {
            const auto acces = depot_de(tx, "thomas@ville.example", insee, le, "Quelqu’un d’autre");
            CHECK(acces.compte == id.text);
            CHECK(acces.suite == SuiteDepot::Ouvrir);
            CHECK_FALSE(acces.partenaire_ouvert);
        }
        CHECK(store::find(tx, id)->nom == "Petit");
        const auto tenus = store::mandats_de(tx, id);
        REQUIRE(tenus.size() == 1);
        CHECK(tenus[0].mandat.partenaire == partenaire::demo_rouen);
        CHECK_FALSE(partenaire::store::de_la_commune(tx, "76", "76231"));

        // Nor that of somebody who was only invited, nor of an account opened by an earlier report.
        store::save(tx, invitation("lea@ville.example", agent_de(partenaire::demo_ars)));
        CHECK(depot_de(tx, "lea@ville.example").suite == SuiteDepot::Activer);
        CHECK(store::find_by_email(tx, "lea@ville.example")->nom == "Petit");
        const auto zoe = depot_de(tx, "zoe@elbeuf.example");
        depot_de(tx, "zoe@elbeuf.example", "76351", le, "Autrement");
        CHECK(store::find(tx, Id<Compte>{zoe.compte})->nom == "Martin");
        CHECK(store::mandats_de(tx, Id<Compte>{zoe.compte}).size() == 1);

        // A secretary is no town hall; a closed account stays closed.
        Mandat secretariat{Role::SecretaireComite, "76", "comite-76", {}, true};
        store::save(tx, invitation("julien@comite.example", secretariat));
        CHECK(depot_de(tx, "julien@comite.example").compte.empty());
        store::save(tx, Desactivation{id, store::find(tx, id)->version, {}, le});
        CHECK(depot_de(tx, "thomas@ville.example").compte.empty());
        CHECK(store::find(tx, id)->etat == EtatCompte::Desactive);
    });
}

TEST_CASE("l’invitation d’un collègue remplace le nom écrit dans un signalement, jamais celui d’une personne")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        communes(tx);
        partenaire::semer_demo(tx, le);
        const auto acces = depot_de(tx, "zoe@elbeuf.example", "76231", le, "Maire Escroc");
        auto i = invitation("zoe@elbeuf.example", agent_de(partenaire::demo_rouen));
        i.nom = "Martin";
        i.prenom = "Zoé";
        CHECK_FALSE(store::save(tx, i).compte_cree);
        const auto zoe = *store::find(tx, Id<Compte>{acces.compte});
        CHECK(nom_complet(zoe) == "Zoé Martin");
        CHECK_FALSE(zoe.nom_declare);
        CHECK(store::mandats_de(tx, zoe.id).size() == 2);
        i.nom = "Autrement";
        store::save(tx, i);
        CHECK(store::find(tx, zoe.id)->nom == "Martin");
    });
}

TEST_CASE("retirer le dernier rôle d’un compte jamais activé éteint son lien")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        communes(tx);
        const auto acces = depot_de(tx, "zoe@elbeuf.example");
        const auto id = Id<Compte>{acces.compte};
        const auto jeton = store::creer_lien(tx, id, store::UsageLien::Activation, le);
        CHECK(store::lien_valable(tx, jeton, store::UsageLien::Activation, le));
        store::save(tx, Retrait{store::mandats_de(tx, id).front().id, id.text, "x", le});
        CHECK_FALSE(store::lien_valable(tx, jeton, store::UsageLien::Activation, le));
        // Refused once: the next report asks for a confirmation again, and gives nothing by itself.
        CHECK(depot_de(tx, "zoe@elbeuf.example").suite == SuiteDepot::Activer);
        REQUIRE(store::mandats_de(tx, id).size() == 1);
        CHECK_FALSE(store::mandats_de(tx, id).front().mandat.confirme);
    });
}

TEST_CASE("le secret de l’installation est tiré une fois et ne change plus")
{
    test::for_each_engine([](db::Database& base) {
        const auto secret = store::secret(base, "essai", le);
        CHECK(secret.size() >= 40);
        CHECK(store::secret(base, "essai", le.plus_days(1)) == secret);
        CHECK(store::secret(base, "autre", le) != secret);
    });
}

TEST_CASE("semer la démonstration deux fois ne change rien")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        for (int i = 0; i < 2; ++i) {
            partenaire::semer_demo(tx, le);
            semer_demo(tx, le);
        }
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM compte") ==
              static_cast<std::int64_t>(personnes_demo().size()));
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM mandat") ==
              static_cast<std::int64_t>(personnes_demo().size()));
        const auto nadia = store::find_by_email(tx, "nadia.belkacem@demo.logis.example");
        CHECK(base::check_password(store::empreinte_mot_de_passe(tx, nadia->id), mot_de_passe_demo));
        CHECK(partenaire::store::actifs(tx, "76").size() == 16);
    });
}

TEST_CASE("la ligne de commande crée le premier compte et donne son lien")
{
    test::for_each_engine([](db::Database& base) {
        Config config;
        config.public_url = "https://logis.example";
        const auto lien =
            cli_creer(base, config, {"Chef@Etat.example", "Chef", "Premier", "super_admin", "", "", ""}, le);
        REQUIRE(lien);
        CHECK(lien->starts_with("https://logis.example/activation/"));
        CHECK_FALSE(cli_creer(base, config, {"x@y.fr", "A", "B", "agent_partenaire", "", "", "inconnu"}, le));
        CHECK_FALSE(cli_creer(base, config, {"pas une adresse", "A", "B", "super_admin", "", "", ""}, le));
        CHECK(cli_lister(base) == std::vector<std::string>{"chef@etat.example\tinvite\tsuper_admin"});
        CHECK(cli_desactiver(base, "CHEF@etat.example", le));
        CHECK_FALSE(cli_desactiver(base, "chef@etat.example", le));
        CHECK_FALSE(cli_creer(base, config, {"chef@etat.example", "A", "B", "super_admin", "", "", ""}, le));
    });
}

TEST_CASE("la purge n’efface que ce qui est fini")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto id = un_compte(tx);
        store::creer_session(tx, id, "", le);
        store::tenter(tx, "s", {ObjetFrein::OubliIp}, "ip", "a@b.fr", le);
        store::creer_lien(tx, id, store::UsageLien::MotDePasse, le);
        const auto reste = [&] {
            return tx.one<std::int64_t>(
                "SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM tentative) + "
                "(SELECT COUNT(*) FROM lien_secret)");
        };
        store::purger(tx, le.plus_seconds(3600));
        CHECK(reste() == 3);
        CHECK(store::purger(tx, le.plus_days(40)) == 3);
        CHECK(reste() == 0);
        CHECK(store::purger(tx, le.plus_days(40)) == 0);
    });
}

TEST_CASE("un compte fermé depuis un an, ou jamais activé, perd son nom et son adresse, une fois")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto ferme = un_compte(tx);
        tx.exec("UPDATE compte SET etat = 'actif', mot_de_passe = 'x', derniere_connexion_le = $1", le);
        const auto annees = [](int n) { return le.plus_days(366LL * n); };
        const auto effacer = [&](Instant maintenant) {
            const auto avant = maintenant.plus_days(-366);
            return store::effacer_comptes(tx, avant, avant, maintenant);
        };
        CHECK(effacer(annees(3)) == 0); // whoever works here keeps their account
        const auto version = tx.one<int>("SELECT version FROM compte WHERE id = $1", ferme);
        store::save(tx, Desactivation{ferme, version, "", annees(2)});
        CHECK(effacer(annees(3)) == 0);
        CHECK(effacer(annees(3).plus_days(1)) == 1);
        CHECK(effacer(annees(3).plus_days(1)) == 0);
        CHECK(tx.one<std::string>("SELECT nom || prenom FROM compte WHERE id = $1", ferme) ==
              "Compte effacé");
        CHECK(tx.one<std::string>("SELECT email FROM compte WHERE id = $1", ferme) ==
              ferme.text + "@efface.invalid");
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM mandat WHERE compte = $1", ferme) == 0);
        CHECK_THROWS_AS(store::save(tx, Reactivation{ferme, version + 2, "", annees(4)}), db::Conflict);

        // The same person may be invited again; that invitation has a year of its own, and its link.
        const auto invite = un_compte(tx);
        tx.exec("UPDATE compte SET etat = 'invite', mot_de_passe = '', cree_le = $1 WHERE id = $2", annees(4),
                invite);
        CHECK(effacer(annees(5)) == 0);
        store::creer_lien(tx, invite, store::UsageLien::Activation, annees(6));
        CHECK(effacer(annees(6)) == 0);
        store::purger(tx, annees(7));
        CHECK(effacer(annees(7)) == 1);
    });
}

TEST_CASE("un compte sans rôle se voit de la super-administration seule, et s’efface au bout d’un an")
{
    test::for_each_engine([](db::Database& base) {
        auto tx = base.begin();
        const auto id = un_compte(tx);
        tx.exec("UPDATE compte SET etat = 'actif', mot_de_passe = 'x', derniere_connexion_le = $1", le);
        for (const auto& m : store::mandats_de(tx, id)) store::save(tx, Retrait{m.id, id.text, "", le});
        const auto vus = [&](const Mandat& tenu, const FiltreComptes& filtre = {}) {
            const Agent lecteur{"moi", "Moi", "moi@b.example", {tenu}};
            return store::liste(tx, champs_attribution(lecteur), filtre).total;
        };
        const Mandat partout{Role::SuperAdmin, {}, {}, {}, true};
        CHECK(vus(partout) == 1);
        CHECK(vus(partout, {.role = "agent_partenaire"}) == 0);
        CHECK(vus({Role::ResponsableTerritoire, "76", {}, {}, true}) == 0);

        const auto effacer = [&](Instant maintenant) {
            const auto avant = maintenant.plus_days(-366);
            return store::effacer_comptes(tx, avant, avant, maintenant);
        };
        CHECK(effacer(le.plus_days(365)) == 0);
        // The withdrawal of the role, or anything else that was decided about it, comes later than the visit.
        journal::append(tx, {"compte", id.text, "role_retire", "", "Nadia", "76", le.plus_days(100)});
        CHECK(effacer(le.plus_days(367)) == 0);
        CHECK(effacer(le.plus_days(467)) == 1);
        CHECK(vus(partout) == 0);
    });
}

} // namespace test_store
} // namespace compte
