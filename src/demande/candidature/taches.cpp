// The periodic task of candidatures: whatever day it runs it does what is right that day, each dwelling in a
// transaction of its own.
#include "demande/candidature/taches.hpp"

#include "base/step.hpp"
#include "courrier/store.hpp"
#include "demande/candidature/store_vivier.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/jalons.hpp"

namespace demande::candidature {

namespace {
namespace candidatures_suivies {

constexpr int lots_par_tour = 100;

/// An offer whose message came back reached nobody: its delay has not begun, whatever the day (CCH R.
/// 441-10).
std::size_t rendre_les_offres_perdues(db::Transaction& tx, const store::Ouvert& o)
{
    std::size_t perdues = 0;
    for (const auto& c : o.dossier.candidatures) {
        const auto& courriel = o.candidat(c.id).offre_courriel;
        if (c.etat != Etat::Attribuee || !c.repondre_avant || courriel.empty()) continue;
        const auto m = courrier::etat_du_courriel(tx, courriel);
        if (m && m->etat != courrier::Etat::Envoye) {
            store::offre_non_remise(tx, c.id);
            ++perdues;
        }
    }
    return perdues;
}

/// False when somebody else moved it meanwhile.
bool echoir_un_logement(App& app, const std::string& id)
{
    try {
        return app.db.write([&](db::Transaction& tx) {
            const auto le = app.clock.now();
            auto o = store::ouvrir(tx, id);
            if (!o) return false;
            if (rendre_les_offres_perdues(tx, *o) > 0) o = store::ouvrir(tx, id);
            const auto jour = jour_legal(le, o->dossier.logement.territoire);
            const auto c = echoir(o->dossier, jour);
            if (c.empty()) return false;
            conclure(tx, *o, c, {{"", "Tâche automatique", "", {}}, "La plateforme"}, le);
            return true;
        });
    } catch (const db::Conflict&) {
        return false; // an agent was quicker: the next run looks again
    }
}

} // namespace candidatures_suivies
} // namespace

std::int64_t suivre_les_candidatures(App& app, const std::stop_token& arret)
{
    // Writers are not asked for when there is nothing to write; a whole country to catch up with takes
    // several turns, so that the other tasks have theirs.
    for (int lot = 0; lot < candidatures_suivies::lots_par_tour && !arret.stop_requested(); ++lot) {
        if (auto tx = app.db.read(); !store::vivier_a_tenir(tx)) break;
        app.db.write([&](db::Transaction& tx) { store::tenir_le_vivier(tx, app.clock.now()); });
        base::step("candidatures.vivier");
    }
    // The day begins first in the east.
    const auto jusqu_a = base::local_date(app.clock.now().plus_seconds(14L * 3600), "UTC");
    std::int64_t avances = 0;
    while (!arret.stop_requested()) {
        std::vector<std::string> lot;
        {
            auto tx = app.db.read();
            lot = store::logements_a_revoir(tx, jusqu_a);
        }
        std::int64_t faits = 0;
        for (const auto& id : lot) {
            faits += candidatures_suivies::echoir_un_logement(app, id) ? 1 : 0;
            base::step("candidatures.batch");
        }
        avances += faits;
        // Those left begin their day later, further west.
        if (faits == 0) break;
    }
    return avances;
}

} // namespace demande::candidature
