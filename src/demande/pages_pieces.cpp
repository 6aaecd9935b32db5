// The documents of a demande at a guichet: what is asked, what came, what is decided of it; and the files
// themselves.
#include <algorithm>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/pages.hpp"
#include "demande/periode.hpp"
#include "demande/saisie.hpp"
#include "demande/views_pieces.hpp"
#include "edge.hpp"
#include "piece/envoi.hpp"
#include "piece/store.hpp"

namespace demande {

namespace {
namespace pieces_au_guichet {

std::vector<Guichet> du_territoire(const std::vector<Guichet>& lecteur, const store::Fiche& f)
{
    std::vector<Guichet> out;
    std::ranges::copy_if(lecteur, std::back_inserter(out),
                         [&](const Guichet& g) { return g.territoire == f.territoire; });
    return out;
}

views::Pieces charger(App& app, db::Transaction& tx, const store::Fiche& f,
                      const std::vector<Guichet>& lecteur)
{
    const auto jour = jour_legal(app.clock.now(), f.territoire);
    const auto guichets = du_territoire(lecteur, f);
    views::Pieces p{.de = de_la_demande(f),
                    .modifiable =
                        est_modifiable(f) && !guichets.empty() &&
                        se_traitent_ici(gestion::store::orienter(tx, f.territoire, app.clock.now())),
                    .demandees = {},
                    .lignes = {},
                    .personnes = personnes_du_dossier(f.reponses),
                    .guichets = guichets,
                    .aujourd_hui = jour,
                    .concerne = {}};
    const auto recues = store::pieces(tx, f);
    std::vector<PieceDuDossier> resume;
    std::vector<Id<piece::Piece>> ids;
    for (const auto& r : recues) {
        // What came of somebody who has left answers for nobody.
        if (std::ranges::find(p.personnes, r.personne, &PersonneDuDossier::cle) != p.personnes.end())
            resume.push_back({r.type, r.personne, r.periode, r.etat, r.expire_le, r.version});
        if (r.piece && ids.size() < pieces_max) ids.emplace_back(*r.piece);
    }
    const auto fichiers = piece::store::par_ids(tx, ids);
    p.demandees = etat_du_dossier(pieces_attendues(f.reponses, jour), resume, jour);
    for (const auto& r : recues) {
        views::Pieces::Ligne l{.piece = r,
                               .libelle = libelle_de_piece(r.type),
                               .personne = {},
                               .fichier = std::nullopt,
                               .validite = validite(r.expire_le, jour)};
        const auto qui = std::ranges::find(p.personnes, r.personne, &PersonneDuDossier::cle);
        if (!r.personne.empty()) l.personne = qui == p.personnes.end() ? "personne partie" : qui->nom;
        for (const auto& fichier : fichiers)
            if (r.piece && fichier.id.text == *r.piece) l.fichier = fichier;
        p.lignes.push_back(std::move(l));
    }
    return p;
}

http::Response retour(const store::Fiche& f, std::string_view fait)
{
    return http::redirect(ui::url("/demandes/{}/pieces", f.id).with("fait", std::string{fait}).text());
}

struct Lue {
    store::PieceNouvelle piece;
    FormErrors erreurs;
};

Lue lire_la_piece(const http::Request& request, const store::Fiche& f, const std::vector<Guichet>& guichets,
                  Date jour)
{
    Lue l{.piece = {.type = request.field("type"),
                    .personne =
                        request.field("personne") == "menage" ? std::string{} : request.field("personne"),
                    .periode = {},
                    .piece = std::nullopt,
                    .expire_le = std::nullopt,
                    .remise_le = jour,
                    .guichet = {}},
          .erreurs = {}};
    const auto types = catalogue_des_pieces();
    if (std::ranges::find(types, l.piece.type) == types.end())
        l.erreurs.push_back({"type", "Choisissez une pièce de la liste."});
    const auto personnes = personnes_du_dossier(f.reponses);
    if (std::ranges::find(personnes, l.piece.personne, &PersonneDuDossier::cle) == personnes.end())
        l.erreurs.push_back({"personne", "Choisissez une personne de la demande."});
    if (auto periode = lire_periode(request.field("periode")))
        l.piece.periode = *std::move(periode);
    else
        l.erreurs.push_back(
            {"periode", "Indiquez une année ou un mois, par exemple 2024 ou octobre 2026, ou rien."});
    if (const auto texte = request.field("expire_le"); !texte.empty()) {
        l.piece.expire_le = base::parse_typed_date(texte);
        if (!l.piece.expire_le)
            l.erreurs.push_back({"expire_le", "Indiquez une date, par exemple 21/11/2027."});
    }
    const auto remise = base::parse_typed_date(request.field("remise_le"));
    if (!remise || *remise > jour || *remise < f.deposee_le)
        l.erreurs.push_back(
            {"remise_le", "Indiquez le jour de la remise, entre le dépôt de la demande et aujourd’hui."});
    else
        l.piece.remise_le = *remise;
    const auto g = std::ranges::find(guichets, request.field("guichet"), &Guichet::code);
    if (g != guichets.end())
        l.piece.guichet = g->code;
    else if (guichets.size() == 1)
        l.piece.guichet = guichets.front().code;
    else
        l.erreurs.push_back({"guichet", "Choisissez un guichet."});
    return l;
}

http::Response refuser(App& app, db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                       const store::Fiche& f, const std::vector<Guichet>& guichets, const FormErrors& erreurs,
                       std::string concerne = {})
{
    auto p = charger(app, tx, f, guichets);
    p.concerne = std::move(concerne);
    return http::html(views::pieces(visitor.chrome, p, {&erreurs, &request.form}), 422);
}

} // namespace pieces_au_guichet
} // namespace

http::Response get_pieces(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), guichets, cle);
        if (!f) return introuvable(request, visitor);
        store::noter_consultation(tx, *f, *visitor.agent, app.clock.now());
        return http::html(views::pieces(visitor.chrome, pieces_au_guichet::charger(app, tx, *f, guichets), {},
                                        request.param("fait")));
    });
}

http::Response post_pieces(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    {
        // Nothing is received for somebody who may not read the demande, nor twice for one form.
        auto tx = app.db.read();
        const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (auto reponse = compte::deja_repondu(tx, request, visitor)) return *reponse;
    }
    const auto fichier = recevoir_une(app, request, "fichier");
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto lecteur = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), lecteur, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        const auto guichets = pieces_au_guichet::du_territoire(lecteur, *f);
        if (guichets.empty()) return non_habilite(visitor);
        if (!est_modifiable(*f))
            return http::html(views::situation(visitor.chrome, de_la_demande(*f), false), 409);
        const auto le = app.clock.now();
        auto lue = pieces_au_guichet::lire_la_piece(request, *f, guichets, jour_legal(le, f->territoire));
        if (!fichier)
            for (const auto& e : fichier.error()) lue.erreurs.push_back(e);
        if (store::compter_pieces(tx, f->id) >= pieces_max)
            lue.erreurs.push_back(
                {"fichier", "Cette demande a déjà 200 pièces, le plus qu’elle puisse contenir."});
        if (!lue.erreurs.empty())
            return pieces_au_guichet::refuser(app, tx, request, visitor, *f, lecteur, lue.erreurs);
        if (*fichier) lue.piece.piece = piece::store::inserer(tx, **fichier, le).id.text;
        store::ajouter_piece(tx, *f, lue.piece, *visitor.agent, le);
        return pieces_au_guichet::retour(*f, *fichier ? "piece" : "piece_remise");
    });
}

http::Response post_piece_image(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto& id = request.capture("piece");
    {
        auto tx = app.db.read();
        const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!f || !store::find_piece(tx, *f, id)) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
    }
    const auto fichier = recevoir_une(app, request, "image-" + id);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto lecteur = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), lecteur, cle);
        const auto p = f ? store::find_piece(tx, *f, id) : std::nullopt;
        if (!p) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!est_modifiable(*f))
            return http::html(views::situation(visitor.chrome, de_la_demande(*f), false), 409);
        FormErrors erreurs = fichier ? FormErrors{} : fichier.error();
        if (fichier && !*fichier) erreurs.push_back({"image-" + id, "Choisissez un fichier."});
        if (!erreurs.empty())
            return pieces_au_guichet::refuser(app, tx, request, visitor, *f, lecteur, erreurs, id);
        store::numeriser(tx, *f, *p, piece::store::inserer(tx, **fichier, app.clock.now()).id.text,
                         *visitor.agent, app.clock.now());
        return pieces_au_guichet::retour(*f, "piece");
    });
}

http::Response post_piece_decision(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto lecteur = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), lecteur, cle);
        const auto p = f ? store::find_piece(tx, *f, request.capture("piece")) : std::nullopt;
        if (!p) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!est_modifiable(*f))
            return http::html(views::situation(visitor.chrome, de_la_demande(*f), false), 409);
        const auto d = decider(p->etat, request.field("choix"), request.field("motif-" + p->id));
        if (!d && d.error().kind == Problem::Kind::Conflict)
            return error_response(d.error(), request, visitor.chrome);
        if (!d)
            return pieces_au_guichet::refuser(
                app, tx, request, visitor, *f, lecteur,
                {{d.error().field == "motif" ? "motif-" + p->id : std::string{}, d.error().message}}, p->id);
        store::decider_piece(tx, *f, *p, *d, *visitor.agent, app.clock.now());
        return pieces_au_guichet::retour(*f,
                                         d->etat == EtatPiece::Validee ? "piece_acceptee" : "piece_refusee");
    });
}

http::Response get_piece(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto fichier = app.db.write([&](db::Transaction& tx) -> std::optional<piece::Piece> {
        const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        const auto p = f ? store::find_piece(tx, *f, request.capture("piece")) : std::nullopt;
        if (!p || !p->piece) return std::nullopt;
        store::noter(tx, f->id, f->territoire, Evenement::ConsultationAgent, *visitor.agent, app.clock.now(),
                     p->type);
        return piece::store::trouver(tx, Id<piece::Piece>{*p->piece});
    });
    if (!fichier) return introuvable(request, visitor);
    return piece::servir(*app.fichiers.magasin, *fichier, piece::Variante::Fichier, request);
}

http::Response get_identites(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    auto guichets = store::guichets_de(tx, visitor.agent->id);
    std::erase_if(guichets, [](const Guichet& g) { return !enregistre(g); });
    if (guichets.empty()) return non_habilite(visitor);
    const auto demande = std::ranges::find(guichets, request.param("guichet"), &Guichet::code);
    const auto& g = demande == guichets.end() ? guichets.front() : *demande;
    const auto apres = request.param("apres");
    views::SansIdentite v{.guichets = guichets,
                          .guichet = g,
                          .demandes = store::sans_identite(tx, g.code, apres),
                          .suite = {},
                          .apres = !apres.empty()};
    if (v.demandes.size() > store::sans_identite_par_page) {
        v.demandes.resize(store::sans_identite_par_page);
        v.suite = v.demandes.back().demande;
    }
    return http::html(views::sans_identite(visitor.chrome, v));
}

} // namespace demande
