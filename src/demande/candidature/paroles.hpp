// A candidature in plain French, as the applicant reads it (CCH R. 441-2-15 and R. 441-2-17): what happened,
// where it stands, what comes next. Pure.
#pragma once

#include <string>
#include <vector>

#include "demande/candidature/candidature.hpp"

namespace demande::candidature {

/// « T3 de 62 m² à Rouen ».
std::string en_bref(const Logement&, std::string_view commune);
/// « 412,50 € de loyer et 85 € de charges par mois ».
std::string cout(const Logement&);
/// What happened: one sentence. `jour`, `texte`, `rang`: as the event was written.
std::string phrase(Action, std::string_view organisme, int rang, std::optional<Date> jour,
                   std::string_view texte);
/// Where it stands and what the applicant may do: one or two sentences.
std::string ou_en_est(const Candidature&, std::string_view bailleur);
/// What the line of the history adds to its event; empty when the event says it all.
std::string_view dans_l_histoire(Action);
/// The words of a reason, whichever list it is of; itself when it is none.
std::string motif_en_mots(std::string_view slug);

} // namespace demande::candidature
