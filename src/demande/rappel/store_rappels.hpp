// SQL of the reminders that no anchor sets: documents that run out, what a day of the year says to everybody.
// Decides nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "demande/rappel/campagne.hpp"
#include "demande/rappel/peremption.hpp"

namespace demande::rappel::store {

struct PieceARappeler {
    std::string id, demande;
    PieceDatee piece;
};
/// Those whose end comes by that day, and of which nothing was said, from (`jour_apres`, `id_apres`) on: a
/// batch of fifty. `sauf`: territories whose demandes wait, kept elsewhere.
std::vector<PieceARappeler> pieces_a_rappeler(db::Transaction&, Date jusqu_a, std::string_view jour_apres,
                                              std::string_view id_apres,
                                              const std::vector<std::string>& sauf = {});
/// False when it was noted already: another run said it.
bool piece_rappelee(db::Transaction&, const std::string& id, Date jour);

/// Where a campaign stands in the territories it has begun in.
struct Avancement {
    std::string apres; // id of the last demande it was said to
    bool finie = false;
};
std::map<std::string, Avancement> avancements(db::Transaction&, const Ouverte&);
/// False when another run was quicker: nothing may be said.
bool avancer(db::Transaction&, const Ouverte&, const std::string& territoire, const Avancement& avant,
             const Avancement& apres, Date jour);

/// The communes asked, first choice first.
std::vector<std::string> communes(db::Transaction&, const std::string& demande);
/// Whether a tax notice of that income is among its documents, and was not refused.
bool avis_depose(db::Transaction&, const std::string& demande, int annee);

} // namespace demande::rappel::store
