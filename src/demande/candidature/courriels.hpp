// The messages about a candidature: one at each thing the applicant must know or do. Pure: values in,
// messages out. A subject names nobody, and no message names another household.
#pragma once

#include <optional>

#include "demande/candidature/regles.hpp"
#include "demande/courriels.hpp"

namespace demande::candidature::courriels {

/// What a change calls to write; nothing for those that only the file needs.
std::optional<courrier::Courriel> apres(const demande::courriels::Sujet&, Action, const Candidature&,
                                        const Logement&, std::string_view commune);

/// A yes or a no was noted, by this organisation or (empty) by an account that reads the demande. Names
/// nobody and gives no address: who reads this mailbox may not be who answered.
courrier::Courriel reponse_notee(const std::string& demande, const std::string& boite, const Changement&,
                                 const Logement&, std::string_view commune, const std::string& notee_par);

/// To the mailbox of the bailleur: an applicant answered, at this address. Names nobody.
courrier::Courriel reponse(const std::string& boite, const Logement&, bool acceptee, const std::string& url);

} // namespace demande::candidature::courriels
