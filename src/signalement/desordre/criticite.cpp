// The State's score, our level for triage and the procedures suspected: pure functions of what was chosen.
#include "signalement/desordre/criticite.hpp"

#include <algorithm>
#include <cstdint>

#include "signalement/desordre/urgence.hpp"

namespace signalement::desordre {

namespace {
namespace scoring {

/// Highest sums the State's formula divides by.
constexpr std::int64_t max_batiment = 84;
constexpr std::int64_t max_logement = 102;

struct Sums {
    std::int64_t batiment = 0; // thousandths
    std::int64_t logement = 0;
};

std::vector<const Precision*> rows(std::span<const PrecisionChoisie> chosen)
{
    std::vector<const Precision*> found;
    for (const auto& c : chosen)
        if (const auto* row = find_precision(c.slug)) found.push_back(row);
    return found;
}

Sums sums(const std::vector<const Precision*>& chosen)
{
    Sums s;
    for (const auto* row : chosen) {
        const auto* critere = find_critere(row->critere);
        (critere->zone == Zone::Batiment ? s.batiment : s.logement) += row->milliemes;
    }
    return s;
}

/// Quotient of positive numbers, half rounded up.
std::int64_t rounded(std::int64_t n, std::int64_t d)
{
    return (2 * n + d) / (2 * d);
}

/// The total as an exact fraction of one hundred: thresholds are compared on it, not on a rounded figure.
struct Fraction {
    std::int64_t n = 0;
    std::int64_t d = 1;
    [[nodiscard]] bool above(int percent) const { return n > percent * d; }
};

Fraction total(const Sums& s, const LogementDecrit& logement)
{
    const std::int64_t factor = logement.enfant_moins_6_ans == Reponse::Oui ? 11 : 10;
    Fraction f{(s.batiment * max_logement + s.logement * max_batiment) * factor,
               2 * max_batiment * max_logement * 100};
    if (f.above(100)) f.n = 100 * f.d;
    return f;
}

std::string quoted(const Precision& row)
{
    return "«\u00a0" + libelle_complet(row) + "\u00a0»";
}

} // namespace scoring
} // namespace

Score score(std::span<const PrecisionChoisie> chosen, const LogementDecrit& logement)
{
    const auto s = scoring::sums(scoring::rows(chosen));
    const auto f = scoring::total(s, logement);
    // A sum in thousandths over N, as hundredths of a per cent: × 10 ÷ N.
    return {static_cast<int>(scoring::rounded(s.batiment * 10, scoring::max_batiment)),
            static_cast<int>(scoring::rounded(s.logement * 10, scoring::max_logement)),
            static_cast<int>(scoring::rounded(f.n * 100, f.d))};
}

Evaluation gravite(std::span<const PrecisionChoisie> chosen, const LogementDecrit& logement,
                   bool danger_declare)
{
    const auto rows = scoring::rows(chosen);
    Evaluation e;
    const auto at_least = [&](Gravite level, std::string why) {
        e.gravite = std::max(e.gravite, level);
        e.raisons.push_back(std::move(why));
    };

    if (danger_declare)
        at_least(Gravite::DangerImmediat,
                 "La personne qui dépose dit que quelqu’un est en danger maintenant.");
    for (const auto* row : rows) {
        if (est_immediat(*row))
            at_least(Gravite::DangerImmediat,
                     "Danger qui peut frapper à tout moment : " + scoring::quoted(*row) + ".");
        else if (row->danger)
            at_least(row->milliemes > 1000 || row->insalubrite ? Gravite::Eleve : Gravite::Moyen,
                     "Désordre dangereux : " + scoring::quoted(*row) + ".");
        else if (row->insalubrite)
            at_least(Gravite::Eleve, "Signe d’insalubrité : " + scoring::quoted(*row) + ".");
        else if (row->suroccupation)
            at_least(Gravite::Moyen, "Logement suroccupé : " + scoring::quoted(*row) + ".");
    }

    // The worse zone decides: a sound building does not make an unfit dwelling any better.
    const auto s = scoring::sums(rows);
    const auto above = [&](int percent) {
        return s.batiment > percent * scoring::max_batiment * 10 ||
               s.logement > percent * scoring::max_logement * 10;
    };
    if (above(30))
        at_least(Gravite::Eleve, "Nombreux désordres : plus de 30 % du score maximal dans une zone.");
    else if (above(10))
        at_least(Gravite::Moyen, "Plusieurs désordres : plus de 10 % du score maximal dans une zone.");

    const bool somebody_fragile =
        logement.enfant_moins_6_ans == Reponse::Oui || logement.personne_fragile == Reponse::Oui;
    const bool something_wrong =
        std::ranges::any_of(rows, [](const auto* row) { return row->milliemes > 0; });
    if (somebody_fragile && (something_wrong || e.gravite > Gravite::Faible) && e.gravite < Gravite::Eleve) {
        e.gravite = e.gravite == Gravite::Faible ? Gravite::Moyen : Gravite::Eleve;
        e.raisons.emplace_back(logement.enfant_moins_6_ans == Reponse::Oui
                                   ? "Un enfant de moins de 6 ans vit dans le logement."
                                   : "Une personne fragile vit dans le logement.");
    }
    return e;
}

namespace {
namespace procedures {

/// The worst energy class a dwelling may be let with on that day in metropolitan France (loi n° 89-462 du 6
/// juillet 1989, art. 6, as amended by loi n° 2021-1104, art. 160). A worse one is only a suspicion: it
/// depends on the date of the lease, and overseas has later dates.
constexpr char worst_class_allowed(Date day)
{
    if (day.year >= 2034) return 'D';
    if (day.year >= 2028) return 'E';
    return 'F';
}

/// Above this final energy, in kWh per m² and year, a dwelling is not decent (décret n° 2021-19 du 11 janvier
/// 2021).
constexpr int most_energy_kwh_per_m2 = 450;

bool bad_class(const LogementDecrit& logement, Date day)
{
    return logement.classe_energetique > worst_class_allowed(day) && logement.classe_energetique <= 'G';
}

/// An answer « non » to « was a diagnostic made » is an answer, not a blank.
StatutQualification energy(const LogementDecrit& logement, Date day, bool has_desordre)
{
    if (logement.dpe == Reponse::Non) return StatutQualification::NdeAveree;
    if (logement.dpe != Reponse::Oui && logement.classe_energetique == 0 && !logement.consommation_kwh_par_m2)
        return StatutQualification::NdeCheck;
    const auto energy = logement.consommation_kwh_par_m2;
    if (energy && *energy > most_energy_kwh_per_m2) return StatutQualification::NdeAveree;
    const bool known_good = logement.classe_energetique != 0 && !bad_class(logement, day);
    if (known_good && (energy || !has_desordre)) return StatutQualification::NdeOk;
    return StatutQualification::NdeCheck;
}

} // namespace procedures
} // namespace

std::vector<ProcedureSuspectee> procedures_suspectees(std::span<const PrecisionChoisie> chosen,
                                                      const LogementDecrit& logement, Date depose_le)
{
    const auto rows = scoring::rows(chosen);
    const auto total = scoring::total(scoring::sums(rows), logement);
    const auto slugs = [&](auto&& keep) {
        std::vector<std::string> out;
        for (const auto* row : rows)
            if (keep(*row)) out.emplace_back(row->slug);
        return out;
    };
    const auto carrying = [&](Qualification q) {
        return slugs([q](const Precision& row) { return row.qualifications.has(q); });
    };
    std::vector<ProcedureSuspectee> out;
    const auto suspect = [&](Qualification q, StatutQualification statut, std::vector<std::string> why) {
        out.push_back({q, statut, std::move(why)});
    };

    if (auto why = carrying(Qualification::NonDecence); !why.empty())
        suspect(Qualification::NonDecence, StatutQualification::NonDecenceCheck, std::move(why));
    if (auto why = carrying(Qualification::Rsd); !why.empty())
        suspect(Qualification::Rsd, StatutQualification::RsdCheck, std::move(why));

    // The State suspects a péril above 50 % only, which a report about one zone never reaches. A précision
    // that speaks of a collapse is enough for us (CCH, art. L. 511-2, 1°).
    const auto collapse = slugs([](const Precision& row) {
        return row.qualifications.has(Qualification::MiseEnSecuritePeril) && est_immediat(row) &&
               peril_de(row) == Peril::Effondrement;
    });
    if (auto why = total.above(50) ? carrying(Qualification::MiseEnSecuritePeril) : collapse; !why.empty())
        suspect(Qualification::MiseEnSecuritePeril, StatutQualification::MiseEnSecuritePerilCheck,
                std::move(why));

    const auto compulsory = slugs([](const Precision& row) { return row.insalubrite; });
    if (!compulsory.empty() || total.above(10)) {
        const bool whole = !compulsory.empty() || total.above(30);
        auto why = compulsory;
        if (why.empty()) why = carrying(Qualification::Insalubrite);
        if (why.empty()) why = slugs([](const Precision& row) { return row.milliemes > 0; });
        suspect(Qualification::Insalubrite,
                whole ? StatutQualification::InsalubriteCheck
                      : StatutQualification::InsalubriteManquementCheck,
                std::move(why));
    }

    if (auto why = carrying(Qualification::NonDecenceEnergetique);
        !why.empty() || procedures::bad_class(logement, depose_le)) {
        const auto statut = procedures::energy(logement, depose_le, !why.empty());
        suspect(Qualification::NonDecenceEnergetique, statut, std::move(why));
    }
    if (auto why = carrying(Qualification::Salete); !why.empty())
        suspect(Qualification::Salete, StatutQualification::SaleteCheck, std::move(why));
    // Above 10 %, the State no longer sees a matter for the insurance alone.
    if (auto why = carrying(Qualification::Assurantiel);
        !why.empty() && !total.above(10) && logement.assurance_contactee != Reponse::Oui)
        suspect(Qualification::Assurantiel, StatutQualification::AssurantielCheck, std::move(why));
    if (auto why = slugs([](const Precision& row) { return row.danger; }); !why.empty())
        suspect(Qualification::Danger, StatutQualification::DangerCheck, std::move(why));
    if (auto why = slugs([](const Precision& row) { return row.suroccupation; }); !why.empty())
        suspect(Qualification::Suroccupation, StatutQualification::SuroccupationCheck, std::move(why));
    return out;
}

} // namespace signalement::desordre
