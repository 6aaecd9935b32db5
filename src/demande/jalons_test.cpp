// The dates of a demande: a table agreed once, then every day of nine years.
#include <doctest/doctest.h>

#include <tuple>

#include "demande/jalons.hpp"

using demande::Canal;
using demande::Echeance;
using demande::echeance;
using demande::jalons;

namespace {

struct LigneDeDates {
    Date ancre, preavis, fin, tolerance, reactivation;
};

constexpr LigneDeDates table_des_dates[] = {
    {{2026, 3, 15}, {2027, 2, 15}, {2027, 3, 15}, {2027, 4, 15}, {2027, 9, 15}},
    {{2026, 3, 31}, {2027, 2, 28}, {2027, 3, 31}, {2027, 4, 30}, {2027, 9, 30}},
    {{2026, 8, 31}, {2027, 7, 31}, {2027, 8, 31}, {2027, 9, 30}, {2028, 2, 29}},
    {{2027, 1, 30}, {2027, 12, 30}, {2028, 1, 30}, {2028, 2, 29}, {2028, 7, 30}},
    {{2028, 2, 29}, {2029, 1, 28}, {2029, 2, 28}, {2029, 3, 29}, {2029, 8, 29}}, // not 28 March
    {{2027, 2, 28}, {2028, 1, 28}, {2028, 2, 28}, {2028, 3, 28}, {2028, 8, 28}}, // not 29 February
    {{2025, 12, 31}, {2026, 11, 30}, {2026, 12, 31}, {2027, 1, 31}, {2027, 6, 30}},
};

template <class F> void chaque_jour_de_2024_a_2032(F&& f)
{
    for (Date jour{2024, 1, 1}; jour <= Date{2032, 12, 31}; jour = base::plus_days(jour, 1)) f(jour);
}

bool existe(Date d)
{
    return base::parse_date(base::to_iso(d)) == d;
}

} // namespace

TEST_CASE("les échéances d’une demande sont celles de la table")
{
    for (const auto& l : table_des_dates) {
        INFO(base::to_iso(l.ancre));
        const demande::Jalons attendus{l.ancre, l.preavis, l.fin, l.tolerance, l.reactivation};
        CHECK(jalons(l.ancre) == attendus);
    }
}

TEST_CASE("chaque jour de 2024 à 2032 : des dates qui existent, dans l’ordre, un préavis d’un mois au moins")
{
    bool ok = true;
    Date premier_faux{};
    chaque_jour_de_2024_a_2032([&](Date t) {
        const auto j = jalons(t);
        const bool juste =
            existe(j.preavis) && existe(j.fin_de_validite) && existe(j.fin_de_tolerance) &&
            existe(j.fin_de_reactivation) && t < j.preavis && j.preavis < j.fin_de_validite &&
            j.fin_de_validite < j.fin_de_tolerance && j.fin_de_tolerance < j.fin_de_reactivation &&
            base::plus_months(j.preavis, 1) <= j.fin_de_validite &&
            base::days_between(j.preavis, j.fin_de_validite) >= 28 &&
            base::days_between(t, j.fin_de_validite) >= 365 &&
            envoi_du_preavis(j, Canal::Courrier) < envoi_du_preavis(j, Canal::Courriel) &&
            envoi_du_preavis(j, Canal::Courriel) < j.preavis && t < envoi_du_preavis(j, Canal::Courrier);
        if (ok && !juste) premier_faux = t;
        ok = ok && juste;
    });
    INFO(base::to_iso(premier_faux));
    CHECK(ok);
}

TEST_CASE("déposer un jour plus tard ne fait jamais perdre un jour")
{
    auto avant = jalons({2023, 12, 31});
    bool ok = true;
    chaque_jour_de_2024_a_2032([&](Date t) {
        const auto j = jalons(t);
        ok = ok && avant.preavis <= j.preavis && avant.fin_de_validite <= j.fin_de_validite &&
             avant.fin_de_tolerance <= j.fin_de_tolerance &&
             avant.fin_de_reactivation <= j.fin_de_reactivation;
        avant = j;
    });
    CHECK(ok);
}

TEST_CASE("le dernier jour est compris, et une demande ne revient jamais en arrière d’elle-même")
{
    const auto j = jalons({2026, 3, 15});
    CHECK(echeance(j, {2026, 3, 15}) == Echeance::EnCours);
    CHECK(echeance(j, {2027, 2, 14}) == Echeance::EnCours);
    CHECK(echeance(j, {2027, 2, 15}) == Echeance::ARenouveler);
    CHECK(echeance(j, {2027, 3, 15}) == Echeance::ARenouveler);
    CHECK(echeance(j, {2027, 3, 16}) == Echeance::Toleree);
    CHECK(echeance(j, {2027, 4, 15}) == Echeance::Toleree);
    CHECK(echeance(j, {2027, 4, 16}) == Echeance::Reactivable);
    CHECK(echeance(j, {2027, 9, 15}) == Echeance::Reactivable);
    CHECK(echeance(j, {2027, 9, 16}) == Echeance::Perdue);
    auto derniere = Echeance::EnCours;
    bool monotone = true;
    for (auto jour = j.ancre; jour < Date{2028, 1, 1}; jour = base::plus_days(jour, 1)) {
        const auto e = echeance(j, jour);
        monotone = monotone && e >= derniere;
        derniere = e;
    }
    CHECK(monotone);
}

TEST_CASE("le jour légal est celui du territoire, outre-mer compris")
{
    const auto soir = base::parse_instant("2026-12-31T21:30:00Z").value();
    CHECK(demande::jour_legal(soir, "111") == Date{2026, 12, 31});
    CHECK(demande::jour_legal(soir, "974") == Date{2027, 1, 1}); // La Réunion, four hours ahead
    const auto nuit = base::parse_instant("2027-01-01T02:00:00Z").value();
    CHECK(demande::jour_legal(nuit, "076") == Date{2027, 1, 1});
    CHECK(demande::jour_legal(nuit, "971") == Date{2026, 12, 31}); // Guadeloupe, four hours behind
    const auto ete = base::parse_instant("2026-07-14T22:30:00Z").value();
    CHECK(demande::jour_legal(ete, "033") == Date{2026, 7, 15}); // summer time in Paris
}
