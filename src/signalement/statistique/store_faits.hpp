// Facts read from the database, and what has moved since they were.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/query.hpp"
#include "signalement/filtre/store_filtre.hpp"
#include "signalement/statistique/statistique.hpp"

namespace signalement::statistique::store {

/// Gives the facts of what a filter keeps within the reader's reach, some thousands at a time: `lot` holds
/// them until it returns.
void lire(db::Transaction&, const filtre::Regard&, const filtre::Filtre&, Lexiques&,
          const std::function<void(const Faits&)>& lot);

/// Facts without a reader, for the memory that only cribles read (memoire.hpp). `id` comes in the order of
/// the lines.
struct FaitsNommes {
    Faits faits;
    std::vector<std::string> ids;
};
FaitsNommes faits_du_territoire(db::Transaction&, const std::string& territoire, Lexiques&);
FaitsNommes faits_de(db::Transaction&, const std::vector<std::string>& ids, Lexiques&);
/// The territories that have reports.
std::vector<std::string> territoires(db::Transaction&);

/// How far somebody has read the movements, and of which run of the server: after it was replaced by another,
/// nothing of what was read counts.
struct Marque {
    std::string serveur;
    std::int64_t etape = 0;
};
struct Mouvement {
    std::string signalement, territoire;
};
/// What moved since the mark, which becomes that of now; nothing when it is not known any more, and all must
/// be read again.
inline constexpr std::size_t mouvements_max = 20'000;
std::optional<std::vector<Mouvement>> mouvements(db::Transaction&, Marque&);

/// Forgets the movements that are older than the last call but one; gives how many.
std::int64_t purger_les_mouvements(db::Database&);

/// The numbers of a territory that facts and plain counts of the tables must agree on, by the name of their
/// cell.
using Cellules = std::map<std::string, std::int64_t>;
Cellules cellules_comptees(db::Transaction&, const std::string& territoire);
Cellules cellules(const Faits&, const Lexiques&);

/// The départements of regions.
std::vector<std::string> territoires_des_regions(db::Transaction&, const std::vector<std::string>& regions);
/// The communes of a filter's codes: of communes with what joined them, or of EPCI.
std::vector<std::string> communes(db::Transaction&, const std::vector<std::string>& codes);
std::vector<std::string> communes_des_epcis(db::Transaction&, const std::vector<std::string>& sirens);

/// A département and who lives there.
struct Habitants {
    std::string territoire, nom;
    std::int64_t habitants = 0;
};
/// Those where the service is open.
std::vector<Habitants> habitants(db::Transaction&);

/// Names of codes: committees, partners, communes, territories.
std::map<std::string, std::string> noms(db::Transaction&, Axe, const std::vector<std::string>& codes);

} // namespace signalement::statistique::store
