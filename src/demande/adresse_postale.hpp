// Where a letter for an applicant goes, as the lines of an envelope (NF Z 10-011). Pure.
#pragma once

#include <string>
#include <vector>

#include "demande/reponses.hpp"

namespace demande {

/// Name, then at most five lines; the mailing address when the form gives one, else where the household
/// lives. Empty when nothing could be delivered there.
std::vector<std::string> adresse_postale(const Reponses&);

/// The name an applicant is written to by: « Madame Maëlle Kerviel ».
std::string nom_postal(const Reponses&);

} // namespace demande
