// SQL of what an applicant reads and does of their demande. Decides nothing; which demande may be read is
// demande::store::find_du_demandeur's.
#pragma once

#include <string>
#include <vector>

#include "db/db.hpp"
#include "demande/store.hpp"
#include "demande/store_pieces.hpp"
#include "demande/store_versions.hpp"
#include "journal/journal.hpp"

namespace demande::espace::store {

/// The code of the guichet that registered a demande: what comes online is its to look at.
std::string guichet_de(db::Transaction&, const std::string& demande);

/// The documents that this account may read: not those of somebody who left the demande, nor those that prove
/// violence, unless this account gave them. Who gives one online is not noted: it is this account when it is
/// the one applicant of the demande since before.
std::vector<demande::store::PieceDeposee> pieces_lisibles(db::Transaction&, const demande::store::Fiche&,
                                                          const std::string& demandeur);

/// A line of the history as one of those who sign reads it: the service of an agent, never their name; for
/// the applicant alone, the name of whoever they gave a mandate to. At a distance, not even where the other
/// goes.
struct Ligne {
    journal::Entree entree;
    std::string par;
};
/// One page of it, the newest first; pages count from 1.
std::vector<Ligne> histoire(db::Transaction&, const demande::store::Fiche&, int rang, std::int64_t page,
                            std::int64_t par_page);
std::int64_t lignes_de_l_histoire(db::Transaction&, const demande::store::Fiche&, int rang);

/// What the demande said, the newest first, at most `combien`; a service in the place of its agent, as in the
/// history. Which of them its applicant reads is versions_montrees'.
std::vector<demande::store::Version> versions(db::Transaction&, const demande::store::Fiche&,
                                              std::int64_t combien);

/// The parts read again for the year of validity that ends.
std::vector<Raison> relues(db::Transaction&, const demande::store::Fiche&);
/// Nothing happens the second time.
void relire(db::Transaction&, const demande::store::Fiche&, Raison, Instant le);
/// The demande was registered or renewed online: its notices leave by e-mail from now on (CCH R. 441-2-7).
void noter_en_ligne(db::Transaction&, const std::string& demande);
/// The same at the end of a renewal: what was read again has served.
void renouvelee_en_ligne(db::Transaction&, const demande::store::Fiche&);

} // namespace demande::espace::store
