// The letters of a guichet: the day's batches, what came back, and sending one again.
#include <algorithm>
#include <map>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "compte/store.hpp"
#include "demande/accueil/store_accueil.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/numero.hpp"
#include "demande/pages.hpp"
#include "demande/papier.hpp"
#include "demande/radiation.hpp"
#include "demande/rappel/peremption.hpp"
#include "demande/store_avertissement.hpp"
#include "demande/territoires.hpp"
#include "demande/views_courriers.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace courriers_du_guichet {

http::Response page(db::Transaction& tx, const Visitor& visitor, const std::vector<Guichet>& guichets,
                    Instant le, const views::Saisie& saisie, std::string_view fait)
{
    views::Courriers c{.guichets = {},
                       .fuseau = std::string{fuseau_du_territoire(guichets.front().territoire)}};
    for (const auto& g : guichets) {
        views::Courriers::DuGuichet d{.guichet = g,
                                      .lots = store::lots(tx, g.code),
                                      .retours = store::retours(tx, g.code),
                                      .en_tolerance = {},
                                      .ou = gestion::store::orienter(tx, g.territoire, le)};
        const auto ici_depuis = gestion::store::ici_depuis(tx, g.territoire, jour_legal(le, g.territoire));
        for (auto& t : store::en_tolerance(tx, g.code)) {
            const Situation s{.etat = Etat::EnTolerance,
                              .jalons = jalons(t.ancre),
                              .preavis_remis_le =
                                  preavis_remis_le(store::remises(tx, t.demande, t.ancre), ici_depuis)};
            d.en_tolerance.push_back({std::move(t), premiere_radiation_possible(s)});
        }
        c.guichets.push_back(std::move(d));
    }
    return http::html(views::courriers(visitor.chrome, c, saisie, fait), saisie.erreurs ? 422 : 200);
}

std::string nom_du_guichet(db::Transaction& tx, const store::Lot& l)
{
    const auto g = store::find_guichet(tx, l.guichet);
    return g ? g->nom : std::string{};
}

/// What the history says once a letter is posted.
std::optional<Evenement> au_depart(store::ObjetDeLettre objet)
{
    switch (objet) {
    case store::ObjetDeLettre::Preavis:
        return Evenement::PreavisEnvoye;
    case store::ObjetDeLettre::Rappel:
    case store::ObjetDeLettre::DernierRappel:
    case store::ObjetDeLettre::DernierMois:
    case store::ObjetDeLettre::Piece:
        return Evenement::Relance;
    case store::ObjetDeLettre::Expiration: // said the day it ended
    case store::ObjetDeLettre::Radiation:  // said the day it was decided
    case store::ObjetDeLettre::Avertissement:
    case store::ObjetDeLettre::Code:
    case store::ObjetDeLettre::Numero:
        return std::nullopt;
    }
    throw base::Bug{"a letter about nothing"};
}

document::Document imprime(db::Transaction& tx, const store::Lettre& l, const store::Lot& lot,
                           const imprimes::Expediteur& guichet, const std::string& site,
                           const std::string& cle_des_codes)
{
    const auto adresse = base::split(l.adresse, '\n');
    const auto numero = numero_lu(l.numero);
    switch (l.objet) {
    case store::ObjetDeLettre::Preavis:
        return imprimes::preavis({numero, guichet, adresse, l.ancre, lot.jour, site});
    case store::ObjetDeLettre::Code:
        return imprimes::acces(
            {guichet, adresse, lot.jour, site, {}, base::unseal(cle_des_codes, l.scelle).value_or("")});
    case store::ObjetDeLettre::Numero:
        return imprimes::acces({guichet, adresse, lot.jour, site, numero, {}});
    case store::ObjetDeLettre::Rappel:
    case store::ObjetDeLettre::Expiration:
    case store::ObjetDeLettre::DernierRappel:
    case store::ObjetDeLettre::Radiation:
    case store::ObjetDeLettre::DernierMois:
        return imprimes::annonce({numero, guichet, adresse, l.ancre, lot.jour, site, l.annonce.value()});
    case store::ObjetDeLettre::Avertissement:
        return imprimes::avertissement({numero, guichet, adresse, lot.jour, site,
                                        store::avertissement(tx, l.avertissement, lot.territoire).value()});
    case store::ObjetDeLettre::Piece:
        return imprimes::information(
            {numero, guichet, adresse, lot.jour, site, std::string{rappel::titre_de_la_piece},
             rappel::phrases(rappel::piece_lue(l.piece).value(), numero, lot.jour, true)});
    }
    throw base::Bug{"a letter about nothing"};
}

} // namespace courriers_du_guichet
} // namespace

http::Response get_courriers(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = store::guichets_de(tx, visitor.agent->id);
    if (guichets.empty()) return non_habilite(visitor);
    return courriers_du_guichet::page(tx, visitor, guichets, app.clock.now(), {}, request.param("fait"));
}

http::Response post_retour_de_courrier(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        if (guichets.empty()) return non_habilite(visitor);
        const auto numero = lire_numero(request.field("numero"));
        FormErrors erreurs;
        const auto canal = request.field("canal") == "courriel" ? Canal::Courriel : Canal::Courrier;
        const auto lettre =
            numero ? store::lettre_partie(tx, ecrire(*numero), guichets, canal) : std::nullopt;
        if (!numero)
            erreurs.push_back({"numero", numero.error().message});
        else if (!lettre)
            erreurs.push_back(
                {"numero", canal == Canal::Courriel
                               ? "Aucun préavis n’est parti de votre guichet par courriel à ce "
                                 "numéro, ou son retour est déjà noté."
                               : "Aucune lettre postée par votre guichet n’attend à ce numéro."});
        if (!erreurs.empty())
            return courriers_du_guichet::page(tx, visitor, guichets, le, {&erreurs, &request.form}, {});
        if (canal == Canal::Courriel) {
            const auto d = store::due(tx, lettre->demande).value();
            // Kept on another site, nothing leaves from here: the return is noted, and waits.
            const auto adresse = refus_de_traiter(gestion::store::orienter(tx, lettre->territoire, le))
                                     ? std::vector<std::string>{}
                                     : adresse_postale(d.reponses);
            const bool prete =
                store::courriels_revenus(tx, d, adresse, jour_legal(le, lettre->territoire), le);
            store::noter(tx, lettre->demande, lettre->territoire, Evenement::PreavisEchec, *visitor.agent, le,
                         "courriel");
            return http::redirect(prete ? "/courriers?fait=courriel_revenu" : "/courriers?fait=retour");
        }
        store::lettres_revenues(tx, lettre->demande, jour_legal(le, lettre->territoire));
        store::noter(tx, lettre->demande, lettre->territoire, Evenement::PreavisEchec, *visitor.agent, le,
                     "courrier");
        return http::redirect("/courriers?fait=retour");
    });
}

http::Response get_lot(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto l = store::lot(tx, request.capture("lot"), store::guichets_de(tx, visitor.agent->id));
    if (!l) return introuvable(request, visitor);
    return http::html(
        views::bordereau(visitor.chrome,
                         {*l, courriers_du_guichet::nom_du_guichet(tx, *l),
                          std::string{fuseau_du_territoire(l->territoire)}, store::lettres(tx, l->id)},
                         request.param("fait")));
}

http::Response post_cloture_de_lot(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto l = store::lot(tx, request.capture("lot"), store::guichets_de(tx, visitor.agent->id));
        if (!l) return introuvable(request, visitor);
        // Nothing more is printed of a territory that has left: what was prepared there would mislead.
        if (auto ailleurs = traitees_ailleurs(tx, l->territoire, le, request, visitor))
            return *std::move(ailleurs);
        if (!l->imprime_le) store::lot_imprime(tx, l->id, le);
        return http::redirect("/courriers/" + l->id + "?fait=clos");
    });
}

http::Response get_lettres(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    std::optional<store::Lot> l;
    std::vector<document::Document> a_imprimer;
    std::optional<http::Response> refus;
    const auto site = app.config.base_url();
    const auto cle_des_codes = compte::store::secret(app.db, espace::store::secret_cle, le);
    app.db.write([&](db::Transaction& tx) {
        l = store::lot(tx, request.capture("lot"), store::guichets_de(tx, visitor.agent->id));
        if (!l) return;
        refus = traitees_ailleurs(tx, l->territoire, le, request, visitor);
        if (refus) return;
        // Closed by somebody, never by a page that was only fetched: what is added later goes elsewhere.
        if (!l->imprime_le) {
            refus = error_response(Problem::conflict("Clôturez ce lot avant de l’imprimer."), request,
                                   visitor.chrome);
            return;
        }
        const imprimes::Expediteur guichet{courriers_du_guichet::nom_du_guichet(tx, *l),
                                           accueil::store::trouver(tx, l->guichet)};
        const auto lettres = store::lettres(tx, l->id);
        std::vector<std::string> lues;
        std::map<std::string, imprimes::Expediteur> de = {{l->guichet, guichet}};
        for (const auto& lettre : lettres) {
            const auto [expediteur, nouveau] = de.try_emplace(lettre.guichet, guichet);
            if (nouveau)
                if (const auto g = store::find_guichet(tx, lettre.guichet)) {
                    expediteur->second.suivi_par = g->nom;
                    expediteur->second.accueil_du_suivi = accueil::store::trouver(tx, g->code);
                }
            a_imprimer.push_back(
                courriers_du_guichet::imprime(tx, lettre, *l, expediteur->second, site, cle_des_codes));
            // A name and an address are read on it: the applicant will be told (CCH R. 441-2-6).
            if (std::ranges::find(lues, lettre.demande) == lues.end())
                store::noter(tx, lettre.demande, l->territoire, Evenement::ConsultationAgent, *visitor.agent,
                             le, std::string{store::pour_une_lettre});
            lues.push_back(lettre.demande);
        }
    });
    if (refus) return *std::move(refus);
    if (!l || a_imprimer.empty()) return introuvable(request, visitor);
    auto fichier = document::print(a_imprimer, l->jour);
    app.db.write([&](db::Transaction& tx) {
        store::lot_empreinte(tx, l->id, fichier.pages, base::sha256_hex(fichier.bytes));
    });
    return pdf(std::move(fichier), "lettres");
}

http::Response get_bordereau(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto l = store::lot(tx, request.capture("lot"), store::guichets_de(tx, visitor.agent->id));
    if (!l) return introuvable(request, visitor);
    // No name and no address: the letters bear them.
    std::string csv = "rang;numero;jour;empreinte_du_fichier\r\n";
    for (const auto& lettre : store::lettres(tx, l->id))
        csv += std::to_string(lettre.rang) + ";" + lettre.numero + ";" + base::to_iso(l->jour) + ";" +
               l->empreinte + "\r\n";
    auto r = http::text(std::move(csv));
    r.header("Content-Type", "text/csv; charset=utf-8");
    r.header("Content-Disposition", "attachment; filename=\"bordereau.csv\"");
    r.header("Cache-Control", "private, no-store");
    return r;
}

http::Response post_lot_poste(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto l = store::lot(tx, request.capture("lot"), store::guichets_de(tx, visitor.agent->id));
        if (!l) return introuvable(request, visitor);
        // Letters that nobody has printed cannot be at the post.
        if (!l->empreinte.empty() && store::lot_poste(tx, l->id, jour_legal(le, l->territoire)))
            for (const auto& lettre : store::lettres(tx, l->id))
                if (const auto evenement = courriers_du_guichet::au_depart(lettre.objet))
                    store::noter(tx, lettre.demande, l->territoire, *evenement, *visitor.agent, le,
                                 "courrier");
        return http::redirect("/courriers/" + l->id + "?fait=poste");
    });
}

http::Response post_preavis(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, le, request, visitor))
            return *std::move(ailleurs);
        const auto d = store::due(tx, f->id);
        if (d->etat != Etat::ARenouveler && d->etat != Etat::EnTolerance)
            return error_response(Problem::conflict("Aucun préavis n’est attendu pour cette demande."),
                                  request, visitor.chrome);
        const auto adresse = adresse_postale(f->reponses);
        if (adresse.empty())
            return error_response(
                Problem::conflict("L’adresse n’est pas complète\u00a0: corrigez-la d’abord."), request,
                visitor.chrome);
        const auto jour = jour_legal(le, f->territoire);
        // Asked twice, written once, to the address of today.
        store::retirer_lettres_de_preavis(tx, f->id);
        store::preparer_lettre(tx, *d, adresse, true, jour, jour, le);
        store::traiter_retours(tx, f->id, le);
        return http::redirect(views::url_demande(f->id).with("fait", "preavis").text());
    });
}

} // namespace demande
