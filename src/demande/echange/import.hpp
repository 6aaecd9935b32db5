// A whole exchange file, in or out: loads, asks the rules, saves. All of a file is taken, or nothing.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/droits.hpp"
#include "demande/echange/lecture.hpp"
#include "demande/echange/store_echange.hpp"

namespace demande::echange {

/// Those of these guichets that manage the demandes of their territory (CCH R. 441-2-5, II).
std::vector<Guichet> gestionnaires(const std::vector<Guichet>&);

struct Bilan {
    Instant fichier_le;
    int nouvelles = 0, changees = 0, inchangees = 0;
    int refusees = 0;         // demandes, or the file itself
    std::vector<Refus> refus; // their reasons, in the order of the file
};

/// What the file would do for the manager of a territory; writes nothing.
Bilan examiner(db::Transaction&, const Guichet& gestionnaire, std::string_view fichier, std::string_view cle,
               Instant le, const Limites& = {});
/// Does it, unless anything is refused: then nothing is written either.
Bilan importer(db::Transaction&, const Guichet& gestionnaire, std::string_view fichier,
               const compte::Agent& par, std::string_view cle, Instant le, const Limites& = {});

/// One demande in the words of the exchange file; nothing when the guichet may not read it or when it is not
/// in progress. The consultation is a line of its history.
std::optional<std::string> exporter_une(db::Transaction&, const std::string& demande, const Guichet&,
                                        const compte::Agent& par, std::string_view cle, Instant le);
/// Appends the demandes that changed after the cursor to a file, moves it on; false when there are no more.
bool exporter_un_lot(db::Transaction&, const Guichet& gestionnaire, store::Curseur&, const compte::Agent& par,
                     std::string_view cle, Instant le, std::string& out);

} // namespace demande::echange
