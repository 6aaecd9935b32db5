// What the platform does by itself in a year of a demande: the notice, the reminders, the end of validity.
// Pure: every day comes from the anchor alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/names.hpp"
#include "demande/jalons.hpp"
#include "demande/reponses.hpp"

namespace demande {

/// In the order of the year.
enum class Etape {
    Preavis,
    RappelQuinze,
    RappelTrois,
    Expiration,
    DernierRappel,
    DernierMois, // of who was removed, and may still come back
};

inline constexpr base::Name<Etape> etapes[] = {
    {Etape::Preavis, "preavis", "Préavis"},
    {Etape::RappelQuinze, "rappel_15", "Rappel à quinze jours"},
    {Etape::RappelTrois, "rappel_3", "Rappel à trois jours"},
    {Etape::Expiration, "expiration", "Fin de validité"},
    {Etape::DernierRappel, "dernier_rappel", "Dernier rappel avant radiation"},
    {Etape::DernierMois, "dernier_mois", "Dernier mois pour reprendre la demande"},
};

/// CCH R. 441-2-7: by post to who never registered or renewed online, and by e-mail too when there is an
/// address; by e-mail to the others, and by post if they asked for it. The first one is the one the law
/// requires.
std::vector<Canal> canaux_du_preavis(bool en_ligne, bool veut_le_courrier, bool a_un_courriel);
/// Whether what the demande says may be written to by e-mail: never when violence is declared.
bool joignable_par_courriel(const Reponses&);

/// An account that follows the demande: entered by a code received at its mailbox.
struct Suiveur {
    std::string courriel; // lower case
    bool titulaire = true;
    bool par_guichet = false; // given after an identity document, to a mailbox that its person alone reads
};
/// A mailbox of the yearly messages. `sure`: somebody reads it, since they entered by it.
struct Boite {
    std::string adresse;
    bool sure = false;
    bool du_demandeur = true; // else of somebody who signs with them: no delay counts from theirs
    bool operator==(const Boite&) const = default;
};
/// The mailboxes of the applicant's accounts, then the one that the demande says, then those who sign too: a
/// wrong one never hides a right one. When violence is declared, only those that a guichet gave to the
/// applicant.
std::vector<Boite> boites_de_l_annee(const Reponses&, const std::vector<Suiveur>&);
/// The channels of the notice, by those rules: after violence the post stays required, whatever is online.
std::vector<Canal> canaux_du_preavis(const Reponses&, bool en_ligne, const std::vector<Boite>&);
/// Whether a letter is among them: whatever goes so leaves earlier.
bool va_par_la_poste(const std::vector<Canal>&);
/// Whether the law requires this one of them: the first, and the letter of whoever asked for it besides.
bool est_obligatoire(const std::vector<Canal>&, Canal);

/// A notice as the delay of a radiation sees it.
struct Remise {
    bool obligatoire = false;
    std::optional<Date> parti_le, revenu_le;
    Canal canal = Canal::Courriel;
};

/// How what a year says reaches the applicant.
struct Voies {
    bool poste = false;  // a letter is among the channels of the notice
    bool boite = true;   // a mailbox takes its messages
    bool adresse = true; // its letters arrive
    bool operator==(const Voies&) const = default;
};
/// Of the notices of the current year, those that came back: a channel that returned every one of them is
/// gone, until another one leaves by it.
Voies voies_de_l_annee(const std::vector<Canal>&, const std::vector<Boite>&, const std::vector<Remise>& = {});

/// A letter is printed, posted and carried within that many days. Ours, not the law's.
inline constexpr int acheminement_jours = 10;

/// Who is told of a step by letter.
enum class Papier {
    Personne,   // it would arrive too late
    SansBoite,  // whom no message reaches
    ParLaPoste, // whoever gets the notice by post, too
};
/// A step of the year, and where it stands in it.
struct RegleDEtape {
    Etape etape;
    Date Jalons::*depuis; // counted from this milestone
    int jours;            // after it, or before
    int avance_lettre;    // a letter leaves so many days earlier, to be there that day
    Papier papier;
    Date Jalons::*vrai_jusqu_a; // last day on which its message is true; none: it is not a reminder
};
/// The notice is of R. 441-2-7 (envoi_du_preavis says its days); the rest is ours.
inline constexpr RegleDEtape calendrier_de_l_annee[] = {
    {Etape::Preavis, &Jalons::preavis, 0, 0, Papier::ParLaPoste, nullptr},
    {Etape::RappelQuinze, &Jalons::fin_de_validite, -15, acheminement_jours, Papier::SansBoite,
     &Jalons::fin_de_validite},
    {Etape::RappelTrois, &Jalons::fin_de_validite, -3, 0, Papier::Personne, &Jalons::fin_de_validite},
    {Etape::Expiration, &Jalons::fin_de_validite, 1, 0, Papier::SansBoite, &Jalons::fin_de_tolerance},
    {Etape::DernierRappel, &Jalons::fin_de_tolerance, -7, acheminement_jours, Papier::ParLaPoste,
     &Jalons::fin_de_tolerance},
};
/// Whether a step is also a letter.
bool va_en_lettre(Etape, const Voies&);

/// The day of each step of a demande in progress, in their order. What goes by post leaves early enough.
std::vector<std::pair<Etape, Date>> echeancier(const Jalons&, const Voies&);

/// The day on which who was removed is told that a month is left to come back, `fin` being the last one: a
/// letter leaves ten days before that month.
Date dernier_mois(Date fin, bool par_courrier);

/// What is to be done on a day.
struct AFaire {
    bool preavis = false;
    bool expirer = false;
    std::optional<Etape> message;  // the one reminder that is right that day
    std::optional<Etape> derniere; // done now, or no longer right
    std::optional<Date> ensuite;   // the day of the next step
    bool operator==(const AFaire&) const = default;
};

/// After days without any task: the notice and the end of validity are made up for, one a day so that nobody
/// reads both at once; of the reminders only the last one that is still true.
AFaire a_faire(const Jalons&, const Voies&, std::optional<Etape> derniere, Date jour);

/// From which day the applicant is held to be warned: the first notice that left and did not come back, on
/// each required channel, and the last of these days (R. 441-2-7: e-mail « et » post for who asked for both).
/// A required letter that never reached anybody suspends the radiation; a letter replaces e-mails that came
/// back. `ici_depuis`: since when the territory is kept here again (gestion::ici_depuis). A notice of before
/// warns of nothing: there was nowhere here to renew.
std::optional<Date> preavis_remis_le(const std::vector<Remise>&, std::optional<Date> ici_depuis = {});

} // namespace demande
