// What a table of reports may show, one row for each column: its name, where it stands in the database, how a
// person reads it, who may. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signalement/cycle.hpp"

namespace signalement::exports {

enum class Genre { Texte, Jour, OuiNon, Telephone, Nombre };

struct Colonne {
    std::string_view slug, label;
    /// An expression on the report `s`. {joindre}: the function of the engine that makes one text of several.
    std::string_view sql;
    Genre genre = Genre::Texte;
    /// The words of a slug of the database.
    std::string_view (*nom)(std::string_view) = nullptr;
    /// What one must have the right to on the report to read it; it is empty for the others.
    Action lecture = Action::Lire;
    bool par_defaut = false;
};

std::span<const Colonne> colonnes();
/// Those that are asked, in the order of the table; those by default when nothing that exists is asked.
std::vector<const Colonne*> choisies(const std::vector<std::string>& slugs);

/// A value of the database as a person reads it. `fuseau`: of the territory of the report.
std::string en_mots(const Colonne&, std::string_view brut, std::string_view fuseau);

} // namespace signalement::exports
