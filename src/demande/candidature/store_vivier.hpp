// SQL of the demandes as candidates are looked for. Decides nothing: reads take who reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "demande/droits.hpp"

namespace demande::candidature::store {

/// What is looked for: always one commune and one number of rooms, which an index serves.
struct Recherche {
    std::string territoire, insee;
    int pieces = 1;
    std::optional<Date> deposee_avant;
    bool prioritaires = false; // declared
    bool reconnues = false;    // Dalo or another priority, recognised on `jour`
    Date jour;
    std::optional<int> acces_max; // under the ceiling of that class of financing
    // Where to read on from: the last line of the page before.
    std::string apres_jour, apres_demande;
};
struct Trouvee {
    std::string demande, numero;
    Date deposee_le;
    bool prioritaire = false;
    int acces = 9, personnes = 1;
    bool deja = false;                   // stands for this dwelling
    bool dalo = false, priorite = false; // recognised that day
};
inline constexpr std::size_t trouvees_par_page = 20;
/// The oldest deposit first; one more than a page when there is a next one.
std::vector<Trouvee> chercher(db::Transaction&, const Recherche&, const std::string& logement,
                              const std::vector<Guichet>& lecteur);

/// Whether something changed since it was last put there, or a new year began.
bool vivier_a_tenir(db::Transaction&, Instant le);
/// Puts there what changed since it last was, then what was put there in an earlier year or before ceilings
/// were imported: ceilings change
/// each 1 January (arrêté du 29 juillet 1987), and so does who is a minor. A batch; how many.
std::int64_t tenir_le_vivier(db::Transaction&, Instant le);

} // namespace demande::candidature::store
