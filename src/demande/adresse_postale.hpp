// Where a letter for an applicant goes, as the lines of an envelope (NF Z 10-011). Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/reponses.hpp"

namespace demande {

/// Name, then at most five lines; the mailing address when the form gives one, else where the household
/// lives. Empty when nothing could be delivered there.
std::vector<std::string> adresse_postale(const Reponses&);
/// To whoever signs with the applicant (« codemandeur.1. »), where the household lives: the mailing address
/// is the applicant's alone.
std::vector<std::string> adresse_du_foyer(const Reponses&, const std::string& prefixe);

/// From which of those who sign on a letter of access that waits to be printed must not leave any more, given
/// what the demande says now: 0, of all of them, violence having been declared; 1, of the codemandeurs alone,
/// whose home is no longer sure. None: they leave.
std::optional<int> lettres_a_retenir(const Reponses& avant, const Reponses& apres);

/// « codemandeur.1. »: where the form writes about a codemandeur.
std::string prefixe_du_signataire(int rang);
/// Those who sign with the applicant, whom only the post reaches where the household lives: none where
/// violence or a separation is declared, since they may not live there. `suivis`: the ranks of accounts.
std::vector<int> signataires_par_la_poste(const Reponses&, const std::vector<int>& suivis);

/// The name somebody is written to by: « Madame Maëlle Kerviel ».
std::string nom_postal(const Reponses&, const std::string& prefixe = "demandeur.");

} // namespace demande
