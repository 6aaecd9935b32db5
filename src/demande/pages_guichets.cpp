// Opening guichets and naming their agents.
#include <algorithm>

#include "demande/chargement.hpp"
#include "demande/numero.hpp"
#include "demande/pages.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace demande {

namespace {
namespace ouverture {

http::Response page(db::Transaction& tx, const Visitor& visitor, const views::Saisie& saisie,
                    std::string_view fait)
{
    views::Guichets modele;
    for (const auto& t : territoire::store::list_territoires(tx)) {
        const auto territoire = territoire_du_departement(t.code);
        if (!territoire || !peut_gerer_les_guichets(*visitor.agent, t.code)) continue;
        const auto ouverts = store::guichets_du_territoire(tx, *territoire);
        for (const auto& p : partenaire::store::actifs(tx, t.code)) {
            const auto g = std::ranges::find(ouverts, p.id.text, &Guichet::partenaire);
            if (g == ouverts.end())
                modele.partenaires.push_back({p.id.text, p.nom, {}, t.nom});
            else
                modele.guichets.push_back({*g, store::membres(tx, *g)});
        }
    }
    return http::html(views::guichets(visitor.chrome, modele, saisie, fait), saisie.erreurs ? 422 : 200);
}

/// The guichet of the URL, when the visitor may name its agents; else it does not exist.
std::optional<Guichet> gere(db::Transaction& tx, const http::Request& request, const Visitor& visitor)
{
    auto g = store::find_guichet(tx, request.capture("code"));
    if (!g) return std::nullopt;
    const auto p = partenaire::store::find(tx, Id<partenaire::Partenaire>{g->partenaire});
    if (!p || !peut_gerer_les_guichets(*visitor.agent, p->territoire)) return std::nullopt;
    return g;
}

void noter(db::Transaction& tx, const Visitor& visitor, const Guichet& g, std::string evenement, Instant le,
           std::string details)
{
    const auto p = partenaire::store::find(tx, Id<partenaire::Partenaire>{g.partenaire});
    journal::append(tx, {.objet_type = "guichet",
                         .objet_id = g.code,
                         .evenement = std::move(evenement),
                         .acteur_id = visitor.agent->id,
                         .acteur_nom = visitor.agent->nom,
                         .territoire = p ? p->territoire : std::string{},
                         .le = le,
                         .details = std::move(details)});
}

http::Response changer(App& app, const http::Request& request, const Visitor& visitor, bool habiliter)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto g = gere(tx, request, visitor);
        if (!g) return introuvable(request, visitor);
        const auto qui = request.field("compte");
        const auto membres = store::membres(tx, *g);
        const auto m = std::ranges::find(membres, qui, &store::Membre::compte);
        if (m == membres.end()) return introuvable(request, visitor);
        // Nobody opens the demandes to himself.
        if (habiliter && qui == visitor.agent->id)
            return error_response(
                Problem::forbidden("Vous ne pouvez pas vous habiliter vous-même : demandez-le à un "
                                   "collègue."),
                request, visitor.chrome);
        if (m->habilite != habiliter) {
            if (habiliter)
                store::habiliter(tx, qui, g->code, visitor.agent->id, le);
            else
                store::retirer_habilitation(tx, qui, g->code);
            noter(tx, visitor, *g, habiliter ? "habilitation" : "retrait", le, qui);
        }
        return http::redirect(std::string{"/administration/guichets?fait="} +
                              (habiliter ? "habilitation" : "retrait"));
    });
}

} // namespace ouverture
} // namespace

http::Response get_guichets(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    if (!gere_des_guichets(*visitor.agent))
        return error_response(Problem::forbidden(), request, visitor.chrome);
    return ouverture::page(tx, visitor, {}, request.param("fait"));
}

http::Response post_guichets(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        if (!gere_des_guichets(*visitor.agent))
            return error_response(Problem::forbidden(), request, visitor.chrome);
        FormErrors erreurs;
        auto code = request.field("code");
        std::ranges::transform(code, code.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        const auto p = partenaire::store::find(tx, Id<partenaire::Partenaire>{request.field("partenaire")});
        const auto territoire = p ? territoire_du_departement(p->territoire) : std::nullopt;
        if (!p || !p->actif || !territoire || !peut_gerer_les_guichets(*visitor.agent, p->territoire))
            erreurs.push_back({"partenaire", "Choisissez un organisme de la liste."});
        else if (std::ranges::any_of(store::guichets_du_territoire(tx, *territoire),
                                     [&](const Guichet& g) { return g.partenaire == p->id.text; }))
            erreurs.push_back({"partenaire", "Cet organisme a déjà un guichet dans ce territoire."});
        const auto qualite = base::from_slug(qualites, request.field("qualite"));
        if (!qualite) erreurs.push_back({"qualite", "Choisissez une qualité de la liste."});
        if (!est_un_code_de_guichet(code))
            erreurs.push_back({"code", "Écrivez cinq lettres sans accent ou chiffres. Par exemple : 76R01"});
        else if (store::find_guichet(tx, code))
            erreurs.push_back({"code", "Ce code est déjà celui d’un guichet."});
        if (!erreurs.empty()) return ouverture::page(tx, visitor, {&erreurs, &request.form}, {});
        const Guichet g{.code = code,
                        .territoire = *territoire,
                        .partenaire = p->id.text,
                        .nom = p->nom,
                        .qualite = *qualite};
        store::ouvrir_guichet(tx, g, le);
        ouverture::noter(tx, visitor, g, "ouverture", le,
                         g.qualite == Qualite::SelonSonType
                             ? p->nom
                             : p->nom + ", " + std::string{base::label_of(qualites, g.qualite)});
        return http::redirect("/administration/guichets?fait=guichet");
    });
}

http::Response post_habilitation(App& app, const http::Request& request, const Visitor& visitor)
{
    return ouverture::changer(app, request, visitor, true);
}

http::Response post_retrait(App& app, const http::Request& request, const Visitor& visitor)
{
    return ouverture::changer(app, request, visitor, false);
}

} // namespace demande
