// SQL of a claim: which demande a number or an identity designates, and the code that proves it. Reads what
// no account may read yet: nothing of it is ever shown. Decides nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "demande/cycle.hpp"
#include "demande/doublons.hpp"
#include "demande/espace/aide.hpp"
#include "demande/reponses.hpp"
#include "demande/store_code.hpp"

namespace demande::espace::store {

/// Name of the key under which these codes are hashed, and sealed for their letter.
inline constexpr std::string_view secret_cle = "cle_de_demande";

struct Designee {
    std::string id, numero, territoire, guichet;
    Reponses reponses;
};
/// Those that an account may be given: registered, not erased.
std::optional<Designee> par_numero(db::Transaction&, std::string_view numero);
/// Those of the territory whose applicant is that person; at most ten.
std::vector<Designee> par_identite(db::Transaction&, std::string_view territoire, const Identite&);
std::optional<Designee> par_id(db::Transaction&, const std::string& id);

/// The one claim of an account, in place of the former one, as one of those who sign. `demande` empty: it
/// designates nothing; the row is the same, and no code opens it.
void poser_cle(db::Transaction&, std::string_view secret, const std::string& demandeur,
               const std::string& demande, std::string_view code, Instant le, Instant expire_le,
               int rang = 0);
using demande::store::Verdict;
struct Essai {
    Verdict verdict = Verdict::Perime;
    std::string demande; // of a right code
    int rang = 0;        // of those who sign it
};
/// Counts the try, then compares; a right code is used up.
Essai essayer_cle(db::Transaction&, std::string_view secret, const std::string& demandeur,
                  std::string_view code, Instant le);
/// What the claim of an account designates, if anything.
std::optional<std::string> demande_visee(db::Transaction&, const std::string& demandeur);
/// Claims that are over; how many.
std::int64_t purger_cles(db::Transaction&, Instant maintenant);

/// Until this transaction ends, no other opens or closes an access to this demande, nor gives a mandate on
/// it: what it read of them before is to be read again.
void tenir_les_acces(db::Transaction&, const std::string& demande);
struct Fermes {
    std::vector<std::string> boites; // of the accounts
    std::vector<Aide> aides;         // the mandates that ended with them
};
/// The accounts that read a demande no longer do, nor does a code already sent open it, nor whoever had a
/// mandate; those it was.
Fermes detacher(db::Transaction&, const std::string& demande, Instant le);
/// The mailboxes of the accounts that read a demande, with the day since when.
struct Acces {
    std::string courriel;
    Instant depuis;
    int rang = 0; // of those who sign
};
std::vector<Acces> acces(db::Transaction&, const std::string& demande);

} // namespace demande::espace::store
