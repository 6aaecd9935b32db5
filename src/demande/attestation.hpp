// The attestation d’enregistrement (CCH R. 441-2-4): its nine items and its annexes, as text. The screen and
// the PDF are the same document. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "demande/accueil/accueil.hpp"
#include "demande/mediation.hpp"
#include "demande/reponses.hpp"

namespace demande {

/// What the attestation is about.
struct AttestationDe {
    std::string numero; // in groups
    std::string guichet;
    Date deposee_le, ancre;
    Reponses reponses;
    std::string territoire;
    std::vector<std::string> communes;  // names, first choice first
    std::vector<std::string> bailleurs; // with dwellings there
    Date aujourd_hui;
    std::optional<accueil::Accueil> accueil = {}; // where the guichet receives people, when it says so
    struct Departement {
        std::string code, nom;
    };
    std::vector<Departement> departements = {}; // of the communes asked
    Mediation mediation = {};                   // what is known of them
};

struct Partie {
    char item = 0; // letter of R. 441-2-4; 0: an annex
    std::string titre;
    std::vector<std::string> paragraphes = {};
    std::vector<std::string> liste = {};
    /// Questions and their answers, section by section.
    struct Groupe {
        std::string titre;
        std::vector<std::pair<std::string, std::string>> lignes;
    };
    std::vector<Groupe> groupes = {};
};

struct Attestation {
    std::string titre;
    std::vector<Partie> parties;
};

Attestation attestation(const AttestationDe&);

/// Whether it may leave by e-mail: the applicant gave an address and accepted to be written to there. Never
/// when violence is declared: the document says where and for what they ask, and somebody else may read the
/// mailbox.
bool peut_partir_par_courriel(const Reponses&);
/// The same of a demande deposited online: the mailbox it says is the one the account was entered by. Another
/// was only typed, and may be a stranger's.
bool peut_partir_par_courriel(const Reponses&, std::string_view boite_du_compte);

/// The last day on which it must have been handed over: one month after the deposit (CCH R. 441-2-4).
Date attestation_due(Date deposee_le);
/// The same for the year that runs: a renewal gives another attestation, within a month too. `saisie_le`: the
/// legal day on which the demande was typed, from which a form typed very late counts its first year.
bool est_renouvelee(Date ancre, Date saisie_le);
Date attestation_due(Date deposee_le, Date ancre, Date saisie_le);

} // namespace demande
