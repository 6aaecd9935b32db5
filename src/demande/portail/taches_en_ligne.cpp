// The reminder of a demande that nobody corrects.
#include "demande/portail/taches_en_ligne.hpp"

#include "compte/pages_communs.hpp"
#include "courrier/store.hpp"
#include "demande/portail/controle.hpp"
#include "demande/portail/courriels.hpp"
#include "demande/portail/store_en_ligne.hpp"

namespace demande::portail {

std::int64_t rappeler_les_corrections(App& app, const std::stop_token& arret)
{
    const auto le = app.clock.now();
    const auto avant = a_rappeler_avant(le);
    std::int64_t total = 0;
    std::string apres;
    while (!arret.stop_requested()) {
        const auto lot = app.db.write([&](db::Transaction& tx) {
            auto lues = store::non_corrigees(tx, avant, apres);
            for (const auto& d : lues)
                courrier::enqueue(
                    tx,
                    courriels::bientot_effacee({.demande = d.id,
                                                .territoire = d.territoire,
                                                .courriel = d.courriel,
                                                .lien = compte::pages::adresse(app, "/ma-demande")},
                                               gardee_jusqu_au(d.renvoyee_le, d.territoire)),
                    le);
            return lues;
        });
        if (lot.empty()) break;
        total += static_cast<std::int64_t>(lot.size());
        apres = lot.back().id;
    }
    return total;
}

} // namespace demande::portail
