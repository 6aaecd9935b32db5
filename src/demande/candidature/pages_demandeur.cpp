// What the applicant does about dwellings: reads where each one stands, says yes or no to an offer.
#include "compte/envoi_unique.hpp"
#include "courrier/store.hpp"
#include "demande/candidature/courriels.hpp"
#include "demande/candidature/pages.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/candidature/views.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/commun.hpp"
#include "edge.hpp"
#include "partenaire/store.hpp"

namespace demande::candidature {

namespace {
namespace cote_demandeur {

views::Repondre repondre(const demande::store::Fiche& f, Suivi s)
{
    const auto de = espace::en_tete(f);
    return {.demande = f.id, .numero = de.numero, .suivi = std::move(s)};
}

/// The offer of the address, when this demande has it.
std::optional<Suivi> offre(db::Transaction& tx, const demande::store::Fiche& f,
                           const std::string& candidature)
{
    auto lus = suivis(tx, f.id);
    const auto s = std::ranges::find(lus, candidature, &Suivi::candidature);
    return s == lus.end() ? std::nullopt : std::optional{std::move(*s)};
}

/// The bailleur is told by the mailbox of its service, which names nobody.
void prevenir_le_bailleur(App& app, db::Transaction& tx, const store::Ouvert& o, const Changement& x,
                          Instant le)
{
    const auto& l = o.dossier.logement;
    const auto g = demande::store::find_guichet(tx, l.bailleur);
    const auto p = g ? partenaire::store::find(tx, Id<partenaire::Partenaire>{g->partenaire}) : std::nullopt;
    if (!p || p->email.empty()) return;
    courrier::enqueue(tx,
                      courriels::reponse(p->email, l, x.action() == Action::Accepter,
                                         app.config.base_url() + "/candidatures/" + x.apres().id),
                      le);
}

} // namespace cote_demandeur
} // namespace

namespace demandeur = cote_demandeur;

http::Response get_propositions(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto f = espace::ouvrir_soi_meme(app, tx, request, visitor, cle);
    if (!f) return introuvable(request, visitor);
    const auto de = espace::en_tete(*f);
    return http::html(views::propositions(
        visitor.chrome,
        {.demande = f->id, .numero = de.numero, .fuseau = de.fuseau, .suivis = suivis(tx, f->id)},
        request.param("fait")));
}

http::Response get_reponse(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto f = espace::ouvrir_soi_meme(app, tx, request, visitor, cle);
    auto s = f ? demandeur::offre(tx, *f, request.capture("candidature")) : std::nullopt;
    if (!s) return introuvable(request, visitor);
    if (auto ailleurs = espace::suivie_ailleurs(*f, visitor)) return *std::move(ailleurs);
    return http::html(views::repondre(visitor.chrome, demandeur::repondre(*f, *std::move(s))));
}

http::Response post_reponse(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto id = request.capture("candidature");
        const auto f = espace::ouvrir_soi_meme(app, tx, request, visitor, cle);
        auto s = f ? demandeur::offre(tx, *f, id) : std::nullopt;
        if (!s) return introuvable(request, visitor);
        if (auto ailleurs = espace::suivie_ailleurs(*f, visitor)) return *std::move(ailleurs);
        const auto refuser_ici = [&](std::string champ, std::string message) {
            const FormErrors erreurs{{std::move(champ), std::move(message)}};
            return http::html(
                views::repondre(visitor.chrome, demandeur::repondre(*f, *s), {&erreurs, &request.form}), 422);
        };
        const auto& choix = request.field("reponse");
        if (choix != "oui" && choix != "non") return refuser_ici("reponse", "Choisissez oui ou non.");
        const auto logement = store::logement_vise(tx, id);
        const auto o = logement ? store::ouvrir(tx, *logement) : std::nullopt;
        if (!o) return introuvable(request, visitor);
        const auto jour = jour_legal(le, o->dossier.logement.territoire);
        const auto c = choix == "oui" ? accepter(o->dossier, id, jour)
                                      : refuser(o->dossier, id, request.field("motif"), jour);
        if (!c)
            return c.error().field.empty() ? error_response(c.error(), request, visitor.chrome)
                                           : refuser_ici(c.error().field, c.error().message);
        conclure(tx, *o, *c, {espace::le_demandeur, "Le demandeur"}, le);
        demandeur::prevenir_le_bailleur(app, tx, *o, c->front(), le);
        return http::redirect(ui::url("/ma-demande/{}/logements", f->id)
                                  .with("fait", choix == "oui" ? "accepte" : "decline")
                                  .text());
    });
}

} // namespace demande::candidature
