// SQL of a mailbox that was declared online and has not been proved yet. Decides nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/db.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/store.hpp"

namespace demande::espace::store {

/// The one that waits, in place of the former one.
void attendre_adresse(db::Transaction&, std::string_view secret, const demande::store::Fiche&,
                      const std::string& demandeur, std::string_view courriel, std::string_view code,
                      Instant le, Instant expire_le);
/// What this account declared for this demande and may still prove.
std::optional<std::string> adresse_attendue(db::Transaction&, const std::string& demande,
                                            const std::string& demandeur, Instant le);
struct EssaiDAdresse {
    Verdict verdict = Verdict::Perime;
    std::string courriel; // of a right code
};
/// Counts the try, then compares; a right code is used up.
EssaiDAdresse essayer_adresse(db::Transaction&, std::string_view secret, const std::string& demande,
                              const std::string& demandeur, std::string_view code, Instant le);
/// Nothing waits any more for this demande.
void oublier_adresse(db::Transaction&, const std::string& demande);
/// Those that nobody proved in time; how many.
std::int64_t purger_adresses(db::Transaction&, Instant maintenant);

} // namespace demande::espace::store
