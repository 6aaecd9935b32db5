// Dwellings and candidatures on both engines: who reads them, what is written together, what a task does.
#include <doctest/doctest.h>

#include <algorithm>

#include "demande/candidature/exemples_test.hpp"
#include "demande/candidature/propositions.hpp"
#include "demande/candidature/store_vivier.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/candidature/taches.hpp"
#include "demande/portail/demandeur.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_vie.hpp"

namespace demande::candidature {
namespace test_candidatures {

TEST_CASE("un logement n’existe que pour son bailleur et son réservataire")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto seul = v.proposer(), reserve = v.proposer("76R01");
        auto tx = base.read();
        CHECK(store::find_logement(tx, seul, {v.b}));
        CHECK_FALSE(store::find_logement(tx, seul, {v.ccas}));
        CHECK(store::find_logement(tx, reserve, {v.ccas}));
        CHECK_FALSE(store::find_logement(tx, reserve, {}));
        CHECK(store::logements(tx, {v.ccas}, EtatLogement::Propose).size() == 1);
        CHECK(store::logements(tx, {v.b, v.ccas}, EtatLogement::Propose).size() == 2);
        CHECK(store::logements(tx, {v.b}, EtatLogement::Retire).empty());
    });
}

TEST_CASE(
    "tant que le réservataire désigne seul, le bailleur ne le peut pas ; le réservataire ne fait que cela")
{
    Logement l{.bailleur = "B", .reservataire = "R", .reserve_jusqu_au = Date{2026, 12, 22}};
    const std::vector<Guichet> b{{.code = "B"}}, r{{.code = "R"}}, autre{{.code = "X"}};
    CHECK_FALSE(au_nom_de(b, l, Pouvoir::Designer, {2026, 12, 22}));
    CHECK(au_nom_de(b, l, Pouvoir::Designer, {2026, 12, 23}));
    CHECK(au_nom_de(r, l, Pouvoir::Designer, {2026, 12, 23}));
    for (const auto p : {Pouvoir::Instruire, Pouvoir::Statuer, Pouvoir::Conclure}) {
        CHECK(au_nom_de(b, l, p, jour));
        CHECK_FALSE(au_nom_de(r, l, p, jour));
        CHECK_FALSE(au_nom_de(autre, l, p, jour));
    }
}

TEST_CASE("une candidature de la désignation au bail : chaque pas est écrit, dit et envoyé une fois")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        CHECK(v.etat(logement, ids[0]) == Etat::Attribuee);
        CHECK(compte::exemples::courriels(base, "kerviel0@exemple.fr") == 3); // designated, session, offer
        v.faire(logement, [&](const Dossier& d) { return refuser(d, ids[0], "taille", jour); });
        CHECK(v.etat(logement, ids[1]) == Etat::Attribuee);
        auto tx = base.read();
        const auto lus = suivis(tx, v.demandes[0]);
        REQUIRE(lus.size() == 1);
        CHECK(lus.front().histoire.size() == 6);
        CHECK(lus.front().histoire.back().phrase ==
              "Vous avez refusé ce logement. Raison\u00a0: La taille du logement.");
        CHECK_FALSE(lus.front().a_repondre);
        CHECK(suivis(tx, v.demandes[1]).front().a_repondre);
        CHECK(suivis(tx, v.demandes[2]).front().adresse.empty());
    });
}

TEST_CASE("le demandeur lit l’offre dans son compte et y répond ; un autre compte ne voit rien")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        test::Site site{base, matin};
        const auto entrer = [&](std::string_view courriel, const std::string& demande) {
            test::Client c{site};
            c.cookies.emplace_back(portail::cookie_session(false), base.write([&](db::Transaction& tx) {
                const auto d = portail::store::ouvrir_compte(tx, courriel, matin);
                if (!demande.empty())
                    portail::store::lier(tx, d.id, demande, portail::RoleSurDemande::Titulaire,
                                         portail::Voie::EnLigne, matin);
                return portail::store::creer_session(tx, d, "", matin);
            }));
            return c;
        };
        auto premier = entrer("kerviel0@exemple.fr", v.demandes[0]);
        auto autre = entrer("kerviel1@exemple.fr", v.demandes[1]);
        const auto chez = "/ma-demande/" + v.demandes[0], offre = chez + "/logements/" + ids[0];
        CHECK(premier.get(chez).says("Un logement vous est proposé"));
        CHECK(premier.get(chez + "/logements").says("T3 de 62 m² à Rouen"));
        CHECK(premier.get(offre).says("12 rue du Renard"));
        // Somebody else's demande, and somebody else's offer under one's own.
        CHECK(autre.get(chez + "/logements").status == 404);
        CHECK(autre.get(offre).status == 404);
        const auto detournee = "/ma-demande/" + v.demandes[1] + "/logements/" + ids[0];
        CHECK(autre.get(detournee).status == 404);
        autre.get("/ma-demande/" + v.demandes[1] + "/logements");
        CHECK(autre.post(detournee, {{"reponse", "oui"}}).status == 404);
        premier.get(offre);
        CHECK(premier.post(offre, {}).status == 422);
        CHECK(premier.post(offre, {{"reponse", "non"}}).status == 422);
        CHECK(premier.post(offre, {{"reponse", "non"}, {"motif", "taille"}}).status == 303);
        CHECK(v.etat(logement, ids[0]) == Etat::Refusee);
        CHECK(v.etat(logement, ids[1]) == Etat::Attribuee);
        CHECK(premier.post(offre, {{"reponse", "oui"}}).status == 409);
        autre.get("/ma-demande/" + v.demandes[1] + "/logements/" + ids[1]);
        CHECK(autre.post("/ma-demande/" + v.demandes[1] + "/logements/" + ids[1], {{"reponse", "oui"}})
                  .status == 303);
        CHECK(v.etat(logement, ids[1]) == Etat::Acceptee);
    });
}

TEST_CASE("deux décisions à la fois sur un logement : la seconde est refusée, jamais deux attributions")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        const auto lu = v.ouvrir(logement);
        v.faire(logement, [&](const Dossier& d) { return refuser(d, ids[0], "taille", jour); });
        CHECK_THROWS_AS(base.write([&](db::Transaction& tx) {
            conclure(tx, lu, *refuser(lu.dossier, ids[0], "loyer", jour), bailleur, matin);
        }),
                        db::Conflict);
        CHECK_THROWS_AS(base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE candidature SET etat = 'acceptee' WHERE id = $1", ids[2]);
        }),
                        db::UniqueViolation);
    });
}

TEST_CASE("une demande radiée quitte toutes ses candidatures et rend sa place")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto un = v.proposer(), deux = v.proposer();
        const auto ids = v.classer(un);
        const auto ailleurs = v.designer_une(deux, v.demandes[0]);
        base.write([&](db::Transaction& tx) { v.radier_la_demande(tx, v.demandes[0]); });
        CHECK(v.etat(un, ids[0]) == Etat::Caduque);
        CHECK(v.etat(un, ids[1]) == Etat::Attribuee);
        CHECK(v.etat(deux, ailleurs) == Etat::Caduque);
    });
}

TEST_CASE(
    "la tâche constate le silence une fois, même après dix jours d’arrêt ; une offre revenue ne court pas")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        const auto a = [&](std::string_view quand) {
            test::Site site{base, *::base::parse_instant(quand)};
            return suivre_les_candidatures(site.app(), {});
        };
        // The message of the offer has not left: nobody can be silent about it.
        CHECK(a("2026-12-14T09:00:00Z") == 0);
        CHECK(v.etat(logement, ids[0]) == Etat::Attribuee);
        CHECK_FALSE(v.ouvrir(logement).dossier.candidatures.front().repondre_avant);
        v.faire(logement, [&](const Dossier& d) {
            return notifier(d, ids[0], Date{2026, 11, 24}, {2026, 11, 24});
        });
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE courriel SET etat = 'envoye', prochain_le = NULL, envoye_le = $1", matin);
        });
        CHECK(a("2026-12-04T09:00:00Z") == 0); // the last day
        CHECK(a("2026-12-15T09:00:00Z") == 1);
        CHECK(v.etat(logement, ids[0]) == Etat::SansReponse);
        CHECK(v.etat(logement, ids[1]) == Etat::Attribuee);
        CHECK(a("2026-12-15T09:00:00Z") == 0);
    });
}

TEST_CASE("une demande qui ne se lit pas n’empêche pas de trouver les autres")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET contenu = 'pas du json' WHERE id = $1", v.demandes[0]);
        });
        CHECK(base.write([](db::Transaction& tx) { return store::tenir_le_vivier(tx, matin); }) == 3);
        auto tx = base.read();
        CHECK_FALSE(store::vivier_a_tenir(tx, matin));
        const store::Recherche r{.territoire = "076", .insee = "76540", .pieces = 3};
        CHECK(store::chercher(tx, r, logement, {v.b}).size() == 2);
    });
}

TEST_CASE(
    "chaque 1er janvier, les candidats se cherchent avec les plafonds de l’année, sans que rien ait changé")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto tenir = [&](const char* le) {
            return base.write([&](db::Transaction& tx) {
                return store::tenir_le_vivier(tx, ::base::parse_instant(le).value());
            });
        };
        const auto acces = [&] {
            auto tx = base.read();
            return tx.query<int>("SELECT acces FROM vivier ORDER BY demande, insee, pieces");
        };
        CHECK(tenir("2026-12-31T12:00:00Z") == 3);
        CHECK(tenir("2026-12-31T12:00:00Z") == 0);
        const auto avant = acces();
        REQUIRE_FALSE(avant.empty());
        // As what was known under the ceilings of the year that ends.
        base.write([](db::Transaction& tx) { tx.exec("UPDATE vivier SET acces = 3"); });
        CHECK(tenir("2027-01-01T06:00:00Z") == 0); // not the first of January everywhere yet
        CHECK(tenir("2027-01-01T13:00:00Z") == 3);
        CHECK(acces() == avant);
        CHECK(tenir("2027-01-01T13:00:00Z") == 0);
        // What is over is not read again each year.
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'radiee', vivier_version = version WHERE id = $1",
                    v.demandes[0]);
        });
        CHECK(tenir("2028-01-02T13:00:00Z") == 2);
    });
}

TEST_CASE(
    "les candidats se cherchent par commune et type, les plus anciens d’abord, sans ceux qu’on ne peut lire")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        v.designer_une(logement, v.demandes[1]);
        CHECK(base.write([](db::Transaction& tx) { return store::tenir_le_vivier(tx, matin); }) == 3);
        CHECK(base.write([](db::Transaction& tx) { return store::tenir_le_vivier(tx, matin); }) == 0);
        auto tx = base.read();
        store::Recherche r{.territoire = "076", .insee = "76540", .pieces = 3};
        const auto tous = store::chercher(tx, r, logement, {v.b});
        REQUIRE(tous.size() == 3);
        CHECK(tous[0].demande == v.demandes[0]);
        CHECK(tous[1].deja);
        CHECK(tous[0].prioritaire);
        CHECK(store::chercher(tx, r, logement, {}).empty());
        CHECK(store::chercher(tx, {.territoire = "076", .insee = "76540", .pieces = 2}, logement, {v.b})
                  .empty());
        r.apres_jour = ::base::to_iso(tous[0].deposee_le);
        r.apres_demande = tous[0].demande;
        CHECK(store::chercher(tx, r, logement, {v.b}).size() == 2);
        CHECK(store::chercher(
                  tx,
                  {.territoire = "076", .insee = "76540", .pieces = 3, .deposee_avant = Date{2026, 11, 11}},
                  logement, {v.b})
                  .size() == 2);
    });
}

TEST_CASE("quand les noms d’une demande s’effacent, ce que disent ses candidatures s’efface aussi")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        v.classer(logement);
        base.write([&](db::Transaction& tx) { store::effacer_de(tx, v.demandes[0]); });
        auto tx = base.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM candidature_evenement WHERE demande = $1",
                                   v.demandes[0]) == 0);
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM candidature WHERE demande = $1", v.demandes[0]) ==
              1);
    });
}

} // namespace test_candidatures
} // namespace demande::candidature
