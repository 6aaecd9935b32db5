// The income ceilings: category of a household, zone of a commune, income taken, class of financing.
// Informative: a ceiling never keeps anybody from filing a demande (CCH R. 441-1; only a commission decides).
// Pure; the figures are dated data.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"

namespace demande {

/// Those who will live in the dwelling, as far as ceilings are concerned. Housemates are not among them, nor
/// children whom a parent hosts without having them on the tax notice; an unborn child is not counted either,
/// for want of a text that says so.
struct Menage {
    int adultes = 1;   // holders of the lease: the applicant, the spouse, the codemandeurs
    int a_charge = 0;  // persons à charge, whatever their age
    int invalides = 0; // of all those: holders of a carte mobilité inclusion « invalidité »
    // Of a couple, married or not: the sum of the two ages in whole years. None: not a couple.
    std::optional<int> somme_des_ages_du_couple = std::nullopt;
};

/// Arrêté du 29 juillet 1987, annexe: six categories, then so much per further person.
struct Categorie {
    int rang = 1; // 1 to 6
    int en_plus = 0;

    bool operator==(const Categorie&) const = default;
};
Categorie categorie(const Menage&);

enum class Zone { ParisEtLimitrophes, ResteIleDeFrance, AutresRegions };

inline constexpr base::Name<Zone> zones[] = {
    {Zone::ParisEtLimitrophes, "paris_et_limitrophes", "Paris et communes limitrophes"},
    {Zone::ResteIleDeFrance, "reste_ile_de_france", "Reste de l’Île-de-France"},
    {Zone::AutresRegions, "autres_regions", "Autres régions"},
};

/// Of the commune wanted, which may differ from one wish to the next. Nothing overseas, where other tables
/// apply that are not loaded.
std::optional<Zone> zone_de_la_commune(std::string_view insee);

/// The kinds of dwelling, from the most helped to the least.
enum class Financement { Plai, Plus, Pls };

inline constexpr base::Name<Financement> financements[] = {
    {Financement::Plai, "plai", "PLAI"},
    {Financement::Plus, "plus", "PLUS"},
    {Financement::Pls, "pls", "PLS"},
};

/// Euros a year, for households of categories 1 to 6 and for each person beyond.
struct Bareme {
    Date depuis; // every 1 January
    Zone zone;
    Financement financement;
    std::array<int, 6> plafonds;
    int personne_en_plus;
};

/// The tables that are known: those of this version of the platform, and over them those the operator
/// imported since (`logis import plafonds`).
class Baremes {
public:
    Baremes() = default;
    /// Each takes the place of the one of the same day, zone and financing.
    explicit Baremes(std::vector<Bareme> importes) : importes_(std::move(importes)) {}
    /// In force that day: the last one known, since a new one is published each December. Nothing before
    /// 2024.
    [[nodiscard]] std::optional<Bareme> en_vigueur(Date jour, Zone, Financement) const;

private:
    std::vector<Bareme> importes_;
};
int plafond(const Bareme&, const Categorie&);

/// Income of the household: the revenu fiscal de référence of two years ago, or of last year when that is at
/// least a tenth lower (arrêté du 29 juillet 1987, art. 4).
int revenu_retenu(int rfr_n2, std::optional<int> rfr_n1);
/// The year of the tax notice to give in this year.
constexpr int annee_du_rfr(Date jour)
{
    return jour.year - 2;
}

/// What a household may be offered in a zone.
struct Simulation {
    Categorie categorie;
    int revenu = 0;
    int annee_du_bareme = 0;
    std::array<int, 3> plafonds = {};      // in the order of `financements`
    std::optional<Financement> acces = {}; // the most helped kind that is open; none: above all ceilings
};
/// Nothing when no table is known for that place and day: the demande is filed all the same.
std::optional<Simulation> simuler(const Menage&, int rfr_n2, std::optional<int> rfr_n1,
                                  std::string_view insee, Date jour, const Baremes&);

} // namespace demande
