// Computes categories, zones and ceilings. Pure.
#include "demande/plafonds.hpp"

#include <algorithm>
#include <span>

#include "demande/territoires.hpp"

namespace demande {

namespace {

// The « communes limitrophes » of the arrêté du 29 juillet 1987. To be read again against the Journal
// officiel.
constexpr std::array<std::string_view, 29> limitrophes = {
    "92012", "92024", "92040", "92044", "92046", "92049", "92051", "92062", "92064", "92073",
    "92075", "93001", "93006", "93045", "93048", "93055", "93061", "93066", "93070", "94018",
    "94033", "94037", "94041", "94042", "94043", "94052", "94067", "94069", "94080"};

using enum Zone;
using enum Financement;

// PLUS: annexes of the yearly arrêtés. PLAI: computed from the last annex found by the same indices as PLUS,
// to be confirmed against the Journal officiel. A PLS ceiling is a PLUS one and thirty per cent.
constexpr Bareme baremes[] = {
    {{2024, 1, 1}, ParisEtLimitrophes, Plai, {14'329, 23'355, 30'614, 33'511, 39'863, 44'861}, 4'998},
    {{2024, 1, 1}, ParisEtLimitrophes, Plus, {26'044, 38'925, 51'025, 60'921, 72'482, 81'562}, 9'089},
    {{2024, 1, 1}, ResteIleDeFrance, Plai, {14'329, 23'355, 28'074, 30'824, 36'493, 41'064}, 4'573},
    {{2024, 1, 1}, ResteIleDeFrance, Plus, {26'044, 38'925, 46'789, 56'046, 66'347, 74'662}, 8'319},
    {{2024, 1, 1}, AutresRegions, Plai, {12'452, 18'143, 21'818, 24'276, 28'404, 32'010}, 3'569},
    {{2024, 1, 1}, AutresRegions, Plus, {22'642, 30'238, 36'362, 43'899, 51'641, 58'200}, 6'492},

    {{2025, 1, 1}, ParisEtLimitrophes, Plai, {14'683, 23'931, 31'369, 34'338, 40'847, 45'968}, 5'121},
    {{2025, 1, 1}, ParisEtLimitrophes, Plus, {26'687, 39'885, 52'284, 62'424, 74'271, 83'575}, 9'313},
    {{2025, 1, 1}, ResteIleDeFrance, Plai, {14'683, 23'931, 28'767, 31'585, 37'393, 42'077}, 4'686},
    {{2025, 1, 1}, ResteIleDeFrance, Plus, {26'687, 39'885, 47'944, 57'429, 67'984, 76'504}, 8'524},
    {{2025, 1, 1}, AutresRegions, Plai, {12'759, 18'591, 22'356, 24'875, 29'105, 32'800}, 3'657},
    {{2025, 1, 1}, AutresRegions, Plus, {23'201, 30'984, 37'259, 44'982, 52'915, 59'636}, 6'652},

    {{2026, 1, 1}, ParisEtLimitrophes, Plai, {14'811, 24'140, 31'643, 34'637, 41'203, 46'369}, 5'166},
    {{2026, 1, 1}, ParisEtLimitrophes, Plus, {26'920, 40'233, 52'740, 62'968, 74'919, 84'304}, 9'394},
    {{2026, 1, 1}, ResteIleDeFrance, Plai, {14'811, 24'140, 29'018, 31'860, 37'719, 42'444}, 4'727},
    {{2026, 1, 1}, ResteIleDeFrance, Plus, {26'920, 40'233, 48'362, 57'930, 68'577, 77'171}, 8'598},
    {{2026, 1, 1}, AutresRegions, Plai, {12'870, 18'753, 22'551, 25'092, 29'359, 33'086}, 3'689},
    {{2026, 1, 1}, AutresRegions, Plus, {23'403, 31'254, 37'584, 45'374, 53'376, 60'156}, 6'710},
};

constexpr int jeune_menage_ans = 55;

constexpr int trente_pour_cent_de_plus(int plafond)
{
    return (plafond * 13 + 5) / 10;
}

} // namespace

Categorie categorie(const Menage& m)
{
    const bool parent_seul = m.adultes == 1 && m.a_charge > 0;
    const bool jeunes = m.adultes == 2 && m.a_charge == 0 && m.somme_des_ages_du_couple &&
                        *m.somme_des_ages_du_couple <= jeune_menage_ans;
    // The three advantages are alternatives of the annex: they do not add up.
    const int rang = m.adultes + m.a_charge + (parent_seul || jeunes || m.invalides > 0 ? 1 : 0);
    return {std::min(rang, 6), std::max(rang - 6, 0)};
}

std::optional<Zone> zone_de_la_commune(std::string_view insee)
{
    const auto territoire = territoire_de_la_commune(insee);
    if (!territoire || insee.starts_with("97")) return std::nullopt;
    if (insee.starts_with("75") || std::ranges::find(limitrophes, insee) != end(limitrophes))
        return ParisEtLimitrophes;
    return *territoire == ile_de_france ? ResteIleDeFrance : AutresRegions;
}

std::optional<Bareme> Baremes::en_vigueur(Date jour, Zone zone, Financement financement) const
{
    const auto ecrit = financement == Pls ? Plus : financement;
    std::optional<Bareme> dernier;
    // Of two of the same day, the one that comes later: what was imported stands over what was known.
    const auto chercher = [&](std::span<const Bareme> tous) {
        for (const auto& b : tous)
            if (b.zone == zone && b.financement == ecrit && b.depuis <= jour &&
                (!dernier || dernier->depuis <= b.depuis))
                dernier = b;
    };
    chercher(baremes);
    chercher(importes_);
    if (dernier && financement == Pls) {
        dernier->financement = Pls;
        for (auto& p : dernier->plafonds) p = trente_pour_cent_de_plus(p);
        dernier->personne_en_plus = trente_pour_cent_de_plus(dernier->personne_en_plus);
    }
    return dernier;
}

int plafond(const Bareme& b, const Categorie& c)
{
    return b.plafonds.at(static_cast<std::size_t>(c.rang - 1)) + c.en_plus * b.personne_en_plus;
}

int revenu_retenu(int rfr_n2, std::optional<int> rfr_n1)
{
    const bool en_baisse = rfr_n1 && std::int64_t{*rfr_n1} * 10 <= std::int64_t{rfr_n2} * 9;
    return en_baisse ? *rfr_n1 : rfr_n2;
}

std::optional<Simulation> simuler(const Menage& m, int rfr_n2, std::optional<int> rfr_n1,
                                  std::string_view insee, Date jour, const Baremes& connus)
{
    const auto zone = zone_de_la_commune(insee);
    if (!zone) return std::nullopt;
    Simulation s{.categorie = categorie(m), .revenu = revenu_retenu(rfr_n2, rfr_n1)};
    for (std::size_t i = std::size(financements); i-- > 0;) {
        const auto b = connus.en_vigueur(jour, *zone, financements[i].value);
        if (!b) return std::nullopt;
        s.annee_du_bareme = b->depuis.year;
        s.plafonds[i] = plafond(*b, s.categorie);
        if (s.revenu <= s.plafonds[i]) s.acces = financements[i].value;
    }
    return s;
}

} // namespace demande
