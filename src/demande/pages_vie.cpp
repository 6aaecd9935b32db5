// Renewing a demande at a guichet, ending it by one of the reasons of the law, bringing it back.
#include <algorithm>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/annoncer.hpp"
#include "demande/auteurs.hpp"
#include "demande/chargement.hpp"
#include "demande/pages.hpp"
#include "demande/presentee.hpp"
#include "demande/store_avertissement.hpp"
#include "demande/store_reconnaissance.hpp"
#include "demande/store_vie.hpp"
#include "demande/views_vie.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace vie {

/// Renewing while it runs, bringing back once it is over: what the rule says that day.
Result<Reprise> reprise(db::Transaction& tx, const store::Fiche& f, Instant le)
{
    const auto jour = jour_legal(le, f.territoire);
    const auto s = store::situation(tx, f, jour);
    return f.etat == Etat::Radiee ? reactiver(s, jour) : renouveler(s, jour);
}

std::optional<store::Fiche> fiche(db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                                  const std::string& cle)
{
    return store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
}

views::FinDeDemande fin_de_demande(db::Transaction& tx, const store::Fiche& f, const Visitor& visitor,
                                   Date jour)
{
    auto reconnues = store::reconnaissances(tx, f.id);
    std::erase_if(reconnues, [&](const Reconnaissance& r) { return !est_ouverte(r, jour); });
    auto motifs = motifs_permis(auteurs(store::guichets_de(tx, visitor.agent->id), f.territoire));
    // Two demandes become one by the screen that compares them, never here.
    std::erase_if(motifs, [](const auto& m) { return m.first == MotifRadiation::Fusion; });
    return {.id = f.id,
            .numero = numero_lu(f.numero),
            .motifs = std::move(motifs),
            .non_renouvellement_le = premiere_radiation_possible(store::situation(tx, f, jour)),
            .reconnues = std::move(reconnues),
            .refus = {}};
}

/// What the warnings say of a radiation proposed by these guichets; refused when its applicant came since, or
/// when no commission of theirs found the condition.
Result<RadiationProposee> appuyee(db::Transaction& tx, const store::Fiche& f,
                                  const std::vector<Guichet>& guichets, RadiationProposee p)
{
    std::vector<std::string> partenaires;
    for (const auto& g : guichets)
        if (peut_prononcer({g}, f.territoire, p.motif)) partenaires.push_back(g.partenaire);
    p = sur_avertissement(std::move(p), store::avertissements(tx, f), f.ancre, partenaires);
    if (p.motif == MotifRadiation::NonReponse && p.averti_le)
        if (const auto le = store::s_est_manifeste(tx, f, p.avertissement))
            return Problem::conflict("Le demandeur s’est manifesté le " +
                                     base::in_words(jour_legal(*le, f.territoire)) +
                                     ", après l’avertissement : sa demande reste active.");
    if (p.irrecevabilite && std::ranges::none_of(partenaires, [&](const std::string& qui) {
            return store::declaree_irrecevable_le(tx, f, qui, *p.irrecevabilite).has_value();
        }))
        return Problem::conflict(
            "Aucune commission de votre organisme n’a déclaré cette demande irrecevable pour "
            "cette condition.");
    return p;
}

} // namespace vie
} // namespace

http::Response get_renouvellement(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = vie::fiche(tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!guichet_du_territoire(store::guichets_de(tx, visitor.agent->id), f->territoire))
            return error_response(Problem::forbidden(), request, visitor.chrome);
        const auto r = vie::reprise(tx, *f, app.clock.now());
        if (!r) return error_response(r.error(), request, visitor.chrome);
        store::noter_consultation(tx, *f, *visitor.agent, app.clock.now());
        return http::html(
            views::renouvellement(visitor.chrome, {*f, numero_lu(f->numero), f->etat == Etat::Radiee,
                                                   jalons(r->ancre()).fin_de_validite}));
    });
}

http::Response post_renouvellement(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto f = vie::fiche(tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!guichet_du_territoire(store::guichets_de(tx, visitor.agent->id), f->territoire))
            return error_response(Problem::forbidden(), request, visitor.chrome);
        const auto r = vie::reprise(tx, *f, le);
        if (!r) return error_response(r.error(), request, visitor.chrome);
        if (request.field("confirme") != "oui") {
            const FormErrors erreurs{
                {"confirme", "Cochez cette case une fois les informations relues avec le demandeur."}};
            return http::html(views::renouvellement(visitor.chrome,
                                                    {*f, numero_lu(f->numero), f->etat == Etat::Radiee,
                                                     jalons(r->ancre()).fin_de_validite},
                                                    {&erreurs, &request.form}),
                              422);
        }
        store::reprendre(tx, *f, *r, *visitor.agent, le);
        return http::redirect(
            views::url_demande(f->id)
                .with("fait", r->action() == Action::Reactiver ? "reactivation" : "renouvellement")
                .text());
    });
}

http::Response get_radiation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto f = vie::fiche(tx, request, visitor, cle);
    if (!f) return introuvable(request, visitor);
    if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
        return *std::move(ailleurs);
    const auto v = vie::fin_de_demande(tx, *f, visitor, jour_legal(app.clock.now(), f->territoire));
    if (v.motifs.empty()) return error_response(Problem::forbidden(), request, visitor.chrome);
    if (!est_en_cours(f->etat))
        return error_response(Problem::conflict("Seule une demande en cours peut être radiée."), request,
                              visitor.chrome);
    return http::html(views::radiation(visitor.chrome, v));
}

http::Response post_radiation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto f = vie::fiche(tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        const auto jour = jour_legal(le, f->territoire);
        auto v = vie::fin_de_demande(tx, *f, visitor, jour);
        if (v.motifs.empty()) return error_response(Problem::forbidden(), request, visitor.chrome);
        FormErrors erreurs;
        const auto refuser = [&] {
            return http::html(views::radiation(visitor.chrome, v, {&erreurs, &request.form}), 422);
        };
        const auto motif = base::from_slug(motifs_radiation, request.field("motif"));
        const auto permis = std::ranges::find_if(
            v.motifs, [&](const std::pair<MotifRadiation, Auteur>& m) { return motif && m.first == *motif; });
        if (permis == v.motifs.end()) erreurs.push_back({"motif", "Choisissez un motif de la liste."});
        const auto justificatif = base::clean_text(request.field("justificatif"));
        if (!justificatif || justificatif->size() > 1200)
            erreurs.push_back({"justificatif", "Écrivez 300 caractères au plus."});
        if (!erreurs.empty()) return refuser();
        std::optional<BailConstate> bail;
        if (*motif == MotifRadiation::Attribution) {
            auto constate = constater_le_bail({.signe_le = request.field("signe_le"),
                                               .rpls = request.field("rpls"),
                                               .accord_collectif = request.field("accord_collectif"),
                                               .dalo = request.field("dalo"),
                                               .contingent = request.field("contingent")},
                                              f->deposee_le, jour);
            if (!constate) {
                erreurs.push_back({constate.error().field, constate.error().message});
                return refuser();
            }
            bail = *std::move(constate);
        }
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto proposee = vie::appuyee(tx, *f, guichets,
                                           {.motif = *motif,
                                            .par = permis->second,
                                            .justificatif = bail ? en_justificatif(*bail) : *justificatif});
        const auto r = proposee ? radier(store::situation(tx, *f, jour), *proposee, jour)
                                : Result<Radiation>{proposee.error()};
        if (!r) {
            if (r.error().field.empty())
                v.refus = r.error().message;
            else
                erreurs.push_back({r.error().field, r.error().message});
            return refuser();
        }
        if (bail) store::noter_le_bail(tx, *f, *bail);
        radier_et_annoncer(tx, *f, *r, *visitor.agent, guichets, app.config.base_url(), le);
        return http::redirect(views::url_demande(f->id).with("fait", "radiation").text());
    });
}

namespace {
namespace retrait {

bool est_gestionnaire(db::Transaction& tx, const store::Fiche& f, const Visitor& visitor)
{
    const auto qui = auteurs(store::guichets_de(tx, visitor.agent->id), f.territoire);
    return std::ranges::find(qui, Auteur::Gestionnaire) != qui.end();
}

views::RetraitDeRadiation vue(const store::Fiche& f, const Situation& s, Date jour)
{
    const auto ancre = jour <= s.jalons.fin_de_tolerance ? s.jalons.ancre : jour;
    return {.id = f.id,
            .numero = numero_lu(f.numero),
            .motif = s.motif_radiation.value(),
            .radiee_le = s.radiee_le.value(),
            .fin_de_validite = jalons(ancre).fin_de_validite,
            .refus = {}};
}

} // namespace retrait
} // namespace

http::Response get_retrait_de_radiation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = vie::fiche(tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, le, request, visitor))
            return *std::move(ailleurs);
        if (!retrait::est_gestionnaire(tx, *f, visitor))
            return error_response(Problem::forbidden(), request, visitor.chrome);
        const auto jour = jour_legal(le, f->territoire);
        const auto s = store::situation(tx, *f, jour);
        if (!s.motif_radiation || !s.radiee_le)
            return error_response(Problem::conflict("Seule une demande radiée peut l’être à tort."), request,
                                  visitor.chrome);
        store::noter_consultation(tx, *f, *visitor.agent, le);
        return http::html(views::retrait_de_radiation(visitor.chrome, retrait::vue(*f, s, jour)));
    });
}

http::Response post_retrait_de_radiation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto f = vie::fiche(tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, le, request, visitor))
            return *std::move(ailleurs);
        if (!retrait::est_gestionnaire(tx, *f, visitor))
            return error_response(Problem::forbidden(), request, visitor.chrome);
        const auto jour = jour_legal(le, f->territoire);
        const auto s = store::situation(tx, *f, jour);
        const std::string raison{base::trim(base::clean_text(request.field("raison")).value_or(""))};
        const auto r = revenir(s, Auteur::Gestionnaire, raison, jour);
        if (r) {
            store::revenir(tx, *f, *r, raison, *visitor.agent, le);
            return http::redirect(views::url_demande(f->id).with("fait", "reactivation").text());
        }
        if (!s.motif_radiation || !s.radiee_le) return error_response(r.error(), request, visitor.chrome);
        auto v = retrait::vue(*f, s, jour);
        FormErrors erreurs;
        if (r.error().field.empty())
            v.refus = r.error().message;
        else
            erreurs.push_back({r.error().field, r.error().message});
        return http::html(views::retrait_de_radiation(visitor.chrome, v, {&erreurs, &request.form}), 422);
    });
}

} // namespace demande
