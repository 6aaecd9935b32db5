// The e-mails of the deposit: texts only, pure. The page enqueues them in its transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "courrier/courrier.hpp"
#include "signalement/signalement.hpp"

namespace signalement::depot {

/// The link to go on with a draft. `lien` is absolute. The address may be anybody's: the text says nothing
/// of the answers.
courrier::Courriel lien_de_reprise(std::string_view email, std::string_view lien,
                                   std::string_view territoire);

/// Template of the message that acknowledges a report.
inline constexpr std::string_view gabarit_accuse = "depot_accuse";
/// What the e-mails about a new report need beside it.
struct Envoi {
    std::string lien_deposant; // absolute
    std::string lien_occupant; // the occupant's own; absolute
    std::string lecteur;       // who reads it first: « Comité local du Havre »
};
/// What a new report sends to the depositor, and to the occupant who agreed to be written to. No address of
/// the dwelling and no désordre: an e-mail may be read by others. The back office writes to the committee.
std::vector<courrier::Courriel> courriels_du_depot(const Signalement&, const Envoi&);

} // namespace signalement::depot
