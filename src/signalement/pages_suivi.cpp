// Pages that add to the follow-up, show an entry to the depositor, or send a lost message again.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/store.hpp"
#include "edge.hpp"
#include "partenaire/store.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/notifications.hpp"
#include "signalement/pages.hpp"

namespace signalement {

namespace {

/// Somebody whom nobody has confirmed yet adds a bounded number of actions a day.
bool compter_action(App& app, const compte::Agent& agent, Instant le)
{
    const auto secret = compte::store::secret(app.db, compte::store::secret_csrf, le);
    const compte::Limite limite{"action|" + agent.id, actions_par_jour_avant_confirmation, 86'400};
    return app.db.write([&](db::Transaction& tx) {
        return compte::store::tenter(tx, secret, std::span{&limite, 1}, le).permise;
    });
}

SaisieSuivi saisie_de(const http::Request& request)
{
    return {.type = request.field("type"),
            .date = request.field("date"),
            .texte = request.field("texte"),
            .reference_acte = request.field("reference_acte"),
            .visible_deposant = request.field("visible_deposant") == "oui",
            .pieces = static_cast<std::size_t>(
                std::ranges::count(request.files, "fichiers", &http::UploadedFile::field))};
}

} // namespace

http::Response post_suivi(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto le = app.clock.now();
    // The file again, with what was refused and all that was typed.
    const auto page = [&](db::Transaction& tx, const Dossier& d, const FormErrors& errors, int status = 422) {
        return http::html(page_fiche(tx, request, visitor, d, views::Onglet::Suivi,
                                     {.errors = &errors, .values = &request.form}),
                          status);
    };
    const auto page_refusee = [&](db::Transaction& tx, const Dossier& d, const Problem& problem) {
        if (problem.kind == Problem::Kind::Invalid)
            return page(tx, d, {{problem.field, problem.message}}, http::status_of(problem));
        return http::html(page_fiche(tx, request, visitor, d, views::Onglet::Suivi,
                                     {.values = &request.form, .problem = &problem}),
                          http::status_of(problem));
    };

    // The right and the text come before the files: nobody makes us decode pictures for a report that is not
    // theirs.
    auto tx = std::optional{app.db.read()};
    const auto vu = store::find(*tx, request.capture("id"), agent);
    if (!vu) return introuvable(request, visitor);
    if (auto reponse = compte::deja_repondu(*tx, request, visitor)) return std::move(*reponse);
    if (!peut(agent, Action::Agir, *vu))
        return page_refusee(
            *tx, *vu,
            Problem::forbidden("Votre prise en charge a changé d’état : rechargez la page, puis "
                               "acceptez-la pour agir sur ce dossier."));
    const auto lu = lire_suivi(saisie_de(request), base::local_date(le, fuseau_de(*tx, *vu)));
    if (!lu) return page(*tx, *vu, lu.error());
    const bool confirme = peut(agent, Action::LireTout, *vu);
    tx.reset();
    if (!confirme && !compter_action(app, agent, le)) {
        tx.emplace(app.db.read());
        return page(
            *tx, *vu,
            {{"texte", fmt::format("Vous avez ajouté {} actions depuis hier, le maximum tant que le "
                                   "secrétariat n’a pas confirmé que vous travaillez pour cette commune. "
                                   "Gardez ce texte et envoyez-le demain ; si c’est urgent, appelez le "
                                   "comité.",
                                   actions_par_jour_avant_confirmation)}},
            429);
    }
    const auto reception = piece::recevoir_tout(app.fichiers, request.files, "fichiers", 0);

    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find_for_decision(tx, request.capture("id"), agent);
        if (!dossier) return introuvable(request, visitor);
        if (!reception.refus.empty()) return page(tx, *dossier, reception.refus);
        const auto suivi = agir(*dossier, avec_partenaire(tx, *dossier, agent), *lu, le);
        if (!suivi) return page_refusee(tx, *dossier, suivi.error()); // somebody acted between the two
        std::vector<std::string> pieces;
        for (const auto& recue : reception.recues)
            pieces.push_back(piece::store::inserer(tx, recue, le).id.text);
        store::save(tx, *dossier, *suivi, pieces);
        notifications::suivi(app, tx, *dossier, *suivi);
        return retour_fiche(*dossier, "ajoute");
    });
}

http::Response post_visibilite(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find_for_decision(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        const auto suivi = store::find_suivi(tx, *dossier, *visitor.agent, request.capture("suivi"));
        if (!suivi) return introuvable(request, visitor);
        const auto le = app.clock.now();
        const auto visibilite =
            changer_visibilite(*dossier, *visitor.agent, *suivi, request.field("visible") == "oui");
        if (!visibilite)
            return refuser_page(visitor, request, visibilite.error(), [&](const views::Saisie& saisie) {
                return page_fiche(tx, request, visitor, *dossier, views::Onglet::Suivi, saisie);
            });
        if (visibilite->visible != suivi->visible_deposant) {
            store::save(tx, *dossier, *visibilite, *visitor.agent, le);
            if (visibilite->prevenir) notifications::devenu_visible(app, tx, *dossier, *suivi, le);
        }
        return retour_fiche(*dossier, !visibilite->visible   ? "cache"
                                      : visibilite->prevenir ? "montre"
                                                             : "remontre");
    });
}

http::Response post_renvoi(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
        const auto& courriel = request.capture("courriel");
        if (!dossier || !peut(*visitor.agent, Action::VoirCourriels, *dossier) ||
            !courrier::concerne(tx, courriel, "signalement", dossier->id))
            return introuvable(request, visitor);
        if (!courrier::renvoyer(tx, courriel, app.clock.now()))
            return error_response(Problem::conflict("Ce courriel est déjà parti, ou sur le point de partir."),
                                  request, visitor.chrome);
        return retour_fiche(*dossier, "renvoye", "courriels");
    });
}

} // namespace signalement
