// The messages about a candidature: one at each thing the applicant must know or do. Pure: values in,
// messages out. A subject names nobody, and no message names another household.
#pragma once

#include <optional>

#include "demande/candidature/candidature.hpp"
#include "demande/courriels.hpp"

namespace demande::candidature::courriels {

/// What a change calls to write; nothing for those that only the file needs.
std::optional<courrier::Courriel> apres(const demande::courriels::Sujet&, Action, const Candidature&,
                                        const Logement&, std::string_view commune);

/// To the mailbox of the bailleur: an applicant answered, at this address. Names nobody.
courrier::Courriel reponse(const std::string& boite, const Logement&, bool acceptee, const std::string& url);

} // namespace demande::candidature::courriels
