// Who keeps the demandes of a territory: what administrators decide, and what anybody may ask.
#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/droits.hpp"
#include "demande/gestion/pages.hpp"
#include "demande/gestion/views_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/numero.hpp"
#include "demande/portail/chargement.hpp"
#include "edge.hpp"

namespace demande::gestion {

namespace {
namespace qui_garde {

views::Ligne ligne(db::Transaction& tx, const std::string& code, Orientation o)
{
    return {code, portail::nom_du_territoire(tx, code), std::move(o)};
}

/// Of every territory: one look at the decisions, one at the names.
std::vector<views::Ligne> lignes(db::Transaction& tx, Date jour)
{
    const auto noms = portail::noms_des_departements(tx);
    std::vector<views::Ligne> out;
    for (auto& t : store::tous(tx, jour))
        out.push_back({t.code, portail::nom_du_territoire(noms, t.code), std::move(t.orientation)});
    return out;
}

http::Response page(App& app, db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                    const demande::views::Saisie& saisie, std::string_view fait)
{
    const auto& code = request.capture("territoire");
    if (!est_un_territoire(code)) return introuvable(request, visitor);
    const auto jour = jour_legal(app.clock.now(), code);
    return http::html(views::territoire(visitor.chrome,
                                        {ligne(tx, code, store::orienter(tx, code, jour)),
                                         store::decisions(tx, code), jour},
                                        saisie, fait),
                      saisie.erreurs ? 422 : 200);
}

http::Response interdit(const http::Request& request, const Visitor& visitor)
{
    return error_response(Problem::forbidden(), request, visitor.chrome);
}

http::Response page_ou(db::Transaction& tx, const Visitor& visitor, Date jour,
                       std::optional<views::Ligne> trouve, const demande::views::Saisie& saisie = {})
{
    views::Ou v{.ailleurs = {}, .trouve = std::move(trouve)};
    for (auto& l : lignes(tx, jour))
        if (l.orientation.gestion == Gestion::Ailleurs) v.ailleurs.push_back(std::move(l));
    return http::html(views::ou(visitor.chrome, v, saisie), saisie.erreurs ? 422 : 200);
}

} // namespace qui_garde
} // namespace

http::Response get_territoires(App& app, const http::Request& request, const Visitor& visitor)
{
    if (!peut_changer_la_gestion(*visitor.agent)) return qui_garde::interdit(request, visitor);
    auto tx = app.db.read();
    const auto jour = base::local_date(app.clock.now());
    return http::html(views::territoires(visitor.chrome, qui_garde::lignes(tx, jour), jour));
}

http::Response get_territoire(App& app, const http::Request& request, const Visitor& visitor)
{
    if (!peut_changer_la_gestion(*visitor.agent)) return qui_garde::interdit(request, visitor);
    auto tx = app.db.read();
    return qui_garde::page(app, tx, request, visitor, {}, request.param("fait"));
}

http::Response post_territoire(App& app, const http::Request& request, const Visitor& visitor)
{
    if (!peut_changer_la_gestion(*visitor.agent)) return qui_garde::interdit(request, visitor);
    const auto le = app.clock.now();
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto& code = request.capture("territoire");
        if (!est_un_territoire(code)) return introuvable(request, visitor);
        const auto d = decider(code, request.field("ou"), request.field("site"), request.field("depuis"),
                               jour_legal(le, code));
        if (!d) return qui_garde::page(app, tx, request, visitor, {&d.error(), &request.form}, {});
        if (request.field("confirme") != "oui") {
            const auto jour = jour_legal(le, code);
            const auto actuelle = store::orienter(tx, code, jour);
            return http::html(views::confirmation(
                visitor.chrome,
                {qui_garde::ligne(tx, code, actuelle), *d,
                 store::concernees(tx, code, d->depuis, d->site.empty() && !se_traitent_ici(actuelle)), jour},
                request.form));
        }
        const bool nouvelle = store::prendre(tx, *d, *visitor.agent, le);
        return http::redirect("/administration/gestion-des-demandes/" + code +
                              (nouvelle ? "?fait=decision" : "?fait=inchangee"));
    });
}

http::Response get_ou(App& app, const http::Request&, const Visitor& visitor)
{
    auto tx = app.db.read();
    return qui_garde::page_ou(tx, visitor, base::local_date(app.clock.now()), std::nullopt);
}

http::Response post_ou(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto numero = lire_numero(request.field("numero"));
    FormErrors erreurs;
    if (!numero) {
        erreurs.push_back({"numero", numero.error().message});
    } else {
        const auto jour = jour_legal(app.clock.now(), numero->territoire);
        auto o = store::orienter(tx, numero->territoire, jour);
        if (o.gestion != Gestion::Inconnue)
            return qui_garde::page_ou(tx, visitor, jour,
                                      qui_garde::ligne(tx, numero->territoire, std::move(o)));
        erreurs.push_back(
            {"numero", "Aucun territoire ne commence ainsi : vérifiez les trois premiers caractères."});
    }
    return qui_garde::page_ou(tx, visitor, base::local_date(app.clock.now()), std::nullopt,
                              {&erreurs, &request.form});
}

} // namespace demande::gestion
