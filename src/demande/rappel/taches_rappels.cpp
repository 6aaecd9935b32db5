// Reminders of documents and of the year: each one is noted in the transaction that writes it, so that a cut
// loses and doubles nothing.
#include "demande/rappel/taches_rappels.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "base/step.hpp"
#include "courrier/store.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/annoncer.hpp"
#include "demande/chargement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/rappel/store_rappels.hpp"
#include "demande/store.hpp"
#include "demande/store_plafonds.hpp"
#include "demande/territoires.hpp"

namespace demande::rappel {

namespace {
namespace rappels {

const compte::Agent automate{"", "Tâche automatique", "", {}};
constexpr std::string_view territoire_le_plus_a_l_est = "974";
/// Looked at in one turn: some minutes of a mail server, so that an offer of today does not wait for the tax
/// notices of a country.
constexpr std::int64_t demandes_par_tour = 2000;
constexpr std::int64_t demandes_par_lot = 50;

/// A message, and what of it whoever reads a mailbox may know.
struct Message {
    std::string_view gabarit;
    std::string objet, bouton, cle;
    std::function<std::vector<std::string>(bool lit_tout)> phrases;
};

/// To each mailbox of the demande; whether one of them takes its messages.
bool envoyer(db::Transaction& tx, const demande::store::Due& d, const Message& m, const std::string& site,
             Instant le)
{
    const auto boites = boites_de_l_annee(d.reponses, demande::store::suiveurs(tx, d.id));
    const auto voies = voies_de_l_annee(canaux_du_preavis(d.reponses, d.en_ligne, boites), boites,
                                        demande::store::remises(tx, d.id, d.ancre));
    if (!voies.boite) return false;
    for (const auto& [sujet, boite] : a_chacune(tx, d, boites, site))
        courrier::enqueue(
            tx,
            courriels::information(sujet, m.gabarit, m.objet, m.phrases(lit_tout(boite)), m.bouton, m.cle),
            le);
    return true;
}

/// Whether somebody is told.
bool dire_la_piece(db::Transaction& tx, const store::PieceARappeler& p, const std::string& site, Instant le)
{
    const auto d = demande::store::due(tx, p.demande);
    if (!d) return false;
    const auto jour = jour_legal(le, d->territoire);
    const auto sort = est_en_cours(d->etat) ? rappel::sort(p.piece, d->reponses, jour) : Sort::Taire;
    if (sort == Sort::Attendre || !store::piece_rappelee(tx, p.id, jour) || sort == Sort::Taire) return false;
    const auto dite = piece_dite(p.piece, d->reponses);
    const auto numero = numero_lu(d->numero);
    if (envoyer(tx, *d,
                {.gabarit = "piece_a_renouveler",
                 .objet = std::string{titre_de_la_piece},
                 .bouton = "Déposer le document",
                 .cle = p.id,
                 .phrases = [&](bool lit_tout) { return phrases(dite, numero, jour, lit_tout); }},
                site, le)) {
        demande::store::noter(tx, d->id, d->territoire, Evenement::Relance, automate, le, "piece");
        return true;
    }
    const auto adresse = adresse_postale(d->reponses);
    demande::store::preparer_lettre_de_piece(tx, *d, adresse, en_texte(dite), jour, le);
    return !adresse.empty();
}

std::int64_t dire_les_pieces(App& app, const std::vector<std::string>& ailleurs, const std::stop_token& arret)
{
    const auto le = app.clock.now();
    const auto jusqu_a = base::plus_days(jour_legal(le, territoire_le_plus_a_l_est), jours_avant_peremption);
    std::string jour_apres, id_apres;
    std::int64_t dites = 0;
    while (!arret.stop_requested()) {
        {
            // Most often nothing is due: found out without waiting for the writers.
            auto tx = app.db.read();
            if (store::pieces_a_rappeler(tx, jusqu_a, jour_apres, id_apres, ailleurs).empty()) break;
        }
        std::vector<store::PieceARappeler> lot;
        dites += app.db.write([&](db::Transaction& tx) {
            lot = store::pieces_a_rappeler(tx, jusqu_a, jour_apres, id_apres, ailleurs);
            return std::ranges::count_if(
                lot, [&](const auto& p) { return dire_la_piece(tx, p, app.config.base_url(), le); });
        });
        if (lot.empty()) break;
        jour_apres = base::to_iso(lot.back().piece.expire_le);
        id_apres = lot.back().id;
        base::step("demandes.batch");
    }
    return dites;
}

/// Whether this one is told.
bool dire_la_campagne(db::Transaction& tx, const Ouverte& o, const demande::store::Due& d,
                      const Baremes& baremes, const std::string& site, Instant le)
{
    if (d.ancre >= o.depuis) return false;
    const Concernee c{.reponses = d.reponses,
                      .communes = store::communes(tx, d.id),
                      .ancre = d.ancre,
                      .avis_depose = store::avis_depose(tx, d.id, annee_de_l_avis(o)),
                      .baremes = baremes};
    const auto t = texte(o, c, numero_lu(d.numero));
    const auto campagne = base::slug_of(campagnes, o.campagne);
    if (!t || !envoyer(tx, d,
                       {.gabarit = campagne,
                        .objet = t->objet,
                        .bouton = t->bouton,
                        .cle = base::to_iso(o.depuis),
                        .phrases = [&](bool lit_tout) { return lues(*t, lit_tout); }},
                       site, le))
        return false;
    demande::store::noter(tx, d.id, d.territoire, Evenement::Relance, automate, le, std::string{campagne});
    return true;
}

/// Where a campaign goes on, each territory on its own day.
struct AFinir {
    Ouverte ouverte;
    std::string territoire;
    store::Avancement ou;
};
std::vector<AFinir> a_finir(App& app, const std::vector<std::string>& ailleurs)
{
    const auto le = app.clock.now();
    std::vector<AFinir> out;
    std::vector<std::pair<Ouverte, std::map<std::string, store::Avancement>>> connues;
    auto tx = app.db.read();
    for (const auto& territoire : territoires()) {
        if (std::ranges::find(ailleurs, territoire) != ailleurs.end()) continue;
        for (const auto& o : ouvertes(jour_legal(le, territoire))) {
            auto c = std::ranges::find(connues, o, &decltype(connues)::value_type::first);
            if (c == connues.end()) c = connues.insert(connues.end(), {o, store::avancements(tx, o)});
            const auto ici = c->second.find(territoire);
            const auto ou = ici == c->second.end() ? store::Avancement{} : ici->second;
            if (!ou.finie) out.push_back({o, territoire, ou});
        }
    }
    return out;
}

std::int64_t dire_les_campagnes(App& app, const std::vector<std::string>& ailleurs,
                                const std::stop_token& arret)
{
    const auto le = app.clock.now();
    std::int64_t dites = 0, lues = 0;
    auto reste = a_finir(app, ailleurs);
    while (!reste.empty() && lues < demandes_par_tour && !arret.stop_requested()) {
        std::vector<AFinir> apres;
        std::int64_t lues_ici = 0, dites_ici = 0;
        app.db.write([&](db::Transaction& tx) {
            apres = reste;
            lues_ici = dites_ici = 0;
            const auto baremes = demande::store::baremes(tx);
            // Empty territories are over in the same transaction.
            while (!apres.empty() && lues_ici < demandes_par_lot) {
                auto& x = apres.front();
                const auto voulues = demandes_par_lot - lues_ici;
                const auto lot = demande::store::actives(tx, x.territoire, x.ou.apres, voulues);
                const store::Avancement la{lot.empty() ? x.ou.apres : lot.back().id,
                                           static_cast<std::int64_t>(lot.size()) < voulues};
                const bool a_nous =
                    store::avancer(tx, x.ouverte, x.territoire, x.ou, la, jour_legal(le, x.territoire));
                if (a_nous)
                    for (const auto& d : lot)
                        dites_ici +=
                            dire_la_campagne(tx, x.ouverte, d, baremes, app.config.base_url(), le) ? 1 : 0;
                lues_ici += static_cast<std::int64_t>(lot.size());
                x.ou = la;
                // Another run is at it: it goes on from where it is.
                if (!a_nous || la.finie) apres.erase(apres.begin());
            }
        });
        base::step("demandes.batch");
        reste = std::move(apres);
        lues += lues_ici;
        dites += dites_ici;
    }
    return dites;
}

} // namespace rappels
} // namespace

std::int64_t suivre_les_rappels(App& app, const std::stop_token& arret)
{
    // Whoever is followed on another site is told nothing by this one.
    const auto ailleurs = [&] {
        auto tx = app.db.read();
        return gestion::store::ailleurs(tx, app.clock.now());
    }();
    return rappels::dire_les_pieces(app, ailleurs, arret) + rappels::dire_les_campagnes(app, ailleurs, arret);
}

} // namespace demande::rappel
