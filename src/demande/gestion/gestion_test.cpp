// Who keeps the demandes of a territory: decisions, their day, and what is refused.
#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "journal/journal.hpp"

namespace demande::gestion {
namespace tests_de_gestion {

const Date jour{2026, 11, 23};

TEST_CASE("un site est une adresse https qui ne peut rien emporter du visiteur")
{
    for (const auto* bon : {"https://www.demandelogement35.fr", "https://vosges.demandelogement88.fr",
                            "https://exemple.fr/demande/logement_social"}) {
        INFO(bon);
        CHECK(est_un_site(bon));
    }
    for (const auto* faux :
         {"", "http://exemple.fr", "https://", "https://exemple", "https://EXEMPLE.fr",
          "https://a@exemple.fr", "https://exemple.fr:8443", "https://exemple.fr?n=1",
          "https://exemple.fr/#a", "https://exemple..fr", "https://-exemple.fr", "https://192.0.2.1",
          "https://exemple.fr/a b", "https://exemple.fr/%41", "javascript:alert(1)//https://exemple.fr",
          "https://éxemple.fr", "https://.fr", "https:///x.fr"}) {
        INFO(faux);
        CHECK_FALSE(est_un_site(faux));
    }
}

TEST_CASE("une décision a un territoire qui existe, un site valable et un jour qui n’est pas passé")
{
    const auto champ = [](const auto& d) { return d ? std::string{} : d.error().front().field; };
    CHECK(champ(decider("076", "ailleurs", "https://exemple.fr", "23/11/2026", jour)).empty());
    CHECK(decider("076", "ici", "https://exemple.fr", "01/01/2027", jour)->site.empty());
    CHECK(champ(decider("076", "ailleurs", "http://exemple.fr", "23/11/2026", jour)) == "site");
    CHECK(champ(decider("076", "", "", "23/11/2026", jour)) == "ou");
    CHECK(champ(decider("076", "ici", "", "22/11/2026", jour)) == "depuis");
    CHECK(champ(decider("076", "ici", "", "demain", jour)) == "depuis");
    CHECK(champ(decider("076", "ici", "", "01/01/2036", jour)) == "depuis");
    CHECK_FALSE(decider("075", "ici", "", "23/11/2026", jour));
}

TEST_CASE("la décision en vigueur l’emporte sur la liste livrée, et un code inconnu reste inconnu")
{
    const Decision ici{"035", {2026, 12, 1}, ""}, ailleurs{"076", {2026, 12, 1}, "https://exemple.fr"};
    CHECK(orienter("035", {2026, 11, 30}, ici).site == "https://www.demandelogement35.fr");
    CHECK(orienter("035", {2026, 12, 1}, ici).gestion == Gestion::Ici);
    CHECK(orienter("076", {2026, 12, 1}, ailleurs) == Orientation{Gestion::Ailleurs, "https://exemple.fr"});
    CHECK(orienter("076", {2026, 11, 30}, ailleurs).gestion == Gestion::Ici);
    CHECK(orienter("075", {2026, 12, 1}, Decision{"075", jour, "https://exemple.fr"}).gestion ==
          Gestion::Inconnue);
}

TEST_CASE("un territoire qui revient est ici depuis le jour de son retour, et non depuis toujours")
{
    const std::vector<Decision> prises{{"076", {2027, 1, 1}, "https://exemple.fr"},
                                       {"076", {2027, 3, 1}, ""},
                                       {"076", {2027, 6, 1}, ""},
                                       {"076", {2028, 1, 1}, "https://exemple.fr"},
                                       {"076", {2028, 1, 1}, ""}};
    CHECK_FALSE(ici_depuis("076", {2026, 12, 31}, prises)); // never left yet
    CHECK_FALSE(ici_depuis("076", {2027, 1, 1}, prises));   // elsewhere
    CHECK_FALSE(ici_depuis("076", {2027, 2, 28}, prises));
    CHECK(ici_depuis("076", {2027, 3, 1}, prises) == Date{2027, 3, 1});
    CHECK(ici_depuis("076", {2027, 6, 1}, prises) == Date{2027, 3, 1}); // said again
    CHECK(ici_depuis("076", {2028, 1, 1}, prises) == Date{2027, 3, 1}); // thought better of the same day
    CHECK_FALSE(ici_depuis("076", jour, {}));
    CHECK(ici_depuis("035", {2026, 12, 1}, {{"035", {2026, 12, 1}, ""}}) == Date{2026, 12, 1});
    CHECK_FALSE(ici_depuis("035", jour, {}));
}

TEST_CASE("les décisions s’ajoutent, se lisent à leur jour et nomment leur auteur")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        const auto auteur =
            base.read().find<std::string>("SELECT id FROM compte ORDER BY id LIMIT 1").value();
        const compte::Agent par{auteur, "Camille Roy", "", {}};
        const auto le = compte::exemples::matin;
        base.write([&](db::Transaction& tx) {
            CHECK(store::prendre(tx, {"076", jour, "https://un.exemple.fr"}, par, le));
            CHECK_FALSE(store::prendre(tx, {"076", jour, "https://un.exemple.fr"}, par, le));
            CHECK(store::prendre(tx, {"076", {2027, 1, 1}, ""}, par, le));
            CHECK(store::prendre(tx, {"076", jour, "https://deux.exemple.fr"}, par, le.plus_seconds(60)));
            CHECK(store::orienter(tx, "076", {2026, 11, 22}).gestion == Gestion::Ici);
            CHECK(store::orienter(tx, "076", jour).site == "https://deux.exemple.fr");
            CHECK(store::orienter(tx, "076", {2027, 1, 1}).gestion == Gestion::Ici);
            CHECK(store::orienter(tx, "000", jour).gestion == Gestion::Inconnue);
            const auto prises = store::decisions(tx, "076");
            REQUIRE(prises.size() == 3);
            CHECK(prises.front().decision.depuis == Date{2027, 1, 1});
            CHECK(prises.front().par == "Camille Roy");
            CHECK(journal::of(tx, "gestion_territoire", "076").size() == 3);
            int ailleurs = 0;
            const auto tous = store::tous(tx, jour);
            for (const auto& t : tous) ailleurs += t.orientation.gestion == Gestion::Ailleurs ? 1 : 0;
            CHECK(tous.size() == 94);
            CHECK(ailleurs == 34);
            // Of a moment, each on its own day: the 1st of January begins in La Réunion first.
            const auto minuit = base::parse_instant("2026-12-31T21:00:00Z").value();
            CHECK(store::prendre(tx, {"974", {2027, 1, 1}, "https://est.exemple.fr"}, par, le));
            CHECK(store::ailleurs(tx, minuit).size() == 35);
            CHECK(store::ailleurs(tx, minuit.plus_seconds(3 * 3600)).size() == 34); // 076 is back
            CHECK(store::ici_depuis(tx, "076", {2027, 1, 1}) == Date{2027, 1, 1});
            CHECK_FALSE(store::ici_depuis(tx, "076", jour));
            CHECK(store::concernees(tx, "076", jour, false).demandes == 0);
        });
    });
}

} // namespace tests_de_gestion
} // namespace demande::gestion
