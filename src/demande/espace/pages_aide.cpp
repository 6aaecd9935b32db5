// The mandates of help: given by the applicant or from a paper at a guichet, answered by the helper, taken
// back. What the helper then does is on the pages of the applicant, under their own address.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/chargement.hpp"
#include "demande/echeancier.hpp"
#include "demande/espace/commun.hpp"
#include "demande/espace/courriels.hpp"
#include "demande/espace/fermeture.hpp"
#include "demande/espace/pages.hpp"
#include "demande/espace/store_aide.hpp"
#include "demande/espace/views_aide.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_preavis.hpp"
#include "edge.hpp"

namespace demande::espace {

namespace {
namespace mandats {

/// To its applicant, by what may be written to: the mandate is nothing to those who sign with them.
void dire_au_demandeur(db::Transaction& tx, const std::string& demande, courriels::NouvelleDeMandat nouvelle,
                       const std::string& qui, Instant le)
{
    const auto d = demande::store::due(tx, demande);
    if (!d) return;
    for (const auto& b : boites_de_l_annee(d->reponses, demande::store::suiveurs(tx, demande)))
        if (b.du_demandeur)
            courrier::enqueue(
                tx, courriels::mandat_au_demandeur({demande, d->territoire}, b.adresse, nouvelle, qui), le);
}

views::Aides ecran(db::Transaction& tx, const demande::store::Fiche& f, views::De de, Instant le,
                   bool au_guichet)
{
    de.ou = gestion::store::orienter(tx, f.territoire, le);
    return {.de = std::move(de),
            .aides = store::aides_de(tx, f.id),
            .jour = jour_legal(le, f.territoire),
            .en_cours = est_en_cours(f.etat),
            .au_guichet = au_guichet};
}

FormErrors erreurs_de(const Problem& p)
{
    return {{p.field, p.message}};
}

/// Reads the form, gives the mandate, tells everybody; or what to correct.
Result<base::Ok, FormErrors> donner(App& app, db::Transaction& tx, const http::Request& request,
                                    const demande::store::Fiche& f, const compte::Agent& par,
                                    const std::optional<std::string>& donneur)
{
    const auto le = app.clock.now();
    const auto jour = jour_legal(le, f.territoire);
    const auto peut = request.fields("peut");
    const auto coche = [&](Pouvoir p) {
        return std::ranges::find(peut, base::slug_of(pouvoirs, p)) != peut.end();
    };
    const auto p = proposer({.courriel = request.field("courriel"),
                             .jusqu_au = request.field("jusqu_au"),
                             .remplir = coche(Pouvoir::Remplir),
                             .deposer = coche(Pouvoir::Deposer),
                             .renouveler = coche(Pouvoir::Renouveler)},
                            jour);
    FormErrors erreurs = p ? FormErrors{} : p.error();
    if (!donneur && request.field("papier") != "oui")
        erreurs.push_back({"papier", "Cochez cette case une fois le mandat signé en main."});
    if (!erreurs.empty()) return erreurs;
    if (!est_en_cours(f.etat))
        return erreurs_de(
            Problem::conflict("Cette demande n’est pas en cours\u00a0: on n’y donne plus de mandat."));
    // An access may have closed since the demande was opened: with it went the right to give a mandate.
    store::tenir_les_acces(tx, f.id);
    if (donneur && !portail::store::role_sur(tx, *donneur, f.id))
        return erreurs_de(Problem::conflict("L’accès en ligne à cette demande vient d’être fermé."));
    for (const auto& a : store::clore_les_finies(tx, f.id, jour, le))
        demande::store::noter(tx, f.id, f.territoire, Evenement::MandatFini, {}, le, a.courriel);
    const auto deja = store::aides_de(tx, f.id);
    if (std::ranges::any_of(deja,
                            [&](const Aide& a) { return a.courriel == p->courriel && est_ouverte(a, jour); }))
        return FormErrors{
            {"courriel", "Cette personne a déjà un mandat. Pour le changer, retirez-le d’abord."}};
    const auto secret = compte::store::secret(app.db, compte::store::secret_csrf, le);
    if (!compte::store::tenter(tx, secret, limites_de_mandat(f.id, p->courriel), le).permise)
        return FormErrors{{"courriel", "Plusieurs mandats viennent d’être donnés. Recommencez demain."}};
    store::donner_aide(tx, f, *p, donneur, le);
    demande::store::noter(tx, f.id, f.territoire, Evenement::MandatDonne, par, le, p->courriel);
    courrier::enqueue(
        tx, courriels::mandat_propose({f.id, f.territoire}, p->courriel, app.config.base_url() + "/mandats"),
        le);
    dire_au_demandeur(tx, f.id, courriels::NouvelleDeMandat::Donne, p->courriel, le);
    return base::Ok{};
}

/// False when it was over already: nobody hears of it twice.
bool retirer(db::Transaction& tx, const demande::store::Fiche& f, const std::string& id,
             const compte::Agent& par, Instant le)
{
    const auto a = store::aide_de(tx, f.id, id);
    if (!a || !store::finir_aide(tx, a->id, EtatAide::Retire, le)) return false;
    dire_les_mandats_finis(tx, f, {*a}, par, le);
    return true;
}

std::optional<demande::store::Fiche> au_guichet(db::Transaction& tx, const http::Request& request,
                                                const Visitor& visitor, const std::string& cle)
{
    return demande::store::find(tx, request.capture("id"), demande::store::guichets_de(tx, visitor.agent->id),
                                cle);
}

} // namespace mandats
} // namespace

http::Response get_aides(App& app, const http::Request& request, const Visitor& visitor)
{
    return montrer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            if (f.rang > 0) return introuvable(request, visitor);
            return http::html(views::aides(visitor.chrome,
                                           mandats::ecran(tx, f, en_tete(f), app.clock.now(), false),
                                           request.param("fait")));
        });
}

http::Response post_aides(App& app, const http::Request& request, const Visitor& visitor)
{
    return agir(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            // The mandate is the applicant's to give: it would open what others may be kept from.
            if (f.rang > 0) return introuvable(request, visitor);
            if (const auto r = mandats::donner(app, tx, request, f, f.par, f.compte); !r) {
                const auto erreurs = r.error();
                return http::html(views::aides(visitor.chrome,
                                               mandats::ecran(tx, f, en_tete(f), app.clock.now(), false), {},
                                               {&erreurs, &request.form}),
                                  422);
            }
            return vers(f, "aide", "donne");
        });
}

http::Response post_retrait_d_aide(App& app, const http::Request& request, const Visitor& visitor)
{
    return retirer(app, request, visitor, Pouvoir::Lire,
                   [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                       if (f.rang > 0 || !store::aide_de(tx, f.id, request.capture("mandat")))
                           return introuvable(request, visitor);
                       mandats::retirer(tx, f, request.capture("mandat"), f.par, app.clock.now());
                       return vers(f, "aide", "retire");
                   });
}

http::Response get_aides_au_guichet(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = mandats::au_guichet(tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        const auto le = app.clock.now();
        demande::store::noter_consultation(tx, *f, *visitor.agent, le);
        return http::html(views::aides(visitor.chrome, mandats::ecran(tx, *f, en_tete(*f), le, true),
                                       request.param("fait")));
    });
}

http::Response post_aides_au_guichet(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto f = mandats::au_guichet(tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (const auto r = mandats::donner(app, tx, request, *f, *visitor.agent, std::nullopt); !r) {
            const auto erreurs = r.error();
            return http::html(views::aides(visitor.chrome,
                                           mandats::ecran(tx, *f, en_tete(*f), app.clock.now(), true), {},
                                           {&erreurs, &request.form}),
                              422);
        }
        return http::redirect(ui::url("/demandes/{}/aide", f->id).with("fait", "donne").text());
    });
}

http::Response post_retrait_d_aide_au_guichet(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto f = mandats::au_guichet(tx, request, visitor, cle);
        if (!f || !store::aide_de(tx, f->id, request.capture("mandat"))) return introuvable(request, visitor);
        const auto le = app.clock.now();
        if (mandats::retirer(tx, *f, request.capture("mandat"), *visitor.agent, le))
            mandats::dire_au_demandeur(tx, f->id, courriels::NouvelleDeMandat::Retire,
                                       store::aide_de(tx, f->id, request.capture("mandat"))->courriel, le);
        return http::redirect(ui::url("/demandes/{}/aide", f->id).with("fait", "retire").text());
    });
}

http::Response get_mandats(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    return http::html(views::aides_recues(visitor.chrome,
                                          {.aides = store::aides_recues(tx, *visitor.agent),
                                           .le = app.clock.now(),
                                           .peut_aider = peut_aider(*visitor.agent)},
                                          request.param("fait")));
}

http::Response post_reponse_au_mandat(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto choix = request.field("choix");
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto& agent = *visitor.agent;
        const auto r = store::aide_recue(tx, request.capture("mandat"), agent);
        if (!r || !peut_aider(agent)) return introuvable(request, visitor);
        const auto& a = r->aide;
        if (!est_ouverte(a, jour_legal(le, a.territoire)))
            return error_response(Problem::conflict("Ce mandat est fini."), request, visitor.chrome);
        using enum courriels::NouvelleDeMandat;
        bool fait = false;
        auto nouvelle = Accepte;
        if (choix == "accepter") {
            fait = store::accepter_aide(tx, a.id, agent, le);
        } else if (choix == "refuser" && a.etat == EtatAide::Propose) {
            fait = store::finir_aide(tx, a.id, EtatAide::Refuse, le);
            nouvelle = Refuse;
        } else if (choix == "rendre" && a.etat == EtatAide::Accepte) {
            fait = store::finir_aide(tx, a.id, EtatAide::Rendu, le);
            nouvelle = Rendu;
        }
        if (!fait) return http::redirect("/mandats");
        demande::store::noter(tx, a.demande, a.territoire,
                              choix == "accepter" ? Evenement::MandatAccepte : Evenement::MandatFini,
                              au_nom_du_demandeur(agent), le);
        mandats::dire_au_demandeur(tx, a.demande, nouvelle, agent.nom, le);
        return http::redirect(ui::url("/mandats").with("fait", choix).text());
    });
}

} // namespace demande::espace
