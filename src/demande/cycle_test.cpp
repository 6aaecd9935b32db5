// The life of a demande: what moves it, how it ends, how it comes back.
#include <doctest/doctest.h>

#include <algorithm>

#include "demande/radiation.hpp"

namespace {

using demande::Action;
using demande::Auteur;
using demande::Etat;
using demande::MotifIrrecevabilite;
using demande::MotifRadiation;
using demande::RadiationProposee;
using demande::Situation;

Situation active()
{
    return {.etat = Etat::EnTolerance,
            .jalons = demande::jalons({2026, 3, 15}),
            .preavis_remis_le = Date{2027, 2, 13}};
}

Situation radiee_pour(MotifRadiation motif, Date le)
{
    auto s = active();
    s.etat = Etat::Radiee;
    s.motif_radiation = motif;
    s.radiee_le = le;
    return s;
}

const RadiationProposee non_renouvelee{MotifRadiation::NonRenouvellement, Auteur::Gestionnaire};

} // namespace

TEST_CASE("une demande radiée ou effacée ne se renouvelle pas, une demande effacée ne bouge plus")
{
    for (const auto& a : demande::actions) {
        INFO(std::string{a.slug});
        CHECK_FALSE(demande::transition(a.value, Etat::Purgee));
    }
    CHECK_FALSE(demande::transition(Action::Renouveler, Etat::Radiee));
    CHECK_FALSE(demande::transition(Action::Expirer, Etat::Active));
    CHECK(demande::transition(Action::Enregistrer, std::nullopt)->vers == Etat::Active);
    CHECK(std::ranges::count_if(demande::etats, [](const auto& e) { return est_en_cours(e.value); }) == 3);
}

TEST_CASE("renouveler garde la demande active et compte une nouvelle année depuis ce jour")
{
    for (const auto etat : {Etat::Active, Etat::ARenouveler, Etat::EnTolerance}) {
        auto s = active();
        s.etat = etat;
        const auto r = demande::renouveler(s, {2027, 4, 15});
        REQUIRE(r);
        CHECK(r->ancre() == Date{2027, 4, 15});
    }
    CHECK_FALSE(renouveler(radiee_pour(MotifRadiation::NonRenouvellement, {2027, 4, 16}), {2027, 4, 17}));
    CHECK_FALSE(demande::renouveler({.etat = Etat::Deposee}, {2027, 4, 17}));
}

TEST_CASE("une demande non renouvelée est radiée treize mois après, le lendemain du dernier jour")
{
    const auto s = active();
    const auto trop_tot = radier(s, non_renouvelee, {2027, 4, 15});
    REQUIRE_FALSE(trop_tot);
    CHECK(trop_tot.error().message == "La demande peut encore être renouvelée jusqu’au 15 avril 2027.");
    const auto r = radier(s, non_renouvelee, {2027, 4, 16});
    REQUIRE(r);
    CHECK(r->motif() == MotifRadiation::NonRenouvellement);
}

TEST_CASE("sans préavis remis, aucune demande n’est radiée, même des années après")
{
    auto s = active();
    s.preavis_remis_le.reset();
    CHECK_FALSE(radier(s, non_renouvelee, {2031, 1, 1}));
    CHECK_FALSE(premiere_radiation_possible(s));
}

TEST_CASE("un préavis remis en retard laisse quand même deux mois")
{
    auto s = active();
    s.preavis_remis_le = Date{2027, 3, 10};
    CHECK(premiere_radiation_possible(s) == Date{2027, 5, 11});
    CHECK_FALSE(radier(s, non_renouvelee, {2027, 5, 10}));
    CHECK(radier(s, non_renouvelee, {2027, 5, 11}));
}

TEST_CASE("un préavis à l’heure ne retarde jamais la radiation, quel que soit le jour du dépôt")
{
    bool ok = true;
    for (Date t{2024, 1, 1}; t <= Date{2032, 12, 31}; t = base::plus_days(t, 1)) {
        const auto j = demande::jalons(t);
        ok = ok && demande::premiere_radiation_possible({.jalons = j, .preavis_remis_le = j.preavis}) ==
                       base::plus_days(j.fin_de_tolerance, 1);
    }
    CHECK(ok);
}

TEST_CASE(
    "une absence de réponse se constate deux mois après un avertissement remis, et une réponse l’arrête")
{
    const auto s = active();
    RadiationProposee p{.motif = MotifRadiation::NonReponse, .par = Auteur::Bailleur};
    CHECK(radier(s, p, {2026, 12, 1}).error().message.find("Aucun avertissement") != std::string::npos);
    p.averti_le = Date{2026, 12, 31};
    CHECK(radier(s, p, {2027, 3, 1}).error().field == "justificatif");
    p.justificatif = "Recommandé 1A 203 456 7890 1";
    CHECK_FALSE(radier(s, p, {2027, 2, 28}));
    const auto r = radier(s, p, {2027, 3, 1});
    REQUIRE(r);
    CHECK(r->averti_le() == Date{2026, 12, 31});
    p.par = Auteur::Guichet;
    CHECK(radier(s, p, {2027, 3, 1}));
    p.a_repondu = true;
    CHECK_FALSE(radier(s, p, {2027, 3, 1}));
}

TEST_CASE(
    "le gestionnaire revient sur une radiation faite à tort, en disant pourquoi, quel qu’en soit le motif")
{
    constexpr auto raison = "Le bail n’a jamais été signé.";
    for (const auto& m : demande::motifs_radiation) {
        const auto s = radiee_pour(m.value, {2026, 12, 1});
        const auto r = revenir(s, Auteur::Gestionnaire, raison, {2026, 12, 20});
        CHECK(r.has_value() == (m.value != MotifRadiation::Fusion));
        if (r) CHECK(r->ancre() == s.jalons.ancre); // the year goes on
        CHECK_FALSE(revenir(s, Auteur::Bailleur, raison, {2026, 12, 20}));
        CHECK_FALSE(revenir(s, Auteur::Guichet, raison, {2026, 12, 20}));
    }
    const auto s = radiee_pour(MotifRadiation::Attribution, {2026, 12, 1});
    CHECK(revenir(s, Auteur::Gestionnaire, "Non", {2026, 12, 20}).error().field == "raison");
    CHECK(revenir(s, Auteur::Gestionnaire, std::string(501, 'a'), {2026, 12, 20}).error().field == "raison");
    // The tolerance is part of the year; after it another one begins, whole.
    CHECK(revenir(s, Auteur::Gestionnaire, raison, s.jalons.fin_de_tolerance)->ancre() == s.jalons.ancre);
    const auto apres = base::plus_days(s.jalons.fin_de_tolerance, 1);
    CHECK(revenir(s, Auteur::Gestionnaire, raison, apres)->ancre() == apres);
    CHECK_FALSE(revenir(active(), Auteur::Gestionnaire, raison, {2026, 12, 20}));
}

TEST_CASE("un renouvellement répond à ce qui a été demandé avant lui")
{
    auto s = active();
    const RadiationProposee p{.motif = MotifRadiation::NonReponse,
                              .averti_le = Date{2026, 12, 31},
                              .justificatif = "Recommandé 1A 203 456 7890 1"};
    s.jalons = demande::jalons({2027, 1, 1});
    CHECK(radier(s, p, {2027, 4, 1}).error().message.find("seul un avertissement remis depuis") !=
          std::string::npos);
    s.jalons = demande::jalons({2026, 12, 31});
    CHECK(radier(s, p, {2027, 4, 1}));
}

TEST_CASE("seule la commission d’un bailleur prononce une irrecevabilité, pour deux raisons, après un mois")
{
    const auto s = active();
    RadiationProposee p{.motif = MotifRadiation::Irrecevabilite,
                        .par = Auteur::Caleol,
                        .averti_le = Date{2027, 1, 31},
                        .justificatif = "Recommandé 1A 203 456 7890 1"};
    CHECK(radier(s, p, {2027, 3, 1}).error().field == "irrecevabilite");
    p.irrecevabilite = MotifIrrecevabilite::Plafond;
    CHECK_FALSE(radier(s, p, {2027, 2, 28}));
    CHECK(radier(s, p, {2027, 3, 1}));
    for (const auto autre : {Auteur::Guichet, Auteur::Bailleur, Auteur::Gestionnaire}) {
        p.par = autre;
        CHECK(radier(s, p, {2027, 3, 1}).error().kind == Problem::Kind::Forbidden);
    }
}

TEST_CASE("un bail, une renonciation ou une réunion se prouvent")
{
    const auto s = active();
    for (const auto& [motif, par] : {std::pair{MotifRadiation::Attribution, Auteur::Bailleur},
                                     {MotifRadiation::Renonciation, Auteur::Guichet},
                                     {MotifRadiation::Fusion, Auteur::Gestionnaire}}) {
        RadiationProposee p{.motif = motif, .par = par};
        CHECK(radier(s, p, {2027, 1, 1}).error().field == "justificatif");
        p.justificatif = "piece-1";
        CHECK(radier(s, p, {2027, 1, 1}));
        p.par = Auteur::Caleol;
        CHECK_FALSE(radier(s, p, {2027, 1, 1}));
    }
}

TEST_CASE("chaque motif a sa lettre de l’article R. 441-2-8, et une demande finie ne finit pas deux fois")
{
    std::string lettres;
    for (const auto& m : demande::motifs_radiation)
        for (const auto& r : demande::regles_radiation)
            if (r.motif == m.value) lettres += r.lettre;
    CHECK(lettres == "abcdef");
    CHECK_FALSE(
        radier(radiee_pour(MotifRadiation::Renonciation, {2027, 1, 1}), non_renouvelee, {2028, 1, 1}));
    CHECK_FALSE(demande::radier({.etat = Etat::Brouillon}, non_renouvelee, {2028, 1, 1}));
}

TEST_CASE(
    "une radiation pour non-renouvellement se défait jusqu’à dix-huit mois après l’ancre, ce jour compris")
{
    const auto s = radiee_pour(MotifRadiation::NonRenouvellement, {2027, 4, 16});
    CHECK(fin_de_reactivation(s) == Date{2027, 9, 15});
    CHECK(reactiver(s, {2027, 9, 15})->ancre() == Date{2027, 9, 15});
    CHECK_FALSE(reactiver(s, {2027, 9, 16}));
    CHECK(fin_de_reactivation(radiee_pour(MotifRadiation::NonRenouvellement, {2027, 7, 2})) ==
          Date{2027, 12, 1});
}

TEST_CASE("une absence de réponse se défait pendant cinq mois, les autres motifs jamais")
{
    CHECK(reactiver(radiee_pour(MotifRadiation::NonReponse, {2027, 3, 31}), {2027, 8, 31}));
    CHECK_FALSE(reactiver(radiee_pour(MotifRadiation::NonReponse, {2027, 3, 31}), {2027, 9, 1}));
    for (const auto motif : {MotifRadiation::Attribution, MotifRadiation::Renonciation,
                             MotifRadiation::Irrecevabilite, MotifRadiation::Fusion})
        CHECK_FALSE(reactiver(radiee_pour(motif, {2027, 3, 31}), {2027, 4, 1}));
    CHECK_FALSE(reactiver(active(), {2027, 4, 1}));
}
