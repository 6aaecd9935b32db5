// What may be asked of the reports, as data: one table of criteria, one of orders. Lists and counts read
// them, and whatever else shows, counts or acts on a set of reports: a criterion is a row, never a condition
// written in a page. Pure: no database, no clock. store_filtre.hpp makes SQL of it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "compte/agent.hpp"
#include "signalement/cycle.hpp"

namespace signalement::filtre {

/// Every criterion, in the order of the screen and of the URL.
enum class Cle {
    Recherche,
    Approchant,
    Statut,
    Region,
    Territoire,
    Comite,
    Commune,
    Epci,
    DeposeDu,
    DeposeAu,
    Partenaire,
    Affectation,
    SansPartenaire,
    ARepondre,
    Miens,
    Danger,
    Gravite,
    Message,
    DernierSuivi,
    SuiviDu,
    SuiviAu,
    SansActivite,
    Visite,
    Profil,
    Canal,
    Occupation,
    Nature,
    Parc,
    Allocataire,
    Enfants,
    Situation,
    Procedure,
    MotifCloture,
    MotifRefus,
    Doublon,
    Courriel,
    Cadre,
    SansPosition,
};

/// What stands after the key in the URL.
enum class Genre {
    Texte,     // what a person types
    Plusieurs, // some of a closed list: one of them is enough
    Codes,     // some codes or identifiers, of the shape `forme`
    Du,        // a day: from its beginning
    Au,        // a day: to its end
    Oui,       // « oui », or nothing
    Cadre,     // a part of the map: cadre.hpp
};

/// What a code looks like.
enum class Forme { Aucune, Region, Departement, Insee, Siren, Identifiant };

/// To whom a criterion says something. The reader's reach holds whoever asks: this keeps a page from
/// offering, and an address from asking, what has no meaning for somebody.
enum class Usage { Tous, Secretariat, Partenaire };

/// A value of a closed list. `sql`: its condition on the report `s`.
struct Choix {
    std::string_view slug, label, sql;
};

struct Critere {
    Cle cle;
    std::string_view slug;
    std::string_view label;
    Genre genre;
    /// What one must have the right to on a report to be told that it answers: Lire, or LireTout for what
    /// stays between services.
    Action lecture = Action::Lire;
    Usage usage = Usage::Tous;
    std::span<const Choix> choix = {};
    Forme forme = Forme::Aucune;
    /// The condition on the report `s`. {valeurs}: what was chosen, « ($1, $2) »; {valeur}: the only one;
    /// {choix}: the conditions of what was chosen, joined by OR. Others in store_filtre.cpp.
    std::string_view sql = {};
    /// An index answers for the whole country: whoever asks, no table is read whole. The others are looked at
    /// report by report, within the reader's reach.
    bool indexe = false;
};

std::span<const Critere> criteres();
const Critere& critere(Cle);

/// An order of the lines: a key of the report `s`, then its id.
struct Ordre {
    std::string_view slug, label, sql;
    bool descendant;
    Action lecture = Action::Lire;
    /// The key moves while one reads: it stands in the address, so that a page keeps its place. The others
    /// are read again from the line itself: a name does not belong in an address.
    bool mobile = false;
};
/// The first is the one of a list that asks for none.
std::span<const Ordre> ordres();

/// Where a page begins: after this line, or before it.
struct Curseur {
    std::string id; // empty: at the beginning
    bool avant = false;
    std::string cle; // of a mobile order
};

/// A question: criteria, an order, a place. Canonical: no empty value, none twice, closed lists in the order
/// of their table, codes in alphabetical order.
struct Filtre {
    std::map<Cle, std::vector<std::string>> choisis;
    const Ordre* ordre = &ordres().front();
    Curseur ou;

    [[nodiscard]] const std::vector<std::string>& valeurs(Cle) const;
    [[nodiscard]] bool a(Cle cle) const { return choisis.contains(cle); }
    /// The same with this value added, or without it, from the first line.
    [[nodiscard]] Filtre avec(Cle, std::string valeur) const;
    [[nodiscard]] Filtre sans(Cle, std::string_view valeur) const;
    [[nodiscard]] Filtre trie(const Ordre&) const;
};

using Paires = std::vector<std::pair<std::string, std::string>>;

/// A filter read from an address. `refus`: the field is a key, the message says what it does not understand.
/// What is refused is not in the filter: a page that has refusals shows no line.
struct Lu {
    Filtre filtre;
    FormErrors refus;
};
Lu lire(const Paires& adresse, const compte::Agent& lecteur);
/// The address of a filter, one pair for each criterion: lire(ecrire(f)) gives f.
Paires ecrire(const Filtre&);

/// Whether this reader may ask it at all.
bool permis(const Critere&, const compte::Agent&);
bool permis(const Ordre&, const compte::Agent&);

/// The time zone of the days in a filter: that of the only territory it asks for, or of the only one that the
/// reader is for; that of Paris between several.
std::string fuseau_de(const Filtre&, const compte::Agent&);

/// « En cours », « du 1 mars 2026 »: a value as a person reads it; codes as they are.
std::string en_mots(const Critere&, std::string_view valeur);

/// A text longer than that is refused.
inline constexpr std::size_t longueur_max_recherche = 100;
/// So are more codes than that for one criterion.
inline constexpr std::size_t codes_max = 50;
/// Without follow-up since then, a report that goes on is silent (§ 5.6 of the State's dashboard).
inline constexpr int jours_sans_activite = 60;

} // namespace signalement::filtre
