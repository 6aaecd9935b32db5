// A whole exchange file, in or out: loads, asks the rules, saves. All of a file is taken, or nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/doublons.hpp"
#include "demande/droits.hpp"
#include "demande/echange/lecture.hpp"
#include "demande/echange/reprise.hpp"
#include "demande/echange/store_echange.hpp"

namespace demande::echange {

/// Those of these guichets that manage the demandes of their territory (CCH R. 441-2-5, II).
std::vector<Guichet> gestionnaires(const std::vector<Guichet>&);

struct Bilan {
    Instant fichier_le;
    int nouvelles = 0, changees = 0, inchangees = 0;
    int renouvelees = 0;      // there, among those that are known
    int doublons = 0;         // demandes of somebody who may have another one here: shown, never refused
    int refusees = 0;         // demandes, or the file itself
    std::vector<Refus> refus; // their reasons, in the order of the file
};

/// What a whole file does, decided against what was known at one moment. Everything that is read, compared
/// and checked is done by then: writing it is short.
struct Plan {
    /// Another demande that may be of the same person: one that is here, or one of the file, by its number.
    struct Semblable {
        std::string demande, numero;
        Ressemblance ressemblance = Ressemblance::Proche;
    };
    struct Ligne {
        std::string numero;
        Decision decision;
        std::string demande;               // empty: a new one
        std::int64_t version = 0;          // of the demande that was compared
        std::optional<Instant> fichier_le; // of the last file that spoke of it
        std::string document;              // to be kept; empty: nothing to keep
        std::vector<Semblable> semblables;
    };
    Bilan bilan;
    std::vector<Ligne> lignes; // those that have something to write
};

/// What the file would do for the manager of a territory; reads only.
Plan preparer(db::Transaction&, const Guichet& gestionnaire, std::string_view fichier, std::string_view cle,
              Instant le, const Limites& = {});
/// Does it. When what was compared has changed since, everything is refused: nothing is written, and the file
/// is to be looked at again.
Bilan appliquer(db::Transaction&, const Guichet& gestionnaire, Plan, const compte::Agent& par,
                std::string_view cle, Instant le);
/// Both, the writers being asked for by the second only.
Bilan importer(db::Database&, const Guichet& gestionnaire, std::string_view fichier, const compte::Agent& par,
               std::string_view cle, Instant le, const Limites& = {});

/// One demande in the words of the exchange file; nothing when the guichet may not read it or when it is not
/// in progress. The consultation is a line of its history.
std::optional<std::string> exporter_une(db::Transaction&, const std::string& demande, const Guichet&,
                                        const compte::Agent& par, std::string_view cle, Instant le);
/// Appends the demandes that changed after the cursor to a file, moves it on; false when there are no more.
bool exporter_un_lot(db::Transaction&, const Guichet& gestionnaire, store::Curseur&, const compte::Agent& par,
                     std::string_view cle, Instant le, std::string& out);

} // namespace demande::echange
