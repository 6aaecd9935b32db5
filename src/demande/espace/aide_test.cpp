// The mandates of help: what one may give, and that whoever has none, has ended theirs or goes too far opens
// nothing, on both engines.
#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/espace/aide.hpp"
#include "demande/espace/store_aide.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_vie.hpp"

namespace demande::espace {
namespace test_aide {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
const Date jour{2026, 11, 22};

compte::Agent agent(const char* id, const char* courriel)
{
    return {id, "Bernard Caron", courriel, {{compte::Role::AgentPartenaire, "", "", "un-partenaire"}}};
}
const auto bernard = agent("compte-demo-bernard-caron", "bernard.caron@demo.logis.example");
const auto sandrine = agent("compte-demo-sandrine-lecoq", "sandrine.lecoq@demo.logis.example");

TEST_CASE("un mandat va à une adresse professionnelle, jusqu’à un jour proche, pour ce qui est coché et rien "
          "d’autre")
{
    const auto essai = [](const char* courriel, const char* fin) {
        return proposer({.courriel = courriel, .jusqu_au = fin, .deposer = true}, jour);
    };
    const auto p = essai("Bernard.Caron@demo.logis.example", "22/11/2027");
    REQUIRE(p);
    CHECK(p->courriel == bernard.email);
    CHECK(p->pouvoirs == Pouvoirs{false, true, false});
    CHECK(p->pouvoirs.a(Pouvoir::Lire));
    CHECK_FALSE(p->pouvoirs.a(Pouvoir::Remplir));
    CHECK(essai("bernard@gmail.com", "22/11/2026").error().front().field == "courriel");
    CHECK(essai("bernard", "22/11/2026").error().front().field == "courriel");
    CHECK(essai("b@cd76.example", "21/11/2026").error().front().field == "jusqu_au");
    CHECK(essai("b@cd76.example", "23/11/2027").error().front().field == "jusqu_au");
    CHECK(essai("b@cd76.example", "demain").error().front().field == "jusqu_au");
}

TEST_CASE("un mandat vaut accepté, jusqu’à son dernier jour inclus ; hors d’un organisme, personne n’aide")
{
    Aide a;
    a.jusqu_au = jour;
    CHECK_FALSE(en_vigueur(a, jour));
    CHECK(est_ouverte(a, jour));
    a.etat = EtatAide::Accepte;
    CHECK(en_vigueur(a, jour));
    CHECK_FALSE(en_vigueur(a, base::plus_days(jour, 1)));
    a.etat = EtatAide::Retire;
    CHECK_FALSE(en_vigueur(a, jour));
    CHECK(peut_aider(bernard));
    auto partie = bernard;
    partie.mandats.front().confirme = false;
    CHECK_FALSE(peut_aider(partie));
    CHECK(agit_pour_le_demandeur(au_nom_du_demandeur(bernard).nom));
    CHECK_FALSE(agit_pour_le_demandeur(bernard.nom));
}

TEST_CASE("un aidant n’ouvre que la demande de son mandat, une fois accepté et jusqu’à sa fin")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""},
                                           matin);
            const auto guichet = demande::store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            const auto enregistrer = [&] {
                const auto id =
                    demande::store::enregistrer(tx, *lu, guichet,
                                                {"compte-demo-fatou-sarr", "Fatou Sarr", "", {}}, cle, matin)
                        ->id;
                return demande::store::find(tx, id, {guichet}, cle).value();
            };
            const auto f = enregistrer(), autre = enregistrer();
            const Proposition p{bernard.email, {true, false, false}, jour};
            const auto id = store::donner_aide(tx, f, p, std::nullopt, matin);

            // Before the answer: a first name, to that mailbox alone.
            REQUIRE(store::aides_recues(tx, bernard).size() == 1);
            CHECK(store::aides_recues(tx, bernard).front().de == "Maëlle K.");
            CHECK(store::aides_recues(tx, sandrine).empty());
            CHECK_FALSE(store::aide_recue(tx, id, sandrine));
            CHECK_FALSE(store::accepter_aide(tx, id, sandrine, matin));
            CHECK_FALSE(store::aide_acceptee(tx, f.id, bernard.id));
            CHECK_FALSE(demande::store::find_de_l_aidant(tx, f.id, id, cle));

            CHECK(store::accepter_aide(tx, id, bernard, matin));
            CHECK_FALSE(store::accepter_aide(tx, id, bernard, matin));
            CHECK(store::aide_acceptee(tx, f.id, bernard.id));
            CHECK_FALSE(store::aide_acceptee(tx, f.id, sandrine.id));
            CHECK_FALSE(store::aide_acceptee(tx, autre.id, bernard.id));
            CHECK(demande::store::find_de_l_aidant(tx, f.id, id, cle));
            CHECK_FALSE(demande::store::find_de_l_aidant(tx, autre.id, id, cle));

            CHECK(store::finir_aide(tx, id, EtatAide::Retire, matin));
            CHECK_FALSE(store::finir_aide(tx, id, EtatAide::Rendu, matin));
            CHECK_FALSE(demande::store::find_de_l_aidant(tx, f.id, id, cle));
            CHECK(store::aides_recues(tx, bernard).empty());
            CHECK(store::aides_de(tx, f.id).front().etat == EtatAide::Retire);

            // Another may follow; one that ran out leaves its place.
            const auto deuxieme = store::donner_aide(tx, f, p, std::nullopt, matin);
            CHECK(store::clore_les_finies(tx, f.id, jour, matin).empty());
            CHECK(store::aide_de(tx, f.id, deuxieme)->etat == EtatAide::Propose);
            const auto finies = store::clore_les_finies(tx, f.id, base::plus_days(jour, 1), matin);
            REQUIRE(finies.size() == 1);
            CHECK(finies.front().courriel == bernard.email);
            CHECK(store::finir_les_aides(tx, f.id, matin).empty());
            CHECK(store::aide_de(tx, f.id, deuxieme)->etat == EtatAide::Rendu);
        });
        CHECK_THROWS_AS(base.write([&](db::Transaction& tx) {
            const auto f = demande::store::find(
                tx, tx.one<std::string>("SELECT demande FROM mandat_d_aide ORDER BY id LIMIT 1"),
                {demande::store::find_guichet(tx, "76R01").value()}, cle);
            const Proposition p{bernard.email, {}, jour};
            store::donner_aide(tx, *f, p, std::nullopt, matin);
            store::donner_aide(tx, *f, p, std::nullopt, matin);
        }),
                        db::UniqueViolation);
    });
}

} // namespace test_aide
} // namespace demande::espace
