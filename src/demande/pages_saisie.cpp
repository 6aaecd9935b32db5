// Registering a paper form: who it is about, whether a demande already exists, then the form itself.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/nir.hpp"
#include "demande/pages.hpp"
#include "demande/saisie.hpp"
#include "demande/store_attestation.hpp"
#include "demande/store_pieces.hpp"
#include "edge.hpp"
#include "piece/store.hpp"

namespace demande {

namespace {
namespace guichet_ouvert {

std::vector<Guichet> qui_enregistrent(db::Transaction& tx, const Visitor& visitor)
{
    auto guichets = store::guichets_de(tx, visitor.agent->id);
    std::erase_if(guichets, [](const Guichet& g) { return !enregistre(g); });
    return guichets;
}

/// The guichet the form is for, among those the agent acts for.
std::optional<Guichet> choisi(const http::Request& request, const std::vector<Guichet>& guichets)
{
    const auto g = std::ranges::find(guichets, request.field("guichet"), &Guichet::code);
    return g == guichets.end() || !enregistre(*g) ? std::nullopt : std::optional{*g};
}

FormErrors erreurs_de_recherche(const Reponses& r, const std::optional<Guichet>& g)
{
    FormErrors e;
    if (!g) e.push_back({"guichet", "Choisissez un guichet."});
    if (!r.a("demandeur.nom")) e.push_back({"demandeur.nom", "Indiquez le nom de naissance."});
    if (!r.a("demandeur.prenom")) e.push_back({"demandeur.prenom", "Indiquez les prénoms."});
    if (!base::parse_typed_date(r.texte("demandeur.naissance_le")))
        e.push_back({"demandeur.naissance_le", "Indiquez la date de naissance, par exemple 03/02/1984."});
    if (r.a("demandeur.nir"))
        if (const auto nir = lire_nir(r.texte("demandeur.nir")); !nir)
            e.push_back({"demandeur.nir", nir.error().message});
    return e;
}

} // namespace guichet_ouvert
} // namespace

http::Response get_nouvelle(App& app, const http::Request&, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = guichet_ouvert::qui_enregistrent(tx, visitor);
    if (guichets.empty()) return non_habilite(visitor);
    return http::html(views::recherche(visitor.chrome, guichets));
}

http::Response post_nouvelle(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = guichet_ouvert::qui_enregistrent(tx, visitor);
        if (guichets.empty()) return non_habilite(visitor);
        const auto g = guichet_ouvert::choisi(request, guichets);
        const auto r = reponses_postees(request);
        if (const auto erreurs = guichet_ouvert::erreurs_de_recherche(r, g); !erreurs.empty())
            return http::html(views::recherche(visitor.chrome, guichets, {&erreurs, &request.form}), 422);
        if (auto ailleurs = traitees_ailleurs(tx, g->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        const auto semblables = doublons_du_formulaire(tx, g->territoire, r, cle, guichets);
        store::noter_recherche(tx, semblables, g->territoire, *visitor.agent, app.clock.now());
        return http::html(views::formulaire(visitor.chrome, {*g, semblables}, {nullptr, &request.form}));
    });
}

http::Response post_demandes(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const std::string champ{views::champ_copie_d_identite};
    {
        // Nothing is received for somebody who may not register, nor twice for one form.
        auto tx = app.db.read();
        const auto g = guichet_ouvert::choisi(request, store::guichets_de(tx, visitor.agent->id));
        if (!g) return non_habilite(visitor);
        if (auto ailleurs = traitees_ailleurs(tx, g->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (auto reponse = compte::deja_repondu(tx, request, visitor)) return *reponse;
    }
    const auto copie = recevoir_une(app, request, champ);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto g = guichet_ouvert::choisi(request, guichets);
        if (!g) return non_habilite(visitor);
        if (auto ailleurs = traitees_ailleurs(tx, g->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        const auto r = reponses_postees(request);
        const auto semblables = doublons_du_formulaire(tx, g->territoire, r, cle, guichets);
        const auto lu = lire(r, contexte_de_saisie(app, tx, g->territoire, r));
        auto erreurs = lu ? FormErrors{} : lu.error();
        if (!semblables.empty() && request.field("verifie") != "oui")
            erreurs.push_back(
                {"verifie",
                 "Regardez les demandes affichées en haut de la page, puis cochez cette case si ce "
                 "n’est aucune d’elles."});
        if (!copie)
            for (const auto& e : copie.error()) erreurs.push_back(e);
        else if (*copie && !erreurs.empty())
            erreurs.push_back({champ, "Choisissez de nouveau ce fichier\u00a0: une page qui revient ne garde "
                                      "pas les fichiers."});
        if (!erreurs.empty())
            return http::html(views::formulaire(visitor.chrome, {*g, semblables}, {&erreurs, &request.form}),
                              422);
        const auto le = app.clock.now();
        const auto enregistree = store::enregistrer(tx, *lu, *g, *visitor.agent, cle, le);
        if (!enregistree) return error_response(enregistree.error(), request, visitor.chrome);
        if (*copie)
            store::ajouter_piece(tx, store::find(tx, enregistree->id, {*g}, cle).value(),
                                 {.type = std::string{piece_d_identite},
                                  .personne = "demandeur",
                                  .periode = {},
                                  .piece = piece::store::inserer(tx, **copie, le).id.text,
                                  .expire_le = std::nullopt,
                                  .remise_le = lu->deposee_le,
                                  .guichet = g->code},
                                 *visitor.agent, le);
        if (peut_partir_par_courriel(lu->reponses))
            store::demander_attestation_par_courriel(tx, enregistree->id);
        return http::redirect(views::url_demande(enregistree->id).with("fait", "enregistrement").text());
    });
}

} // namespace demande
