// What is to be removed: the list of those who may pronounce it, what it would do to each demande, and doing
// it, one short transaction for each.
#include <algorithm>

#include "demande/annoncer.hpp"
#include "demande/attestation.hpp"
#include "demande/auteurs.hpp"
#include "demande/chargement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/pages.hpp"
#include "demande/store_vie.hpp"
#include "demande/views_radiations.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace radiations_a_prononcer {

/// The territories where these guichets may pronounce this reason.
std::vector<std::string> territoires(const std::vector<Guichet>& guichets, MotifRadiation motif)
{
    std::vector<std::string> out;
    for (const auto& g : guichets)
        if (peut_prononcer({g}, g.territoire, motif) && std::ranges::find(out, g.territoire) == out.end())
            out.push_back(g.territoire);
    return out;
}

std::vector<views::Radiations::Irrecevable> irrecevables(db::Transaction& tx,
                                                         const std::vector<Guichet>& bailleurs, Instant le)
{
    std::vector<views::Radiations::Irrecevable> out;
    for (const auto& g : bailleurs)
        for (auto& d : store::irrecevables(tx, g, base::plus_months(jour_legal(le, g.territoire), -1))) {
            const auto declaree_le = jour_legal(d.le, g.territoire);
            // A renewal since then answers it; before a month nothing may be pronounced, whatever the day on
            // which the decision was delivered.
            if (d.ancre > declaree_le || jour_legal(le, g.territoire) <= base::plus_months(declaree_le, 1))
                continue;
            out.push_back({std::move(d), declaree_le});
        }
    return out;
}

/// What only that guichet was shown: its notices that did not arrive, which hold the removal, and the
/// attestations it owes.
views::Radiations::AuGuichet au_guichet(db::Transaction& tx, const Guichet& g, Instant le)
{
    views::Radiations::AuGuichet a{.nom = g.nom, .retours = store::retours(tx, g.code), .en_retard = {}};
    auto a_attester = store::a_attester(tx, g.code);
    a.incomplet = std::max(a.retours.size(), a_attester.size()) >= store::lignes_d_un_guichet;
    for (auto& d : a_attester) {
        const auto due = attestation_due(d.deposee_le, d.ancre, jour_legal(d.enregistree_le, g.territoire));
        if (due < jour_legal(le, g.territoire))
            a.en_retard.push_back({std::move(d.id), std::move(d.numero), due});
    }
    return a;
}

http::Response page(App& app, db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                    views::FiltreDesRadiations filtre, const views::Saisie& saisie = {})
{
    const auto guichets = store::guichets_de(tx, visitor.agent->id);
    if (guichets.empty()) return non_habilite(visitor);
    const auto le = app.clock.now();
    views::Radiations r;
    r.territoires = territoires(guichets, MotifRadiation::NonRenouvellement);
    std::vector<Guichet> bailleurs;
    std::ranges::copy_if(guichets, std::back_inserter(bailleurs), [](const Guichet& g) {
        return peut_prononcer({g}, g.territoire, MotifRadiation::Irrecevabilite).has_value();
    });
    if (r.territoires.empty() && bailleurs.empty())
        return error_response(Problem::forbidden(), request, visitor.chrome);
    r.bailleur = !bailleurs.empty();
    if (r.bailleur) r.irrecevables = irrecevables(tx, bailleurs, le);
    r.gestionnaire = !r.territoires.empty();
    if (r.gestionnaire) {
        if (std::ranges::find(r.territoires, filtre.territoire) == r.territoires.end())
            filtre.territoire = r.territoires.front();
        r.guichets = store::guichets_du_territoire(tx, filtre.territoire);
        if (std::ranges::find(r.guichets, filtre.guichet, &Guichet::code) == r.guichets.end())
            filtre.guichet.clear();
        const auto ou = gestion::store::orienter(tx, filtre.territoire, le);
        if (const auto refus = refus_de_traiter(ou)) {
            r.ailleurs = refus->message;
        } else {
            const auto jour = jour_legal(le, filtre.territoire);
            r.nombre = store::compter_radiables(tx, filtre.territoire, filtre.guichet, jour);
            auto p = store::radiables(tx, filtre.territoire, filtre.guichet, jour,
                                      {request.param("apres_jour"), request.param("apres")});
            r.demandes = std::move(p.demandes);
            if (p.suite)
                r.suite = views::url_radiations(filtre)
                              .with("apres_jour", p.suite->jour)
                              .with("apres", p.suite->id);
            const auto choisi = r.guichets.size() == 1
                                    ? r.guichets.begin()
                                    : std::ranges::find(r.guichets, filtre.guichet, &Guichet::code);
            if (choisi != r.guichets.end()) r.au_guichet = au_guichet(tx, *choisi, le);
        }
        r.filtre = std::move(filtre);
    }
    return http::html(views::radiations(visitor.chrome, r, saisie), saisie.erreurs ? 422 : 200);
}

views::FiltreDesRadiations filtre_du_formulaire(const http::Request& request)
{
    return {request.field("territoire"), request.field("guichet")};
}

/// What was ticked: each demande once, and no more than a page shows. The preview says in which version it
/// showed them: « id.version ».
std::vector<std::pair<std::string, std::int64_t>> cochees(const http::Request& request)
{
    std::vector<std::pair<std::string, std::int64_t>> out;
    for (const auto& valeur : request.fields("demande")) {
        const auto point = valeur.find('.');
        const auto id = valeur.substr(0, point);
        if (std::ranges::any_of(out, [&](const auto& deja) { return deja.first == id; })) continue;
        if (out.size() == store::radiables_par_page) break;
        out.emplace_back(id, point == std::string::npos ? 0 : entier_positif(valeur.substr(point + 1)));
    }
    return out;
}

/// Asks the rule what would happen to a demande today.
struct Examen {
    views::LigneDeRadiation ligne;
    std::optional<Radiation> radiation;
};
Examen examiner(db::Transaction& tx, const store::Fiche& f, const std::vector<Guichet>& guichets, Instant le)
{
    const auto jour = jour_legal(le, f.territoire);
    const auto s = store::situation(tx, f, jour);
    Examen e{.ligne = {.id = f.id,
                       .numero = f.numero,
                       .version = f.version,
                       .refus = {},
                       .fin_de_validite = s.jalons.fin_de_validite,
                       .reactivable = {},
                       .candidatures = store::candidatures_en_cours(tx, f.id)},
             .radiation = {}};
    const auto refuser = [&](std::string pourquoi) {
        e.ligne.refus = std::move(pourquoi);
        e.ligne.suite = views::LigneDeRadiation::Suite::Refusee;
        return e;
    };
    if (s.etat == Etat::Radiee && s.motif_radiation == MotifRadiation::NonRenouvellement &&
        s.radiee_le == jour) {
        e.ligne.refus = "Déjà radiée aujourd’hui pour ce motif.";
        e.ligne.suite = views::LigneDeRadiation::Suite::DejaRadiee;
        return e;
    }
    if (const auto refus = refus_de_traiter(gestion::store::orienter(tx, f.territoire, le)))
        return refuser(refus->message);
    const auto au_nom_de = peut_prononcer(guichets, f.territoire, MotifRadiation::NonRenouvellement);
    if (!au_nom_de) return refuser("Vous ne pouvez pas prononcer ce motif dans ce territoire.");
    const auto r = radier(s, {.motif = MotifRadiation::NonRenouvellement, .par = *au_nom_de}, jour);
    if (!r) return refuser(r.error().message);
    e.ligne.reactivable = fin_de_reactivation(apres(s.jalons, *r));
    e.radiation = *r;
    return e;
}

/// Reads the demande again and removes it, if the rule still agrees and it is as the preview showed it.
std::optional<views::LigneDeRadiation> prononcer(App& app, const Visitor& visitor, const std::string& cle,
                                                 const std::string& id, std::int64_t version)
{
    return app.db.write([&](db::Transaction& tx) -> std::optional<views::LigneDeRadiation> {
        const auto le = app.clock.now();
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, id, guichets, cle);
        if (!f) return std::nullopt;
        auto e = examiner(tx, *f, guichets, le);
        if (!e.radiation) return e.ligne;
        if (f->version != version) {
            e.ligne.suite = views::LigneDeRadiation::Suite::Refusee;
            e.ligne.refus = "Elle a changé depuis que vous l’avez vérifiée\u00a0: regardez-la de nouveau.";
            return e.ligne;
        }
        radier_et_annoncer(tx, *f, *e.radiation, *visitor.agent, guichets, app.config.base_url(), le);
        e.ligne.suite = views::LigneDeRadiation::Suite::Radiee;
        return e.ligne;
    });
}

} // namespace radiations_a_prononcer
} // namespace

http::Response get_radiations(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    return radiations_a_prononcer::page(app, tx, request, visitor,
                                        {request.param("territoire"), request.param("guichet")});
}

http::Response post_apercu_des_radiations(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = radiations_a_prononcer;
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto filtre = ici::filtre_du_formulaire(request);
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        if (ici::territoires(guichets, MotifRadiation::NonRenouvellement).empty())
            return error_response(Problem::forbidden(), request, visitor.chrome);
        std::vector<views::LigneDeRadiation> lignes;
        for (const auto& [id, version] : ici::cochees(request)) {
            const auto f = store::find(tx, id, guichets, cle);
            if (!f) continue;
            // What is read of it here, its candidatures included, is told to the applicant.
            store::noter_consultation(tx, *f, *visitor.agent, le);
            lignes.push_back(ici::examiner(tx, *f, guichets, le).ligne);
        }
        if (lignes.empty()) {
            const FormErrors erreurs{{"demande", "Cochez au moins une demande."}};
            return ici::page(app, tx, request, visitor, filtre, {&erreurs, &request.form});
        }
        return http::html(views::apercu_des_radiations(visitor.chrome, lignes, filtre));
    });
}

http::Response post_radiations(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = radiations_a_prononcer;
    const auto cle = cle_nir(app);
    const auto filtre = ici::filtre_du_formulaire(request);
    {
        auto tx = app.db.read();
        if (ici::territoires(store::guichets_de(tx, visitor.agent->id), MotifRadiation::NonRenouvellement)
                .empty())
            return error_response(Problem::forbidden(), request, visitor.chrome);
    }
    std::vector<views::LigneDeRadiation> lignes;
    for (const auto& [id, version] : ici::cochees(request)) {
        try {
            if (auto l = ici::prononcer(app, visitor, cle, id, version)) lignes.push_back(*std::move(l));
        } catch (const db::Conflict&) {
            // Somebody wrote to it between the reading and the writing: only this one waits.
            auto tx = app.db.read();
            if (const auto f = store::find(tx, id, store::guichets_de(tx, visitor.agent->id), cle))
                lignes.push_back({.id = f->id,
                                  .numero = f->numero,
                                  .version = f->version,
                                  .refus = "Quelqu’un vient de la modifier\u00a0: regardez-la de nouveau.",
                                  .fin_de_validite = jalons(f->ancre).fin_de_validite,
                                  .reactivable = {},
                                  .candidatures = {},
                                  .suite = views::LigneDeRadiation::Suite::Refusee});
        }
    }
    if (!lignes.empty()) return http::html(views::radiations_faites(visitor.chrome, lignes, filtre));
    auto tx = app.db.read();
    const FormErrors erreurs{{"demande", "Cochez au moins une demande."}};
    return ici::page(app, tx, request, visitor, filtre, {&erreurs, &request.form});
}

} // namespace demande
