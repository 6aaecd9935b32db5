// Pages that add to the follow-up, show an entry to the depositor, or send a lost message again.
#include <algorithm>

#include "base/text.hpp"
#include "edge.hpp"
#include "partenaire/store.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/notifications.hpp"
#include "signalement/pages.hpp"

namespace signalement {

namespace {

/// « Nadia Belkacem (ARS Normandie) »: colleagues of other partners must know whose words these are.
compte::Agent avec_partenaire(db::Transaction& tx, const Dossier& d, compte::Agent agent)
{
    for (const auto& a : d.affectations)
        if (std::ranges::any_of(agent.mandats,
                                [&](const compte::Mandat& m) { return m.partenaire == a.partenaire; })) {
            agent.nom += " (" + a.partenaire_nom + ")";
            return agent;
        }
    for (const auto& m : agent.mandats)
        if (!m.partenaire.empty()) {
            agent.nom += " (" + partenaire::store::nom_de(tx, m.partenaire) + ")";
            return agent;
        }
    return agent;
}

} // namespace

http::Response post_suivi(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    const auto page = [&](const FormErrors& errors) {
        auto tx = app.db.read();
        const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        return http::html(views::fiche(visitor.chrome, charger_fiche(app, tx, *dossier, *visitor.agent),
                                       *visitor.agent, views::Onglet::Suivi,
                                       {.errors = &errors, .values = &request.form}),
                          422);
    };
    {
        // The right comes before the files: nobody makes us decode pictures for a report that is not theirs.
        auto tx = app.db.read();
        const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        if (!peut(*visitor.agent, Action::Agir, *dossier)) {
            // The file changed since this page was opened: what was typed is shown again, to copy.
            const auto refus =
                Problem::forbidden("Votre prise en charge a changé d’état : rechargez la page, puis "
                                   "acceptez-la pour agir sur ce dossier.");
            return http::html(views::fiche(visitor.chrome, charger_fiche(app, tx, *dossier, *visitor.agent),
                                           *visitor.agent, views::Onglet::Suivi,
                                           {.values = &request.form, .problem = &refus}),
                              http::status_of(refus));
        }
    }
    const auto lu = lire_suivi({.type = request.field("type"),
                                .date = request.field("date"),
                                .texte = request.field("texte"),
                                .reference_acte = request.field("reference_acte"),
                                .visible_deposant = request.field("visible_deposant") == "oui",
                                .pieces = static_cast<std::size_t>(std::ranges::count(
                                    request.files, "fichiers", &http::UploadedFile::field))},
                               base::local_date(le));
    if (!lu) return page(lu.error());
    const auto reception = piece::recevoir_tout(app.magasin, request.files, "fichiers", 0);
    if (!reception.refus.empty()) return page(reception.refus);

    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        const auto suivi = agir(*dossier, avec_partenaire(tx, *dossier, *visitor.agent), *lu, le);
        if (!suivi) // somebody acted between the two: what was typed is shown again
            return http::html(views::fiche(visitor.chrome, charger_fiche(app, tx, *dossier, *visitor.agent),
                                           *visitor.agent, views::Onglet::Suivi,
                                           {.values = &request.form, .problem = &suivi.error()}),
                              http::status_of(suivi.error()));
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
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        const auto suivi = store::find_suivi(tx, *dossier, request.capture("suivi"));
        if (!suivi) return introuvable(request, visitor);
        const auto le = app.clock.now();
        const auto visibilite =
            changer_visibilite(*dossier, *visitor.agent, *suivi, request.field("visible") == "oui");
        if (!visibilite) return error_response(visibilite.error(), request, visitor.chrome);
        if (visibilite->visible == suivi->visible_deposant)
            return retour_fiche(*dossier, visibilite->visible ? "montre" : "cache");
        store::save(tx, *dossier, *visibilite, *visitor.agent, le);
        if (visibilite->visible) notifications::devenu_visible(app, tx, *dossier, *suivi, le);
        return retour_fiche(*dossier, visibilite->visible ? "montre" : "cache");
    });
}

http::Response post_renvoi(App& app, const http::Request& request, const Visitor& visitor)
{
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
        if (!dossier || !peut(*visitor.agent, Action::VoirCourriels, *dossier))
            return introuvable(request, visitor);
        const auto courriels = courrier::etat_des_courriels(tx, "signalement", dossier->id);
        const bool du_dossier = std::ranges::any_of(
            courriels, [&](const auto& c) { return c.id == request.capture("courriel"); });
        if (!du_dossier) return introuvable(request, visitor);
        if (!courrier::renvoyer(tx, request.capture("courriel"), app.clock.now()))
            return error_response(Problem::conflict("Ce courriel est déjà parti, ou sur le point de partir."),
                                  request, visitor.chrome);
        return retour_fiche(*dossier, "renvoye", "historique");
    });
}

} // namespace signalement
