// The documents an applicant gives online, and their files.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/commun.hpp"
#include "demande/espace/pages.hpp"
#include "demande/espace/store_espace.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/rappel/peremption.hpp"
#include "edge.hpp"
#include "piece/envoi.hpp"
#include "piece/nature.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"

namespace demande::espace {

namespace {
namespace depots {

/// The one the address or the form names, among those this demande calls for.
std::optional<PieceADeposer> la_piece(db::Transaction& tx, const Ouverte& f, const std::string& type,
                                      const std::string& personne, Date jour)
{
    const auto toutes = pieces_de(tx, f, jour);
    const auto p = std::ranges::find_if(toutes, [&](const PieceADeposer& q) {
        return q.adresse() == std::pair{type, personne};
    });
    return p == toutes.end() ? std::nullopt : std::optional{*p};
}

/// What keeps a document from being added, whatever its file holds; `expire_le` is read on the way.
FormErrors refus(db::Transaction& tx, const demande::store::Fiche& f, const http::Request& request,
                 std::optional<Date>& expire_le)
{
    FormErrors erreurs;
    if (const auto texte = request.field("expire_le"); !texte.empty()) {
        expire_le = base::parse_typed_date(texte);
        if (!expire_le) erreurs.push_back({"expire_le", "Indiquez une date, par exemple 21/11/2027."});
    }
    if (demande::store::compter_pieces(tx, f.id) >= pieces_max)
        erreurs.push_back({"fichier", "Votre demande a déjà 200 pièces, le plus qu’elle puisse contenir."});
    return erreurs;
}

/// A picture or a PDF, received outside any transaction.
Result<piece::PieceRecue, FormErrors> recevoir(App& app, const http::Request& request)
{
    const auto envoye = std::ranges::find(request.files, "fichier", &http::UploadedFile::field);
    if (envoye == request.files.end()) return FormErrors{{"fichier", "Choisissez une photo ou un PDF."}};
    const auto nature = piece::reconnaitre(envoye->data);
    if (nature && !piece::est_image(*nature) && *nature != piece::TypePiece::Pdf)
        return FormErrors{{"fichier", "Envoyez une photo ou un PDF."}};
    auto recue = piece::recevoir(app.fichiers, *envoye);
    if (!recue) return FormErrors{{"fichier", recue.error().message}};
    app.fichiers.annoncer();
    return *std::move(recue);
}

/// A later document of the same person is here, as the task sees it (rappel/store_rappels.cpp).
bool est_remplacee(const demande::store::PieceDeposee& p,
                   const std::vector<demande::store::PieceDeposee>& toutes)
{
    return std::ranges::any_of(toutes, [&](const auto& q) {
        return q.type == p.type && q.personne == p.personne && q.id != p.id && q.etat != EtatPiece::Refusee &&
               (q.expire_le > p.expire_le || (q.periode == p.periode && q.version > p.version));
    });
}

} // namespace depots
} // namespace

http::Response get_pieces(App& app, const http::Request& request, const Visitor& visitor)
{
    return montrer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto jour = jour_legal(app.clock.now(), f.territoire);
            views::Pieces p{.de = en_tete(f),
                            .modifiable = est_modifiable(f) && se_traitent_ici(f.ou),
                            .demandees = pieces_de(tx, f, jour),
                            .recues = {}};
            const auto personnes = personnes_du_dossier(f.reponses);
            const auto recues = pieces_vues(tx, f);
            std::vector<Id<piece::Piece>> ids;
            for (const auto& r : recues)
                if (r.piece && ids.size() < pieces_max) ids.emplace_back(*r.piece);
            const auto fichiers = piece::store::par_ids(tx, ids);
            for (const auto& r : recues) {
                views::Recue l{.piece = r,
                               .libelle = libelle_de_piece(r.type),
                               .de_qui = {},
                               .fichier = std::nullopt,
                               .validite = validite(r.expire_le, jour)};
                const auto qui = std::ranges::find(personnes, r.personne, &PersonneDuDossier::cle);
                if (!r.personne.empty())
                    l.de_qui =
                        qui == personnes.end() ? "une personne qui n’est plus sur la demande" : qui->nom;
                if (r.expire_le && est_en_cours(f.etat))
                    l.rappel_le = rappel::rappel_prevu({.type = r.type,
                                                        .personne = r.personne,
                                                        .etat = r.etat,
                                                        .remplacee = depots::est_remplacee(r, recues),
                                                        .remise_le = r.remise_le,
                                                        .expire_le = *r.expire_le},
                                                       f.reponses, jour);
                for (const auto& fichier : fichiers)
                    if (r.piece && fichier.id.text == *r.piece) l.fichier = fichier;
                p.recues.push_back(std::move(l));
            }
            return http::html(views::pieces(visitor.chrome, p, request.param("fait")));
        });
}

http::Response get_ajout_de_piece(App& app, const http::Request& request, const Visitor& visitor)
{
    return preparer(app, request, visitor, Pouvoir::Deposer,
                    [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                        const auto p =
                            depots::la_piece(tx, f, request.capture("type"), request.capture("personne"),
                                             jour_legal(app.clock.now(), f.territoire));
                        if (!p) return introuvable(request, visitor);
                        if (!est_modifiable(f)) return vers(f, "pieces");
                        return http::html(views::ajout(visitor.chrome, en_tete(f), *p));
                    });
}

http::Response post_ajout_de_piece(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    {
        // Nothing is received for somebody who may not read the demande, nor twice for one form.
        auto tx = app.db.read();
        const auto f = ouvrir(app, tx, request, visitor, cle);
        const auto p = f && f->permet(Pouvoir::Deposer)
                           ? depots::la_piece(tx, *f, request.capture("type"), request.capture("personne"),
                                              jour_legal(app.clock.now(), f->territoire))
                           : std::nullopt;
        if (!p) return introuvable(request, visitor);
        if (auto ailleurs = suivie_ailleurs(*f, visitor)) return *std::move(ailleurs);
        if (!est_modifiable(*f)) return vers(*f, "pieces");
        if (auto reponse = compte::deja_repondu(tx, request, visitor)) return *reponse;
        std::optional<Date> expire_le;
        if (const auto erreurs = depots::refus(tx, *f, request, expire_le);
            !erreurs.empty() && !request.files.empty())
            return http::html(views::ajout(visitor.chrome, en_tete(*f), *p, {&erreurs, &request.form}), 422);
    }
    if (auto trop = portail::trop_de_fichiers(app, request, visitor)) return *std::move(trop);
    const auto fichier = depots::recevoir(app, request);
    return agir(app, request, visitor, Pouvoir::Deposer,
                [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                    const auto le = app.clock.now();
                    const auto jour = jour_legal(le, f.territoire);
                    const auto p =
                        depots::la_piece(tx, f, request.capture("type"), request.capture("personne"), jour);
                    if (!p) return introuvable(request, visitor);
                    // By its rank, it may be another one since the page was read: chosen again.
                    if (!est_modifiable(f) ||
                        (p->moment == demande::Moment::SiDemandee && request.field("quoi") != p->cle()))
                        return vers(f, "pieces");
                    FormErrors erreurs = fichier ? FormErrors{} : fichier.error();
                    std::optional<Date> expire_le;
                    for (auto& e : depots::refus(tx, f, request, expire_le)) erreurs.push_back(std::move(e));
                    if (!erreurs.empty())
                        return http::html(
                            views::ajout(visitor.chrome, en_tete(f), *p, {&erreurs, &request.form}), 422);
                    demande::store::ajouter_piece(tx, f,
                                                  {.type = p->type,
                                                   .personne = p->personne,
                                                   .periode = p->periode,
                                                   .piece = piece::store::inserer(tx, *fichier, le).id.text,
                                                   .expire_le = expire_le,
                                                   .remise_le = jour,
                                                   .guichet = store::guichet_de(tx, f.id)},
                                                  f.pour_les_pieces(), le);
                    return vers(f, "pieces", "piece");
                });
}

http::Response get_fichier_de_piece(App& app, const http::Request& request, const Visitor& visitor)
{
    std::optional<piece::Piece> fichier;
    auto refus = montrer(app, request, visitor, Pouvoir::Deposer,
                         [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                             for (const auto& p : pieces_vues(tx, f))
                                 if (p.id == request.capture("piece") && p.piece)
                                     fichier = piece::store::trouver(tx, Id<piece::Piece>{*p.piece});
                             return introuvable(request, visitor);
                         });
    if (!fichier) return refus;
    return piece::servir(*app.fichiers.magasin, *fichier, piece::Variante::Fichier, request);
}

} // namespace demande::espace
