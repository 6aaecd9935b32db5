// What a day of the year says to every demande: the tax notice has come, the year that counts has turned.
// Whom it concerns and in which words. Pure; the days are data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"
#include "demande/plafonds.hpp"
#include "demande/reponses.hpp"

namespace demande::rappel {

enum class Campagne { AvisDImpot, NouvelleAnnee };

inline constexpr base::Name<Campagne> campagnes[] = {
    {Campagne::AvisDImpot, "avis_impot", "Avis d’impôt de l’année"},
    {Campagne::NouvelleAnnee, "nouvelle_annee", "Revenus et plafonds de la nouvelle année"},
};

/// From which day of each year, and for how long it is worth saying: a task stopped ten days goes on, one
/// stopped for a season says nothing stale.
struct RegleDeCampagne {
    Campagne campagne;
    unsigned mois, jour; // first day
    int jours;           // so many, that one included
};
/// Ours, not the law's. Tax notices reach everybody by the end of August; ceilings and the year of the income
/// change on 1 January (arrêté du 29 juillet 1987, art. 4).
inline constexpr RegleDeCampagne regles_de_campagne[] = {
    {Campagne::AvisDImpot, 9, 1, 61},
    {Campagne::NouvelleAnnee, 1, 1, 59},
};

/// Before it begins, beside its first day.
std::string_view annonce_a_l_avance(Campagne);

struct Ouverte {
    Campagne campagne;
    Date depuis; // its first day that year
    bool operator==(const Ouverte&) const = default;
};
std::vector<Ouverte> ouvertes(Date jour);
/// The first one to begin after that day.
Ouverte prochaine(Date jour);

/// A demande in progress, as far as it decides what it is told.
struct Concernee {
    const Reponses& reponses;
    std::vector<std::string> communes; // first choice first
    Date ancre;
    bool avis_depose = false; // a tax notice of the income of that year is among its documents
    Baremes baremes = {};     // the ceilings that are known
};

struct Phrase {
    std::string texte;
    bool privee = false; // tells of this household: for who entered by the mailbox
};
struct Texte {
    std::string objet;
    std::vector<Phrase> phrases;
    std::string bouton;
};
/// What a reader is given of it.
std::vector<std::string> lues(const Texte&, bool lit_tout);
/// Nothing for who has nothing to do: registered or renewed since, the income already given, what may be
/// asked unchanged.
std::optional<Texte> texte(const Ouverte&, const Concernee&, const std::string& numero);

/// The income that the tax notice of this year is about.
int annee_de_l_avis(const Ouverte&);

} // namespace demande::rappel
