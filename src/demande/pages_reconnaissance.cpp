// The priorities recognised of a demande: reading them, noting one, ending one.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/pages.hpp"
#include "demande/store_reconnaissance.hpp"
#include "demande/views_reconnaissance.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace priorites_reconnues {

views::Priorites charger(db::Transaction& tx, const store::Fiche& f, const std::vector<Guichet>& guichets,
                         Instant le)
{
    return {.id = f.id,
            .numero = numero_lu(f.numero),
            .jour = jour_legal(le, f.territoire),
            .reconnaissances = store::reconnaissances(tx, f.id),
            .permises = natures_permises(guichets, f.territoire),
            .actes = se_traitent_ici(gestion::store::orienter(tx, f.territoire, le))};
}

/// Loads, checks who asks, then does `acte`, which answers.
template <class F>
http::Response agir(App& app, const http::Request& request, const Visitor& visitor, F&& acte)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), guichets, {});
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, le, request, visitor))
            return *std::move(ailleurs);
        const auto v = charger(tx, *f, guichets, le);
        if (v.permises.empty()) return error_response(Problem::forbidden(), request, visitor.chrome);
        return acte(tx, *f, v, guichets, le);
    });
}

http::Response fait(const store::Fiche& f, std::string_view quoi)
{
    return http::redirect(ui::url("/demandes/{}/priorites", f.id).with("fait", std::string{quoi}).text());
}

} // namespace priorites_reconnues
} // namespace

http::Response get_priorites(App& app, const http::Request& request, const Visitor& visitor)
{
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), guichets, {});
        if (!f) return introuvable(request, visitor);
        store::noter_consultation(tx, *f, *visitor.agent, le);
        return http::html(views::priorites(visitor.chrome, priorites_reconnues::charger(tx, *f, guichets, le),
                                           {}, false, request.param("fait")));
    });
}

http::Response post_priorites(App& app, const http::Request& request, const Visitor& visitor)
{
    return priorites_reconnues::agir(
        app, request, visitor,
        [&](db::Transaction& tx, const store::Fiche& f, const views::Priorites& v,
            const std::vector<Guichet>& guichets, Instant le) -> http::Response {
            const auto r = reconnaitre({.nature = request.field("nature"),
                                        .motif = request.field("motif"),
                                        .decision = request.field("decision"),
                                        .decidee_le = request.field("decidee_le"),
                                        .depuis = request.field("depuis"),
                                        .jusqu_au = request.field("jusqu_au")},
                                       v.permises, v.reconnaissances, v.jour);
            if (!r) return http::html(views::priorites(visitor.chrome, v, {&r.error(), &request.form}), 422);
            store::reconnaitre(tx, f, *r, *reconnait(guichets, f.territoire, r->nature), *visitor.agent, le);
            return priorites_reconnues::fait(f, "reconnaissance");
        });
}

http::Response post_fin_de_priorite(App& app, const http::Request& request, const Visitor& visitor)
{
    return priorites_reconnues::agir(
        app, request, visitor,
        [&](db::Transaction& tx, const store::Fiche& f, const views::Priorites& v,
            const std::vector<Guichet>&, Instant le) -> http::Response {
            const auto laquelle =
                std::ranges::find(v.reconnaissances, request.field("reconnaissance"), &Reconnaissance::id);
            const auto refuser = [&](const FormErrors& erreurs) {
                return http::html(views::priorites(visitor.chrome, v, {&erreurs, &request.form}, true), 422);
            };
            if (laquelle == v.reconnaissances.end() ||
                std::ranges::find(v.permises, laquelle->nature) == v.permises.end())
                return refuser({{"reconnaissance", "Choisissez celle qui prend fin."}});
            const auto r = mettre_fin(
                *laquelle, {.finie_le = request.field("finie_le"), .raison = request.field("raison")},
                v.jour);
            if (!r) return refuser(r.error());
            store::mettre_fin(tx, f, *r, *visitor.agent, le);
            return priorites_reconnues::fait(f, "fin_de_reconnaissance");
        });
}

} // namespace demande
