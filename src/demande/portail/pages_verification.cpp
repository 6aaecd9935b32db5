// The check of a demande deposited online, by an agent of a guichet of its territory: validated, it becomes a
// demande with its number; else it goes back with a reason.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "compte/pages_communs.hpp"
#include "courrier/store.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/store_espace.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/portail/courriels.hpp"
#include "demande/portail/pages.hpp"
#include "demande/saisie.hpp"
#include "demande/store_attestation.hpp"
#include "demande/store_pieces.hpp"
#include "edge.hpp"
#include "piece/envoi.hpp"
#include "piece/fichiers.hpp"

namespace demande::portail {

namespace {
namespace controle {

views::AVerifier charger(App& app, db::Transaction& tx, store::EnLigne d, const std::vector<Guichet>& lecteur,
                         std::string_view cle)
{
    views::AVerifier v{.demande = {},
                       .nirs = {},
                       .fichiers = store::fichiers(tx, d),
                       .doublons = doublons_du_formulaire(tx, d.territoire, d.reponses, cle, lecteur),
                       .guichets = {},
                       .a_completer = {},
                       .avant = {},
                       .jour = jour_legal(app.clock.now(), d.territoire)};
    v.ou = gestion::store::orienter(tx, d.territoire, v.jour);
    std::ranges::copy_if(lecteur, std::back_inserter(v.guichets),
                         [&](const Guichet& g) { return peut_verifier(g, d.territoire); });
    v.a_completer = a_completer(d.reponses, v.jour);
    v.avant = a_verifier_avant(d.envoyee_le.value_or(app.clock.now()), d.territoire);
    auto sans = sans_nir(d.reponses);
    v.nirs = std::move(sans.nirs);
    v.demande = std::move(d);
    v.demande.reponses = std::move(sans.reponses);
    return v;
}

http::Response trop_tard(const http::Request& request, const Visitor& visitor)
{
    return error_response(
        Problem::conflict("Cette demande a changé depuis que vous l’avez ouverte. Relisez-la."), request,
        visitor.chrome);
}

bool meme_version(const http::Request& request, const store::EnLigne& d)
{
    return request.field("version") == std::to_string(d.version);
}

http::Response servir(App& app, const http::Request& request, const Visitor& visitor, piece::Variante v)
{
    const auto cle = cle_nir(app);
    const auto fichier = app.db.write([&](db::Transaction& tx) -> std::optional<piece::Piece> {
        const auto d = store::find_a_verifier(tx, request.capture("id"),
                                              demande::store::guichets_de(tx, visitor.agent->id), cle);
        if (!d) return std::nullopt;
        auto p = store::find_fichier(tx, *d, request.capture("piece"));
        if (p && v == piece::Variante::Fichier)
            store::noter_consultation(tx, *d, *visitor.agent, app.clock.now(), "id");
        return p;
    });
    if (!fichier) return introuvable(request, visitor);
    return piece::servir(*app.fichiers.magasin, *fichier, v, request);
}

courriels::Sujet sujet(App& app, const store::EnLigne& d, std::string courriel)
{
    return {.demande = d.id,
            .territoire = d.territoire,
            .courriel = std::move(courriel),
            .lien = compte::pages::adresse(app, "/ma-demande")};
}

/// The identity document becomes a document of the demande, already accepted by whoever has just compared it;
/// what nobody could open is kept, and accepted by nobody.
void ranger_les_fichiers(db::Transaction& tx, const std::vector<piece::Piece>& fichiers,
                         const demande::store::Fiche& f, const Guichet& g, const compte::Agent& par,
                         Date jour, Instant le)
{
    for (const auto& p : fichiers)
        demande::store::ajouter_piece(tx, f,
                                      {.type = "identite",
                                       .personne = "demandeur",
                                       .periode = {},
                                       .piece = p.id.text,
                                       .expire_le = std::nullopt,
                                       .remise_le = jour,
                                       .guichet = g.code},
                                      par, le);
    const auto ouverte = [&](const std::optional<std::string>& id) {
        return std::ranges::any_of(fichiers,
                                   [&](const piece::Piece& p) { return p.disponible() && p.id.text == id; });
    };
    for (const auto& p : demande::store::pieces(tx, f))
        if (p.etat == EtatPiece::Deposee && ouverte(p.piece))
            demande::store::decider_piece(tx, f, p, {EtatPiece::Validee, std::nullopt}, par, le);
}

} // namespace controle
} // namespace

http::Response get_a_verifier(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
    if (guichets.empty()) return non_habilite(visitor);
    views::Liste l;
    for (const auto& g : guichets) {
        const auto ou = gestion::store::orienter(tx, g.territoire, app.clock.now());
        if (!se_traitent_ici(ou) && std::ranges::find(l.ailleurs, ou) == l.ailleurs.end())
            l.ailleurs.push_back(ou);
    }
    for (const auto& r : store::a_verifier(tx, guichets)) {
        const auto jour = jour_legal(app.clock.now(), r.territoire);
        const auto depot = r.deposee_le.value_or(jour);
        const auto avant = a_verifier_avant(r.envoyee_le.value_or(app.clock.now()), r.territoire);
        l.lignes.push_back({r.id, r.territoire, depot, avant, avant < jour});
    }
    return http::html(views::a_verifier(visitor.chrome, l, request.param("fait")));
}

http::Response get_a_verifier_une(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
        auto d = store::find_a_verifier(tx, request.capture("id"), guichets, cle);
        if (!d) return introuvable(request, visitor);
        const auto le = app.clock.now();
        store::noter_consultation(tx, *d, *visitor.agent, le);
        const auto territoire = d->territoire;
        const auto v = controle::charger(app, tx, *std::move(d), guichets, cle);
        demande::store::noter_recherche(tx, v.doublons, territoire, *visitor.agent, le);
        return http::html(views::a_verifier_une(visitor.chrome, v));
    });
}

http::Response get_fichier_a_verifier(App& app, const http::Request& request, const Visitor& visitor)
{
    return controle::servir(app, request, visitor, piece::Variante::Fichier);
}

http::Response get_miniature_a_verifier(App& app, const http::Request& request, const Visitor& visitor)
{
    return controle::servir(app, request, visitor, piece::Variante::Miniature);
}

http::Response post_validation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
        const auto d = store::find_a_verifier(tx, request.capture("id"), guichets, cle);
        if (!d) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, d->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!controle::meme_version(request, *d)) return controle::trop_tard(request, visitor);
        const auto g = std::ranges::find_if(guichets, [&](const Guichet& x) {
            return x.code == request.field("guichet") && peut_verifier(x, d->territoire);
        });
        if (g == guichets.end()) return non_habilite(visitor);
        auto v = controle::charger(app, tx, *d, guichets, cle);
        const auto refuser = [&](const FormErrors& erreurs) {
            return http::html(views::a_verifier_une(visitor.chrome, v, {&erreurs, &request.form}), 422);
        };
        if (const auto refus = incomparable(v.fichiers)) return refuser({{"", refus->message}});
        if (!v.doublons.empty() && request.field("verifie") != "oui")
            return refuser(
                {{"verifie", "Regardez les demandes affichées en haut de la page, puis cochez cette "
                             "case si ce n’est aucune d’elles."}});
        const auto le = app.clock.now();
        // The answers were right the day they were sent; a code of communes may have changed since.
        const auto lu = lire(datees(d->reponses, d->deposee_le.value_or(v.jour)),
                             contexte_de_saisie(app, tx, d->territoire, d->reponses));
        if (!lu) return refuser({{"", lu.error().front().message}});
        const auto fichiers = v.fichiers;
        const auto enregistree = demande::store::enregistrer(
            tx, *lu, *g, *visitor.agent, cle, le, Raison::Enregistrement,
            {.id = d->id, .action = Action::Valider, .de = d->etat, .evenement = Evenement::Validation});
        if (!enregistree) return error_response(enregistree.error(), request, visitor.chrome);
        store::retirer(tx, *d);
        store::lier(tx, d->demandeur, enregistree->id, RoleSurDemande::Titulaire, Voie::EnLigne, le);
        espace::store::noter_en_ligne(tx, enregistree->id);
        const auto f = demande::store::find_du_demandeur(tx, enregistree->id, d->demandeur, cle).value();
        controle::ranger_les_fichiers(tx, fichiers, f, *g, *visitor.agent, v.jour, le);
        for (const auto& a : store::demandeurs_de(tx, enregistree->id)) {
            // The account was entered by a code; what the form says was only typed.
            if (peut_partir_par_courriel(lu->reponses, a.courriel))
                demande::store::demander_attestation_par_courriel(tx, enregistree->id);
            courrier::enqueue(tx, courriels::enregistree(controle::sujet(app, *d, a.courriel)), le);
        }
        return http::redirect(
            demande::views::url_demande(enregistree->id).with("fait", "enregistrement").text());
    });
}

http::Response post_invalidation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
        const auto d = store::find_a_verifier(tx, request.capture("id"), guichets, cle);
        if (!d) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, d->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!controle::meme_version(request, *d)) return controle::trop_tard(request, visitor);
        const auto motif = invalider(d->etat, request.field("motif"));
        if (!motif) {
            const FormErrors erreurs{{motif.error().field, motif.error().message}};
            return http::html(views::a_verifier_une(visitor.chrome,
                                                    controle::charger(app, tx, *d, guichets, cle),
                                                    {&erreurs, &request.form}),
                              422);
        }
        const auto le = app.clock.now();
        store::invalider(tx, *d, *motif, *visitor.agent, le);
        if (const auto courriel = store::courriel_de(tx, d->demandeur))
            courrier::enqueue(tx,
                              courriels::a_corriger(controle::sujet(app, *d, *courriel), *motif, d->version,
                                                    gardee_jusqu_au(le, d->territoire)),
                              le);
        return http::redirect("/a-verifier?fait=invalidation");
    });
}

} // namespace demande::portail
