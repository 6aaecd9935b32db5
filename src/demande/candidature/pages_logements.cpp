// The dwellings of an organisation: list, new one, one of them, the search for its candidates.
#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/candidature/pages.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/candidature/views.hpp"
#include "demande/chargement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/saisie.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"

namespace demande::candidature {

namespace {
namespace pages_de_logements {

std::string nom_de_la_commune(db::Transaction& tx, const Logement& l)
{
    return noms_des_communes(tx, {l.insee}).front();
}

/// The services of the territories of these bailleurs that may hold a reservation.
std::vector<Guichet> reservataires(db::Transaction& tx, const std::vector<Guichet>& bailleurs)
{
    std::vector<Guichet> out;
    std::vector<std::string> faits;
    for (const auto& b : bailleurs) {
        if (std::ranges::find(faits, b.territoire) != faits.end()) continue;
        faits.push_back(b.territoire);
        for (auto& g : demande::store::guichets_du_territoire(tx, b.territoire))
            if (std::ranges::any_of(reservations, [&](const Reservation& r) { return r.type == g.type; }))
                out.push_back(std::move(g));
    }
    return out;
}

http::Response formulaire(db::Transaction& tx, const Visitor& visitor, const std::vector<Guichet>& miens,
                          const FormErrors* erreurs, const http::Pairs* valeurs)
{
    views::NouveauLogement v{.bailleurs = miens, .reservataires = {}};
    for (const auto& g : reservataires(tx, miens)) v.reservataires.push_back({g.code, g.nom});
    return http::html(views::nouveau_logement(visitor.chrome, v, {erreurs, valeurs}), erreurs ? 422 : 200);
}

} // namespace pages_de_logements
} // namespace

std::optional<Vue> voir(db::Transaction& tx, const std::string& logement, const Visitor& visitor, Instant le)
{
    auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
    auto l = store::find_logement(tx, logement, guichets);
    if (!l) return std::nullopt;
    const auto jour = jour_legal(le, l->territoire);
    auto ou = gestion::store::orienter(tx, l->territoire, jour);
    return Vue{std::move(guichets), store::ouvrir(tx, *std::move(l)), jour, std::move(ou)};
}

http::Response interdit(const http::Request& request, const Visitor& visitor)
{
    return error_response(Problem::forbidden(), request, visitor.chrome);
}

http::Response interdit(const http::Request& request, const Visitor& visitor, const Vue& v)
{
    const auto ailleurs = refus_de_traiter(v.ou);
    return ailleurs ? error_response(*ailleurs, request, visitor.chrome) : interdit(request, visitor);
}

http::Response page_du_logement(db::Transaction& tx, const Vue& v, const Visitor& visitor,
                                const FormErrors* erreurs, const http::Pairs* valeurs, std::string_view fait)
{
    views::FicheLogement f{.ouvert = v.ouvert,
                           .commune = pages_de_logements::nom_de_la_commune(tx, v.logement()),
                           .commissions = {},
                           .lisibles = store::lisibles(tx, v.logement().id, v.guichets),
                           .peut_designer = v.pour(Pouvoir::Designer).has_value(),
                           .peut_statuer = v.pour(Pouvoir::Statuer).has_value(),
                           .peut_conclure = v.pour(Pouvoir::Conclure).has_value(),
                           .ou = v.ou};
    if (const auto g = v.pour(Pouvoir::Statuer))
        f.commissions = store::commissions_a_venir(tx, *g, v.logement().id, v.jour);
    return http::html(views::fiche_logement(visitor.chrome, f, {erreurs, valeurs}, fait),
                      erreurs ? 422 : 200);
}

http::Response get_logements(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
    if (guichets.empty()) return non_habilite(visitor);
    const auto etat = base::from_slug(etats_logement, request.param("etat")).value_or(EtatLogement::Propose);
    views::Logements v{.etat = etat,
                       .logements = store::logements(tx, guichets, etat, request.param("avant")),
                       .communes = {},
                       .bailleur = !bailleurs_parmi(guichets).empty()};
    v.suite = v.logements.size() > store::par_page;
    if (v.suite) v.logements.resize(store::par_page);
    for (const auto& l : v.logements) v.communes.push_back(pages_de_logements::nom_de_la_commune(tx, l));
    return http::html(views::logements(visitor.chrome, v, request.param("fait")));
}

http::Response get_nouveau_logement(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto miens = bailleurs_parmi(demande::store::guichets_de(tx, visitor.agent->id));
    if (miens.empty()) return interdit(request, visitor);
    return pages_de_logements::formulaire(tx, visitor, miens, nullptr, nullptr);
}

http::Response post_logements(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto miens = bailleurs_parmi(demande::store::guichets_de(tx, visitor.agent->id));
        if (miens.empty()) return interdit(request, visitor);
        const auto g = std::ranges::find(miens, request.field("bailleur"), &Guichet::code);
        if (g == miens.end()) return interdit(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, g->territoire, le, request, visitor))
            return *std::move(ailleurs);
        // The commune is recognised as that of a demande is, and must be in the territory.
        Reponses commune;
        commune.mettre("localisation.1.commune", request.field("commune"));
        auto insee = contexte_de_saisie(app, tx, g->territoire, commune).communes.front();
        if (insee && territoire_de_la_commune(*insee) != g->territoire) insee.reset();
        std::vector<Reservataire> possibles;
        for (const auto& r : pages_de_logements::reservataires(tx, {*g}))
            possibles.push_back({r.code, r.type});
        auto l = lire_logement(request.form, insee, possibles, jour_legal(le, g->territoire));
        if (!l) return pages_de_logements::formulaire(tx, visitor, miens, &l.error(), &request.form);
        l->territoire = g->territoire;
        l->bailleur = g->code;
        const auto id = store::creer_logement(tx, *l, visitor.agent->id, le);
        return http::redirect(views::url_logement(id).with("fait", "logement").text());
    });
}

http::Response get_logement(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto v = voir(tx, request.capture("id"), visitor, app.clock.now());
    if (!v) return introuvable(request, visitor);
    return page_du_logement(tx, *v, visitor, nullptr, nullptr, request.param("fait"));
}

http::Response get_candidats(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    // Looking through thousands of demandes keeps no writer waiting.
    std::vector<store::Trouvee> vues;
    std::string territoire;
    auto reponse = [&]() -> http::Response {
        auto tx = app.db.read();
        const auto v = voir(tx, request.capture("id"), visitor, le);
        if (!v) return introuvable(request, visitor);
        const auto& l = v->logement();
        if (!v->pour(Pouvoir::Designer)) return interdit(request, visitor, *v);
        store::Recherche r{.territoire = l.territoire,
                           .insee = l.insee,
                           .pieces = lire_entier(request.param("pieces"), 6).value_or(l.pieces),
                           .deposee_avant = base::parse_typed_date(request.param("deposee_avant")),
                           .prioritaires = request.param("prioritaires") == "oui",
                           .reconnues = request.param("reconnues") == "oui",
                           .jour = jour_legal(le, l.territoire),
                           .acces_max = request.param("plafond") == "oui"
                                            ? std::optional{static_cast<int>(l.financement)}
                                            : std::nullopt,
                           .apres_jour = request.param("apres_jour"),
                           .apres_demande = request.param("apres")};
        views::Candidats page{.logement = l,
                              .commune = pages_de_logements::nom_de_la_commune(tx, l),
                              .trouvees = store::chercher(tx, r, l.id, v->guichets),
                              .suite = {},
                              .peut_designer = l.etat == EtatLogement::Propose};
        if (page.trouvees.size() > store::trouvees_par_page) {
            page.trouvees.resize(store::trouvees_par_page);
            const auto& derniere = page.trouvees.back();
            auto url = ui::url("/logements/{}/candidats", l.id).with("pieces", std::to_string(r.pieces));
            for (const auto* filtre : {"deposee_avant", "prioritaires", "reconnues", "plafond"})
                if (!request.param(filtre).empty()) url = url.with(filtre, request.param(filtre));
            page.suite =
                url.with("apres_jour", base::to_iso(derniere.deposee_le)).with("apres", derniere.demande);
        }
        vues = page.trouvees;
        territoire = l.territoire;
        const ui::Values filtres{{"pieces", std::to_string(r.pieces)},
                                 {"deposee_avant", request.param("deposee_avant")},
                                 {"prioritaires", request.param("prioritaires")},
                                 {"reconnues", request.param("reconnues")},
                                 {"plafond", request.param("plafond")}};
        return http::html(views::candidats(visitor.chrome, page, filtres));
    }();
    // What a search shows is written in the history of each demande: nobody looks households up unseen, and
    // nothing is shown before it is written. Between the two the right may have gone: it is asked again.
    if (vues.empty()) return reponse;
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
        const auto l = store::find_logement(tx, request.capture("id"), guichets);
        if (!l || !au_nom_de(guichets, *l, Pouvoir::Designer, jour_legal(le, l->territoire)))
            return interdit(request, visitor);
        for (const auto& d : vues)
            demande::store::noter(tx, d.demande, territoire, Evenement::ConsultationAgent, *visitor.agent, le,
                                  "recherche");
        return reponse;
    });
}

http::Response post_retrait(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto v = voir(tx, request.capture("id"), visitor, le);
        if (!v) return introuvable(request, visitor);
        const auto g = v->pour(Pouvoir::Conclure);
        if (!g) return interdit(request, visitor, *v);
        const auto c = retirer_le_logement(v->ouvert.dossier);
        if (!c) return error_response(c.error(), request, visitor.chrome);
        conclure(tx, v->ouvert, *c, {*visitor.agent, g->nom}, le, EtatLogement::Retire);
        return http::redirect(views::url_logement(v->logement().id).with("fait", "retrait").text());
    });
}

} // namespace demande::candidature
