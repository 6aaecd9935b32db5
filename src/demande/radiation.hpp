// How a demande ends and comes back: the six reasons of the law, who may pronounce each, after which warning,
// and until when it may be undone. Pure; nothing else removes a demande.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "demande/cycle.hpp"
#include "demande/jalons.hpp"

namespace demande {

/// CCH R. 441-2-8, a to f. There is no seventh.
enum class MotifRadiation {
    Attribution,
    Renonciation,
    NonReponse,
    Irrecevabilite,
    NonRenouvellement,
    Fusion
};

inline constexpr base::Name<MotifRadiation> motifs_radiation[] = {
    {MotifRadiation::Attribution, "attribution", "Logement attribué, bail signé"},
    {MotifRadiation::Renonciation, "renonciation", "Renonciation écrite du demandeur"},
    {MotifRadiation::NonReponse, "non_reponse", "Absence de réponse à un courrier"},
    {MotifRadiation::Irrecevabilite, "irrecevabilite",
     "Conditions d’accès non remplies, prononcé par une commission d’attribution"},
    {MotifRadiation::NonRenouvellement, "non_renouvellement", "Demande non renouvelée"},
    {MotifRadiation::Fusion, "fusion", "Réunion avec une autre demande de la même personne"},
};

/// The only two grounds of an irrecevabilité (arrêté du 23 mars 2015, annexe, 6).
enum class MotifIrrecevabilite { Plafond, Sejour };

inline constexpr base::Name<MotifIrrecevabilite> motifs_irrecevabilite[] = {
    {MotifIrrecevabilite::Plafond, "plafond", "Ressources au-dessus du plafond"},
    {MotifIrrecevabilite::Sejour, "sejour", "Séjour irrégulier d’une personne majeure"},
};

/// In whose name a radiation is pronounced.
enum class Auteur { Guichet, Bailleur, Caleol, Gestionnaire, Demandeur };

/// What each reason requires.
struct RegleRadiation {
    MotifRadiation motif;
    char lettre; // of R. 441-2-8
    Auteur par;
    std::optional<Auteur> ou_par;
    int avertissement_mois; // from the delivery of the warning to the radiation; 0: no warning
    int reactivable_mois;   // after the radiation; 0: never, or until a milestone of the demande
};

inline constexpr RegleRadiation regles_radiation[] = {
    {MotifRadiation::Attribution, 'a', Auteur::Bailleur, {}, 0, 0},
    {MotifRadiation::Renonciation, 'b', Auteur::Guichet, Auteur::Demandeur, 0, 0},
    // The law says one month, the systems of today wait for two: the applicant keeps the longer one. Five
    // months to come back are counted from the radiation, the latest of the days the text may mean.
    {MotifRadiation::NonReponse, 'c', Auteur::Guichet, Auteur::Bailleur, 2, 5},
    {MotifRadiation::Irrecevabilite, 'd', Auteur::Caleol, {}, 1, 0},
    {MotifRadiation::NonRenouvellement, 'e', Auteur::Gestionnaire, {}, 0, 0}, // its notice and dates:
                                                                              // jalons.hpp
    {MotifRadiation::Fusion, 'f', Auteur::Gestionnaire, {}, 0, 0},
};

/// A demande as the rules of its end see it.
struct Situation {
    Etat etat = Etat::Active;
    Jalons jalons;
    std::optional<Date>
        preavis_remis_le; // for the current year of validity; none: not sent, or not delivered
    std::optional<Date> radiee_le;
    std::optional<MotifRadiation> motif_radiation;
    // The territory is kept here again since: a warning of before could not be answered here.
    std::optional<Date> ici_depuis = std::nullopt;
};

/// What is proposed, with what proves it.
struct RadiationProposee {
    MotifRadiation motif = MotifRadiation::Renonciation;
    Auteur par = Auteur::Guichet;
    std::optional<Date> averti_le = std::nullopt; // delivery of the warning, c and d
    std::string avertissement = {};               // its id
    bool a_repondu = false;                       // an answer came after the warning: it stops everything
    std::string justificatif = {}; // written renunciation, attribution, proof of delivery, demande kept
    std::optional<MotifIrrecevabilite> irrecevabilite = std::nullopt; // d
};

/// The demande ends. Only a rule makes one.
class Radiation {
public:
    [[nodiscard]] MotifRadiation motif() const { return motif_; }
    [[nodiscard]] Date le() const { return le_; }
    [[nodiscard]] const std::string& justificatif() const { return justificatif_; }
    [[nodiscard]] std::optional<Date> averti_le() const { return averti_le_; }
    [[nodiscard]] std::optional<MotifIrrecevabilite> irrecevabilite() const { return irrecevabilite_; }

private:
    friend Result<Radiation> radier(const Situation&, const RadiationProposee&, Date);
    Radiation(const RadiationProposee& p, Date le) : motif_(p.motif), le_(le), justificatif_(p.justificatif)
    {
        // Kept for those reasons only that rest on them.
        if (motif_ == MotifRadiation::NonReponse || motif_ == MotifRadiation::Irrecevabilite)
            averti_le_ = p.averti_le;
        if (motif_ == MotifRadiation::Irrecevabilite) irrecevabilite_ = p.irrecevabilite;
    }

    MotifRadiation motif_;
    Date le_;
    std::string justificatif_;
    std::optional<Date> averti_le_;
    std::optional<MotifIrrecevabilite> irrecevabilite_;
};

/// The demande is active from a new anchor, with its number and its first date of deposit.
class Reprise {
public:
    [[nodiscard]] Action action() const { return action_; }
    [[nodiscard]] Date ancre() const { return ancre_; }

private:
    friend Result<Reprise> renouveler(const Situation&, Date);
    friend Result<Reprise> reactiver(const Situation&, Date);
    friend Result<Reprise> revenir(const Situation&, Auteur, std::string_view, Date);
    Reprise(Action action, Date ancre) : action_(action), ancre_(ancre) {}

    Action action_;
    Date ancre_;
};

/// `jour` is the legal day of the territory.
Result<Radiation> radier(const Situation&, const RadiationProposee&, Date jour);
/// The first day on which a demande that nobody renewed may be removed; none while no notice was delivered.
std::optional<Date> premiere_radiation_possible(const Situation&);
/// CCH R. 441-2-7: at any time while it is valid or tolerated; no text says how early one may not.
Result<Reprise> renouveler(const Situation&, Date jour);
/// After a radiation that may still be undone.
Result<Reprise> reactiver(const Situation&, Date jour);
/// A radiation that should not have been, whatever its reason: the manager of the territory takes it back,
/// saying why in a sentence, until the names are erased. The year that ran goes on, tolerance included; when
/// it is over another one begins. Two demandes made one stay one.
Result<Reprise> revenir(const Situation&, Auteur par, std::string_view raison, Date jour);
inline constexpr std::size_t raison_de_retrait_min = 10, raison_de_retrait_max = 500;
/// The demande once it has ended so, as the next rules see it.
Situation apres(const Jalons&, const Radiation&);
/// The last day on which the radiation may be undone, included; none when it cannot.
std::optional<Date> fin_de_reactivation(const Situation&);

} // namespace demande
