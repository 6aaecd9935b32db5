// Warnings before a removal: the rule, and what is kept of them on both engines.
#include "demande/avertissement.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "compte/exemples_test.hpp"
#include "demande/annoncer.hpp"
#include "demande/exemples_test.hpp"
#include "demande/papier.hpp"
#include "demande/store.hpp"
#include "demande/store_avertissement.hpp"

namespace demande {
namespace test_avertissement {

using compte::exemples::matin;

const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};
const Date ancre{2026, 11, 20};
const Situation active{.etat = Etat::Active,
                       .jalons = jalons(ancre),
                       .preavis_remis_le = {},
                       .radiee_le = {},
                       .motif_radiation = {}};
const AvertissementEcrit sans_reponse{.motif = MotifRadiation::NonReponse,
                                      .texte = "Nous vous avons demandé votre avis d’impôt."};

Avertissement ecrit(MotifRadiation motif = MotifRadiation::NonReponse)
{
    return {.id = "1",
            .motif = motif,
            .condition = {},
            .texte = "Nous vous avons demandé votre avis d’impôt.",
            .ancre = ancre,
            .ecrit_le = {2026, 12, 1},
            .partenaire = "ville"};
}

RadiationProposee sur(RadiationProposee p, const std::vector<Avertissement>& tous, Date depuis = ancre)
{
    return sur_avertissement(std::move(p), tous, depuis, {"ville"});
}

TEST_CASE("un avertissement s’écrit pour les deux motifs qui en demandent un, par qui peut les prononcer")
{
    CHECK(avertir(active, sans_reponse, Auteur::Guichet, {}));
    CHECK_FALSE(avertir(active, sans_reponse, Auteur::Gestionnaire, {}));
    CHECK(avertir(active, {.motif = MotifRadiation::Irrecevabilite, .texte = "Décision."}, Auteur::Caleol, {})
              .error()
              .field == "condition");
    CHECK_FALSE(avertir(active,
                        {.motif = MotifRadiation::Irrecevabilite,
                         .condition = MotifIrrecevabilite::Plafond,
                         .texte = "Décision."},
                        Auteur::Guichet, {}));
    CHECK(avertir(active, {.motif = MotifRadiation::Renonciation, .texte = "x"}, Auteur::Guichet, {})
              .error()
              .field == "motif");
    CHECK(avertir(active, {.motif = MotifRadiation::NonReponse}, Auteur::Guichet, {}).error().field ==
          "texte");
    CHECK(avertir(active, sans_reponse, Auteur::Guichet, {ecrit()})); // that nobody received: it gives way
    auto remis = ecrit();
    remis.remis_le = Date{2026, 12, 3};
    CHECK_FALSE(avertir(active, sans_reponse, Auteur::Guichet, {remis}));
    auto repondu = ecrit();
    repondu.repondu_le = Date{2026, 12, 9};
    CHECK(avertir(active, sans_reponse, Auteur::Guichet, {repondu}));
    auto radiee = active;
    radiee.etat = Etat::Radiee;
    CHECK_FALSE(avertir(radiee, sans_reponse, Auteur::Guichet, {}));
}

TEST_CASE("le délai court de la remise prouvée, et la radiation attend qu’il soit passé")
{
    auto a = ecrit();
    const RadiationProposee p{.motif = MotifRadiation::NonReponse, .par = Auteur::Guichet};
    CHECK_FALSE(fin_du_delai(a));
    CHECK_FALSE(radier(active, sur(p, {}), {2027, 6, 1}));
    CHECK_FALSE(radier(active, sur(p, {a}), {2027, 6, 1}));
    const auto remise = [&](std::optional<Date> le, const char* preuve) {
        return remettre(a, {.moyen = MoyenDeRemise::Recommande, .remis_le = le, .preuve = preuve}, {}, ancre,
                        {2026, 12, 31});
    };
    CHECK(remise(Date{2026, 11, 30}, "1A").error().field == "remis_le");
    CHECK(remise(Date{2027, 1, 1}, "1A").error().field == "remis_le");
    CHECK(remise({}, "1A").error().field == "remis_le");
    CHECK(remise(Date{2026, 12, 31}, "").error().field == "preuve");
    REQUIRE(remise(Date{2026, 12, 31}, "1A"));
    a.remis_le = Date{2026, 12, 31};
    a.moyen = MoyenDeRemise::Recommande;
    a.preuve = "1A";
    CHECK_FALSE(remise(Date{2026, 12, 31}, "1A"));
    CHECK(fin_du_delai(a) == Date{2027, 2, 28});
    CHECK_FALSE(radier(active, sur(p, {a}), {2027, 2, 28}));
    const auto r = radier(active, sur(p, {a}), {2027, 3, 1});
    REQUIRE(r);
    CHECK(r->averti_le() == Date{2026, 12, 31});
    CHECK(r->justificatif() == "1A");
    // What somebody would type changes nothing.
    auto tape = p;
    tape.averti_le = Date{2026, 1, 1};
    CHECK_FALSE(radier(active, sur(tape, {}), {2027, 6, 1}));
}

TEST_CASE("une réponse ou un renouvellement arrête tout, et un avertissement d’un autre motif ne compte pas")
{
    auto a = ecrit();
    a.remis_le = Date{2026, 12, 31};
    a.preuve = "1A";
    RadiationProposee p{.motif = MotifRadiation::NonReponse, .par = Auteur::Guichet};
    CHECK(repondre(a, ancre, {2027, 1, 5}));
    a.repondu_le = Date{2027, 1, 5};
    CHECK_FALSE(repondre(a, ancre, {2027, 1, 6}));
    CHECK_FALSE(radier(active, sur(p, {a}), {2027, 6, 1}));
    a.repondu_le.reset();
    auto renouvelee = active;
    renouvelee.jalons = jalons({2027, 1, 10});
    CHECK_FALSE(attend_une_reponse(a, {2027, 1, 10}));
    CHECK_FALSE(radier(renouvelee, sur(p, {a}), {2027, 6, 1}));
    p = {.motif = MotifRadiation::Irrecevabilite, .par = Auteur::Caleol};
    CHECK_FALSE(radier(active, sur(p, {a}), {2027, 6, 1}));
    // A newer one, for the same reason, is the one that counts.
    auto autre = ecrit(MotifRadiation::Irrecevabilite);
    autre.id = "2";
    autre.condition = MotifIrrecevabilite::Plafond;
    autre.remis_le = Date{2027, 1, 31};
    autre.preuve = "2B";
    CHECK_FALSE(radier(active, sur(p, {autre, a}), {2027, 2, 28}));
    CHECK(radier(active, sur(p, {autre, a}), {2027, 3, 1})->irrecevabilite() == MotifIrrecevabilite::Plafond);
}

TEST_CASE("un avertissement remis le jour du renouvellement, ou d’avant une réunion, ne radie pas")
{
    auto a = ecrit();
    a.remis_le = Date{2026, 12, 31};
    a.preuve = "1A";
    const RadiationProposee p{.motif = MotifRadiation::NonReponse, .par = Auteur::Guichet};
    auto renouvelee = active;
    renouvelee.jalons = jalons({2026, 12, 31});
    CHECK_FALSE(radier(renouvelee, sur(p, {a}, {2026, 12, 31}), {2027, 6, 1}));
    // A merge or an import may even give an earlier year.
    auto reunie = active;
    reunie.jalons = jalons({2026, 10, 1});
    CHECK_FALSE(radier(reunie, sur(p, {a}, {2026, 10, 1}), {2027, 6, 1}));
}

TEST_CASE("personne ne radie sur l’avertissement d’un autre organisme")
{
    auto a = ecrit();
    a.remis_le = Date{2026, 12, 31};
    a.preuve = "1A";
    const RadiationProposee p{.motif = MotifRadiation::NonReponse, .par = Auteur::Guichet};
    CHECK(radier(active, sur_avertissement(p, {a}, ancre, {"ville"}), {2027, 6, 1}));
    CHECK_FALSE(radier(active, sur_avertissement(p, {a}, ancre, {"bailleur"}), {2027, 6, 1}));
    CHECK_FALSE(radier(active, sur_avertissement(p, {a}, ancre, {}), {2027, 6, 1}));
}

TEST_CASE("un recommandé n’est pas remis avant que sa lettre soit partie")
{
    const RemiseProuvee r{.moyen = MoyenDeRemise::Recommande, .remis_le = Date{2026, 12, 10}, .preuve = "1A"};
    const auto remise = [&](const LettreDAvertissement& lettre,
                            MoyenDeRemise moyen = MoyenDeRemise::Recommande) {
        auto autre = r;
        autre.moyen = moyen;
        return remettre(ecrit(), autre, lettre, ancre, {2026, 12, 31});
    };
    CHECK(remise({.preparee = true}).error().field == "moyen");
    CHECK(remise({.preparee = true, .partie_le = Date{2026, 12, 11}}).error().field == "remis_le");
    CHECK(remise({.preparee = true, .partie_le = Date{2026, 12, 9}}));
    CHECK(remise({.preparee = true}, MoyenDeRemise::MainPropre));
    CHECK(remise({})); // without an address, the guichet sends its own
}

TEST_CASE("la lettre d’avertissement tient sur une page, et dit le délai, la raison et l’article")
{
    for (const auto motif : {MotifRadiation::NonReponse, MotifRadiation::Irrecevabilite}) {
        auto a = ecrit(motif);
        if (motif == MotifRadiation::Irrecevabilite) a.condition = MotifIrrecevabilite::Sejour;
        const auto texte = base::join(phrases(a, "076 1126 000001 76R01"), " ");
        CHECK(texte.find("avis d’impôt") != std::string::npos);
        CHECK(texte.find(delai_en_mots(motif)) != std::string::npos);
        CHECK(article(a).ends_with(motif == MotifRadiation::NonReponse ? "8, c" : "8, d"));
        const auto d =
            imprimes::avertissement({"076 1126 000001 76R01",
                                     {"CCAS de Rouen", accueil::Accueil{"2 rue Haute\n76000 Rouen", {}, {}}},
                                     {"Madame Maëlle Kerviel", "3 rue des Tanneurs", "76000 Rouen"},
                                     {2026, 12, 1},
                                     "https://logis.example",
                                     a});
        CHECK(document::print(d, {2026, 12, 1}).pages == 1);
        CHECK(d.title.find("Kerviel") == std::string::npos);
    }
}

TEST_CASE("ce qui est écrit, remis et répondu est gardé, dans l’ordre, et dit dans l’histoire")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            const auto g = store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            const auto id = store::enregistrer(tx, *lu, g, fatou, "clé", matin)->id;
            const auto fiche = [&] { return store::find(tx, id, {g}, "clé").value(); };
            const auto avant = fiche();
            avertir_et_annoncer(tx, avant, sans_reponse, g, fatou, "https://logis.example", matin);
            // Whoever read it before writes nothing over it.
            CHECK_THROWS_AS(store::avertir(tx, avant, sans_reponse, g, fatou, matin), db::Conflict);
            CHECK(tx.one<int>("SELECT COUNT(*) FROM preavis WHERE objet = 'avertissement' AND lot IS NOT "
                              "NULL") == 1);
            auto tous = store::avertissements(tx, fiche());
            REQUIRE(tous.size() == 1);
            CHECK(tous[0].texte == sans_reponse.texte);
            CHECK_FALSE(tous[0].remis_le);
            store::noter_la_remise(tx, fiche(), tous[0],
                                   {MoyenDeRemise::MainPropre, Date{2026, 11, 23}, "Signature"}, fatou,
                                   matin);
            store::noter_la_reponse(tx, fiche(), tous[0], {2026, 12, 1}, "Le voici.", fatou, matin);
            tous = store::avertissements(tx, fiche());
            CHECK(tous[0].moyen == MoyenDeRemise::MainPropre);
            CHECK(tous[0].repondu_le == Date{2026, 12, 1});
            CHECK(tous[0].reponse == "Le voici.");
            CHECK_THROWS_AS(store::noter_la_reponse(tx, fiche(), tous[0], {2026, 12, 2}, "", fatou, matin),
                            db::Conflict);
            CHECK(tx.one<int>("SELECT COUNT(*) FROM journal WHERE objet_id = $1 AND evenement = "
                              "'avertissement'",
                              id) == 3);
        });
    });
}

} // namespace test_avertissement
} // namespace demande
