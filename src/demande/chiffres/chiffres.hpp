// The figures of a commune: what is counted, by which kind of dwelling, and what may be said of it. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"
#include "demande/chiffres/masquage.hpp"
#include "demande/reponses.hpp"

namespace demande::chiffres {

/// The kind of dwelling a demande is counted under: once each, so that lines add up.
enum class Typologie { T1, T2, T3, T4, T5, NonPrecisee };

inline constexpr base::Name<Typologie> typologies[] = {
    {Typologie::T1, "t1", "Chambre et T1"},
    {Typologie::T2, "t2", "T2"},
    {Typologie::T3, "t3", "T3"},
    {Typologie::T4, "t4", "T4"},
    {Typologie::T5, "t5", "T5 et plus"},
    {Typologie::NonPrecisee, "non_precisee", "Non précisé"},
};
inline constexpr std::size_t nombre_de_typologies = std::size(typologies);

/// The largest of those ticked; nothing is supposed from the size of the household.
Typologie typologie(const Reponses&);
/// Of a dwelling.
Typologie typologie_du_logement(int pieces);

/// Of sorted numbers of days.
struct Delais {
    std::int64_t mediane = 0, p75 = 0;
};
/// Nothing under the threshold: a median of a few people is one of them.
std::optional<Delais> delais(std::vector<std::int64_t> jours);

/// Social dwellings of a commune, as the répertoire (RPLS) of a year gives them. Zero is said; what the file
/// does not hold is unknown.
struct Parc {
    int annee = 0;
    std::int64_t logements = 0;
    std::optional<std::int64_t> loues, vacants, vides, associations, occupes_gratuits, occupes_temporaires,
        en_qpv;
    // Hundredths of a per cent.
    std::optional<std::int64_t> vacance, vacance_trois_mois, mobilite;
};

/// One year of attributions, by kind of dwelling. A year has a secret of its own: no total over the years is
/// shown, so that what goes on this year says nothing of one that is over.
inline constexpr std::size_t annees_montrees = 3;
inline constexpr std::size_t annees_finies = annees_montrees - 1;
inline constexpr std::size_t annee_pleine = annees_finies - 1; // the last one that is over

/// By line of `typologies`, then for all of them.
template <class T> using ParTypologie = std::vector<std::optional<T>>;

/// What the nightly count left for a commune, and what no page has shown of it yet.
struct Releve {
    Tableau attente{nombre_de_typologies, 2}; // first choice, other choice
    JamaisMontrees attente_tue = {};
    int derniere_annee = 0; // the current one, after those before it
    std::vector<Tableau> attributions = std::vector(annees_montrees, Tableau{nombre_de_typologies, 1});
    std::vector<JamaisMontrees> attributions_tues = std::vector<JamaisMontrees>(annees_montrees);
    // Of the years that are over: the wait of a year that goes on would change with each lease.
    std::vector<ParTypologie<Delais>> delais =
        std::vector(annees_finies, ParTypologie<Delais>(nombre_de_typologies + 1));
};

/// What may be shown of it.
struct Publication {
    TableauPublie attente;
    std::vector<TableauPublie> attributions; // a year each
    int derniere_annee = 0;
    std::vector<ParTypologie<Delais>> delais; // of the years that are over; none where their number is masked
    // Demandes per attribution of last year, in tenths: a ratio of two published numbers.
    ParTypologie<std::int64_t> pression;

    /// Of one kind of dwelling, or of all of them (`nombre_de_typologies`).
    [[nodiscard]] std::optional<std::int64_t> attribues(std::size_t typologie, std::size_t annee) const
    {
        return attributions.at(annee).a(typologie, 0);
    }
};
Publication publier(const Releve&);

} // namespace demande::chiffres
