// Pages that move a signalement: validate, refuse, close, reopen.
#include "compte/envoi_unique.hpp"
#include "signalement/chargement.hpp"
#include "signalement/notifications.hpp"
#include "signalement/pages.hpp"

namespace signalement {

namespace {

using Regle = std::function<Result<Changement>(const Dossier&, Instant)>;

/// The page that asks the reason of an action, for whoever may do it now.
http::Response demander(App& app, const http::Request& request, const Visitor& visitor, Action action)
{
    auto tx = app.db.read();
    const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
    if (!dossier) return introuvable(request, visitor);
    if (!peut(*visitor.agent, action, *dossier)) return http::redirect(views::url_fiche(dossier->id).text());
    return http::html(views::demander_motif(visitor.chrome, charger_fiche(tx, *dossier, *visitor.agent),
                                            {.action = action}));
}

/// Load, decide, save, tell, answer.
http::Response deplacer(App& app, const http::Request& request, const Visitor& visitor, Action action,
                        std::string_view fait, const Regle& regle)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find_for_decision(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        const auto le = app.clock.now();
        const auto changement = regle(*dossier, le);
        if (!changement)
            return refuser_page(visitor, request, changement.error(), [&](const views::Saisie& saisie) {
                if (!views::demande_un_motif(action))
                    return page_fiche(tx, request, visitor, *dossier, views::Onglet::Suivi, saisie);
                return views::demander_motif(visitor.chrome, charger_fiche(tx, *dossier, *visitor.agent),
                                             {.action = action}, saisie);
            });
        store::save(tx, *dossier, *changement, *visitor.agent);
        notifications::changement(app, tx, *dossier, *changement, *visitor.agent);
        return retour_fiche(*dossier, fait);
    });
}

} // namespace

http::Response post_validation(App& app, const http::Request& request, const Visitor& visitor)
{
    return deplacer(app, request, visitor, Action::Valider, "valide",
                    [&](const Dossier& d, Instant le) { return valider(d, *visitor.agent, le); });
}

http::Response get_refus(App& app, const http::Request& request, const Visitor& visitor)
{
    return demander(app, request, visitor, Action::Refuser);
}

http::Response post_refus(App& app, const http::Request& request, const Visitor& visitor)
{
    return deplacer(app, request, visitor, Action::Refuser, "refuse", [&](const Dossier& d, Instant le) {
        return refuser(d, *visitor.agent, request.field("motif"), request.field("texte"), le);
    });
}

http::Response get_cloture(App& app, const http::Request& request, const Visitor& visitor)
{
    return demander(app, request, visitor, Action::Cloturer);
}

http::Response post_cloture(App& app, const http::Request& request, const Visitor& visitor)
{
    return deplacer(app, request, visitor, Action::Cloturer, "clos", [&](const Dossier& d, Instant le) {
        return cloturer(d, *visitor.agent, request.field("motif"), request.field("texte"), le);
    });
}

http::Response get_reouverture(App& app, const http::Request& request, const Visitor& visitor)
{
    return demander(app, request, visitor, Action::Rouvrir);
}

http::Response post_reouverture(App& app, const http::Request& request, const Visitor& visitor)
{
    return deplacer(app, request, visitor, Action::Rouvrir, "rouvert", [&](const Dossier& d, Instant le) {
        return rouvrir(d, *visitor.agent, request.field("texte"), le);
    });
}

} // namespace signalement
