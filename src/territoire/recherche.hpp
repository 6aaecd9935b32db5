// Finding an address or a commune from what a person types. The score is pure; the candidates come from the
// database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "territoire/territoire.hpp"

namespace territoire {

enum class TypeAdresse { Numero, Voie, LieuDit, Commune };

/// Slugs are those of the GeoCodeJSON contract.
inline constexpr base::Name<TypeAdresse> types_adresse[] = {
    {TypeAdresse::Numero, "housenumber", "Numéro"},
    {TypeAdresse::Voie, "street", "Voie"},
    {TypeAdresse::LieuDit, "locality", "Lieu-dit"},
    {TypeAdresse::Commune, "municipality", "Commune"},
};

/// An address proposed to the person who types.
struct Adresse {
    std::string id; // interoperability key of the BAN when it has one
    TypeAdresse type = TypeAdresse::Voie;
    std::string libelle;     // « 12 bis Rue Jeanne d’Arc 76000 Rouen »
    std::string numero;      // "12 bis"; empty without a number
    std::string voie;        // name of the street or locality; empty for a commune
    std::string code_postal; // may be unknown
    std::string insee;       // as the source gives it (an arrondissement keeps its own code)
    std::string commune;     // name
    std::string contexte;    // « 76, Seine-Maritime, Normandie »
    std::optional<Point> position;
    double importance = 0; // 0–1
    double score = 0;      // 0–1
};

struct Filtre {
    std::string insee;       // only this commune (an arrondissement's commune includes it)
    std::string departement; // only this département
};

/// At most `limit` addresses, best score first. Communes of the reference are always among the candidates, so
/// that « commune + free text » works with nothing imported.
std::vector<Adresse> rechercher(db::Transaction&, std::string_view typed, std::size_t limit = 5,
                                const Filtre& = {});

// ── the pure part (score.cpp) ──────────────────────────────────────────────────────────────────────────────

/// « 12 bis rue Jeanne d'Arc 76000 Rouen » → 12, "bis", {rue, jeanne, d, arc, 76000, rouen}.
struct Question {
    std::optional<int> numero;
    std::string suffixe;
    std::vector<std::string>
        mots; // folded, abbreviations opened (bd → boulevard, st → saint), number left out
};
Question lire_question(std::string_view typed);

/// How well a candidate answers, 0–1. `numero_trouve`: the house number asked exists in the street.
double noter(const Question&, const Adresse& candidat, bool numero_trouve);

/// Text under which a place is searched: folded, abbreviations opened.
std::string texte_recherche(std::string_view nom);

} // namespace territoire
