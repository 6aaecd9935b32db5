// Finding an address or a commune from what a person types. The score is pure; the candidates come from the
// database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
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

/// What was typed, cut into words. « 12 bis rue Jeanne d'Arc 76000 Rouen » → 12, "bis", {rue, jeanne, d, arc,
/// 76000, rouen}.
struct Question {
    std::optional<int> numero;
    std::string suffixe;
    std::vector<std::string>
        mots;            // in the form of texte_recherche; the last one may be the beginning of a word
    std::string dernier; // the last word as typed: « st » may be « saint » or the beginning of « stade »
};
Question lire_question(std::string_view typed);
/// The same question when its number is not a house number: « 8 mai 1945 ».
Question sans_numero(const Question&);

/// How well a candidate answers, 0–1. `numero_trouve`: the house number asked exists in the street.
double noter(const Question&, const Adresse& candidat, bool numero_trouve);

/// Text under which a place is searched and compared: folded, abbreviations opened (bd → boulevard, st →
/// saint), ordinals as numbers (15e → 15).
std::string texte_recherche(std::string_view nom);

/// Words that say nothing alone: articles (« de », « la »)…
bool est_article(std::string_view mot);
/// … and kinds of street (« rue », « avenue »).
bool est_type_de_voie(std::string_view mot);

} // namespace territoire
