// What a candidature causes around it, on both engines: messages, delays, points, ends that cross, and what
// each guichet reads of it.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <thread>

#include "demande/candidature/exemples_test.hpp"
#include "demande/candidature/pages.hpp"
#include "demande/candidature/propositions.hpp"
#include "demande/candidature/store_vivier.hpp"
#include "demande/candidature/taches.hpp"
#include "demande/portail/demandeur.hpp"
#include "demande/portail/store_compte.hpp"

namespace demande::candidature {
namespace test_candidatures {

std::int64_t messages(db::Database& base, std::string_view vers, std::string_view gabarit)
{
    auto tx = base.read();
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM courriel WHERE destinataire = $1 AND gabarit = $2",
                                vers, gabarit);
}

std::int64_t refus_notes(db::Database& base, const std::string& demande)
{
    auto tx = base.read();
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM journal WHERE objet_type = 'demande' AND objet_id = $1 "
                                "AND evenement = 'refus'",
                                demande);
}

TEST_CASE("se retirer avant toute proposition n’est pas un refus ; refuser une proposition en est un")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto un = v.proposer(), deux = v.proposer();
        const auto retiree = v.designer_une(un, v.demandes[0]);
        v.faire(un, [&](const Dossier& d) { return refuser(d, retiree, "quartier", jour); });
        CHECK(refus_notes(base, v.demandes[0]) == 0);
        const auto ids = v.classer(deux);
        v.faire(deux, [&](const Dossier& d) { return refuser(d, ids[2], "quartier", jour); }); // third
        CHECK(refus_notes(base, v.demandes[2]) == 0);
        v.faire(deux, [&](const Dossier& d) { return refuser(d, ids[0], "taille", jour); });
        CHECK(refus_notes(base, v.demandes[0]) == 1);
    });
}

TEST_CASE("un refus ou une acceptation notés sont dits au demandeur et à ses comptes, jamais à un foyer fui")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        base.write([&](db::Transaction& tx) {
            const auto compte = portail::store::ouvrir_compte(tx, "seule@exemple.fr", matin);
            portail::store::lier(tx, compte.id, v.demandes[1], portail::RoleSurDemande::Titulaire,
                                 portail::Voie::EnLigne, matin);
            const auto autre = portail::store::ouvrir_compte(tx, "autre@exemple.fr", matin);
            portail::store::lier(tx, autre.id, v.demandes[1], portail::RoleSurDemande::Codemandeur,
                                 portail::Voie::Guichet, matin, 1);
            auto r = Reponses::de_json(
                tx.one<std::string>("SELECT contenu FROM demande WHERE id = $1", v.demandes[1]));
            r.mettre("motif.violences", "oui");
            tx.exec("UPDATE demande SET contenu = $2 WHERE id = $1", v.demandes[1], r.json());
        });
        v.faire(logement, [&](const Dossier& d) { return refuser(d, ids[0], "taille", jour); });
        CHECK(messages(base, "kerviel0@exemple.fr", "reponse_notee") == 1);
        v.faire(logement, [&](const Dossier& d) { return accepter(d, ids[1], jour); });
        CHECK(messages(base, "kerviel1@exemple.fr", "reponse_notee") == 0);
        CHECK(messages(base, "seule@exemple.fr", "reponse_notee") == 1);
        CHECK(messages(base, "autre@exemple.fr", "reponse_notee") == 0); // who else signed may be who is fled
        auto tx = base.read();
        const auto texte = tx.one<std::string>("SELECT texte FROM courriel WHERE destinataire = "
                                               "'seule@exemple.fr' AND gabarit = 'reponse_notee'");
        CHECK(texte.find("notée par Seine Logis Habitat") != std::string::npos);
        for (const auto* secret : {"Kerviel", "rue du Renard", "76B01"})
            CHECK(texte.find(secret) == std::string::npos);
    });
}

TEST_CASE("un message d’offre parti tard repousse la réponse, à l’écran et par un second message")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        const auto a = [&](std::string_view quand) {
            test::Site site{base, *::base::parse_instant(quand)};
            return suivre_les_candidatures(site.app(), {});
        };
        const auto repondre_avant = [&] {
            auto tx = base.read();
            return suivis(tx, v.demandes[0]).front().repondre_avant;
        };
        CHECK(a("2026-11-24T09:00:00Z") == 0); // it waits
        CHECK(repondre_avant() == Date{2026, 12, 3});
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE courriel SET etat = 'envoye', prochain_le = NULL, envoye_le = $1",
                    matin.plus_days(3));
        });
        CHECK(a("2026-11-26T09:05:00Z") == 1);
        CHECK(repondre_avant() == Date{2026, 12, 7});
        CHECK(a("2026-11-26T09:10:00Z") == 0);
        auto tx = base.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM courriel WHERE destinataire = 'kerviel0@exemple.fr' "
                                   "AND etat = 'a_envoyer' AND texte LIKE '%7 décembre 2026 inclus%'") == 1);
        // Nothing of it before the end, then the silence is noted.
        CHECK(store::a_revoir(tx, {2026, 12, 7}).empty());
        CHECK(store::a_revoir(tx, {2026, 12, 8}).size() == 1);
    });
}

TEST_CASE("une offre partie le jour même garde son délai ; un message revenu le rend aussitôt")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        const auto suivre = [&] {
            test::Site site{base, matin.plus_seconds(60)};
            return suivre_les_candidatures(site.app(), {});
        };
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE courriel SET etat = 'envoye', prochain_le = NULL, envoye_le = $1", matin);
        });
        CHECK(suivre() == 0);
        {
            auto tx = base.read();
            CHECK(store::a_revoir(tx, {2026, 12, 3}).empty());
            CHECK(store::a_revoir(tx, {2026, 12, 4}).size() == 1);
        }
        v.faire(logement, [&](const Dossier& d) { return refuser(d, ids[0], "taille", jour); });
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE courriel SET etat = 'refuse', prochain_le = NULL WHERE etat <> 'envoye'");
        });
        CHECK(suivre() == 0);
        const auto o = v.ouvrir(logement);
        CHECK(o.dossier.candidatures[1].etat == Etat::Attribuee);
        CHECK_FALSE(o.dossier.candidatures[1].repondre_avant);
    });
}

TEST_CASE(
    "désigner une demande qui se radie au même instant : elle n’est plus candidate, dans un sens ou l’autre")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer();
        const auto ouvertes = [&](const std::string& demande) {
            auto tx = base.read();
            return store::logements_vises(tx, demande).size();
        };
        const auto attendre = [] { std::this_thread::sleep_for(std::chrono::milliseconds{120}); };
        bool designee = true;
        {
            std::jthread autre;
            base.write([&](db::Transaction& tx) {
                v.radier_la_demande(tx, v.demandes[0]);
                if (autre.joinable()) return;
                autre = std::jthread{[&] {
                    try {
                        v.designer_une(logement, v.demandes[0]);
                    } catch (const db::Conflict&) {
                        designee = false;
                    }
                }};
                attendre(); // long enough for the other to find the row held
            });
        }
        CHECK_FALSE(designee);
        CHECK(ouvertes(v.demandes[0]) == 0);
        bool radiee = false;
        {
            std::jthread autre;
            base.write([&](db::Transaction& tx) {
                const auto l = store::find_logement(tx, logement, {v.b}).value();
                designer_et_prevenir(tx, l, v.demandes[1],
                                     *designer(l, {.territoire = "076", .en_cours = true}, false), v.b,
                                     bailleur, matin);
                if (autre.joinable()) return;
                autre = std::jthread{[&] {
                    base.write([&](db::Transaction& la) { v.radier_la_demande(la, v.demandes[1]); });
                    radiee = true;
                }};
                attendre();
            });
        }
        CHECK(radiee);
        CHECK(ouvertes(v.demandes[1]) == 0);
    });
}

TEST_CASE("un guichet ne lit d’un logement que les candidatures des demandes qu’il peut lire")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        const auto logement = v.proposer("76R01");
        const auto ids = v.designer_toutes(logement);
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande_souhait SET insee = '76231' WHERE demande = $1", v.demandes[2]);
        });
        auto tx = base.read();
        CHECK(store::lisibles(tx, logement, {v.b}).size() == 3);
        const auto siennes = store::lisibles(tx, logement, {v.ccas});
        CHECK(std::set<std::string>{siennes.begin(), siennes.end()} == std::set<std::string>{ids[0], ids[1]});
        CHECK(store::lisibles(tx, logement, {}).empty());
    });
}

TEST_CASE(
    "les séances et leurs logements se lisent jusqu’au dernier, page après page, même tous du même jour")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        std::string derniere;
        base.write([&](db::Transaction& tx) {
            for (int i = 0; i < 53; ++i)
                derniere = store::creer_commission(
                    tx, {.territoire = "076", .bailleur = "76B01", .tenue_le = jour}, stephane.id, matin);
        });
        std::vector<std::string> logements;
        for (std::size_t i = 0; i < store::par_page + 1; ++i) logements.push_back(v.proposer());
        base.write([&](db::Transaction& tx) {
            const auto seance = *store::find_commission(tx, derniere, {v.b});
            for (const auto& l : logements) store::inscrire_logement(tx, seance, l);
            store::noter_examen(tx, derniere, logements[0], std::nullopt, matin);
        });
        auto tx = base.read();
        std::set<std::string> lues;
        std::optional<store::Repere> apres;
        for (std::size_t page = 0; page < 3; ++page) {
            auto ici = store::commissions(tx, {v.b}, apres);
            const bool suite = ici.size() > store::par_page;
            if (suite) ici.resize(store::par_page);
            for (const auto& c : ici) lues.insert(c.id);
            apres = store::Repere{ici.back().tenue_le, ici.back().id};
            if (!suite) break;
        }
        CHECK(lues.size() == 53);
        CHECK(store::commissions_a_venir(tx, v.b, logements[1], jour).size() == 53);
        CHECK(store::commissions_a_venir(tx, v.b, logements[0], jour).size() == 52); // it has decided
        const auto premiers = store::examens(tx, derniere);
        REQUIRE(premiers.size() == store::examens_par_page + 1);
        const auto suivants = store::examens(tx, derniere, premiers[store::examens_par_page - 1].logement);
        REQUIRE(suivants.size() == store::examens_par_page + 1);
        CHECK(store::examens(tx, derniere, suivants[store::examens_par_page - 1].logement).size() == 1);
        const auto recents = store::logements(tx, {v.b}, EtatLogement::Propose);
        REQUIRE(recents.size() == store::par_page + 1);
        CHECK(store::logements(tx, {v.b}, EtatLogement::Propose, recents[store::par_page - 1].id).size() ==
              1);
        CHECK(store::logements(tx, {v.b}, EtatLogement::Propose, recents.back().id).empty());
    });
}

/// An agent at a desk, without the door: what a page answers.
struct Bureau {
    test::Site site;
    compte::Agent agent = stephane;
    Visitor visitor;

    explicit Bureau(db::Database& base) : site(base, matin)
    {
        base.write([&](db::Transaction& tx) { demande::store::habiliter(tx, agent.id, "76B01", "", matin); });
        visitor.agent = &agent;
        visitor.chrome.csrf = "un jeton";
    }
    http::Request demander(std::map<std::string, std::string> captures, http::Pairs form = {})
    {
        http::Request r;
        r.captures = std::move(captures);
        r.form = std::move(form);
        return r;
    }
};

TEST_CASE("chercher des candidats n’attend pas qui écrit, et chaque demande vue le garde")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        Bureau bureau{base};
        const auto logement = v.proposer();
        const auto chercher = [&] {
            return get_candidats(bureau.site.app(), bureau.demander({{"id", logement}}), bureau.visitor)
                .status;
        };
        {
            auto tx = base.begin();
            tx.exec("UPDATE logement_propose SET version = version WHERE id = $1", logement);
            CHECK(chercher() == 200); // nothing found yet: nothing to write
        }
        while (base.write([](db::Transaction& tx) { return store::tenir_le_vivier(tx, matin); }) > 0) {
        }
        CHECK(chercher() == 200);
        auto tx = base.read();
        for (const auto& d : v.demandes)
            CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM journal WHERE objet_id = $1 AND details = "
                                       "'recherche'",
                                       d) == 1);
    });
}

TEST_CASE("un bail que la règle de radiation refuse n’est pas noté, et dit pourquoi")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        Bureau bureau{base};
        const auto logement = v.proposer();
        const auto ids = v.classer(logement);
        v.faire(logement, [&](const Dossier& d) { return accepter(d, ids[0], jour); });
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'radiee', radiee_le = '2026-11-23', motif_radiation = "
                    "'renonciation' WHERE id = $1",
                    v.demandes[0]);
        });
        const auto r = post_geste(bureau.site.app(),
                                  bureau.demander({{"id", ids[0]}, {"geste", "bail"}},
                                                  {{"signe_le", "22/11/2026"}, {"rpls", "RP1042"}}),
                                  bureau.visitor);
        CHECK(r.status == 409);
        CHECK(r.body.find("Seule une demande en cours peut être radiée.") != std::string::npos);
        CHECK(r.body.find("value=\"RP1042\"") != std::string::npos); // what was typed stays
        CHECK(v.etat(logement, ids[0]) == Etat::Acceptee);
    });
}

} // namespace test_candidatures
} // namespace demande::candidature
