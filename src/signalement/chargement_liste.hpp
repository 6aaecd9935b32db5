// What every page that shows the filters of the list loads: the list itself, statistics.
#pragma once

#include "http/web.hpp"
#include "signalement/views.hpp"

namespace signalement {

/// Reads the address into the page: what it asks, what it asks that nobody understands, what may be asked.
void lire_filtres(db::Transaction&, const http::Request&, const compte::Agent&, views::PageListe&);
/// The committees to choose among: only those who read a whole territory do.
db::Later<std::vector<views::Choisissable>> demander_comites(db::Transaction&, const compte::Agent&);
/// The rest of what there is to choose, and the names of what was chosen.
void offrir_les_choix(db::Transaction&, const compte::Agent&, views::PageListe&);

} // namespace signalement
