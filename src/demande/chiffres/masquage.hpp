// Statistical secrecy: which figures of a table may be published so that none below the threshold is read or
// rebuilt. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace demande::chiffres {

/// Below it a number of people is not published. Ours: the threshold of the national system is not public.
inline constexpr std::int64_t seuil_du_secret = 11;

/// Numbers of people by line and by column, whose totals will stand beside them.
struct Tableau {
    std::size_t lignes = 0, colonnes = 0;
    std::vector<std::int64_t> cases; // line by line

    Tableau() = default;
    Tableau(std::size_t l, std::size_t c) : lignes(l), colonnes(c), cases(l * c) {}
    [[nodiscard]] std::int64_t& a(std::size_t l, std::size_t c) { return cases.at(l * colonnes + c); }
    [[nodiscard]] std::int64_t a(std::size_t l, std::size_t c) const { return cases.at(l * colonnes + c); }
};

/// The same with its totals: a line and a column more. An empty case is not to be shown.
struct TableauPublie {
    std::size_t lignes = 0, colonnes = 0; // without the totals
    std::vector<std::optional<std::int64_t>> cases;

    [[nodiscard]] std::optional<std::int64_t> a(std::size_t l, std::size_t c) const
    {
        return cases.at(l * (colonnes + 1) + c);
    }
    [[nodiscard]] std::optional<std::int64_t> total() const { return cases.back(); }
    [[nodiscard]] bool masque() const;
};

/// The cases of a table that no publication of it has ever shown, totals included: « 1 » for each, line by
/// line; empty before the first one.
using JamaisMontrees = std::string;

/// Masks what is below the threshold, zeros included, then as little more as it takes so that no case can be
/// computed from the others, even by who knows that a number is never negative, and so that no sum of masked
/// cases of a line is itself below the threshold.
///
/// Counted again another night, the same table never hides one case in the place of another: it shows more
/// than before, or keeps hidden all that never was shown. Whoever kept every publication, and even knows all
/// that changed in between, then has no more equations than those of one table.
TableauPublie publier(const Tableau&, const JamaisMontrees& = {}, std::int64_t seuil = seuil_du_secret);
/// What is still to be shown for the first time after this publication.
JamaisMontrees jamais_montrees(const JamaisMontrees& avant, const TableauPublie&);

} // namespace demande::chiffres
