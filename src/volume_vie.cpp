// Draws what happened to demandes (see volume_vie.hpp).
#include "volume_vie.hpp"

#include <cmath>

namespace volume {

namespace {
namespace vies_tirees {

using demande::Etape;
using demande::Etat;
using demande::MotifRadiation;

constexpr double attente_moyenne = 2.6 * 365.25; // days since the deposit, of those in progress
constexpr double attente_maximale = 20 * 365.25;

constexpr int jours_avant_le_preavis = 325; // since the anchor
constexpr int jours_de_validite = 365;
constexpr int jours_de_tolerance = 394;

/// How long ago the current year of a demande began, when it has been renewed before: as many on each day
/// until the notice; then those who answer it leave, and few go past the end.
int age_de_l_ancre(Hasard& h)
{
    while (true) {
        const auto age = static_cast<int>(h.entre(1, jours_de_tolerance));
        const int restent = age <= jours_avant_le_preavis ? 100 : age <= jours_de_validite ? 60 : 15;
        if (h.sur_cent(restent)) return age;
    }
}

Date ancre_en_cours(Hasard& h, Date deposee_le, int age, Date jour)
{
    if (age <= jours_avant_le_preavis) return deposee_le;
    if (age > jours_de_tolerance) return base::plus_days(jour, -age_de_l_ancre(h));
    // The first year ends about now: most have renewed when they were told.
    if (!h.sur_cent(age <= jours_de_validite ? 40 : 85)) return deposee_le;
    return base::plus_days(jour, static_cast<int>(-h.entre(1, age - jours_avant_le_preavis)));
}

/// Where the tasks of the days before left it.
void derouler(VieSemee& v, const demande::Voies& voies, Date jour)
{
    const auto etapes = demande::echeancier(demande::jalons(v.ancre), voies);
    const auto hier = base::plus_days(v.radiee_le ? *v.radiee_le : jour, -1);
    for (const auto& [etape, le] : etapes) {
        if (le > hier) {
            v.a_revoir_le = le;
            break;
        }
        v.etape = etape;
        if (etape == Etape::Preavis) v.preavis_le = le;
    }
    if (v.radiee_le)
        v.a_revoir_le = std::nullopt;
    else if (v.etape)
        v.etat = *v.etape >= Etape::Expiration ? Etat::EnTolerance : Etat::ARenouveler;
}

/// Over: a dwelling, a renunciation, or nobody renewed. What ended more than a year ago has lost its names.
void finir(Hasard& h, VieSemee& v, int age, bool effacee, Date jour)
{
    const auto fin = static_cast<int>(effacee ? h.entre(370, std::min(700, age - 45))
                                              : h.entre(0, std::min(355, age - 45)));
    const int vecue = age - fin;
    v.radiee_le = base::plus_days(jour, -fin);
    v.etat = effacee ? Etat::Purgee : Etat::Radiee;
    v.motif = vecue > 470 && h.sur_cent(60) ? MotifRadiation::NonRenouvellement
              : h.sur_cent(75)              ? MotifRadiation::Attribution
                                            : MotifRadiation::Renonciation;
    if (*v.motif == MotifRadiation::NonRenouvellement)
        v.ancre = base::plus_days(*v.radiee_le, static_cast<int>(-h.entre(410, 450)));
    else if (vecue > jours_avant_le_preavis)
        v.ancre = base::plus_days(*v.radiee_le, static_cast<int>(-h.entre(1, jours_avant_le_preavis)));
}

} // namespace vies_tirees
} // namespace

Date jour_du_depot(std::int64_t n, std::int64_t total, Date jour)
{
    using namespace vies_tirees;
    const auto part = 1.0 - (static_cast<double>(n) + 0.5) / static_cast<double>(total);
    const auto age = -attente_moyenne * std::log1p(-part * -std::expm1(-attente_maximale / attente_moyenne));
    return base::plus_days(jour, -std::max(1, static_cast<int>(age)));
}

Instant au_guichet(Hasard& h, Date jour)
{
    const auto jours = base::days_between({1970, 1, 1}, jour);
    return {jours * 86'400'000 + h.entre(7 * 3'600'000, 16 * 3'600'000)};
}

VieSemee vie_semee(std::int64_t n, Date deposee_le, const demande::Voies& voies, Date jour,
                   Instant maintenant)
{
    using namespace vies_tirees;
    Hasard h{static_cast<std::uint64_t>(n) ^ 0x71'E5ULL};
    const auto age = static_cast<int>(base::days_between(deposee_le, jour));
    VieSemee v;
    v.deposee_le = v.ancre = deposee_le;
    const auto avant = [&](Instant le) { return std::min(le, maintenant.plus_seconds(-60)); };
    const auto saisie = static_cast<int>(std::min<std::int64_t>(h.delai(1.5), 20));
    v.enregistree_le = avant(au_guichet(h, base::plus_days(deposee_le, saisie)));
    const auto sort = h.entre(1, 1000);
    if (age > 60 && sort <= 35)
        finir(h, v, age, age > 800 && sort <= 5, jour);
    else
        v.ancre = ancre_en_cours(h, deposee_le, age, jour);
    derouler(v, voies, jour);
    if (v.ancre > deposee_le) {
        const auto avant_derniere = base::plus_days(v.ancre, static_cast<int>(-h.entre(330, 390)));
        if (base::days_between(deposee_le, avant_derniere) > 300) v.renouvellements.push_back(avant_derniere);
        v.renouvellements.push_back(v.ancre);
    }
    const auto dernier = v.ancre > deposee_le ? avant(au_guichet(h, v.ancre)) : v.enregistree_le;
    if (base::days_between(v.ancre, jour) > 25 || !h.sur_cent(12))
        v.attestation_le = avant(dernier.plus_seconds(600));
    if (const auto fin = v.radiee_le ? *v.radiee_le : jour; h.sur_cent(15)) {
        const auto inscrite = base::local_date(v.enregistree_le, "UTC");
        if (const auto vecue = base::days_between(inscrite, fin); vecue > 40)
            v.modifiee_le = base::plus_days(inscrite, static_cast<int>(h.entre(20, vecue - 10)));
    }
    return v;
}

} // namespace volume
