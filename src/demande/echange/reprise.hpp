// What becomes of a demande of an exchange file: a new one, one that changes, one that says the same, or the
// reasons why it cannot be taken. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "demande/cycle.hpp"
#include "demande/echange/correspondance.hpp"
#include "demande/formulaire.hpp"

namespace demande::echange {

/// The demande of this number, as it stands here.
struct DejaConnue {
    Etat etat = Etat::Active;
    Date deposee_le, ancre;
    Reponses reponses;
    std::vector<std::string> communes;
    Instant version_le;                // of what it says
    std::optional<Instant> fichier_le; // of the last file that spoke of it
    bool dite_par_le_fichier = false;  // and what it says is what that file said
    bool meme_document = false;        // that file said of it, word for word, what this one says
};

enum class Sort { Nouvelle, Changee, Inchangee };

struct Decision {
    Sort sort = Sort::Inchangee;
    Enregistrement contenu;
    std::optional<Date> renouvelee_le = std::nullopt; // there, as far as the file lets it be known
};

/// interfaceNuu has no date of renewal. It still gives in progress, that day, a demande whose year and
/// tolerance have run out by what is known here (jalons): then it was renewed there, on that day at the
/// latest, from which its year is counted. Before, one cannot tell: none.
std::optional<Date> renouvelee_ailleurs(Date ancre, Date jour_du_fichier);

/// `contexte.territoire`: the territory the agent manages; its communes are read from the document.
Result<Decision, std::vector<std::string>> decider(const Element& document, Instant fichier_le,
                                                   const std::optional<DejaConnue>&, const Communes&,
                                                   Contexte contexte);

} // namespace demande::echange
