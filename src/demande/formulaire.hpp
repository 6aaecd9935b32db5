// The rules of the form: what cannot be registered as it stands, what the applicant still has to bring, and
// what the answers mean. Pure: no database, no clock, no HTML.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "demande/plafonds.hpp"
#include "demande/questions.hpp"
#include "demande/reponses.hpp"

namespace demande {

/// What the checks depend on beside the answers.
struct Contexte {
    Date aujourd_hui;       // legal day of the territory
    std::string territoire; // of the guichet
    // INSEE code of each line of « Communes demandées », in order, as far as it was recognised.
    std::vector<std::optional<std::string>> communes = {};
    // The national system registered it, and did not say everything our form asks: what is missing is asked
    // for, never required. Who the people are and the date of deposit always are.
    bool reprise = false;
};

/// Somebody who signs the demande.
struct Adulte {
    int rang = 0; // 0: the applicant; else their line among the codemandeurs
    std::string nom, prenom;
    Date naissance_le;
    std::string nir; // fifteen characters; empty: not given
};

/// A form that can be registered.
struct Enregistrement {
    Reponses reponses;           // without any NIR
    std::vector<Adulte> adultes; // the applicant first
    std::vector<std::string> communes;
    Date deposee_le;
    Date ancre;
};

/// The national system registered it, and its guichet saw the identity document: no answer tells which.
bool est_une_reprise(const Reponses&);
/// The registration, or everything to correct, in the order of the paper.
Result<Enregistrement, FormErrors> lire(const Reponses&, const Contexte&);

/// What the form expects and does not hold, or holds in a doubtful way. Never a reason to refuse (CCH R.
/// 441-2-3).
FormErrors a_completer(const Reponses&, Date aujourd_hui);

/// Whether anything was written in a line of a section.
bool est_remplie(const Rubrique&, int ligne, const Reponses&);
/// Whether a section is about somebody of this household: the work of a third who signs supposes one.
bool concerne(const Rubrique&, const Reponses&);
/// The household as ceilings count it.
Menage menage(const Reponses&, Date aujourd_hui);
/// The fiscal income of those who sign, over two years; the recent year counts only when it is known for
/// everybody whose older one is. Nothing without the older one.
struct Revenu {
    int rfr_n2 = 0;
    std::optional<int> rfr_n1;
};
std::optional<Revenu> revenu_du_menage(const Reponses&);
/// A whole number of what was typed: « 12 500 € » → 12500.
std::optional<int> lire_entier(std::string_view saisi, int max);
/// The key of a Siret or a Siren, by Luhn; the establishments of La Poste have their own rule.
bool est_un_siret(std::string_view);
bool est_un_siren(std::string_view);

} // namespace demande
