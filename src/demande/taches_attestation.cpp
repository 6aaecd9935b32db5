// Attestations by e-mail: made outside any transaction, then written in the outbox once.
#include <algorithm>

#include "courrier/store.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/attestation.hpp"
#include "demande/chargement.hpp"
#include "demande/courriels.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/papier.hpp"
#include "demande/store_attestation.hpp"
#include "demande/taches.hpp"

namespace demande {

namespace {
namespace attestations_par_courriel {

/// As the guichet that registered it reads it.
std::optional<store::Fiche> fiche(db::Transaction& tx, const store::AttestationEnRoute& a)
{
    const auto g = store::find_guichet(tx, a.guichet);
    return g ? store::find(tx, a.demande, {*g}, {}) : std::nullopt;
}

std::int64_t preparer(App& app, const store::AttestationEnRoute& a)
{
    const auto le = app.clock.now();
    std::optional<store::Fiche> f;
    std::optional<AttestationDe> de;
    {
        auto tx = app.db.read();
        f = fiche(tx, a);
        // It waits for its territory to come back: the new manager gives its own meanwhile.
        if (f && se_traitent_ici(gestion::store::orienter(tx, f->territoire, le)))
            de = charger_attestation(tx, *f, le);
    }
    if (!de) return 0;
    // Ten milliseconds of work, during which nobody waits for the database.
    auto fichier = document::print(imprimes::attestation(attestation(*de), *de), de->aujourd_hui);
    return app.db.write([&](db::Transaction& tx) -> std::int64_t {
        // Nothing may have changed since it was read: the address, a violence declared, a renewal.
        if (!store::attestation_mise_en_route(tx, *f,
                                              peut_partir_par_courriel(f->reponses) && est_en_cours(f->etat)))
            return 0;
        courrier::enqueue(
            tx,
            courriels::attestation({.id = f->id,
                                    .numero = de->numero,
                                    .territoire = f->territoire,
                                    .guichet = f->guichet,
                                    .email = f->reponses.texte("demandeur.email"),
                                    .nom = nom_postal(f->reponses)},
                                   f->ancre,
                                   est_renouvelee(f->ancre, jour_legal(f->enregistree_le, f->territoire)),
                                   std::move(fichier.bytes)),
            le);
        return 1;
    });
}

/// Handed over once a mail server has taken it; left to the guichet when none ever will.
std::int64_t constater(App& app, const store::AttestationEnRoute& a)
{
    // At each wake, most are still on their way: found out without waiting for the writers.
    const bool finie = [&] {
        auto tx = app.db.read();
        const auto partis = courrier::etat_des_courriels(tx, "demande", a.demande); // the newest first
        const auto elle =
            std::ranges::find(partis, courriels::gabarit_attestation, &courrier::EtatCourriel::gabarit);
        return elle != partis.end() &&
               (elle->etat == courrier::Etat::Envoye || elle->etat == courrier::Etat::Refuse);
    }();
    if (!finie) return 0;
    return app.db.write([&](db::Transaction& tx) -> std::int64_t {
        for (const auto& c : courrier::etat_des_courriels(tx, "demande", a.demande)) {
            if (c.gabarit != courriels::gabarit_attestation) continue;
            if (c.etat == courrier::Etat::Envoye) {
                const auto f = fiche(tx, a);
                if (f) store::noter_attestation(tx, *f, {"", "Envoi par courriel", "", {}}, *c.envoye_le);
            } else if (c.etat != courrier::Etat::Refuse)
                return 0;
            store::attestation_arrivee(tx, a.demande);
            return 1;
        }
        return 0;
    });
}

template <class Lot, class Chacune>
std::int64_t parcourir(App& app, const std::stop_token& arret, Lot lot, Chacune chacune)
{
    std::int64_t faites = 0;
    std::string apres;
    while (!arret.stop_requested()) {
        std::vector<store::AttestationEnRoute> a_faire;
        {
            auto tx = app.db.read();
            a_faire = lot(tx, apres);
        }
        if (a_faire.empty()) break;
        for (const auto& a : a_faire) {
            if (arret.stop_requested()) break;
            faites += chacune(app, a);
            apres = a.demande;
        }
    }
    return faites;
}

} // namespace attestations_par_courriel
} // namespace

std::int64_t suivre_les_attestations(App& app, const std::stop_token& arret)
{
    namespace ici = attestations_par_courriel;
    return ici::parcourir(app, arret, store::attestations_en_route, ici::constater) +
           ici::parcourir(app, arret, store::attestations_a_preparer, ici::preparer);
}

} // namespace demande
