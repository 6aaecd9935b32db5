// The yearly life of demandes, by the days of their anchor: notices, reminders, the end of validity. Whatever
// day it runs, it does what is right that day; each demande moves on in one row, so that a cut loses and
// doubles nothing.
#include <algorithm>

#include "base/step.hpp"
#include "courrier/store.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/annoncer.hpp"
#include "demande/echeancier.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/store_preavis.hpp"
#include "demande/taches.hpp"
#include "demande/territoires.hpp"

namespace demande {

namespace {
namespace annee_des_demandes {

const compte::Agent automate{"", "Tâche automatique", "", {}};
constexpr std::string_view territoire_le_plus_a_l_est = "974";

/// Who was removed and may come back is told so once, a month before the last day.
bool avancer_radiee(db::Transaction& tx, const store::Due& d, const std::string& site, Instant le)
{
    const auto jour = jour_legal(le, d.territoire);
    auto fin = store::derniere_radiation(tx, d.id);
    const bool a_dire =
        fin && fin->dernier_jour && d.etape != Etape::DernierMois && jour <= *fin->dernier_jour;
    if (!a_dire) return store::avancer(tx, d, d.etat, d.etape, std::nullopt);
    const auto par =
        canaux_du_preavis(d.reponses, d.en_ligne, boites_de_l_annee(d.reponses, store::suiveurs(tx, d.id)));
    const auto prevu = dernier_mois(*fin->dernier_jour, va_par_la_poste(par));
    if (jour < prevu)
        return d.a_revoir_le != base::to_iso(prevu) && store::avancer(tx, d, d.etat, d.etape, prevu);
    if (!store::avancer(tx, d, d.etat, Etape::DernierMois, std::nullopt)) return false;
    fin->fin = Fin::DernierMois;
    annoncer(tx, d, *fin, site, le);
    if (std::ranges::find(par, Canal::Courriel) != par.end())
        store::noter(tx, d.id, d.territoire, Evenement::Relance, automate, le);
    return true;
}

/// What the letter of a step says.
Annonce lettre_de(Etape etape, const Jalons& j)
{
    const auto fin = etape == Etape::Expiration      ? Fin::Expiration
                     : etape == Etape::DernierRappel ? Fin::DernierRappel
                                                     : Fin::Rappel;
    return {.fin = fin,
            .motif = {},
            .radiee_le = {},
            .dernier_jour = fin == Fin::Rappel ? j.fin_de_validite : j.fin_de_tolerance};
}

/// False when somebody else moved it meanwhile: nothing may be written, the transaction goes on without it.
bool avancer(db::Transaction& tx, const store::Due& d, const std::string& site, Instant le)
{
    const auto jour = jour_legal(le, d.territoire);
    if (d.etat == Etat::Radiee) return avancer_radiee(tx, d, site, le);
    if (!transition(Action::Renouveler, d.etat)) return store::avancer(tx, d, d.etat, d.etape, std::nullopt);
    const auto j = jalons(d.ancre);
    const auto boites = boites_de_l_annee(d.reponses, store::suiveurs(tx, d.id));
    const auto par = canaux_du_preavis(d.reponses, d.en_ligne, boites);
    const auto voies =
        voies_de_l_annee(par, boites, d.etape ? store::remises(tx, d.id, d.ancre) : std::vector<Remise>{});
    const auto f = a_faire(j, voies, d.etape, jour);
    // Looked at before its day began in its territory, or already planned.
    const auto prevu = f.ensuite ? base::to_iso(*f.ensuite) : std::string{};
    if (f.derniere == d.etape && prevu == d.a_revoir_le) return false;
    auto etat = d.etat;
    if (f.preavis)
        if (const auto* t = transition(Action::Prevenir, etat)) etat = t->vers;
    if (f.expirer)
        if (const auto* t = transition(Action::Expirer, etat)) etat = t->vers;
    if (!store::avancer(tx, d, etat, f.derniere, f.ensuite)) return false;
    if (f.preavis)
        for (const auto canal : par) {
            const bool obligatoire = est_obligatoire(par, canal);
            const auto du_le = envoi_du_preavis(j, canal);
            if (canal == Canal::Courrier)
                store::preparer_lettre(tx, d, adresse_postale(d.reponses), obligatoire, du_le, jour, le);
            else
                for (const auto& [sujet, boite] : a_chacune(tx, d, boites, site))
                    // Warned by a mailbox that nobody proved, only when there is no other.
                    store::preparer_courriel(
                        tx, d, courrier::enqueue(tx, courriels::preavis(sujet, j, jour), le),
                        obligatoire && boite.du_demandeur && (boite.sure || !boites.front().sure), du_le, le);
        }
    // Looked at once more, whatever wrote the notice.
    if (f.expirer || f.message == Etape::DernierRappel) store::tenir_radiable(tx, d.id, jour);
    if (f.expirer) store::noter(tx, d.id, d.territoire, Evenement::Expiration, automate, le);
    if (f.message && va_en_lettre(*f.message, voies))
        store::preparer_annonce(tx, d, adresse_postale(d.reponses), lettre_de(*f.message, j), jour, le);
    if (f.message && !boites.empty()) {
        for (const auto& [sujet, boite] : a_chacune(tx, d, boites, site))
            courrier::enqueue(tx, courriels::rappel(sujet, *f.message, j), le);
        if (*f.message != Etape::Expiration)
            store::noter(tx, d.id, d.territoire, Evenement::Relance, automate, le);
    }
    return f.preavis || f.expirer || f.message;
}

/// A notice whose message has left, or never will.
struct Constate {
    store::CourrielEnRoute preavis;
    courrier::EtatCourriel courriel;
};

/// False when it was written down meanwhile.
bool constater(db::Transaction& tx, const Constate& c, Instant maintenant)
{
    const auto d = store::due(tx, c.preavis.demande);
    if (!d) return false;
    const bool parti = c.courriel.etat == courrier::Etat::Envoye;
    const auto le = parti ? *c.courriel.envoye_le : maintenant;
    const auto jour = jour_legal(le, d->territoire);
    if (!(parti ? store::preavis_parti(tx, c.preavis.id, jour)
                : store::preavis_revenu(tx, c.preavis.id, jour, "courriel_refuse")))
        return false;
    store::noter(tx, d->id, d->territoire, parti ? Evenement::PreavisEnvoye : Evenement::PreavisEchec,
                 automate, le, "courriel");
    // Nothing else carries it, and the year goes on here: by post.
    if (!parti && transition(Action::Renouveler, d->etat) && c.preavis.ancre == d->ancre &&
        store::reste_a_prevenir(tx, *d) &&
        !refus_de_traiter(gestion::store::orienter(tx, d->territoire, maintenant)))
        store::lettre_a_la_place(tx, *d, adresse_postale(d->reponses), jour, maintenant);
    return true;
}

/// What became of the notices in the outbox.
std::int64_t constater_les_envois(App& app, const std::stop_token& arret)
{
    std::int64_t constates = 0;
    std::string apres;
    while (!arret.stop_requested()) {
        std::vector<Constate> finis;
        {
            // Most are still on their way when the mail server is away: found out without waiting for the
            // writers.
            auto tx = app.db.read();
            const auto lot = store::courriels_en_route(tx, apres);
            if (lot.empty()) break;
            apres = lot.back().id;
            for (const auto& p : lot) {
                auto c = courrier::etat_du_courriel(tx, p.courriel);
                if (c && (c->etat == courrier::Etat::Envoye || c->etat == courrier::Etat::Refuse))
                    finis.push_back({p, *std::move(c)});
            }
        }
        if (finis.empty()) continue;
        constates += app.db.write([&](db::Transaction& tx) {
            return std::ranges::count_if(
                finis, [&](const Constate& c) { return constater(tx, c, app.clock.now()); });
        });
    }
    return constates;
}

} // namespace annee_des_demandes
} // namespace

std::int64_t suivre_les_echeances(App& app, const std::stop_token& arret)
{
    namespace ici = annee_des_demandes;
    auto faites = ici::constater_les_envois(app, arret);
    // The day begins first in the east, in La Réunion. Those further west that it finds too early wait.
    const auto le = app.clock.now();
    const auto jusqu_a = jour_legal(le, ici::territoire_le_plus_a_l_est);
    // Whoever renews on another site is told nothing by this one.
    const auto sauf = [&] {
        auto tx = app.db.read();
        return gestion::store::ailleurs(tx, le);
    }();
    std::string jour_apres, id_apres;
    while (!arret.stop_requested()) {
        const auto n = app.db.write([&](db::Transaction& tx) -> std::int64_t {
            const auto lot = store::dues(tx, jusqu_a, jour_apres, id_apres, sauf);
            if (lot.empty()) return -1;
            std::int64_t avancees = 0;
            for (const auto& d : lot) avancees += ici::avancer(tx, d, app.config.base_url(), le) ? 1 : 0;
            jour_apres = lot.back().a_revoir_le;
            id_apres = lot.back().id;
            return avancees;
        });
        base::step("demandes.batch");
        if (n < 0) break;
        faites += n;
    }
    return faites;
}

} // namespace demande
