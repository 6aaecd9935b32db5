// The identity document, the deposit, giving up. Only the document and what makes somebody somebody may keep
// a demande from being deposited (CCH R. 441-2-3).
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/chargement.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/portail/courriels.hpp"
#include "demande/portail/pages.hpp"
#include "demande/saisie.hpp"
#include "edge.hpp"
#include "piece/envoi.hpp"
#include "piece/nature.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"

namespace demande::portail {

namespace {
namespace fin_du_depot {

/// Pictures and PDF of the form, received outside any transaction.
piece::Reception recevoir(App& app, const http::Request& request, std::size_t deja)
{
    const std::string champ{champ_identite};
    std::vector<http::UploadedFile> lisibles;
    FormErrors refus;
    for (const auto& f : request.files) {
        if (f.field != champ) continue;
        const auto nature = piece::reconnaitre(f.data);
        if (nature && !piece::est_image(*nature) && *nature != piece::TypePiece::Pdf)
            refus.push_back({champ, "Envoyez une photo ou un PDF."});
        else if (lisibles.size() + deja >= fichiers_max)
            refus.push_back({champ, "Six fichiers suffisent\u00a0: retirez-en un d’abord."});
        else
            lisibles.push_back(f);
    }
    auto r = piece::recevoir_tout(app.fichiers, lisibles, champ, 0);
    for (auto& e : refus) r.refus.push_back(std::move(e));
    for (auto& e : r.refus) e.field = champ;
    if (!r.recues.empty()) app.fichiers.annoncer();
    return r;
}

} // namespace fin_du_depot
} // namespace

http::Response page_de_verification(App& app, db::Transaction& tx, const Visitor& visitor,
                                    const store::EnLigne& d, bool refuse)
{
    const auto fichiers = store::fichiers(tx, d);
    const auto contexte = contexte_de_saisie(app, tx, d.territoire, d.reponses);
    return http::html(
        views::verification(visitor.chrome,
                            {.ecran = ecran(app, d, *etape("verification"), d.reponses, true),
                             .fichiers = fichiers,
                             .a_corriger = avant_le_depot(d.reponses, contexte, a_une_piece(fichiers)),
                             .a_completer = a_preciser(d.reponses, contexte.aujourd_hui),
                             .recours = recours_de(tx, d)},
                            refuse),
        refuse ? 422 : 200);
}

http::Response post_fichiers(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    std::size_t deja = 0;
    {
        // Nothing is received for what is not theirs, nor twice for one form.
        auto tx = app.db.read();
        const auto d = store::find(tx, request.capture("id"), visitor.demandeur->id, cle);
        if (!d || !store::est_modifiable(*d)) return introuvable(request, visitor);
        if (auto reponse = compte::deja_repondu(tx, request, visitor)) return *reponse;
        if (auto ailleurs = parti_ailleurs(app, tx, visitor, *d, 409)) return *std::move(ailleurs);
        deja = store::fichiers(tx, *d).size();
    }
    if (auto trop = trop_de_fichiers(app, request, visitor)) return *std::move(trop);
    const auto reception = fin_du_depot::recevoir(app, request, deja);
    return ecrire(app, request, visitor, [&](db::Transaction& tx, const store::EnLigne& d) -> http::Response {
        if (!store::est_modifiable(d)) return introuvable(request, visitor);
        const auto le = app.clock.now();
        const auto& e = *etape("identite");
        const auto apres = repondre(d.reponses, e, reponses_postees(request));
        const bool plus_tard = request.field("suite") == "plus_tard";
        for (const auto& recue : reception.recues)
            store::ajouter_fichier(tx, d, piece::store::inserer(tx, recue, le).id.text, le);
        const auto contexte = contexte_sans_communes(app, d.territoire);
        const auto lu = lire(datees(apres, contexte.aujourd_hui), contexte);
        auto erreurs = lu ? FormErrors{} : de_l_etape(e, lu.error());
        store::garder(tx, d, sans_les_fautes(d.reponses, apres, erreurs),
                      plus_tard ? e.slug : std::string_view{"verification"}, cle, le);
        const auto fichiers = store::fichiers(tx, d);
        if (fichiers.empty() && reception.refus.empty())
            erreurs.push_back(
                {std::string{champ_identite}, "Choisissez une photo ou un PDF de votre pièce d’identité."});
        if (!plus_tard || !reception.refus.empty())
            for (const auto& refus : reception.refus) erreurs.push_back(refus);
        if (!erreurs.empty() && (!plus_tard || !reception.refus.empty())) {
            auto reponse = http::html(
                views::identite(visitor.chrome, {ecran(app, d, e, apres, false), fichiers}, erreurs), 422);
            return reponse;
        }
        return http::redirect(plus_tard ? "/ma-demande?fait=garde"
                                        : views::url_en_ligne(d.id, "verification").text());
    });
}

http::Response get_fichier(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    std::optional<piece::Piece> fichier;
    {
        auto tx = app.db.read();
        const auto d = store::find(tx, request.capture("id"), visitor.demandeur->id, cle);
        if (d) fichier = store::find_fichier(tx, *d, request.capture("piece"));
    }
    if (!fichier) return introuvable(request, visitor);
    return piece::servir(*app.fichiers.magasin, *fichier, piece::Variante::Fichier, request);
}

http::Response post_retrait_de_fichier(App& app, const http::Request& request, const Visitor& visitor)
{
    return ecrire(app, request, visitor, [&](db::Transaction& tx, const store::EnLigne& d) -> http::Response {
        if (!store::est_modifiable(d)) return introuvable(request, visitor);
        store::retirer_fichier(tx, d, request.capture("piece"), app.clock.now());
        return http::redirect(views::url_en_ligne(d.id, "identite").text());
    });
}

http::Response post_envoi(App& app, const http::Request& request, const Visitor& visitor)
{
    return ecrire(app, request, visitor, [&](db::Transaction& tx, const store::EnLigne& d) -> http::Response {
        const auto fin = views::url_en_ligne(d.id).with("fait", "depot").text();
        // Sent a second time, from another tab or after a lost answer: it is deposited, once.
        if (!store::est_modifiable(d)) return http::redirect(fin);
        if (auto ailleurs = parti_ailleurs(app, tx, visitor, d, 409)) return *std::move(ailleurs);
        const auto contexte = contexte_de_saisie(app, tx, d.territoire, d.reponses);
        if (!avant_le_depot(d.reponses, contexte, a_une_piece(store::fichiers(tx, d))).empty())
            return page_de_verification(app, tx, visitor, d, true);
        const auto le = app.clock.now();
        const auto anciennete = store::deposer(tx, d, contexte.aujourd_hui, le);
        courrier::enqueue(tx,
                          courriels::accuse({.demande = d.id,
                                             .territoire = d.territoire,
                                             .courriel = visitor.demandeur->courriel,
                                             .lien = compte::pages::adresse(app, "/ma-demande")},
                                            anciennete),
                          le);
        return http::redirect(fin);
    });
}

http::Response get_abandon(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto d = store::find(tx, request.capture("id"), visitor.demandeur->id, cle);
    if (!d || !store::est_modifiable(*d)) return introuvable(request, visitor);
    return http::html(views::abandon(visitor.chrome, *d));
}

http::Response post_abandon(App& app, const http::Request& request, const Visitor& visitor)
{
    return ecrire(app, request, visitor, [&](db::Transaction& tx, const store::EnLigne& d) -> http::Response {
        if (!store::est_modifiable(d)) return introuvable(request, visitor);
        store::abandonner(tx, d);
        return http::redirect("/ma-demande?fait=abandon");
    });
}

} // namespace demande::portail
