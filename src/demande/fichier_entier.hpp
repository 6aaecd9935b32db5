// Reading a small file of dated figures (ceilings, delays), whole or refused: what each line must be is
// given.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "territoire/import_lines.hpp"

namespace demande {

/// The cell of a column, trimmed; empty when there is no such column.
using Case = std::function<std::string(std::string_view colonne)>;

/// What each line says, read by `lire`, or everything to correct, « ligne 3 : … », one by line of text.
template <class T>
Result<std::vector<T>, std::string> lire_en_entier(const std::vector<std::string>& lignes,
                                                   const std::vector<std::string>& colonnes,
                                                   Result<T, std::string> (*lire)(const Case&))
{
    const territoire::CsvHeader entete{lignes.empty() ? std::string_view{}
                                                      : std::string_view{lignes.front()}};
    // As the header folds them.
    const auto trouver = [&](std::string_view colonne) {
        std::string nom{colonne};
        std::ranges::replace(nom, '_', ' ');
        return entete.find({nom});
    };
    for (const auto& colonne : colonnes)
        if (!trouver(colonne))
            return fmt::format("\nce n’est pas ce fichier. Colonnes attendues : {}",
                               base::join(colonnes, ", "));
    std::vector<T> out;
    std::string erreurs;
    for (std::size_t i = 1; i < lignes.size(); ++i) {
        if (base::trim(lignes[i]).empty()) continue;
        const auto cases = territoire::parse_csv(lignes[i], entete.separator());
        if (!cases || cases->size() != entete.size()) {
            erreurs += fmt::format("\nligne {} : {} colonnes au lieu de {}", i + 1, cases ? cases->size() : 0,
                                   entete.size());
            continue;
        }
        auto lue = lire([&](std::string_view colonne) {
            const auto ou = trouver(colonne);
            return ou ? std::string{base::trim((*cases)[*ou])} : std::string{};
        });
        if (lue)
            out.push_back(*std::move(lue));
        else
            erreurs += fmt::format("\nligne {} : {}", i + 1, lue.error());
    }
    if (erreurs.empty() && out.empty()) erreurs = "\nle fichier ne dit rien";
    if (!erreurs.empty()) return erreurs;
    return out;
}

/// Every line of a file of at most so many. Throws std::runtime_error beyond.
inline std::vector<std::string> toutes_les_lignes(const std::string& chemin, std::size_t au_plus)
{
    territoire::LineReader lecteur{chemin};
    std::vector<std::string> out;
    while (auto l = lecteur.next()) {
        if (out.size() == au_plus)
            throw std::runtime_error{
                fmt::format("{} : plus de {} lignes, ce n’est pas ce fichier", chemin, au_plus)};
        out.push_back(*std::move(l));
    }
    return out;
}

} // namespace demande
