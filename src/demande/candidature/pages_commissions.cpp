// The sessions of the commission d’attribution: planned, filled, decided, printed.
#include <fmt/format.h>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/candidature/pages.hpp"
#include "demande/candidature/proces_verbal.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/candidature/views.hpp"
#include "demande/chargement.hpp"
#include "demande/jalons.hpp"
#include "edge.hpp"

namespace demande::candidature {

namespace {
namespace pages_de_commission {

struct Lue {
    std::vector<Guichet> guichets;
    views::Seance seance;
};

/// The session of the address, without its dwellings.
std::optional<Lue> lire_seance(db::Transaction& tx, const std::string& id, const Visitor& visitor, Instant le)
{
    auto guichets = bailleurs_parmi(demande::store::guichets_de(tx, visitor.agent->id));
    const auto c = store::find_commission(tx, id, guichets);
    if (!c) return std::nullopt;
    return Lue{.guichets = std::move(guichets),
               .seance = {.commission = *c,
                          .examines = {},
                          .aujourd_hui = jour_legal(le, c->territoire),
                          .apres = {},
                          .suite = {}}};
}

void ajouter(db::Transaction& tx, views::Seance& s, const store::Examen& e)
{
    auto o = store::ouvrir(tx, e.logement);
    base::expect(o.has_value(), "a commission examines a dwelling that does not exist");
    auto commune = noms_des_communes(tx, {o->dossier.logement.insee}).front();
    s.examines.push_back({*std::move(o), std::move(commune), e});
}

/// The dwellings after that one, a page of them.
void ajouter_la_page(db::Transaction& tx, views::Seance& s, std::string apres)
{
    auto examens = store::examens(tx, s.commission.id, apres);
    s.apres = std::move(apres);
    s.suite.clear();
    if (examens.size() > store::examens_par_page) {
        examens.resize(store::examens_par_page);
        s.suite = examens.back().logement;
    }
    for (const auto& e : examens) ajouter(tx, s, e);
}

void ranger(views::Seance& s)
{
    std::ranges::sort(s.examines, {}, [](const auto& e) { return e.ouvert.dossier.logement.reference; });
}

std::vector<DecisionSaisie> decisions_saisies(const http::Request& request, const Dossier& d)
{
    std::vector<DecisionSaisie> out;
    for (const auto& c : d.candidatures) {
        const auto champ = [&](std::string_view nom) {
            return request.field(fmt::format("{}.{}", nom, c.id));
        };
        const auto decision = base::from_slug(decisions, champ("decision"));
        const auto piece = base::clean_text(champ("piece"));
        out.push_back({.candidature = c.id,
                       .decision = decision,
                       .rang = champ("rang"),
                       .piece = piece && piece->size() <= 800 ? *piece : std::string{},
                       .jusqu_au = base::parse_typed_date(champ("jusqu_au")),
                       .motif = champ(decision == Decision::Irrecevabilite ? "acces" : "motif")});
    }
    return out;
}

/// The same errors, each beginning with the candidate it is about: read in a list above the form, they would
/// all sound alike.
FormErrors en_nommant_les_candidats(FormErrors erreurs, const store::Ouvert& o)
{
    for (auto& e : erreurs)
        for (const auto& c : o.candidats)
            if (e.field.ends_with("." + c.candidature))
                e.message = "Demande " + numero_lu(c.numero) + ". " + e.message;
    return erreurs;
}

http::Response liste(db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                     const std::vector<Guichet>& miens, const FormErrors* erreurs)
{
    std::optional<store::Repere> apres;
    if (const auto le = base::parse_date(request.param("avant_le")))
        apres = store::Repere{*le, request.param("avant")};
    views::Commissions v{.bailleurs = miens, .commissions = store::commissions(tx, miens, apres)};
    if (v.commissions.size() > store::par_page) {
        v.commissions.resize(store::par_page);
        v.suite = true;
    }
    return http::html(views::commissions(visitor.chrome, v, {erreurs, erreurs ? &request.form : nullptr},
                                         request.param("fait")),
                      erreurs ? 422 : 200);
}

} // namespace pages_de_commission
} // namespace

namespace tenue = pages_de_commission;

http::Response get_commissions(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto miens = bailleurs_parmi(demande::store::guichets_de(tx, visitor.agent->id));
    if (miens.empty()) return interdit(request, visitor);
    return tenue::liste(tx, request, visitor, miens, nullptr);
}

http::Response post_commissions(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto miens = bailleurs_parmi(demande::store::guichets_de(tx, visitor.agent->id));
        const auto g = std::ranges::find(miens, request.field("bailleur"), &Guichet::code);
        if (g == miens.end()) return interdit(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, g->territoire, le, request, visitor))
            return *std::move(ailleurs);
        FormErrors erreurs;
        const auto jour = jour_legal(le, g->territoire);
        const auto date = base::parse_typed_date(request.field("tenue_le"));
        if (!date || *date < jour || *date > base::plus_months(jour, 12))
            erreurs.push_back(
                {"tenue_le", "Écrivez une date à venir, dans l’année. Par exemple\u00a0: 03/12/2026"});
        const auto lieu = base::clean_text(request.field("lieu"));
        if (!lieu || lieu->size() > 480) erreurs.push_back({"lieu", "Écrivez 120 caractères au plus."});
        if (!erreurs.empty()) return tenue::liste(tx, request, visitor, miens, &erreurs);
        const auto id = store::creer_commission(
            tx, {.territoire = g->territoire, .bailleur = g->code, .tenue_le = *date, .lieu = *lieu},
            visitor.agent->id, le);
        return http::redirect(views::url_commission(id).with("fait", "commission").text());
    });
}

http::Response get_commission(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    auto l = tenue::lire_seance(tx, request.capture("id"), visitor, app.clock.now());
    if (!l) return introuvable(request, visitor);
    tenue::ajouter_la_page(tx, l->seance, request.param("apres"));
    tenue::ranger(l->seance);
    return http::html(views::seance(visitor.chrome, l->seance, {}, request.param("fait")));
}

http::Response post_inscription(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto v = voir(tx, request.capture("id"), visitor, le);
        if (!v) return introuvable(request, visitor);
        const auto g = v->pour(Pouvoir::Statuer);
        if (!g) return interdit(request, visitor, *v);
        const auto refuser_ici = [&](const Problem& p) {
            const FormErrors erreurs{{p.field, p.message}};
            return page_du_logement(tx, *v, visitor, &erreurs, &request.form);
        };
        const auto commission = store::find_commission(tx, request.field("commission"), {*g});
        if (!commission)
            return refuser_ici(Problem::invalid("commission", "Choisissez une commission de la liste."));
        const auto ids = request.fields("candidature");
        const auto deja = store::find_examen(tx, commission->id, v->logement().id);
        const auto c = inscrire(v->ouvert.dossier, ids, commission->id, commission->tenue_le, v->jour,
                                deja && deja->decide_le);
        if (!c)
            return c.error().field.empty() ? error_response(c.error(), request, visitor.chrome)
                                           : refuser_ici(c.error());
        store::inscrire_logement(tx, *commission, v->logement().id);
        conclure(tx, v->ouvert, *c, {*visitor.agent, g->nom}, le);
        return http::redirect(views::url_logement(v->logement().id).with("fait", "inscription").text());
    });
}

http::Response post_decisions(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        auto l = tenue::lire_seance(tx, request.capture("id"), visitor, le);
        if (!l) return introuvable(request, visitor);
        auto& s = l->seance;
        if (auto ailleurs = traitees_ailleurs(tx, s.commission.territoire, le, request, visitor))
            return *std::move(ailleurs);
        const auto examen = store::find_examen(tx, s.commission.id, request.field("logement"));
        if (!examen) return introuvable(request, visitor);
        tenue::ajouter(tx, s, *examen);
        const auto* const e = &s.examines.front();
        const auto g = au_nom_de(l->guichets, e->ouvert.dossier.logement, Pouvoir::Statuer, s.aujourd_hui);
        if (!g) return interdit(request, visitor);
        if (e->examen.decide_le)
            return error_response(Problem::conflict("La commission a déjà statué sur ce logement."), request,
                                  visitor.chrome);
        const auto derogation = base::from_slug(derogations, request.field("derogation"));
        const auto c =
            statuer(e->ouvert.dossier, s.commission.id, s.commission.tenue_le,
                    tenue::decisions_saisies(request, e->ouvert.dossier), derogation, s.aujourd_hui);
        if (!c) {
            if (c.error().front().field.empty())
                return error_response(Problem::conflict(c.error().front().message), request, visitor.chrome);
            s.refuse = true;
            s.apres = request.field("apres");
            const auto erreurs = tenue::en_nommant_les_candidats(c.error(), e->ouvert);
            return http::html(views::seance(visitor.chrome, s, {&erreurs, &request.form}), 422);
        }
        std::size_t examines = 0;
        for (const auto& x : *c) examines += x.de() == Etat::Inscrite && x.action() != Action::Clore ? 1 : 0;
        store::noter_examen(tx, s.commission.id, e->ouvert.dossier.logement.id,
                            examines < candidats_au_moins ? derogation : std::nullopt, le);
        conclure(tx, e->ouvert, *c, {*visitor.agent, g->nom}, le);
        auto url = views::url_commission(s.commission.id).with("fait", "decisions");
        if (const auto& apres = request.field("apres"); !apres.empty()) url = url.with("apres", apres);
        return http::redirect(url.text());
    });
}

http::Response get_proces_verbal(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    ProcesVerbal pv;
    Date jour;
    struct Nommee {
        std::string demande, territoire;
    };
    std::vector<Nommee> nommees;
    {
        auto tx = app.db.read();
        auto l = tenue::lire_seance(tx, request.capture("id"), visitor, le);
        if (!l) return introuvable(request, visitor);
        auto& s = l->seance;
        jour = s.aujourd_hui;
        do {
            tenue::ajouter_la_page(tx, s, s.suite);
            std::erase_if(s.examines, [](const auto& e) { return !e.examen.decide_le; });
        } while (!s.suite.empty());
        tenue::ranger(s);
        pv = {.bailleur = s.commission.bailleur_nom,
              .tenue_le = s.commission.tenue_le,
              .lieu = s.commission.lieu,
              .logements = {}};
        for (const auto& e : s.examines) {
            const auto& logement = e.ouvert.dossier.logement;
            pv.logements.push_back(examine(e.ouvert, s.commission.id, e.commune, e.examen.derogation,
                                           store::decisions_prises(tx, s.commission.id, logement.id)));
            for (const auto& x : e.ouvert.dossier.candidatures)
                if (x.commission == s.commission.id) nommees.push_back({x.demande, logement.territoire});
        }
    }
    // The names are printed: each demande keeps that somebody read it, before anything is given to who may
    // still.
    const bool permis = app.db.write([&](db::Transaction& tx) {
        if (!tenue::lire_seance(tx, request.capture("id"), visitor, le)) return false;
        for (const auto& n : nommees)
            demande::store::noter(tx, n.demande, n.territoire, Evenement::ConsultationAgent, *visitor.agent,
                                  le);
        return true;
    });
    if (!permis) return introuvable(request, visitor);
    return pdf(document::print(imprimer(pv), jour), "proces-verbal");
}

} // namespace demande::candidature
