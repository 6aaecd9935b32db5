// Where a demande stands, as the applicant reads it: the steps, what comes next and by whom, what they have
// to do and before when. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/bail.hpp"
#include "demande/cycle.hpp"
#include "demande/jalons.hpp"
#include "demande/radiation.hpp"

namespace demande::espace {

/// What the history of the demande tells of the way to a dwelling.
struct Fait {
    Evenement evenement;
    Date le;
};

struct DateAVenir {
    std::string quoi;
    Date le;
};

/// What the steps are deduced from.
struct OuElleEnEst {
    Etat etat = Etat::Active;
    Date deposee_le;
    Jalons jalons;
    Date aujourd_hui;
    std::string guichet;
    int pieces_a_fournir = 0; // asked of every household, and never given
    int pieces_a_refaire = 0; // refused, or out of date soon
    std::optional<MotifRadiation> motif_radiation = {};
    std::optional<Date> radiee_le = {};
    std::optional<Date> reactivable_jusqu_au = {};
    std::optional<BailSigne> bail = {};        // that ended it
    std::vector<Fait> faits = {};              // oldest first
    std::optional<Date> prochain_message = {}; // the next step of its year, if one is planned
    std::optional<DateAVenir> prochaine_campagne = {};
};

enum class Temps { Passe, EnCours, AVenir };

struct Etape {
    std::string titre;
    Temps temps = Temps::AVenir;
    std::optional<Date> le;
    std::string detail;
};

/// What the applicant has to do.
enum class Geste { Renouveler, Reactiver, RefairePieces, FournirPieces, Corriger };

struct AFaire {
    Geste geste;
    std::string quoi;
    std::optional<Date> avant; // the last day, included
    bool presse = false;       // the demande may be lost
};

struct Avancement {
    std::string resume;  // one sentence
    std::string ensuite; // what happens next, and who does it
    std::vector<Etape> etapes;
    std::vector<AFaire> a_faire; // the most pressing first
    std::vector<DateAVenir> dates;
};

Avancement avancement(const OuElleEnEst&);

/// The words of a state for the person it is about.
std::string_view etat_en_clair(Etat);

} // namespace demande::espace
