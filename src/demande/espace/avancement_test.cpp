// Where a demande stands, as its applicant reads it.
#include <doctest/doctest.h>

#include <algorithm>

#include "demande/espace/avancement.hpp"

namespace demande::espace {
namespace test_avancement {

OuElleEnEst demande_de_mars(Date jour, Etat etat = Etat::Active)
{
    return {.etat = etat,
            .deposee_le = {2024, 3, 15},
            .jalons = jalons({2026, 3, 15}),
            .aujourd_hui = jour,
            .guichet = "CCAS de Rouen"};
}

const Etape& en_cours(const Avancement& a)
{
    return *std::ranges::find(a.etapes, Temps::EnCours, &Etape::temps);
}

TEST_CASE("une demande active attend, et rien n’est à faire")
{
    const auto a = avancement(demande_de_mars({2026, 6, 1}));
    CHECK(a.resume == "Votre demande est active jusqu’au 15 mars 2027 inclus.");
    CHECK(a.a_faire.empty());
    CHECK(a.etapes.front().le == Date{2024, 3, 15});
    CHECK(en_cours(a).titre == "En attente d’un logement qui convient");
    REQUIRE(a.dates.size() == 3);
    CHECK(a.dates[0].le == Date{2027, 2, 15});
    CHECK(a.dates[2].le == Date{2027, 4, 15});
}

TEST_CASE("à un mois de la fin, la première chose à faire est de renouveler ; ensuite cela presse")
{
    auto a = avancement(demande_de_mars({2027, 2, 20}, Etat::ARenouveler));
    REQUIRE(a.a_faire.size() == 1);
    CHECK(a.a_faire.front().geste == Geste::Renouveler);
    CHECK(a.a_faire.front().avant == Date{2027, 3, 15});
    CHECK_FALSE(a.a_faire.front().presse);

    auto d = demande_de_mars({2027, 3, 20}, Etat::EnTolerance);
    d.pieces_a_refaire = 1;
    a = avancement(d);
    REQUIRE(a.a_faire.size() == 2);
    CHECK(a.a_faire.front().presse);
    CHECK(a.a_faire.front().avant == Date{2027, 4, 15});
    CHECK(a.resume.find("Rien n’est perdu") != std::string::npos);

    // Past the tolerance nobody is told a last day that has gone by.
    a = avancement(demande_de_mars({2027, 5, 2}, Etat::EnTolerance));
    CHECK_FALSE(a.a_faire.front().avant);
    CHECK(a.resume.find("à tout moment") != std::string::npos);
}

TEST_CASE("les dates disent le prochain rappel et ce que l’année apporte, dans l’ordre, jamais du passé")
{
    auto d = demande_de_mars({2026, 6, 1});
    d.prochaine_campagne = DateAVenir{"Nouvel avis d’impôt à ajouter, à partir du", {2026, 9, 1}};
    d.prochain_message = Date{2027, 2, 13}; // the notice: its last day is said already
    auto a = avancement(d);
    REQUIRE(a.dates.size() == 4);
    CHECK(a.dates[0].le == Date{2026, 9, 1});
    d.prochaine_campagne->le = {2027, 9, 1}; // after its end
    CHECK(avancement(d).dates.size() == 3);

    d = demande_de_mars({2027, 2, 20}, Etat::ARenouveler);
    d.prochain_message = Date{2027, 2, 28};
    a = avancement(d);
    CHECK(a.dates[0].quoi == "Prochain rappel, si vous n’avez pas renouvelé");
    d.aujourd_hui = {2027, 2, 28};
    CHECK(avancement(d).dates[0].le == Date{2027, 3, 15});

    d = demande_de_mars({2027, 5, 2}, Etat::Radiee);
    d.reactivable_jusqu_au = Date{2027, 9, 15};
    d.prochain_message = Date{2027, 8, 15};
    CHECK(avancement(d).dates[0].le == Date{2027, 8, 15});
}

TEST_CASE("une demande arrêtée dit pourquoi, et jusqu’à quand elle peut être reprise")
{
    auto d = demande_de_mars({2027, 5, 2}, Etat::Radiee);
    d.motif_radiation = MotifRadiation::NonRenouvellement;
    d.radiee_le = Date{2027, 4, 20};
    d.reactivable_jusqu_au = Date{2027, 9, 15};
    auto a = avancement(d);
    CHECK(en_cours(a).detail == "Elle n’a pas été renouvelée.");
    REQUIRE(a.a_faire.size() == 1);
    CHECK(a.a_faire.front().geste == Geste::Reactiver);

    d.aujourd_hui = {2027, 9, 16};
    a = avancement(d);
    CHECK(a.a_faire.empty());
    CHECK(a.ensuite.find("ne peut pas être reprise") != std::string::npos);
}

TEST_CASE("une demande arrêtée par un bail dit le jour de la signature et le logement")
{
    auto d = demande_de_mars({2027, 5, 2}, Etat::Radiee);
    d.motif_radiation = MotifRadiation::Attribution;
    d.radiee_le = Date{2027, 4, 20};
    CHECK(std::ranges::none_of(avancement(d).etapes, [](const Etape& e) { return e.titre == "Bail signé"; }));
    d.bail = BailSigne{{2027, 4, 18}, "T3 de 62 m² à Rouen"};
    const auto a = avancement(d);
    const auto e = std::ranges::find(a.etapes, "Bail signé", &Etape::titre);
    REQUIRE(e != a.etapes.end());
    CHECK(e->temps == Temps::Passe);
    CHECK(e->le == Date{2027, 4, 18});
    CHECK(e->detail == "T3 de 62 m² à Rouen");
    CHECK(std::next(e)->titre == "Demande arrêtée");
}

TEST_CASE("un dossier étudié par un bailleur se voit ; un refus ramène à l’attente")
{
    auto d = demande_de_mars({2026, 6, 1});
    d.faits = {{Evenement::Depot, {2024, 3, 15}}, {Evenement::Designation, {2026, 5, 2}}};
    CHECK(en_cours(avancement(d)).titre == "Un bailleur étudie votre dossier");
    d.faits.push_back({Evenement::PassageCaleol, {2026, 5, 20}});
    CHECK(en_cours(avancement(d)).le == Date{2026, 5, 20});
    d.faits.push_back({Evenement::Refus, {2026, 5, 25}});
    CHECK(en_cours(avancement(d)).titre == "En attente d’un logement qui convient");
}

TEST_CASE("chaque état et chaque motif a ses mots, sans celui de « radiée »")
{
    for (const auto& e : etats) {
        auto d = demande_de_mars({2026, 6, 1}, e.value);
        for (const auto& m : motifs_radiation) {
            d.motif_radiation = m.value;
            const auto a = avancement(d);
            CHECK_FALSE(a.resume.empty());
            CHECK_FALSE(a.ensuite.empty());
        }
        CHECK(std::string{etat_en_clair(e.value)}.find("adiée") == std::string::npos);
    }
}

} // namespace test_avancement
} // namespace demande::espace
