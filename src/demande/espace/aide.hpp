// The mandate by which somebody of an organisation helps an applicant: what it lets them do, until when, and
// how it ends. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "compte/agent.hpp"
#include "compte/regles.hpp"

namespace demande::espace {

/// What a mandate may let a helper do. Giving the demande up, answering an offer, changing the mailbox of the
/// demande or who signs it, and giving a mandate are never among them.
enum class Pouvoir { Lire, Remplir, Deposer, Renouveler };

inline constexpr base::Name<Pouvoir> pouvoirs[] = {
    {Pouvoir::Lire, "lire", "Lire la demande"},
    {Pouvoir::Remplir, "remplir", "Changer ce que dit la demande"},
    {Pouvoir::Deposer, "deposer", "Ouvrir les pièces et en déposer"},
    {Pouvoir::Renouveler, "renouveler", "Renouveler la demande"},
};

struct Pouvoirs {
    bool remplir = false, deposer = false, renouveler = false;

    [[nodiscard]] bool a(Pouvoir) const;
    bool operator==(const Pouvoirs&) const = default;
};

enum class EtatAide { Propose, Accepte, Refuse, Retire, Rendu };

inline constexpr base::Name<EtatAide> etats_aide[] = {
    {EtatAide::Propose, "propose", "Proposé"}, {EtatAide::Accepte, "accepte", "Accepté"},
    {EtatAide::Refuse, "refuse", "Refusé"},    {EtatAide::Retire, "retire", "Retiré"},
    {EtatAide::Rendu, "rendu", "Rendu"},
};

struct Aide {
    std::string id, demande, territoire;
    std::string courriel; // whom it was given to
    std::string aidant;   // account, once accepted
    std::string aidant_nom;
    bool sur_papier = false;
    Pouvoirs pouvoirs;
    Date jusqu_au;
    EtatAide etat = EtatAide::Propose;
    Instant propose_le;
    std::optional<Instant> accepte_le, fini_le;
};

/// What is given. Only `proposer` makes one.
struct Proposition {
    std::string courriel;
    Pouvoirs pouvoirs;
    Date jusqu_au;
};
/// What was typed, each as text.
struct PropositionSaisie {
    std::string_view courriel, jusqu_au;
    bool remplir = false, deposer = false, renouveler = false;
};
/// A professional mailbox, and a last day within a year.
Result<Proposition, FormErrors> proposer(const PropositionSaisie&, Date jour);

/// Accepted, and its last day is not over.
bool en_vigueur(const Aide&, Date jour);
/// May still be taken back, accepted, refused or given back.
bool est_ouverte(const Aide&, Date jour);
/// Belongs to an organisation that vouches for them: nobody else helps by mandate.
bool peut_aider(const compte::Agent&);

/// In the history: who acted, and in whose name.
compte::Agent au_nom_du_demandeur(const compte::Agent&);
/// Whether a line of the history was written under a mandate: the applicant reads that name.
bool agit_pour_le_demandeur(std::string_view acteur_nom);

/// Those to whom one writes on the word of an applicant are not written to over and over.
std::vector<compte::Limite> limites_de_mandat(std::string_view demande, std::string_view courriel);

} // namespace demande::espace
