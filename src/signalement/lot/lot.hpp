// The same act on several reports at once. Pure: what is asked, what became of each report, when it may still
// be undone. The acts themselves are the rules of regles.hpp, report by report: nothing is allowed here that
// is not allowed there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "signalement/regles.hpp"

namespace signalement::lot {

/// The acts that may be done on several reports.
enum class Geste { Confier, Cloturer, Ecrire };
inline constexpr base::Name<Geste> gestes[] = {
    {Geste::Confier, "affectation", "Confier à des partenaires"},
    {Geste::Cloturer, "cloture", "Clôturer"},
    {Geste::Ecrire, "suivi", "Ajouter un message au suivi"},
};
/// The right it takes on each report.
Action action_de(Geste);
/// Whether there is one that the agent may do, on some report or other.
bool peut_agir(const compte::Agent&);

/// What is asked of all of them.
struct Consigne {
    Geste geste = Geste::Confier;
    std::vector<std::string> partenaires; // ids
    std::string motif;
    std::string texte;
    bool visible_deposant = false;
};
/// What is wrong with it whatever the report; the rules say the rest, report by report.
FormErrors relire(const Consigne&);

/// What became of a report, or would.
enum class Issue { AFaire, Fait, SansObjet, Refuse, Defait };
inline constexpr base::Name<Issue> issues[] = {
    {Issue::AFaire, "a_faire", "À faire"},
    {Issue::Fait, "fait", "Fait"},
    {Issue::SansObjet, "sans_objet", "Rien à faire"},
    {Issue::Refuse, "refuse", "Refusé"},
    {Issue::Defait, "defait", "Annulé"},
};

struct Ligne {
    std::string signalement, reference;
    std::string lieu; // on the screen that checks
    Issue issue = Issue::AFaire;
    std::string raison;       // why it is refused, why it was not undone
    std::int64_t rang_vu = 0; // of the journal, when it was checked
    std::int64_t rang = 0;    // of the journal, once it is done
    std::int64_t rang_avant = 0;
    bool danger = false, sans_reponse = false; // on the screen that checks
};

struct Lot {
    std::string id;
    std::string compte; // whose it is
    Consigne consigne;
    Instant cree_le, annulable_jusqu_au;
    std::vector<Ligne> lignes;
};

/// More than that wait for another time: each is looked at by a person before it is done.
inline constexpr std::size_t taille_max = 200;
/// Meanwhile the messages of the lot wait too: nobody is told of what is undone.
inline constexpr int minutes_pour_annuler = 5;
/// What was cut goes on within the day: later, reports have changed and the selection is made again.
inline constexpr int heures_pour_continuer = 24;
/// A selection that was left there.
inline constexpr int conservation_selection_jours = 7;
/// The record of who did what on several reports.
inline constexpr int conservation_lot_jours = 30;

/// Whether it may be undone as a whole: by its author, in time, and if something was done.
bool est_annulable(const Lot&, const compte::Agent&, Instant le);
/// Whether what is left of it may still be done, by its author.
bool est_continuable(const Lot&, const compte::Agent&, Instant le);
/// Why this report stays as it is. Undone, it is as if nothing had happened: so nothing may have happened
/// since.
std::optional<std::string> refus_d_annuler(const Lot&, const Ligne&, const Dossier&, const compte::Agent&,
                                           std::int64_t dernier_rang, Instant le);

} // namespace signalement::lot
