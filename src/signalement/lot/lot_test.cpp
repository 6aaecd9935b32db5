// The same act on several reports, through the edge, on both engines: what is refused and why, what is undone
// and what is not, what leaves by e-mail and when.
#include "signalement/lot/lot.hpp"

#include <doctest/doctest.h>

#include <regex>

#include "compte/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/demo.hpp"
#include "signalement/exemples_test.hpp"
#include "signalement/filtre/tirage_test.hpp"
#include "signalement/lot/store_lot.hpp"
#include "signalement/relecture.hpp"
#include "support/databases.hpp"
#include "verification/verification.hpp"

namespace signalement::lot_check {

using compte::exemples::julien;
using compte::exemples::matin;
using exemples::Bureau;
using exemples::fiche;

/// A report with the line of its journal that its page writes.
std::string deposer(Bureau& bureau, const depot::Reponses& reponses)
{
    const auto id = bureau.deposer(reponses);
    bureau.base.write([&](db::Transaction& tx) {
        journal::append(tx, {.objet_type = "signalement",
                             .objet_id = id,
                             .evenement = "depot",
                             .acteur_id = "",
                             .acteur_nom = "",
                             .territoire = "76",
                             .le = matin,
                             .details = ""});
    });
    return id;
}

void choisir(test::Client& agent, const std::vector<std::string>& ids)
{
    http::Pairs champs = {{"quoi", "ajouter"}};
    for (const auto& id : ids) champs.emplace_back("signalement", id);
    agent.get("/signalements");
    REQUIRE(agent.post("/selection", champs).status == 303);
}

/// What the preview offers to send.
/// Every line, those that are ticked by hand too.
http::Pairs cochees(const test::Page& apercu)
{
    http::Pairs out;
    const std::regex champ{"name=\"(ligne|lot)\"[^>]* value=\"([0-9a-z.]+)\""};
    for (std::sregex_iterator at{apercu.body.begin(), apercu.body.end(), champ}, fin; at != fin; ++at)
        out.emplace_back((*at)[1].str(), (*at)[2].str());
    return out;
}

/// Checks and does; gives where it is told.
std::string faire(test::Client& agent, const std::string& geste, const http::Pairs& consigne)
{
    agent.get("/selection/" + geste);
    const auto apercu = agent.post("/selection/" + geste, consigne);
    REQUIRE(apercu.status == 200);
    auto champs = cochees(apercu);
    champs.emplace_back("geste", geste);
    champs.insert(champs.end(), consigne.begin(), consigne.end());
    const auto fait = agent.post("/lots", champs);
    REQUIRE(fait.status == 303);
    return fait.location;
}

std::int64_t erreurs(test::Site& site)
{
    std::string dites;
    const auto bilan =
        verification::verifier(site.app(), {.rapide = true}, [&](const verification::Constat& c) {
            if (c.niveau == verification::Niveau::Erreur)
                dites += c.controle + " " + c.objet + " : " + c.detail + "\n";
        });
    INFO(dites);
    CHECK(bilan.erreurs == 0);
    return bilan.erreurs;
}

constexpr const char* statut = "SELECT COUNT(*) FROM signalement WHERE id = $1 AND statut = 'en_cours'";
constexpr const char* affectations = "SELECT COUNT(*) FROM affectation WHERE signalement = $1";
constexpr const char* messages =
    "SELECT COUNT(*) FROM courriel WHERE objet_id = $1 AND gabarit = 'affectation'";

TEST_CASE("confier plusieurs signalements suit la règle d’un seul, dit pourquoi l’un est laissé, et s’annule")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = deposer(bureau, depot::exemples::locataire());
        const auto b = deposer(bureau, depot::exemples::agent());
        auto secretaire = bureau.entrer(julien);
        secretaire.get(fiche(b) + "/refus");
        REQUIRE(secretaire
                    .post(fiche(b) + "/refus",
                          {{"motif", "hors_competence"},
                           {"texte", "Adressez-vous à la mairie de votre commune, qui vous répondra."}})
                    .status == 303);

        choisir(secretaire, {a, b});
        CHECK(secretaire.get("/selection").says("2 signalements"));
        // A sentence is asked of the whole before any report is looked at.
        CHECK(secretaire.post("/selection/affectation", {}).status == 422);
        const http::Pairs consigne = {{"partenaires", partenaire::demo_ars}};
        const auto apercu = secretaire.post("/selection/affectation", consigne);
        CHECK(apercu.says("1 sur 2 signalements"));
        CHECK(apercu.says("il sera validé en même temps"));
        CHECK(apercu.says("rouvrez-le avant de le confier"));
        CHECK(bureau.compter(affectations, a) == 0);

        const auto lot = faire(secretaire, "affectation", consigne);
        CHECK(secretaire.get(lot).says("Vous pouvez annuler jusqu’à"));
        CHECK(bureau.compter(statut, a) == 1);
        CHECK(bureau.compter(affectations, a) == 1);
        CHECK(bureau.compter(messages, a) > 0);
        CHECK(bureau.compter("SELECT COUNT(*) FROM selection s WHERE s.signalement = $1", a) == 0);
        CHECK(erreurs(bureau.site) == 0);
        {
            // No message leaves while it may be undone.
            auto tx = database.read();
            CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM courriel WHERE gabarit = 'affectation' AND "
                                       "prochain_le < $1",
                                       matin.plus_seconds(60 * lot::minutes_pour_annuler)) == 0);
        }
        // Nobody else sees it, nor undoes it.
        auto autre = bureau.entrer(exemples::aicha);
        CHECK(autre.get(lot).status == 404);
        autre.get("/signalements");
        CHECK(autre.post(lot + "/annulation").status == 404);

        secretaire.get(lot);
        const auto defait = secretaire.follow(secretaire.post(lot + "/annulation"));
        CHECK(defait.says("Annulé"));
        CHECK(bureau.compter(statut, a) == 0);
        CHECK(bureau.compter(affectations, a) == 0);
        CHECK(bureau.compter(messages, a) == 0);
        CHECK(bureau.compter("SELECT COUNT(*) FROM signalement WHERE id = $1 AND valide_le IS NULL", a) == 1);
        CHECK(secretaire.get(fiche(a) + "?onglet=historique")
                  .says("Action sur plusieurs signalements annulée"));
        CHECK(erreurs(bureau.site) == 0);
        // Twice undone is undone once.
        CHECK(secretaire.post(lot + "/annulation").status == 303);
        CHECK(erreurs(bureau.site) == 0);
    });
}

TEST_CASE("ce sur quoi quelqu’un a agi depuis n’est ni fait ni défait, et après le délai rien ne l’est")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = deposer(bureau, depot::exemples::locataire());
        const auto b = deposer(bureau, depot::exemples::agent());
        auto secretaire = bureau.entrer(julien);
        const http::Pairs consigne = {{"partenaires", partenaire::demo_ars}};
        choisir(secretaire, {a, b});
        const auto lot = faire(secretaire, "affectation", consigne);
        // The partner takes one of them before the secretary thinks again.
        auto ars = bureau.entrer(exemples::helene);
        const auto affectation = [&] {
            auto tx = database.read();
            return tx.one<std::string>("SELECT id FROM affectation WHERE signalement = $1", a);
        }();
        ars.get(fiche(a));
        REQUIRE(ars.post(fiche(a) + "/affectations/" + affectation + "/acceptation").status == 303);
        secretaire.get(lot);
        const auto defait = secretaire.follow(secretaire.post(lot + "/annulation"));
        CHECK(defait.says("Une autre action l’a suivie"));
        CHECK(bureau.compter(affectations, a) == 1);
        CHECK(bureau.compter(affectations, b) == 0);
        CHECK(erreurs(bureau.site) == 0);

        // Closing both: what has changed since the preview is left, and said.
        choisir(secretaire, {a});
        const http::Pairs cloture = {{"motif", "mis_en_conformite"},
                                     {"texte", "Les travaux sont faits et constatés."}};
        secretaire.get("/selection/cloture");
        const auto apercu = secretaire.post("/selection/cloture", cloture);
        CHECK(apercu.says("1 prise en charge se termine avec lui."));
        secretaire.get(fiche(a));
        REQUIRE(secretaire.post(fiche(a) + "/suivi", {{"type", "message"}, {"texte", "Un mot de plus ici."}})
                    .status == 303);
        auto champs = cochees(apercu);
        champs.emplace_back("geste", "cloture");
        champs.insert(champs.end(), cloture.begin(), cloture.end());
        const auto laisse = secretaire.follow(secretaire.post("/lots", champs));
        CHECK(laisse.says("Quelqu’un y a agi depuis que vous l’avez vérifié"));
        CHECK(bureau.compter(statut, a) == 1);

        choisir(secretaire, {a});
        const auto clos = faire(secretaire, "cloture", cloture);
        CHECK(bureau.compter("SELECT COUNT(*) FROM affectation WHERE signalement = $1 AND statut = 'fermee'",
                             a) == 1);
        CHECK(erreurs(bureau.site) == 0);
        test::Site plus_tard{database, matin.plus_seconds(60 * lot::minutes_pour_annuler)};
        secretaire.go_to(plus_tard);
        CHECK_FALSE(secretaire.get(clos).says("Annuler ce qui vient"));
        secretaire.post(clos + "/annulation");
        CHECK(secretaire.get(clos).says("Il est trop tard"));
        secretaire.go_to(bureau.site);
        secretaire.get(clos);
        secretaire.post(clos + "/annulation");
        CHECK(bureau.compter(
                  "SELECT COUNT(*) FROM affectation WHERE signalement = $1 AND statut = 'acceptee'", a) == 1);
        CHECK(bureau.compter(statut, a) == 1);
        CHECK(erreurs(bureau.site) == 0);
    });
}

TEST_CASE("un message écrit à plusieurs se lit dans chacun, n’en part qu’après le délai, et s’efface s’il "
          "est annulé")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = deposer(bureau, depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        choisir(secretaire, {a});
        const auto lot =
            faire(secretaire, "suivi",
                  {{"texte", "La permanence est fermée la semaine prochaine."}, {"visible_deposant", "oui"}});
        CHECK(secretaire.get(fiche(a) + "?onglet=suivi").says("La permanence est fermée"));
        CHECK(erreurs(bureau.site) == 0);
        // The same form again does nothing more.
        secretaire.get(lot);
        secretaire.post(lot + "/suite");
        CHECK(bureau.compter("SELECT COUNT(*) FROM suivi WHERE signalement = $1", a) == 1);
        CHECK(bureau.compter(
                  "SELECT COUNT(*) FROM courriel WHERE objet_id = $1 AND gabarit = 'suivi_visible'", a) > 0);
        CHECK(bureau.compter(
                  "SELECT COUNT(*) FROM courriel WHERE gabarit = 'suivi_visible' AND prochain_le < $1",
                  base::to_iso(matin.plus_seconds(60 * lot::minutes_pour_annuler))) == 0);
        secretaire.post(lot + "/annulation");
        CHECK_FALSE(secretaire.get(fiche(a) + "?onglet=suivi").says("La permanence est fermée"));
        CHECK(bureau.compter(
                  "SELECT COUNT(*) FROM courriel WHERE objet_id = $1 AND gabarit = 'suivi_visible'", a) == 0);
        CHECK(erreurs(bureau.site) == 0);
    });
}

TEST_CASE("rien de ce qui est écrit ne se perd : ni le texte quand aucune ligne n’est cochée, ni celui que "
          "l’on change")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = deposer(bureau, depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        choisir(secretaire, {id});
        const http::Pairs message = {{"texte", "Nous passerons tous jeudi matin."},
                                     {"visible_deposant", "oui"}};
        secretaire.get("/selection/suivi");
        REQUIRE(secretaire.post("/selection/suivi", message).status == 200);

        auto sans_ligne = message;
        sans_ligne.emplace_back("lot", "01jdxxxxxxxxxxxxxxxxxxxxxx");
        sans_ligne.emplace_back("geste", "suivi");
        const auto refuse = secretaire.post("/lots", sans_ligne);
        CHECK(refuse.status == 422);
        CHECK(refuse.says("Cochez au moins un signalement."));
        CHECK(refuse.says("Nous passerons tous jeudi matin."));
        CHECK_FALSE(cochees(refuse).empty());
        CHECK(refuse.body.find("checked") == std::string::npos); // nothing is ticked again behind one's back

        auto court = message;
        court[0].second = "Oui.";
        auto trop_court = cochees(refuse);
        trop_court.emplace_back("geste", "suivi");
        trop_court.insert(trop_court.end(), court.begin(), court.end());
        const auto relu = secretaire.post("/lots", trop_court);
        CHECK(relu.status == 422);
        CHECK(relu.says("Oui."));

        auto change = message;
        change.emplace_back("changer", "oui");
        const auto repris = secretaire.post("/selection/suivi", change);
        CHECK(repris.status == 200);
        CHECK(repris.says("Nous passerons tous jeudi matin."));
        CHECK(repris.body.find("checked") != std::string::npos);
    });
}

TEST_CASE("ce qu’une coupure a laissé se continue le jour même, s’annule cinq minutes de plus, et plus le "
          "lendemain")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = deposer(bureau, depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        // As a server that dies leaves it: written down, and nothing done.
        const auto coupe = [&](Instant le) {
            lot::Lot l{.id = base::new_id(le),
                       .compte = "compte-demo-julien-masson",
                       .consigne = {.geste = lot::Geste::Confier, .partenaires = {partenaire::demo_ars}},
                       .cree_le = le,
                       .annulable_jusqu_au = le.plus_seconds(60LL * lot::minutes_pour_annuler)};
            bureau.base.write([&](db::Transaction& tx) {
                l.lignes = {{.signalement = a, .rang_vu = journal::dernier_rang(tx, "signalement", a)}};
                REQUIRE(lot::store::creer(tx, l));
            });
            return "/lots/" + l.id;
        };
        const auto lot = coupe(matin);
        const auto dix_minutes = matin.plus_seconds(600);
        test::Site plus_tard{database, dix_minutes};
        secretaire.go_to(plus_tard);
        CHECK(secretaire.get(lot).says("Il en reste à faire : continuez."));
        const auto repris = secretaire.follow(secretaire.post(lot + "/suite"));
        CHECK(repris.says("Annuler ce qui vient d’être fait"));
        CHECK(bureau.compter(affectations, a) == 1);
        CHECK(bureau.compter(messages, a) > 0);
        CHECK(bureau.compter(
                  "SELECT COUNT(*) FROM courriel WHERE gabarit = 'affectation' AND prochain_le <= $1",
                  base::to_iso(dix_minutes)) == 0);
        REQUIRE(secretaire.post(lot + "/annulation").status == 303);
        CHECK(bureau.compter(affectations, a) == 0);
        CHECK(erreurs(bureau.site) == 0);

        const auto autre = coupe(dix_minutes.plus_seconds(-3600LL * lot::heures_pour_continuer));
        CHECK(secretaire.get(autre).says("choisissez-les de nouveau"));
        secretaire.post(autre + "/suite");
        CHECK(bureau.compter(affectations, a) == 0);
    });
}

TEST_CASE("ce que l’on ne lit plus n’a plus de référence dans ses anciennes actions")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto id = deposer(bureau, depot::exemples::locataire());
        auto secretaire = bureau.entrer(julien);
        choisir(secretaire, {id});
        const auto lot = faire(secretaire, "affectation", {{"partenaires", partenaire::demo_ars}});
        const auto reference = [&] {
            auto tx = database.read();
            return tx.one<std::string>("SELECT reference FROM signalement WHERE id = $1", id);
        }();
        CHECK(secretaire.get(lot).says(reference));
        bureau.base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET comite = 'ailleurs' WHERE id = $1", id);
        });
        const auto parti = secretaire.get(lot);
        CHECK(parti.says("Un signalement que vous ne lisez plus"));
        CHECK_FALSE(parti.says(reference));
        secretaire.post(lot + "/annulation");
        CHECK(bureau.compter(affectations, id) == 1);
    });
}

TEST_CASE("confier à plusieurs dit qui ne reçoit aucun courriel et qui ne couvre pas la commune ; clore ne "
          "coche ni un "
          "danger ni un message sans réponse")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = deposer(bureau, depot::exemples::locataire());
        const auto b = deposer(bureau, depot::exemples::agent());
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET danger = 0, message_sans_reponse = 0");
            tx.exec("UPDATE signalement SET danger = 1 WHERE id = $1", a);
            tx.exec("UPDATE partenaire SET email = ''");
            tx.exec("DELETE FROM mandat WHERE partenaire = $1", partenaire::demo_ars);
        });
        auto secretaire = bureau.entrer(julien);
        choisir(secretaire, {a, b});
        CHECK(secretaire.get("/selection/affectation").says("personne n’y reçoit de courriel"));
        const http::Pairs consigne = {{"partenaires", partenaire::demo_ars}};
        CHECK(secretaire.post("/selection/affectation", consigne).says("ne reçoit aucun courriel"));
        const http::Pairs a_dieppe = {{"partenaires", partenaire::demo_rouen}};
        database.write([&](db::Transaction& tx) { tx.exec("UPDATE signalement SET insee = '76217'"); });
        CHECK(secretaire.post("/selection/affectation", a_dieppe).says("Ne couvre pas cette commune"));

        secretaire.get("/signalements");
        for (const auto& id : {a, b}) { // to be closed, they must be going on
            secretaire.get(fiche(id));
            REQUIRE(secretaire.post(fiche(id) + "/validation", {}).status == 303);
        }
        secretaire.get("/selection/cloture");
        const auto apercu =
            secretaire.post("/selection/cloture", {{"motif", "mis_en_conformite"},
                                                   {"texte", "Les travaux sont faits et constatés."}});
        const auto cochee = [&](const std::string& id) {
            return std::regex_search(apercu.body, std::regex{"value=\"" + id + "\\.[0-9]+\" checked"});
        };
        CHECK_FALSE(cochee(a));
        CHECK(cochee(b));
        CHECK(apercu.says("sont à cocher un par un"));
    });
}

TEST_CASE("choisir toute une liste dit combien n’ont pas eu de place, et ce qu’on ne lit plus n’en prend pas")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        filtre::tirage::Tirage t{11};
        base.write([&](db::Transaction& tx) {
            filtre::tirage::semer_le_pays(tx);
            for (int n = 0; n < 260; ++n) filtre::tirage::semer_un_signalement(tx, t, n);
        });
        base.write([](db::Transaction& tx) {
            const auto france = compte::store::agent(tx, "compte-demo-camille-lefort").value();
            const filtre::Regard regard{france, filtre::tirage::maintenant};
            const auto tout = lot::store::choisir_tout(tx, regard, {}, filtre::tirage::maintenant);
            CHECK(tout.choisis == lot::taille_max);
            CHECK(tout.laisses == 60);
            // Those ticked one by one are told of too, but for those that are chosen already.
            const auto ids =
                tx.query<std::string>("SELECT id FROM signalement WHERE id NOT IN (SELECT signalement "
                                      "FROM selection) ORDER BY id LIMIT 3");
            const auto deja = tx.one<std::string>("SELECT MIN(signalement) FROM selection");
            CHECK(lot::store::choisir(tx, france, {ids[0], deja, ids[1], ids[2]}, filtre::tirage::maintenant)
                      .laisses == 3);
            // The same person, once for one département only: what is elsewhere leaves the selection.
            auto ailleurs = france;
            ailleurs.mandats = {{compte::Role::ResponsableTerritoire, "80", "", "", true}};
            const auto du_80 =
                tx.one<std::int64_t>("SELECT COUNT(*) FROM signalement WHERE territoire = '80'");
            const auto choix = lot::store::choisir_tout(tx, {ailleurs, filtre::tirage::maintenant}, {},
                                                        filtre::tirage::maintenant);
            CHECK(choix.choisis == du_80);
            CHECK(choix.laisses == 0);
            CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM selection") == du_80);
        });
    });
}

TEST_CASE(
    "on ne choisit que ce qu’on peut lire, deux cents au plus, et ce qu’on ne peut plus lire n’y est plus")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = deposer(bureau, depot::exemples::locataire());
        auto ailleurs = bureau.entrer(exemples::aicha);
        choisir(ailleurs, {a});
        CHECK(ailleurs.get("/selection").says("Rien n’est choisi"));
        CHECK(ailleurs.get("/selection/affectation").status == 303);

        auto secretaire = bureau.entrer(julien);
        choisir(secretaire, {a});
        CHECK(secretaire.get("/signalements").says("1 signalement choisi"));
        database.write([&](db::Transaction& tx) { tx.exec("UPDATE signalement SET comite = 'ailleurs'"); });
        CHECK(secretaire.get("/selection").says("Rien n’est choisi"));
        // A partner who may only write is not offered the rest.
        auto ars = bureau.entrer(exemples::helene);
        CHECK(ars.get("/selection/cloture").status == 404);
    });
}

TEST_CASE("une annulation rend au journal l’état d’avant, et ne peut pas dire n’importe quoi")
{
    const auto le = matin;
    DossierConstate d{.statut = "a_trier", .depose_le = le};
    d.journal = {{1, "depot", le, ""},
                 {2, "valider", le, "\n\n"},
                 {3, "affecter", le, "ars"},
                 {4, std::string{evenement_annulation}, le, "1"}};
    CHECK(contradictions(d).empty());
    d.journal[3].details = "3";
    CHECK_FALSE(contradictions(d).empty());
    d.journal[3].details = "un";
    CHECK_FALSE(contradictions(d).empty());
    d.journal[3].details = "1";
    d.statut = "en_cours";
    CHECK_FALSE(contradictions(d).empty());
}

} // namespace signalement::lot_check
