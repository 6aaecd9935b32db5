// One candidature: designating, and each thing that moves it on.
#include <functional>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/candidature/pages.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/candidature/views.hpp"
#include "demande/chargement.hpp"
#include "demande/numero.hpp"
#include "demande/store_vie.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"

namespace demande::candidature {

namespace {
namespace pages_de_candidature {

http::Response page(db::Transaction& tx, const Vue& v, const std::string& id, const Visitor& visitor,
                    const FormErrors* erreurs, const http::Pairs* valeurs, std::string_view fait = {})
{
    const auto& l = v.logement();
    const auto c = std::ranges::find(v.ouvert.dossier.candidatures, id, &Candidature::id);
    views::FicheCandidature f{
        .candidature = *c,
        .candidat = v.ouvert.candidat(id),
        .logement = l,
        .commune = noms_des_communes(tx, {l.insee}).front(),
        .fuseau = std::string{fuseau_du_territoire(l.territoire)},
        .faits = store::faits(tx, id),
        .peut_instruire = l.etat == EtatLogement::Propose && v.pour(Pouvoir::Instruire).has_value(),
        .peut_conclure = l.etat == EtatLogement::Propose && v.pour(Pouvoir::Conclure).has_value(),
        .ou = v.ou};
    return http::html(views::fiche_candidature(visitor.chrome, f, {erreurs, valeurs}, fait),
                      erreurs ? 422 : 200);
}

/// The dwelling of the candidature in the address, as this agent may see it.
std::optional<Vue> vue_de(db::Transaction& tx, const std::string& candidature, const Visitor& visitor,
                          Instant le)
{
    const auto guichets = demande::store::guichets_de(tx, visitor.agent->id);
    const auto l = store::logement_de(tx, candidature, guichets);
    return l ? voir(tx, l->id, visitor, le) : std::nullopt;
}

/// What an address asks for, the right it needs, and what the page says afterwards.
struct Geste {
    std::string_view slug;
    Pouvoir pouvoir;
    std::string_view fait;
    Result<Changements> (*decider)(const Dossier&, const std::string&, const http::Request&, Date);
};

std::string texte(const http::Request& request, std::string_view champ, std::size_t max)
{
    const auto t = base::clean_text(request.field(champ));
    return t && t->size() <= max ? *t : std::string{};
}

constexpr Geste gestes[] = {
    {"pieces", Pouvoir::Instruire, "pieces",
     [](const Dossier& d, const std::string& id, const http::Request& r, Date) {
         return demander_pieces(d, id, texte(r, "pieces", 1200));
     }},
    {"complet", Pouvoir::Instruire, "complet",
     [](const Dossier& d, const std::string& id, const http::Request&, Date) { return completer(d, id); }},
    {"visite", Pouvoir::Instruire, "visite",
     [](const Dossier& d, const std::string& id, const http::Request& r, Date jour) {
         return proposer_visite(d, id, base::parse_typed_date(r.field("visite_le")), jour);
     }},
    {"condition", Pouvoir::Conclure, "condition",
     [](const Dossier& d, const std::string& id, const http::Request&, Date jour) {
         return lever_condition(d, id, jour);
     }},
    {"remise", Pouvoir::Conclure, "remise",
     [](const Dossier& d, const std::string& id, const http::Request& r, Date jour) {
         return notifier(d, id, base::parse_typed_date(r.field("remise_le")), jour);
     }},
    {"reponse", Pouvoir::Conclure, "",
     [](const Dossier& d, const std::string& id, const http::Request& r, Date jour) {
         return r.field("reponse") == "oui" ? accepter(d, id, jour) : refuser(d, id, r.field("motif"), jour);
     }},
    {"bail", Pouvoir::Conclure, "bail",
     [](const Dossier& d, const std::string& id, const http::Request& r, Date jour) -> Result<Changements> {
         const auto le = base::parse_typed_date(r.field("signe_le"));
         if (!le)
             return Problem::invalid("signe_le",
                                     "Écrivez le jour de la signature. Par exemple\u00a0: 21/11/2026");
         if (texte(r, "rpls", 40).empty())
             return Problem::invalid("rpls", "Écrivez l’identifiant du logement dans le RPLS.");
         return signer_bail(d, id, {.signe_le = *le}, jour);
     }},
};

Bail bail_de(const http::Request& r)
{
    return {.signe_le = *base::parse_typed_date(r.field("signe_le")),
            .rpls = texte(r, "rpls", 40),
            .accord_collectif = r.field("accord_collectif") == "oui",
            .dalo = r.field("dalo") == "oui"};
}

/// The end of the demande that goes with a lease.
struct Fin {
    demande::store::Fiche demande;
    Radiation radiation;
};
/// The lease ends the demande, by the rule of every radiation: what that rule refuses refuses the lease.
Result<Fin> fin_par_le_bail(App& app, db::Transaction& tx, const Vue& v, const std::string& demande,
                            const Bail& bail)
{
    const auto f = demande::store::find(tx, demande, v.guichets, cle_nir(app));
    if (!f)
        return Problem::forbidden(
            "Votre guichet ne lit pas cette demande\u00a0: il ne peut pas noter son bail.");
    const auto& l = v.logement();
    const auto r = radier(
        demande::store::situation(tx, *f, v.jour),
        {.motif = MotifRadiation::Attribution,
         .par = Auteur::Bailleur,
         .justificatif = "Bail signé le " + base::in_words(bail.signe_le) + ", logement RPLS " + bail.rpls +
                         ", contingent\u00a0: " + std::string{base::label_of(contingents, l.contingent)}},
        v.jour);
    if (!r) return r.error();
    return Fin{*f, *r};
}

} // namespace pages_de_candidature
} // namespace

namespace fiche = pages_de_candidature;

http::Response post_candidatures(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto v = voir(tx, request.capture("id"), visitor, le);
        if (!v) return introuvable(request, visitor);
        const auto g = v->pour(Pouvoir::Designer);
        if (!g) return interdit(request, visitor, *v);
        const auto refuser_ici = [&](std::string message) {
            const FormErrors erreurs{{"numero", std::move(message)}};
            return page_du_logement(tx, *v, visitor, &erreurs, &request.form);
        };
        const auto numero = lire_numero(request.field("numero"));
        if (!numero) return refuser_ici(numero.error().message);
        const auto id = demande::store::find_numero(tx, ecrire(*numero), v->guichets);
        const auto f = id ? demande::store::find(tx, *id, v->guichets, cle) : std::nullopt;
        if (!f) return refuser_ici("Aucune demande de ce numéro n’est ouverte à votre guichet.");
        if (v->ouvert.candidats.size() >= store::candidats_au_plus)
            return refuser_ici("Ce logement a déjà le plus de candidats possible.");
        const bool deja = std::ranges::find(v->ouvert.candidats, *id, &store::Candidat::demande) !=
                          v->ouvert.candidats.end();
        const auto c = designer(
            v->logement(), {.territoire = f->territoire, .en_cours = est_en_cours(f->etat), .deja = deja},
            est_de_l_etat(*g));
        if (!c) return refuser_ici(c.error().message);
        demande::store::noter_consultation(tx, *f, *visitor.agent, le);
        designer_et_prevenir(tx, v->logement(), *id, *c, *g, {*visitor.agent, g->nom}, le);
        return http::redirect(views::url_logement(v->logement().id).with("fait", "designation").text());
    });
}

http::Response get_candidature(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto id = request.capture("id");
        const auto v = fiche::vue_de(tx, id, visitor, le);
        if (!v) return introuvable(request, visitor);
        // The name is open to those who may read the demande itself.
        const auto f = demande::store::find(tx, v->ouvert.candidat(id).demande, v->guichets, {});
        if (!f) return interdit(request, visitor);
        demande::store::noter_consultation(tx, *f, *visitor.agent, le);
        return fiche::page(tx, *v, id, visitor, nullptr, nullptr, request.param("fait"));
    });
}

http::Response post_geste(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto id = request.capture("id");
        const auto v = fiche::vue_de(tx, id, visitor, le);
        const auto slug = request.capture("geste");
        const auto geste = std::ranges::find(fiche::gestes, slug, &fiche::Geste::slug);
        if (!v || geste == std::end(fiche::gestes)) return introuvable(request, visitor);
        const auto g = v->pour(geste->pouvoir);
        if (!g) return interdit(request, visitor, *v);
        const auto c = geste->decider(v->ouvert.dossier, id, request, v->jour);
        if (!c) {
            if (c.error().field.empty()) return error_response(c.error(), request, visitor.chrome);
            const FormErrors erreurs{{c.error().field, c.error().message}};
            return fiche::page(tx, *v, id, visitor, &erreurs, &request.form);
        }
        const compte::Agent& par = *visitor.agent;
        if (c->front().action() == Action::SignerBail) {
            const auto bail = fiche::bail_de(request);
            const auto fin = fiche::fin_par_le_bail(app, tx, *v, v->ouvert.candidat(id).demande, bail);
            if (!fin) {
                const FormErrors erreurs{{"", fin.error().message}};
                auto refus = fiche::page(tx, *v, id, visitor, &erreurs, &request.form);
                refus.status = http::status_of(fin.error());
                return refus;
            }
            conclure(tx, v->ouvert, *c, {par, g->nom}, le, EtatLogement::Attribue);
            store::noter_bail(tx, id, bail);
            demande::store::radier(tx, fin->demande, fin->radiation, par, le);
        } else {
            conclure(tx, v->ouvert, *c, {par, g->nom}, le);
        }
        const std::string_view fait = !geste->fait.empty()                      ? geste->fait
                                      : c->front().action() == Action::Accepter ? "acceptation"
                                                                                : "refus";
        return http::redirect(views::url_candidature(id).with("fait", fait).text());
    });
}

} // namespace demande::candidature
