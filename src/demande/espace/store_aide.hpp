// SQL of the mandates of help. Decides nothing; a helper's reads name the mandate they go by.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "demande/espace/aide.hpp"
#include "demande/store.hpp"

namespace demande::espace::store {

/// db::UniqueViolation when that person already has one that is open. `donneur`: the applicant's account;
/// none: a paper, that a guichet keeps.
std::string donner_aide(db::Transaction&, const demande::store::Fiche&, const Proposition&,
                        const std::optional<std::string>& donneur, Instant le);
/// Of a demande, the newest first; at most fifty.
std::vector<Aide> aides_de(db::Transaction&, const std::string& demande);
/// One of them.
std::optional<Aide> aide_de(db::Transaction&, const std::string& demande, const std::string& id);
/// Closes those of a person that nobody ended, their last day being over: another may be given. Gives them.
std::vector<Aide> clore_les_finies(db::Transaction&, const std::string& demande, Date jour, Instant le);

/// A mandate as the helper reads it before and after accepting.
struct AideRecue {
    Aide aide;
    std::string de; // « Maëlle K. »: all that is known before the answer
};
/// Given to this mailbox and not answered, or accepted by this account; the newest first, at most a hundred.
std::vector<AideRecue> aides_recues(db::Transaction&, const compte::Agent&);
std::optional<AideRecue> aide_recue(db::Transaction&, const std::string& id, const compte::Agent&);
/// The accepted one by which this account helps with this demande.
std::optional<Aide> aide_acceptee(db::Transaction&, const std::string& demande, const std::string& aidant);

/// False when it was no longer waiting.
bool accepter_aide(db::Transaction&, const std::string& id, const compte::Agent&, Instant le);
/// False when it was over already.
bool finir_aide(db::Transaction&, const std::string& id, EtatAide, Instant le);
/// Every open one of a demande; gives them, so that they are told.
std::vector<Aide> finir_les_aides(db::Transaction&, const std::string& demande, Instant le);

} // namespace demande::espace::store
