// The desk of a guichet, one demande, its attestation.
#include "demande/pages.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "compte/store.hpp"
#include "demande/auteurs.hpp"
#include "demande/chargement.hpp"
#include "demande/echange/import.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/numero.hpp"
#include "demande/papier.hpp"
#include "demande/pieces.hpp"
#include "demande/radiation.hpp"
#include "demande/situation.hpp"
#include "demande/store_doublons.hpp"
#include "demande/store_plafonds.hpp"
#include "demande/store_reconnaissance.hpp"
#include "demande/store_vie.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"
#include "journal/journal.hpp"
#include "territoire/store.hpp"

namespace demande {

namespace {
namespace lecture_des_pages {

http::Response page_accueil(App& app, db::Transaction& tx, const Visitor& visitor,
                            const std::vector<Guichet>& guichets, const views::Saisie& saisie,
                            std::string_view fait)
{
    views::Accueil a{.guichets = guichets,
                     .ailleurs = {},
                     .attestations = {},
                     .copies = {},
                     .a_verifier = {},
                     .aujourd_hui = jour_legal(app.clock.now(), guichets.front().territoire)};
    a.gestionnaire = !echange::gestionnaires(guichets).empty();
    a.radie = std::ranges::any_of(guichets, [](const Guichet& g) {
        return peut_prononcer({g}, g.territoire, MotifRadiation::NonRenouvellement) ||
               peut_prononcer({g}, g.territoire, MotifRadiation::Irrecevabilite);
    });
    a.enregistre = std::ranges::any_of(guichets, [](const Guichet& g) { return enregistre(g); });
    for (const auto& g : guichets) {
        const auto ou = gestion::store::orienter(tx, g.territoire, app.clock.now());
        if (!se_traitent_ici(ou) && std::ranges::find(a.ailleurs, ou) == a.ailleurs.end())
            a.ailleurs.push_back(ou);
        a.attestations.push_back({g, store::a_attester(tx, g.code)});
        std::ranges::move(store::a_numeriser(tx, g.code), std::back_inserter(a.copies));
        std::ranges::move(store::a_verifier(tx, g.code), std::back_inserter(a.a_verifier));
    }
    return http::html(views::accueil(visitor.chrome, a, saisie, fait), saisie.erreurs ? 422 : 200);
}

views::Fiche charger(App& app, db::Transaction& tx, store::Fiche d)
{
    const auto aujourd_hui = jour_legal(app.clock.now(), d.territoire);
    views::Fiche f{.numero = numero_lu(d.numero),
                   .jalons = jalons(d.ancre),
                   .fuseau = std::string{fuseau_du_territoire(d.territoire)},
                   .attestation_due =
                       attestation_due(d.deposee_le, d.ancre, jour_legal(d.enregistree_le, d.territoire))};
    f.ou = gestion::store::orienter(tx, d.territoire, aujourd_hui);
    f.echeance = echeance(f.jalons, aujourd_hui);
    // The NIR is kept apart from the answers: it is not missing when it is sealed.
    auto reponses = d.reponses;
    for (std::size_t i = 0; i < d.nirs.size(); ++i)
        if (!d.nirs[i].empty())
            reponses.mettre(i == 0 ? "demandeur.nir" : "codemandeur." + std::to_string(i) + ".nir",
                            d.nirs[i]);
    f.a_completer = a_completer(reponses, aujourd_hui);
    f.en_retard = !d.attestation_le && f.attestation_due < aujourd_hui;
    f.noms_des_communes = noms_des_communes(tx, d.communes);
    f.estimation = chiffres::estimer(d.reponses, d.communes, aujourd_hui, store::baremes(tx));
    f.cotations = cotation::cotations(tx, d, aujourd_hui);
    f.aujourd_hui = aujourd_hui;
    f.reconnaissances = store::reconnaissances(tx, d.id);
    f.bail = bail_de_la_demande(tx, d, store::situation(tx, d, aujourd_hui).motif_radiation);
    for (const auto& e : journal::of(tx, "demande", d.id, 100)) {
        f.histoire.push_back({e.le, evenement_en_mots(e), e.acteur_nom});
    }
    std::ranges::reverse(f.histoire);
    f.demande = std::move(d);
    return f;
}

} // namespace lecture_des_pages
} // namespace

http::Response get_accueil(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = store::guichets_de(tx, visitor.agent->id);
    if (guichets.empty()) return non_habilite(visitor);
    return lecture_des_pages::page_accueil(app, tx, visitor, guichets, {}, request.param("fait"));
}

http::Response post_recherche(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = store::guichets_de(tx, visitor.agent->id);
    if (guichets.empty()) return non_habilite(visitor);
    const auto numero = lire_numero(request.field("numero"));
    FormErrors erreurs;
    if (!numero) {
        erreurs.push_back({"numero", numero.error().message});
    } else if (const auto id = store::find_numero(tx, ecrire(*numero), guichets)) {
        return http::redirect(views::url_demande(*id).text());
    } else {
        const auto ou = gestion::store::orienter(tx, numero->territoire,
                                                 jour_legal(app.clock.now(), guichets.front().territoire));
        erreurs.push_back(
            {"numero",
             ou.gestion == Gestion::Inconnue
                 ? "Aucun territoire ne commence ainsi : vérifiez les trois premiers caractères."
                 : (ou.gestion == Gestion::Ailleurs
                        ? "Les demandes de ce territoire sont gardées sur un autre site : " + ou.site
                        : std::string{"Aucune demande de ce numéro n’est ouverte à votre guichet."})});
    }
    return lecture_des_pages::page_accueil(app, tx, visitor, guichets, {&erreurs, &request.form}, {});
}

http::Response post_personne(App& app, const http::Request& request, const Visitor& visitor)
{
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        if (guichets.empty()) return non_habilite(visitor);
        const Identite cherchee{.nom = base::fold(request.field("nom")),
                                .prenom = base::fold(request.field("prenom")),
                                .naissance_le = base::parse_typed_date(request.field("naissance_le")),
                                .nir = {}};
        FormErrors erreurs;
        if (cherchee.nom.empty()) erreurs.push_back({"nom", "Indiquez le nom de naissance."});
        if (!cherchee.naissance_le)
            erreurs.push_back({"naissance_le", "Indiquez la date de naissance, par exemple 03/02/1984."});
        if (!erreurs.empty())
            return http::html(views::personnes(visitor.chrome, {}, {&erreurs, &request.form}), 422);
        std::vector<std::string> territoires;
        for (const auto& g : guichets)
            if (std::ranges::find(territoires, g.territoire) == territoires.end())
                territoires.push_back(g.territoire);
        std::vector<store::Doublon> trouvees;
        for (const auto& t : territoires) {
            auto ici = store::chercher_doublons(tx, t, cherchee, guichets);
            std::erase_if(ici, [](const store::Doublon& d) { return !d.lisible; });
            store::noter_recherche(tx, ici, t, *visitor.agent, app.clock.now());
            trouvees.insert(trouvees.end(), ici.begin(), ici.end());
        }
        std::ranges::stable_sort(trouvees, {}, &store::Doublon::ressemblance);
        return http::html(views::personnes(visitor.chrome, trouvees, {nullptr, &request.form}));
    });
}

http::Response get_fiche(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        auto d = store::find(tx, request.capture("id"), guichets, cle);
        if (!d) return introuvable(request, visitor);
        store::noter_consultation(tx, *d, *visitor.agent, app.clock.now());
        const bool exportable = est_en_cours(d->etat) &&
                                std::ranges::any_of(echange::gestionnaires(guichets), [&](const Guichet& g) {
                                    return g.territoire == d->territoire;
                                });
        const bool reunissable = est_en_cours(d->etat) &&
                                 peut_prononcer(guichets, d->territoire, MotifRadiation::Fusion).has_value();
        const auto qui = auteurs(guichets, d->territoire);
        const bool revenable =
            transition(Action::Revenir, d->etat) && std::ranges::find(qui, Auteur::Gestionnaire) != qui.end();
        auto semblables = store::doublons_signales(tx, d->id, guichets);
        auto f = lecture_des_pages::charger(app, tx, *std::move(d));
        f.semblables = std::move(semblables);
        f.exportable = exportable;
        f.reunissable = reunissable;
        f.revenable = revenable;
        return http::html(views::fiche(visitor.chrome, f, request.param("fait")));
    });
}

http::Response post_doublons(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), {});
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, le, request, visitor))
            return *std::move(ailleurs);
        if (!store::ecarter_doublon(tx, f->id, request.field("autre"), *visitor.agent, le))
            return http::redirect(views::url_demande(f->id).text());
        return http::redirect(views::url_demande(f->id).with("fait", "doublon").text());
    });
}

namespace {
http::Response sans_attestation(const http::Request& request, const Visitor& visitor)
{
    return error_response(
        Problem::conflict("Cette demande n’est plus en cours\u00a0: elle n’a pas d’attestation."), request,
        visitor.chrome);
}
} // namespace

http::Response get_attestation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto d = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!d) return introuvable(request, visitor);
        if (!est_en_cours(d->etat)) return sans_attestation(request, visitor);
        store::noter_consultation(tx, *d, *visitor.agent, app.clock.now());
        return http::html(views::page_attestation(visitor.chrome,
                                                  attestation(charger_attestation(tx, *d, app.clock.now())),
                                                  d->id, d->attestation_le.has_value()));
    });
}

http::Response get_attestation_pdf(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    std::optional<store::Fiche> d;
    std::optional<AttestationDe> de;
    app.db.write([&](db::Transaction& tx) {
        d = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!d || !est_en_cours(d->etat)) return;
        store::noter_consultation(tx, *d, *visitor.agent, app.clock.now());
        de = charger_attestation(tx, *d, app.clock.now());
    });
    if (!d) return introuvable(request, visitor);
    if (!de) return sans_attestation(request, visitor);
    return pdf(document::print(imprimes::attestation(attestation(*de), *de), de->aujourd_hui), "attestation");
}

http::Response post_attestation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto d = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!d) return introuvable(request, visitor);
        if (!est_en_cours(d->etat)) return sans_attestation(request, visitor);
        store::noter_attestation(tx, *d, *visitor.agent, app.clock.now());
        return http::redirect(views::url_demande(d->id).with("fait", "attestation").text());
    });
}

} // namespace demande
