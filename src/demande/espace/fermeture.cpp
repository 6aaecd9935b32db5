// Says that online accesses closed.
#include "demande/espace/fermeture.hpp"

#include <algorithm>

#include "courrier/store.hpp"
#include "demande/dossier.hpp"
#include "demande/espace/codemandeur.hpp"
#include "demande/espace/courriels.hpp"
#include "demande/espace/store_aide.hpp"

namespace demande::espace {

std::string guichet_qui_agit(db::Transaction& tx, const demande::store::Fiche& f, const compte::Agent& agent)
{
    if (declare_des_violences(f.reponses)) return {};
    const auto siens = demande::store::guichets_de(tx, agent.id);
    const auto g = std::ranges::find(siens, f.territoire, &Guichet::territoire);
    return g == siens.end() ? std::string{} : g->nom;
}

void dire_les_mandats_finis(db::Transaction& tx, const demande::store::Fiche& f,
                            const std::vector<Aide>& aides, const compte::Agent& par, Instant le)
{
    for (const auto& a : aides) {
        demande::store::noter(tx, f.id, f.territoire, Evenement::MandatFini, par, le, a.courriel);
        courrier::enqueue(tx, courriels::mandat_retire({f.id, f.territoire}, a.courriel), le);
    }
}

void dire_la_fermeture(db::Transaction& tx, const demande::store::Fiche& f, const store::Fermes& fermes,
                       const compte::Agent& par, Instant le)
{
    const auto guichet = guichet_qui_agit(tx, f, par);
    for (const auto& boite : fermes.boites)
        courrier::enqueue(tx, courriels::detachee({f.id, f.territoire}, boite, guichet), le);
    demande::store::noter(tx, f.id, f.territoire, Evenement::AccesFerme, par, le);
    dire_les_mandats_finis(tx, f, fermes.aides, par, le);
}

void suivre_le_changement(db::Transaction& tx, const demande::store::Fiche& avant, const Reponses& apres,
                          std::vector<std::string> boites, const compte::Agent& par, Instant le)
{
    const auto partis = deplacements(avant.reponses, apres, avant.contenu_version + 1);
    store::Fermes fermes{.boites = std::move(boites), .aides = {}};
    if (std::ranges::find(partis, "demandeur", &Deplacement::de) != partis.end())
        fermes.aides = store::finir_les_aides(tx, avant.id, le);
    if (!fermes.boites.empty())
        dire_la_fermeture(tx, avant, fermes, par, le);
    else
        dire_les_mandats_finis(tx, avant, fermes.aides, par, le);
}

} // namespace demande::espace
