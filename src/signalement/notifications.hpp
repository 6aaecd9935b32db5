// Who is told of each decision: reads the people concerned and writes their messages in the outbox, in the
// decision's own transaction. The words are in courriels.cpp.
#pragma once

#include "app.hpp"
#include "signalement/regles.hpp"
#include "signalement/signalement.hpp"

namespace signalement::notifications {

void changement(App&, db::Transaction&, const Dossier&, const Changement&, const compte::Agent& par);
void affectations(App&, db::Transaction&, const Dossier&, const NouvellesAffectations&);
void reponse(App&, db::Transaction&, const Dossier&, const ReponseAffectation&, const compte::Agent& par);
/// `par` empty: the depositor wrote.
void suivi(App&, db::Transaction&, const Dossier&, const NouveauSuivi&);
/// An entry that existed is now shown to the depositor.
void devenu_visible(App&, db::Transaction&, const Dossier&, const Suivi&, Instant le);

} // namespace signalement::notifications
