// The periodic task of candidatures: whatever day it runs it does what is right that day, each dwelling in a
// transaction of its own.
#include "demande/candidature/taches.hpp"

#include "base/log.hpp"
#include "base/step.hpp"
#include "courrier/store.hpp"
#include "demande/candidature/store_vivier.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"

namespace demande::candidature {

namespace {
namespace candidatures_suivies {

constexpr int lots_par_tour = 100;

/// What a moment brings to a dwelling.
struct Constat {
    std::vector<Candidature> parties;                      // the message left in time
    std::vector<std::pair<std::string, bool>> non_remises; // whether the message will never leave
    Changements changements;

    [[nodiscard]] bool vide() const { return parties.empty() && non_remises.empty() && changements.empty(); }
};

/// An offer reaches its household the day its message leaves: until then its delay has not begun, whatever
/// the day (CCH R. 441-10).
Constat constater(db::Transaction& tx, const store::Ouvert& o, Instant le)
{
    const auto& territoire = o.dossier.logement.territoire;
    const auto jour = jour_legal(le, territoire);
    Constat out;
    auto d = o.dossier;
    for (auto& c : d.candidatures) {
        const auto& qui = o.candidat(c.id);
        if (c.etat != Etat::Attribuee || qui.offre_courriel.empty()) continue;
        const auto m = courrier::etat_du_courriel(tx, qui.offre_courriel);
        if (!m) continue; // its trace is erased: long ago
        if (m->envoye_le) {
            out.changements = constater_l_envoi(d, c.id, jour_legal(*m->envoye_le, territoire));
            if (out.changements.empty() && qui.a_revoir_le != store::a_revoir_ecrit(c))
                out.parties.push_back(c);
        } else if (const bool perdue = m->etat == courrier::Etat::Refuse;
                   perdue || (c.repondre_avant && jour > *c.repondre_avant)) {
            out.non_remises.emplace_back(c.id, perdue);
            c.repondre_avant.reset();
        }
    }
    if (out.changements.empty())
        out.changements = echoir(d, jour, gestion::store::ici_depuis(tx, territoire, jour));
    return out;
}

/// False when nothing moved, or somebody else moved it meanwhile.
bool suivre_un_logement(App& app, const std::string& id)
try {
    const auto le = app.clock.now();
    // Writers are not asked for when there is nothing to write: a message may wait for hours.
    {
        auto tx = app.db.read();
        const auto o = store::ouvrir(tx, id);
        // Elsewhere no delay runs here: nobody could answer (CCH R. 441-10).
        if (!o || !se_traitent_ici(gestion::store::orienter(tx, o->dossier.logement.territoire, le)) ||
            constater(tx, *o, le).vide())
            return false;
    }
    return app.db.write([&](db::Transaction& tx) {
        const auto o = store::ouvrir(tx, id);
        if (!o) return false;
        const auto c = constater(tx, *o, le);
        for (const auto& partie : c.parties) store::offre_partie(tx, partie);
        for (const auto& [candidature, perdue] : c.non_remises)
            store::offre_non_remise(tx, candidature, perdue);
        if (c.changements.empty()) return false;
        conclure(tx, *o, c.changements, {{"", "Tâche automatique", "", {}}, "La plateforme"}, le);
        return true;
    });
} catch (const db::Conflict&) {
    return false;              // an agent was quicker: the next run looks again
} catch (const base::Bug& e) { // one that cannot be read stops no other
    base::log(base::Level::Error, "candidatures.echec", {{"logement", id}, {"raison", e.what()}});
    return false;
}

} // namespace candidatures_suivies
} // namespace

std::int64_t suivre_les_candidatures(App& app, const std::stop_token& arret)
{
    // Writers are not asked for when there is nothing to write. A whole country to catch up with takes
    // several turns, so that the other tasks have theirs.
    for (int lot = 0; lot < candidatures_suivies::lots_par_tour && !arret.stop_requested(); ++lot) {
        if (auto tx = app.db.read(); !store::vivier_a_tenir(tx, app.clock.now())) break;
        app.db.write([&](db::Transaction& tx) { store::tenir_le_vivier(tx, app.clock.now()); });
        base::step("candidatures.vivier");
    }
    // The day begins first in the east.
    const auto jusqu_a = base::local_date(app.clock.now().plus_seconds(14L * 3600), "UTC");
    std::int64_t avances = 0;
    store::ARevoir apres;
    while (!arret.stop_requested()) {
        std::vector<store::ARevoir> lot;
        {
            auto tx = app.db.read();
            lot = store::a_revoir(tx, jusqu_a, apres);
        }
        if (lot.empty()) break;
        // Those left wait for their message, or begin their day later, further west: nobody waits for them.
        apres = lot.back();
        for (const auto& x : lot) {
            avances += candidatures_suivies::suivre_un_logement(app, x.logement) ? 1 : 0;
            base::step("candidatures.batch");
        }
    }
    return avances;
}

} // namespace demande::candidature
