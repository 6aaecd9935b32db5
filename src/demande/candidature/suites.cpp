// Carries out what the rules of a candidature decided.
#include "demande/candidature/suites.hpp"

#include <algorithm>

#include "courrier/store.hpp"
#include "demande/candidature/courriels.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/jalons.hpp"

namespace demande::candidature {

namespace {
namespace prevenus {

/// A yes or a no, whoever noted it: to the accounts that read the demande, and to the mailbox on file when it
/// may be written to. Whoever did not answer learns it.
void dire_la_reponse(db::Transaction& tx, const Logement& l, const store::Candidat& qui, const Changement& x,
                     const store::Auteur& par, Instant le)
{
    std::vector<std::string> boites;
    for (auto& a : espace::store::acces(tx, qui.demande))
        if (a.rang == 0 || !qui.violences) boites.push_back(std::move(a.courriel));
    if (x.apres().joignable && std::ranges::find(boites, qui.email) == boites.end())
        boites.push_back(qui.email);
    const auto commune = noms_des_communes(tx, {l.insee}).front();
    for (const auto& boite : boites)
        courrier::enqueue(tx,
                          courriels::reponse_notee(qui.demande, boite, x, l, commune,
                                                   par.agent.id.empty() ? std::string{} : par.organisme),
                          le);
}

void prevenir(db::Transaction& tx, const Logement& l, const store::Candidat& qui, Action action,
              const Candidature& c, Instant le)
{
    if (!c.joignable || !c.en_cours) return;
    // A letter was noted as received: it said until when.
    if (action == Action::Notifier && qui.offre_courriel.empty()) return;
    const auto m = courriels::apres({.id = qui.demande,
                                     .numero = numero_lu(qui.numero),
                                     .territoire = l.territoire,
                                     .guichet = l.bailleur_nom,
                                     .email = qui.email,
                                     .nom = qui.nom},
                                    action, c, l, noms_des_communes(tx, {l.insee}).front());
    if (!m) return;
    const auto courriel = courrier::enqueue(tx, *m, le);
    if (action == Action::Attribuer || action == Action::Proposer) store::noter_courriel(tx, c.id, courriel);
}

} // namespace prevenus
} // namespace

std::string designer_et_prevenir(db::Transaction& tx, const Logement& l, const std::string& demande,
                                 const Candidature& c, const Guichet& g, const store::Auteur& par, Instant le)
{
    const auto id = store::designer(tx, l, demande, c, g, par, le);
    const auto o = store::ouvrir(tx, l);
    for (const auto& x : o.dossier.candidatures)
        if (x.id == id) prevenus::prevenir(tx, l, o.candidat(id), Action::Designer, x, le);
    return id;
}

void conclure(db::Transaction& tx, const store::Ouvert& o, const Changements& changements,
              const store::Auteur& par, Instant le, std::optional<EtatLogement> etat)
{
    const auto& l = o.dossier.logement;
    store::save(tx, o.dossier, changements, par, le, etat);
    for (auto x = changements.begin(); x != changements.end(); ++x) {
        // Ranked first is told once, by the offer that follows in the same decision.
        const bool suivi = std::any_of(std::next(x), changements.end(), [&](const Changement& autre) {
            return autre.apres().id == x->apres().id;
        });
        const auto& qui = o.candidat(x->apres().id);
        if (x->action() == Action::Accepter || x->action() == Action::Refuser)
            prevenus::dire_la_reponse(tx, l, qui, *x, par, le);
        else if (!suivi)
            prevenus::prevenir(tx, l, qui, x->action(), x->apres(), le);
    }
}

void retirer_partout(db::Transaction& tx, const std::string& demande, const compte::Agent& par, Instant le)
{
    for (const auto& id : store::logements_vises(tx, demande)) {
        auto o = store::ouvrir(tx, id);
        if (!o) continue;
        const auto jour = jour_legal(le, o->dossier.logement.territoire);
        for (const auto& c : o->candidats)
            if (c.demande == demande)
                conclure(tx, *o, retirer(o->dossier, c.candidature, jour), {par, "La plateforme"}, le);
    }
}

} // namespace demande::candidature
