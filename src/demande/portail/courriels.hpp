// The messages of the applicant's account and of a demande deposited online. Pure: values in, messages out.
// A subject names nobody and holds no code.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "courrier/courrier.hpp"
#include "demande/portail/controle.hpp"

namespace demande::portail::courriels {

inline constexpr std::string_view gabarit_code = "code_demandeur";
/// The same message whether the mailbox has an account or not.
courrier::Courriel code(std::string courriel, std::string_view code);

/// The account has another mailbox: to the former one.
courrier::Courriel compte_change(std::string ancienne);

/// What every message about a demande typed online needs. They greet nobody by name: a mailbox may be read by
/// others.
struct Sujet {
    std::string demande, territoire, courriel;
    std::string lien; // of the applicant's own page
};
/// It was received; not the attestation.
courrier::Courriel accuse(const Sujet&, Date deposee_le);
/// It goes back: what to correct, and until when it is kept. `version` of the demande, so that each time has
/// its message.
courrier::Courriel a_corriger(const Sujet&, MotifInvalidation, std::int64_t version, Date gardee_jusqu_au);
/// Nobody corrected it, and it is about to be erased. Once for each time it went back.
courrier::Courriel bientot_effacee(const Sujet&, Date gardee_jusqu_au);
/// It is registered: to the account, whatever the mailbox that the form says.
courrier::Courriel enregistree(const Sujet&);

} // namespace demande::portail::courriels
