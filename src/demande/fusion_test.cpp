// Two demandes that become one: the rule, and what follows on both engines.
#include "demande/fusion.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/annoncer.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store_fusion.hpp"
#include "demande/store_vie.hpp"

namespace demande {
namespace test_fusion {

using compte::exemples::matin;

const compte::Agent louise{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

UneDesDeux une(const char* id, Date deposee_le)
{
    return {.id = id,
            .numero = std::string{"0761126"} + id,
            .territoire = "076",
            .etat = Etat::Active,
            .deposee_le = deposee_le,
            .ancre = deposee_le,
            .violences = false,
            .separation = false,
            .signataires = {{"kerviel", "maelle", Date{1984, 12, 4}, "n1"}},
            .logements = {},
            .deja_vus = {}};
}

TEST_CASE("la plus ancienne des deux est gardée, avec l’année de validité la plus longue")
{
    const auto ancienne = une("a", {2024, 3, 1});
    auto recente = une("b", {2026, 6, 1});
    for (const auto& r : {reunir(ancienne, recente), reunir(recente, ancienne)}) {
        REQUIRE(r);
        CHECK(r->gardee() == "a");
        CHECK(r->radiee() == "b");
        CHECK(r->ancre() == Date{2026, 6, 1});
    }
    auto renouvelee = ancienne;
    renouvelee.ancre = {2026, 9, 1};
    CHECK(reunir(renouvelee, recente)->ancre() == Date{2026, 9, 1});
    recente.deposee_le = ancienne.deposee_le;
    CHECK(reunir(recente, ancienne)->gardee() == "a"); // the same day: the first number
}

TEST_CASE("ce qui serait dangereux ou douteux est refusé, dans les deux sens")
{
    const auto a = une("a", {2024, 3, 1});
    const auto b = une("b", {2026, 6, 1});
    const auto refusee = [&](const UneDesDeux& autre) { return !reunir(a, autre) && !reunir(autre, a); };
    CHECK(refusee(a));
    auto autre = b;
    autre.territoire = "035";
    CHECK(refusee(autre));
    autre = b;
    autre.etat = Etat::Radiee;
    CHECK(refusee(autre));
    autre = b;
    autre.violences = true;
    CHECK(refusee(autre));
    autre = b;
    autre.separation = true;
    CHECK(refusee(autre));
    // Two numbers of social security are two people, whatever their name.
    autre = b;
    autre.signataires[0].nir = "n2";
    CHECK(refusee(autre));
    // A close identity is corrected first.
    autre = b;
    autre.signataires = {{"kerviel", "maelie", Date{1984, 12, 4}, ""}};
    CHECK(refusee(autre));
    autre.signataires.clear();
    CHECK(refusee(autre));
    // Without a number, the same name, first name and birth are enough.
    autre = b;
    autre.signataires[0].nir.clear();
    CHECK(reunir(a, autre));
}

TEST_CASE("un ménage qui a changé ne se réunit pas : ce que tient la plus récente s’ouvrirait à qui signait "
          "l’autre")
{
    auto a = une("a", {2024, 3, 1});
    const auto b = une("b", {2026, 6, 1});
    a.signataires.push_back({"le bras", "yann", Date{1982, 1, 9}, "n2"});
    const auto refus = reunir(a, b);
    REQUIRE(!refus);
    CHECK(refus.error().message.find("le ménage a peut-être changé") != std::string::npos);
}

TEST_CASE("le même numéro de sécurité sociale ne fait pas une personne de deux")
{
    const auto a = une("a", {2024, 3, 1});
    auto b = une("b", {2026, 6, 1});
    b.signataires.front() = {"dupont", "jean", Date{1950, 5, 5}, "n1"};
    CHECK_FALSE(reunir(a, b));
    b.signataires.front() = {"le bras", "maelle", Date{1984, 12, 4}, "n1"}; // her married name
    CHECK(reunir(a, b));
    b.signataires.front() = {"kerviel", "maelle", Date{1984, 4, 12}, "n1"}; // a day typed for a month
    CHECK(reunir(a, b));
}

TEST_CASE("personne ne perd sa signature, ni deux candidatures au même logement l’une des siennes")
{
    auto a = une("a", {2024, 3, 1});
    auto b = une("b", {2026, 6, 1});
    b.signataires.push_back({"traore", "idriss", Date{1986, 5, 17}, ""});
    CHECK_FALSE(reunir(a, b));
    a.signataires.push_back({"traore", "idriss", Date{1986, 5, 17}, ""});
    CHECK(reunir(a, b));
    b.logements = {"l1"};
    CHECK(reunir(a, b));
    a.deja_vus = {"l1"};
    CHECK_FALSE(reunir(a, b));
}

TEST_CASE(
    "pièces, priorités et année suivent la demande gardée, et chacune dit avec laquelle elle est réunie")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            const auto g = store::find_guichet(tx, "76R01").value();
            const auto enregistrer = [&](const char* depot) {
                auto r = exemples::formulaire_rempli();
                r.mettre("depot.depose_le", depot);
                return store::enregistrer(tx, *lire(r, exemples::contexte()), g, louise, "clé", matin)->id;
            };
            const auto ancienne = enregistrer("03/06/2026"), recente = enregistrer("20/11/2026");
            const auto fiche = [&](const std::string& id) { return store::find(tx, id, {g}, "clé").value(); };
            const auto piece = [&](const char* id, const std::string& demande, const char* type,
                                   const char* personne) {
                tx.exec("INSERT INTO demande_piece (id, demande, territoire, type, personne, version, etat, "
                        "guichet, remise_le, cree_le, cree_par) VALUES ($1, $2, '076', $3, $4, 1, 'remise', "
                        "'76R01', '2026-11-20', $5, $6)",
                        id, demande, type, personne, matin, louise.id);
            };
            piece("p1", recente, "avis_impot", "demandeur");
            piece("p2", recente, "identite", "demandeur");
            piece("p3", ancienne, "identite", "demandeur");
            piece("p4", recente, "identite", "codemandeur.1");
            tx.exec("INSERT INTO reconnaissance (id, demande, territoire, nature, decision, decidee_le, "
                    "depuis, guichet, notee_le) VALUES ('r', $1, '076', 'dalo', '12', '2026-11-01', "
                    "'2026-11-01', '76R01', $2)",
                    recente, matin);
            const auto a = fiche(ancienne), b = fiche(recente);
            const auto suit = store::ce_qui_suit(tx, a, b);
            CHECK(suit.pieces == 1);
            CHECK(suit.pieces_laissees == 2);
            CHECK(suit.reconnaissances == 1);
            const auto fusion = reunir(store::une_des_deux(tx, b), store::une_des_deux(tx, a));
            REQUIRE(fusion);
            CHECK(fusion->gardee() == ancienne);
            store::reunir(tx, a, b, *fusion, louise, matin);
            const Date jour{2026, 11, 23};
            const auto fin = radier(store::situation(tx, b, jour),
                                    {.motif = MotifRadiation::Fusion,
                                     .par = Auteur::Gestionnaire,
                                     .justificatif = "Demande gardée"},
                                    jour);
            REQUIRE(fin);
            radier_et_annoncer(tx, b, *fin, louise, "https://logis.example", matin, "076 0626 000001 76R01");
            CHECK(fiche(ancienne).ancre == Date{2026, 11, 20});
            CHECK(fiche(ancienne).deposee_le == Date{2026, 6, 3});
            CHECK(fiche(recente).etat == Etat::Radiee);
            CHECK(tx.one<int>("SELECT COUNT(*) FROM demande_piece WHERE demande = $1", ancienne) == 2);
            CHECK(tx.one<std::string>("SELECT demande FROM reconnaissance") == ancienne);
            CHECK(tx.one<int>("SELECT COUNT(*) FROM journal WHERE evenement = 'fusion'") == 2);
            CHECK(tx.one<std::string>("SELECT details FROM preavis WHERE objet = 'radiation' AND signataire "
                                      "= 0")
                      .ends_with("076 0626 000001 76R01"));
            // Who read it before does nothing over it.
            CHECK_THROWS_AS(store::reunir(tx, a, b, *fusion, louise, matin), db::Conflict);
        });
    });
}

} // namespace test_fusion
} // namespace demande
