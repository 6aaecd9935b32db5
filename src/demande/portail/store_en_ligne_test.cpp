// Demandes typed online, on both engines: what is kept and how, who reads it, what becomes of it.
#include "demande/portail/store_en_ligne.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "compte/exemples_test.hpp"
#include "courrier/store.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/courriels.hpp"
#include "demande/portail/store_compte.hpp"
#include "journal/journal.hpp"
#include "piece/store.hpp"

namespace demande::portail {
namespace test_en_ligne {

using compte::exemples::matin;
constexpr std::string_view cle = "une clé de test";
const std::vector<Guichet> rouen{{"76R01", "076", "ccas", "CCAS", {}, ""}};
const std::vector<Guichet> caen{{"14C01", "014", "ccas", "CCAS", {}, ""}};

struct Ouverte {
    Demandeur elle;
    std::string id;
};

Ouverte ouvrir(db::Database& base)
{
    return base.write([](db::Transaction& tx) {
        const auto d = store::ouvrir_compte(tx, "maelle@exemple.example", matin);
        return Ouverte{d, store::ouvrir(tx, d.id, "076", exemples::formulaire_rempli(), cle, matin)};
    });
}

store::EnLigne lire_la(db::Database& base, const Ouverte& o)
{
    auto tx = base.read();
    return store::find(tx, o.id, o.elle.id, cle).value();
}

TEST_CASE(
    "un compte a plusieurs brouillons dans un territoire, nommés par le prénom écrit, et n’a que les siens")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        const auto deuxieme = base.write([&](db::Transaction& tx) {
            return store::ouvrir(tx, o.elle.id, "076", Reponses{}, cle, matin.plus_days(1));
        });
        CHECK(deuxieme != o.id);
        const auto autre = base.write(
            [](db::Transaction& tx) { return store::ouvrir_compte(tx, "autre@exemple.example", matin); });
        auto tx = base.read();
        CHECK_FALSE(store::find(tx, o.id, autre.id, cle));
        CHECK(store::du_demandeur(tx, autre.id).empty());
        const auto siennes = store::du_demandeur(tx, o.elle.id);
        REQUIRE(siennes.size() == 2);
        CHECK(siennes[0].resume.id == deuxieme);
        CHECK(siennes[0].prenom.empty());
        CHECK(siennes[0].commencee_le == matin.plus_days(1));
        CHECK(siennes[1].prenom == "Maëlle");
        CHECK(store::a_verifier(tx, rouen).empty());
        CHECK_FALSE(store::find_a_verifier(tx, o.id, rouen, cle));
    });
}

TEST_CASE("le numéro de sécurité sociale d’un brouillon est scellé")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        CHECK(lire_la(base, o).reponses.a("demandeur.nir"));
        auto tx = base.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM demande_en_ligne WHERE contenu LIKE '%451%' OR nirs "
                                   "LIKE '%451 089%' OR nirs = ''") == 0);
    });
}

TEST_CASE("deux onglets qui écrivent en même temps ne s’effacent pas sans le dire")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        const auto lue = lire_la(base, o);
        auto r = lue.reponses;
        r.mettre("souhait.personnes", "4");
        base.write([&](db::Transaction& tx) { store::garder(tx, lue, r, "souhait", cle, matin); });
        CHECK(lire_la(base, o).reponses.est("souhait.personnes", "4"));
        CHECK(lire_la(base, o).etape == "souhait");
        CHECK_THROWS_AS(
            base.write([&](db::Transaction& tx) { store::garder(tx, lue, r, "souhait", cle, matin); }),
            db::Conflict);
    });
}

TEST_CASE("une demande déposée attend un guichet de son territoire, et garde sa date quand elle revient")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        const compte::Agent fatou{"fatou", "Fatou Sarr", "", {}};
        base.write([&](db::Transaction& tx) {
            const auto d = store::find(tx, o.id, o.elle.id, cle).value();
            store::deposer(tx, d, {2026, 11, 23}, matin);
            CHECK_THROWS_AS(
                store::garder(tx, store::find(tx, o.id, o.elle.id, cle).value(), {}, "", cle, matin),
                db::Conflict);
        });
        {
            auto tx = base.read();
            CHECK(store::a_verifier(tx, rouen).size() == 1);
            CHECK(store::a_verifier(tx, caen).empty());
            CHECK_FALSE(store::find_a_verifier(tx, o.id, caen, cle));
        }
        base.write([&](db::Transaction& tx) {
            const auto d = store::find_a_verifier(tx, o.id, rouen, cle).value();
            store::invalider(tx, d, MotifInvalidation::Illisible, fatou, matin.plus_days(1));
        });
        const auto revenue = lire_la(base, o);
        CHECK(revenue.etat == Etat::Invalidee);
        CHECK(revenue.motif == MotifInvalidation::Illisible);
        base.write([&](db::Transaction& tx) {
            store::deposer(tx, revenue, {2026, 11, 28}, matin.plus_days(5));
        });
        const auto redeposee = lire_la(base, o);
        CHECK(redeposee.deposee_le == Date{2026, 11, 23});
        CHECK_FALSE(redeposee.motif);
        auto tx = base.read();
        CHECK(store::a_verifier(tx, rouen).front().envoyee_le == matin.plus_days(5));
        CHECK(journal::count(tx, "demande", o.id) == 3);
    });
}

TEST_CASE("un brouillon oublié s’efface, une demande qui attend un guichet jamais")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        base.write([&](db::Transaction& tx) {
            CHECK(store::purger_en_ligne(tx, matin, matin) == 0);
            store::deposer(tx, store::find(tx, o.id, o.elle.id, cle).value(), {2026, 11, 23}, matin);
            CHECK(store::purger_en_ligne(tx, matin.plus_days(900), matin.plus_days(900)) == 0);
            // The account is not erased either while it holds something.
            CHECK(store::effacer_comptes(tx, matin.plus_days(900)) == 0);
            store::invalider(tx, store::find(tx, o.id, o.elle.id, cle).value(), MotifInvalidation::Incomplete,
                             {"fatou", "Fatou Sarr", "", {}}, matin);
            CHECK(store::purger_en_ligne(tx, matin.plus_days(900), matin.plus_days(900)) == 1);
            CHECK(store::effacer_comptes(tx, matin.plus_days(900)) == 1);
        });
    });
}

void renvoyer(db::Database& base, const Ouverte& o, MotifInvalidation motif, Instant le)
{
    base.write([&](db::Transaction& tx) {
        const auto d = store::find(tx, o.id, o.elle.id, cle).value();
        if (store::est_modifiable(d)) store::deposer(tx, d, {2026, 11, 23}, matin);
        store::invalider(tx, store::find(tx, o.id, o.elle.id, cle).value(), motif,
                         {"fatou", "Fatou Sarr", "", {}}, le);
    });
}

/// Writes these answers in a demande sent back, and deposits it again on the 28th; the day that counts.
Date redeposer(db::Database& base, const Ouverte& o,
               std::initializer_list<std::pair<const char*, const char*>> champs)
{
    return base.write([&](db::Transaction& tx) {
        const auto d = store::find(tx, o.id, o.elle.id, cle).value();
        auto r = d.reponses;
        for (const auto& [champ, texte] : champs) r.mettre(champ, texte);
        store::garder(tx, d, r, "vous", cle, matin.plus_days(5));
        const auto jour = store::deposer(tx, store::find(tx, o.id, o.elle.id, cle).value(), {2026, 11, 28},
                                         matin.plus_days(5));
        CHECK(store::find(tx, o.id, o.elle.id, cle)->deposee_le == jour);
        return jour;
    });
}

TEST_CASE("une ancienneté ne passe pas à quelqu’un d’autre : renvoyée puis mise à un autre nom, la demande "
          "compte de son nouvel envoi, sauf si corriger ce nom était demandé")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        renvoyer(base, o, MotifInvalidation::Illisible, matin);
        CHECK(redeposer(base, o, {{"souhait.personnes", "4"}, {"demandeur.prenom", " MAELLE"}}) ==
              Date{2026, 11, 23});
        renvoyer(base, o, MotifInvalidation::Illisible, matin);
        CHECK(redeposer(base, o,
                        {{"demandeur.nom", "Diallo"},
                         {"demandeur.prenom", "Moussa"},
                         {"demandeur.naissance_le", "02/01/1971"}}) == Date{2026, 11, 28});
    });
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        renvoyer(base, o, MotifInvalidation::Differences, matin);
        CHECK(redeposer(base, o,
                        {{"demandeur.nom", "Le Goff"},
                         {"demandeur.prenom", "Annaïg"},
                         {"demandeur.naissance_le", "02/01/1971"}}) == Date{2026, 11, 23});
    });
}

TEST_CASE("une demande renvoyée s’efface à son terme compté du renvoi, même si l’on y écrit encore")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        const auto renvoi = matin.plus_days(1);
        renvoyer(base, o, MotifInvalidation::Illisible, renvoi);
        base.write([&](db::Transaction& tx) {
            const auto d = store::find(tx, o.id, o.elle.id, cle).value();
            store::garder(tx, d, d.reponses, "vous", cle, matin.plus_days(170));
            CHECK(store::non_corrigees(tx, renvoi, "").empty());
            const auto dues = store::non_corrigees(tx, renvoi.plus_seconds(1), "");
            REQUIRE(dues.size() == 1);
            CHECK(dues.front().id == o.id);
            CHECK(dues.front().renvoyee_le == renvoi);
            CHECK(store::non_corrigees(tx, renvoi.plus_seconds(1), o.id).empty());
            CHECK(store::purger_en_ligne(tx, matin.plus_days(900), renvoi) == 0);
            CHECK(store::purger_en_ligne(tx, matin.plus_days(900), renvoi.plus_seconds(1)) == 1);
        });
    });
}

TEST_CASE("la purge de la nuit n’efface pas la demande qui se dépose au même instant")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        std::jthread nuit;
        base.write([&](db::Transaction& tx) {
            store::deposer(tx, store::find(tx, o.id, o.elle.id, cle).value(), {2026, 12, 28},
                           matin.plus_days(35));
            if (nuit.joinable()) return;
            nuit = std::jthread{[&base] {
                base.write([](db::Transaction& purge) {
                    store::purger_en_ligne(purge, matin.plus_days(34), matin.plus_days(34));
                });
            }};
            // Long enough for the purge to have listed it as a draft, and to wait for its row.
            std::this_thread::sleep_for(std::chrono::milliseconds{150});
        });
        nuit.join();
        auto tx = base.read();
        const auto d = store::find(tx, o.id, o.elle.id, cle);
        REQUIRE(d);
        CHECK(d->etat == Etat::Deposee);
    });
}

std::string joindre(db::Database& base, const Ouverte& o)
{
    return base.write([&](db::Transaction& tx) {
        const auto p = piece::store::inserer(tx,
                                             {.sas = "essai",
                                              .cle = "",
                                              .sha256 = std::string(64, 'a'),
                                              .nom = "carte.pdf",
                                              .type = piece::TypePiece::Pdf,
                                              .taille = 12},
                                             matin);
        store::ajouter_fichier(tx, store::find(tx, o.id, o.elle.id, cle).value(), p.id.text, matin);
        return p.id.text;
    });
}

TEST_CASE("une demande ne se dépose pas sur une pièce d’identité retirée au même instant, ni l’inverse")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        const auto carte = joindre(base, o);
        const auto lue = lire_la(base, o);
        base.write([&](db::Transaction& tx) { store::retirer_fichier(tx, lue, carte, matin); });
        CHECK_THROWS_AS(base.write([&](db::Transaction& tx) {
            store::deposer(tx, lue, {2026, 11, 23}, matin);
        }),
                        db::Conflict);
        const auto autre = joindre(base, o);
        const auto relue = lire_la(base, o);
        base.write([&](db::Transaction& tx) { store::deposer(tx, relue, {2026, 11, 23}, matin); });
        CHECK_THROWS_AS(
            base.write([&](db::Transaction& tx) { store::retirer_fichier(tx, relue, autre, matin); }),
            db::Conflict);
        auto tx = base.read();
        CHECK(store::fichiers(tx, relue).size() == 1);
    });
}

TEST_CASE("tout effacer efface aussi les fichiers de la demande et les courriels qui parlent d’elle")
{
    test::for_each_engine([](db::Database& base) {
        const auto o = ouvrir(base);
        joindre(base, o);
        renvoyer(base, o, MotifInvalidation::Illisible, matin);
        base.write([&](db::Transaction& tx) {
            courrier::enqueue(
                tx,
                courriels::accuse({o.id, "076", o.elle.courriel, "https://logis.example"}, {2026, 11, 23}),
                matin);
            CHECK(courrier::etat_des_courriels(tx, "demande", o.id).size() == 1);
            store::abandonner(tx, store::find(tx, o.id, o.elle.id, cle).value());
            CHECK(courrier::etat_des_courriels(tx, "demande", o.id).empty());
            CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM piece") == 0);
            CHECK_FALSE(store::find(tx, o.id, o.elle.id, cle));
        });
    });
}

} // namespace test_en_ligne
} // namespace demande::portail
