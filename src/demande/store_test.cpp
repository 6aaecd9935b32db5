// Demandes on both engines: numbers that are never given twice, people found again, what a guichet may read.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/numero.hpp"
#include "demande/store.hpp"
#include "demande/store_numero.hpp"
#include "journal/journal.hpp"

namespace demande {
namespace test_store {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

/// The people of the demonstration, with two guichets: the CCAS of Rouen and a bailleur.
void ouvrir(db::Database& base)
{
    compte::exemples::semer(base);
    base.write([](db::Transaction& tx) {
        store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
        store::ouvrir_guichet(tx, {"76B01", "076", partenaire::demo_bailleur, "", {}, ""}, matin);
        store::habiliter(tx, fatou.id, "76R01", "", matin);
    });
}

Guichet guichet(db::Database& base, std::string_view code)
{
    auto tx = base.read();
    return store::find_guichet(tx, code).value();
}

Enregistrement un_enregistrement()
{
    auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
    REQUIRE(lu);
    return *std::move(lu);
}

store::Enregistree enregistrer(db::Database& base, const Enregistrement& e, const Guichet& g)
{
    return base.write([&](db::Transaction& tx) {
        auto r = store::enregistrer(tx, e, g, fatou, cle, matin);
        if (!r) throw std::runtime_error{r.error().message};
        return *r;
    });
}

TEST_CASE("une demande enregistrée a son numéro, ses personnes, ses communes et une ligne d’historique")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const auto g = guichet(base, "76R01");
        const auto r = enregistrer(base, un_enregistrement(), g);
        CHECK(r.numero == "076112600000176R01");
        auto tx = base.read();
        const auto f = store::find(tx, r.id, {g}, cle);
        REQUIRE(f);
        CHECK(f->etat == Etat::Active);
        CHECK(f->deposee_le == Date{2026, 11, 20});
        CHECK(f->communes == std::vector<std::string>{"76540"});
        CHECK(f->nirs == std::vector<std::string>{"2 84 •• •• ••• ••• ••", ""});
        CHECK(f->reponses.texte("demandeur.nom") == "Kerviel");
        CHECK_FALSE(f->attestation_le);
        const auto histoire = journal::of(tx, "demande", r.id);
        REQUIRE(histoire.size() == 1);
        CHECK(histoire.front().evenement == "depot");
        CHECK(histoire.front().territoire == "76");
    });
}

TEST_CASE("aucun numéro de sécurité sociale n’est lisible dans la base")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const auto r = enregistrer(base, un_enregistrement(), guichet(base, "76R01"));
        auto tx = base.read();
        CHECK(tx.one<std::string>("SELECT contenu FROM demande WHERE id = $1", r.id).find("8993") ==
              std::string::npos);
        const auto scelle = tx.one<std::string>("SELECT nir_scelle FROM demande_personne WHERE rang = 0");
        CHECK(::base::unseal(cle, scelle) == "284127645108993");
        CHECK_FALSE(store::find(tx, r.id, {guichet(base, "76R01")}, "autre clé")
                        ->nirs.empty()); // unreadable, not broken
    });
}

TEST_CASE("des milliers d’enregistrements au même instant : autant de numéros, aucun en double")
{
    constexpr int fils = 8, chacun = 150;
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const Guichet guichets[] = {guichet(base, "76R01"), guichet(base, "76B01")};
        const auto e = un_enregistrement();
        std::atomic<int> echecs = 0;
        std::vector<std::vector<std::string>> numeros(fils);
        std::vector<std::thread> tous;
        for (std::size_t i = 0; i < fils; ++i)
            tous.emplace_back([&, i] {
                for (int n = 0; n < chacun; ++n) try {
                        numeros[i].push_back(enregistrer(base, e, guichets[i % 2]).numero);
                    } catch (const std::exception&) {
                        ++echecs; // an engine that is too busy refuses: nothing is half written
                    }
            });
        for (auto& t : tous) t.join();
        std::set<std::string> distincts, sequences;
        std::size_t donnes = 0;
        for (const auto& liste : numeros)
            for (const auto& n : liste) {
                ++donnes;
                distincts.insert(n);
                sequences.insert(
                    n.substr(0, 13)); // whatever the guichet, never the same rank in the territory
            }
        CHECK(distincts.size() == donnes);
        CHECK(sequences.size() == donnes);
        CHECK(donnes + static_cast<std::size_t>(echecs) == fils * chacun);
        CHECK(donnes > fils * chacun / 2);
        auto tx = base.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM demande") == static_cast<std::int64_t>(donnes));
    });
}

TEST_CASE("un numéro effacé n’est pas redonné, un enregistrement manqué rend le sien")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const auto g = guichet(base, "76R01");
        const auto premier = enregistrer(base, un_enregistrement(), g);
        base.write([&](db::Transaction& tx) { tx.exec("DELETE FROM demande WHERE id = $1", premier.id); });
        {
            auto tx = base.begin(); // the process dies before the commit
            CHECK(store::prendre_sequence(tx, "076", {2026, 11, 20}) == 2);
        }
        CHECK(enregistrer(base, un_enregistrement(), g).numero == "076112600000276R01");
    });
}

TEST_CASE("chaque territoire et chaque mois compte pour lui, jusqu’au dernier numéro, puis refuse")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const auto g = guichet(base, "76R01");
        base.write([&](db::Transaction& tx) {
            CHECK(store::prendre_sequence(tx, "111", {2026, 11, 1}) == 1);
            CHECK(store::prendre_sequence(tx, "111", {2026, 12, 1}) == 1);
            CHECK(store::prendre_sequence(tx, "111", {2026, 11, 30}) == 2);
            tx.exec("INSERT INTO numero_sequence (territoire, annee, mois, dernier) VALUES ('076', 2026, 11, "
                    "999998)");
        });
        CHECK(enregistrer(base, un_enregistrement(), g).numero == "076112699999976R01");
        base.write([&](db::Transaction& tx) {
            const auto refus = store::enregistrer(tx, un_enregistrement(), g, fatou, cle, matin);
            REQUIRE_FALSE(refus);
            CHECK(refus.error().kind == Problem::Kind::Conflict);
        });
    });
}

TEST_CASE(
    "une personne se retrouve par son numéro, son nom ou à une faute près, dans son territoire seulement")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const auto g = guichet(base, "76R01");
        const auto r = enregistrer(base, un_enregistrement(), g);
        auto tx = base.read();
        const auto chercher = [&](const Identite& i, std::string_view territoire = "076") {
            return store::chercher_doublons(tx, territoire, i, {g});
        };
        const Identite par_nir{"", "", {}, store::empreinte_nir(cle, "284127645108993")};
        REQUIRE(chercher(par_nir).size() == 1);
        CHECK(chercher(par_nir).front().ressemblance == Ressemblance::MemeNir);
        CHECK(chercher(par_nir).front().numero == r.numero);
        CHECK(chercher(par_nir).front().lisible);
        CHECK(chercher(par_nir, "014").empty());
        CHECK(chercher({"kerviel", "maelle", Date{1984, 12, 4}, ""}).front().ressemblance ==
              Ressemblance::MemeIdentite);
        CHECK(chercher({"kervielle", "maelle", Date{1984, 12, 4}, ""}).front().ressemblance ==
              Ressemblance::Proche);
        CHECK(chercher({"traore", "idriss", Date{1986, 5, 17}, ""}).size() == 1); // the codemandeur too
        CHECK(chercher({"diallo", "fatou", Date{1984, 12, 4}, ""}).empty());
        CHECK(chercher({}).empty());
        CHECK_FALSE(chercher(par_nir).front().radiee);
        const auto radiee = [&] {
            auto ecriture = base.begin();
            ecriture.exec("UPDATE demande SET etat = 'radiee'");
            const auto vue = store::chercher_doublons(ecriture, "076", par_nir, {g});
            CHECK(store::a_attester(ecriture, "76R01").empty());
            return vue.size() == 1 && vue.front().radiee;
        };
        CHECK(radiee()); // it may come back, with its date
    });
}

TEST_CASE("un guichet lit ce qu’il enregistre, un bailleur tout le territoire, une autre commune rien")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        base.write([](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76D01", "076", partenaire::demo_dieppe, "", {}, ""}, matin);
            store::ouvrir_guichet(tx, {"76V01", "076", partenaire::demo_rouen, "", {}, ""}, matin);
        });
        const auto r = enregistrer(base, un_enregistrement(), guichet(base, "76B01"));
        auto tx = base.read();
        const auto lit = [&](std::string_view code) {
            return store::find(tx, r.id, {store::find_guichet(tx, code).value()}, cle).has_value();
        };
        CHECK(lit("76B01"));
        CHECK(lit("76V01")); // Rouen is asked for
        CHECK_FALSE(lit("76D01"));
        CHECK_FALSE(store::find(tx, r.id, {}, cle));
        CHECK_FALSE(store::find_numero(tx, r.numero, {store::find_guichet(tx, "76D01").value()}));
        CHECK(store::find_numero(tx, r.numero, {store::find_guichet(tx, "76V01").value()}) == r.id);
    });
}

TEST_CASE("une habilitation ne vaut que pour qui est encore de l’organisme")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const auto guichets = [&] {
            auto tx = base.read();
            return store::guichets_de(tx, fatou.id).size();
        };
        CHECK(guichets() == 1);
        base.write([](db::Transaction& tx) { store::habiliter(tx, fatou.id, "76B01", "", matin); });
        CHECK(guichets() == 1); // she does not work for the bailleur
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE mandat SET confirme = 0 WHERE compte = $1", fatou.id);
        });
        CHECK(guichets() == 0);
        base.write([](db::Transaction& tx) {
            tx.exec("UPDATE mandat SET confirme = 1 WHERE compte = $1", fatou.id);
        });
        CHECK(guichets() == 1);
        base.write([](db::Transaction& tx) { store::retirer_habilitation(tx, fatou.id, "76R01"); });
        CHECK(guichets() == 0);
    });
}

TEST_CASE("une attestation remise sort de la liste, et ne se note qu’une fois")
{
    test::for_each_engine([](db::Database& base) {
        ouvrir(base);
        const auto g = guichet(base, "76R01");
        const auto r = enregistrer(base, un_enregistrement(), g);
        const auto noter = [&] {
            base.write([&](db::Transaction& tx) {
                store::noter_attestation(tx, store::find(tx, r.id, {g}, cle).value(), fatou, matin);
            });
        };
        {
            auto tx = base.read();
            CHECK(store::a_attester(tx, "76R01").size() == 1);
            CHECK(store::a_attester(tx, "76B01").empty());
        }
        noter();
        noter();
        auto tx = base.read();
        CHECK(store::a_attester(tx, "76R01").empty());
        CHECK(journal::of(tx, "demande", r.id).size() == 2);
    });
}

} // namespace test_store
} // namespace demande
