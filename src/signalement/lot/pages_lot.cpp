// What an agent chooses among the reports, page after page, and the same act on all of it: a form, what it
// would do to each, doing it in a short transaction for each, and undoing it for some minutes.
#include "signalement/lot/pages_lot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <variant>

#include "base/id.hpp"
#include "base/text.hpp"
#include "compte/store.hpp"
#include "edge.hpp"
#include "partenaire/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/lot/store_lot.hpp"
#include "signalement/lot/views_lot.hpp"
#include "signalement/notifications.hpp"
#include "territoire/store.hpp"

namespace signalement::lot {

namespace {
namespace faire {

std::optional<Geste> geste_permis(const compte::Agent& agent, std::string_view slug)
{
    const auto g = base::from_slug(gestes, slug);
    return g && peut_quelque_part(agent, action_de(*g)) ? g : std::nullopt;
}

std::vector<Geste> permis(const compte::Agent& agent)
{
    std::vector<Geste> out;
    for (const auto& g : gestes)
        if (peut_quelque_part(agent, action_de(g.value))) out.push_back(g.value);
    return out;
}

Consigne consigne(const http::Request& request, Geste geste)
{
    Consigne c{.geste = geste,
               .partenaires = request.fields("partenaires"),
               .motif = request.field("motif"),
               .texte = request.field("texte"),
               .visible_deposant = request.field("visible_deposant") == "oui"};
    std::erase_if(c.partenaires, [](const auto& p) { return p.empty() || p.find(' ') != std::string::npos; });
    if (c.partenaires.size() > 50) c.partenaires.resize(50);
    return c;
}

/// What has been asked of each report, and what the territory needs to know only once.
class Decideur {
public:
    Decideur(App& app, const compte::Agent& agent, const Consigne& consigne)
        : app_(app), agent_(agent), consigne_(consigne)
    {}

    using Decision = std::variant<Problem, NouvellesAffectations, Changement, NouveauSuivi>;

    Decision decider(db::Transaction& tx, const Dossier& d, Instant le)
    {
        const auto& c = consigne_;
        switch (c.geste) {
        case Geste::Confier:
            return ou_refus(
                affecter(d, agent_, c.partenaires,
                         choix_de(actifs(tx, d.territoire), signalement::store::declaration(tx, d)), le));
        case Geste::Cloturer:
            return ou_refus(cloturer(d, agent_, c.motif, c.texte, le));
        case Geste::Ecrire: {
            // Whoever is not confirmed yet is counted, report by report (pages_suivi.cpp).
            if (!peut(agent_, Action::LireTout, d))
                return Problem::forbidden("Personne n’a encore confirmé votre rôle sur ce signalement : "
                                          "ouvrez-le pour y écrire.");
            const auto lu = lire_suivi({.type = std::string{base::slug_of(types_suivi, TypeSuivi::Message)},
                                        .date = {},
                                        .texte = c.texte,
                                        .reference_acte = {},
                                        .visible_deposant = c.visible_deposant},
                                       base::local_date(le, fuseau(tx, d)));
            if (!lu) return Problem::invalid(lu.error().front().field, lu.error().front().message);
            return ou_refus(agir(d, avec_partenaire(tx, d, agent_), *lu, le));
        }
        }
        throw base::Bug{"an act on several reports that nobody decides"};
    }

    /// Writes the decision and tells whom it concerns, as the page of one report does.
    void appliquer(db::Transaction& tx, const Dossier& d, const Decision& decision)
    {
        if (const auto* n = std::get_if<NouvellesAffectations>(&decision)) {
            signalement::store::save(tx, d, *n, agent_);
            notifications::affectations(app_, tx, d, *n);
        } else if (const auto* c = std::get_if<Changement>(&decision)) {
            signalement::store::save(tx, d, *c, agent_);
            notifications::changement(app_, tx, d, *c, agent_);
        } else if (const auto* s = std::get_if<NouveauSuivi>(&decision)) {
            signalement::store::save(tx, d, *s, {});
            notifications::suivi(app_, tx, d, *s);
        }
    }

private:
    template <class T> static Decision ou_refus(Result<T> r)
    {
        if (!r) return r.error();
        return *std::move(r);
    }

    const std::vector<partenaire::Partenaire>& actifs(db::Transaction& tx, const std::string& territoire)
    {
        const auto [place, nouveau] = actifs_.try_emplace(territoire);
        if (nouveau) place->second = partenaire::store::actifs(tx, territoire);
        return place->second;
    }
    const std::string& fuseau(db::Transaction& tx, const Dossier& d)
    {
        const auto [place, nouveau] = fuseaux_.try_emplace(d.territoire);
        if (nouveau) place->second = fuseau_de(tx, d);
        return place->second;
    }

    App& app_;
    const compte::Agent& agent_;
    const Consigne& consigne_;
    std::map<std::string, std::vector<partenaire::Partenaire>> actifs_;
    std::map<std::string, std::string> fuseaux_;
};

/// What a decision says of the report: refused, nothing to do, or to be done.
void dire(Ligne& l, const Decideur::Decision& decision)
{
    if (const auto* p = std::get_if<Problem>(&decision)) {
        l.issue = Issue::Refuse;
        l.raison = p->message.empty() ? "Vous n’avez pas ce droit sur ce signalement." : p->message;
        return;
    }
    const auto* n = std::get_if<NouvellesAffectations>(&decision);
    if (n && n->partenaires.empty() && n->a_redemander.empty() && !n->validation) {
        l.issue = Issue::SansObjet;
        l.raison = "Il leur est déjà confié.";
        return;
    }
    l.issue = Issue::AFaire;
    if (n && n->validation) l.raison = "Il est à trier : il sera validé en même temps.";
    if (n && !n->a_redemander.empty()) {
        std::vector<std::string> noms;
        for (const auto& a : n->a_redemander) noms.push_back(a.partenaire_nom);
        l.raison += fmt::format("{}Redemandé à {}.", l.raison.empty() ? "" : " ", base::join(noms, ", "));
    }
    if (const auto* c = std::get_if<Changement>(&decision); c && !c->entrainees().empty())
        l.raison =
            base::count(static_cast<long long>(c->entrainees().size()),
                        "prise en charge se termine avec lui.", "prises en charge se terminent avec lui.");
}

/// Does the line in a transaction of its own, if nothing has happened since it was checked.
void une_ligne(App& app, const compte::Agent& agent, const Lot& l, Decideur& decideur, const Ligne& ligne)
{
    app.db.write([&](db::Transaction& tx) {
        auto x = store::a_faire(tx, l, ligne.signalement);
        if (!x) return; // the form was sent twice: the other one does it
        const auto le = app.clock.now();
        const auto d = signalement::store::find_for_decision(tx, ligne.signalement, agent);
        const auto refuser = [&](std::string raison) {
            x->issue = Issue::Refuse;
            x->raison = std::move(raison);
        };
        if (!d) {
            refuser("Vous ne pouvez plus le lire.");
        } else if (const auto rang = journal::dernier_rang(tx, "signalement", d->id); rang != x->rang_vu) {
            refuser("Quelqu’un y a agi depuis que vous l’avez vérifié : regardez-le de nouveau.");
        } else {
            const auto decision = decideur.decider(tx, *d, le);
            dire(*x, decision);
            if (x->issue == Issue::AFaire) {
                store::retenir(tx, l, *d);
                decideur.appliquer(tx, *d, decision);
                x->rang_avant = rang;
                x->rang = journal::dernier_rang(tx, "signalement", d->id);
                x->issue = Issue::Fait;
                x->raison.clear();
                store::faire_attendre_les_courriels(tx, l, d->id, x->rang);
            }
        }
        store::noter(tx, l, ligne.signalement, *x);
    });
}

void continuer(App& app, const compte::Agent& agent, const Lot& l)
{
    Decideur decideur{app, agent, l.consigne};
    for (const auto& ligne : l.lignes) {
        if (ligne.issue != Issue::AFaire) continue;
        try {
            une_ligne(app, agent, l, decideur, ligne);
        } catch (const db::Conflict&) {
            // Somebody decided between the reading and the writing: this one alone waits for another look.
            app.db.write([&](db::Transaction& tx) {
                if (auto x = store::a_faire(tx, l, ligne.signalement)) {
                    x->issue = Issue::Refuse;
                    x->raison = "Quelqu’un vient d’y agir : regardez-le de nouveau.";
                    store::noter(tx, l, ligne.signalement, *x);
                }
            });
        }
    }
}

/// Those that nobody would read a message for: entrusted to them, a report would wait without anyone knowing.
std::vector<std::string> muets(db::Transaction& tx, const std::vector<std::string>& partenaires)
{
    std::vector<std::string> out;
    std::map<std::string, std::vector<std::string>> par_territoire;
    for (const auto& p : partenaire::store::find_all(tx, partenaires)) {
        const auto [at, nouveau] = par_territoire.try_emplace(p.territoire);
        if (nouveau) at->second = compte::store::partenaires_injoignables(tx, p.territoire);
        if (std::ranges::find(at->second, p.id.text) != at->second.end()) out.push_back(p.nom);
    }
    return out;
}

/// The partners asked that do not act where this report is.
std::vector<std::string> hors_perimetre(db::Transaction& tx, const Consigne& c, const Dossier& d)
{
    std::vector<std::string> out;
    if (c.geste != Geste::Confier) return out;
    const auto insee = signalement::store::declaration(tx, d).adresse.insee;
    const auto commune = territoire::store::find_commune(tx, insee);
    const partenaire::Lieu lieu{
        .territoire = d.territoire, .insee = insee, .epci = commune ? commune->commune.epci : std::string{}};
    for (const auto& p : partenaire::store::find_all(tx, c.partenaires))
        if (!partenaire::couvre(p, lieu)) out.push_back(p.nom);
    return out;
}

std::vector<std::string> noms_des_partenaires(db::Transaction& tx, const Consigne& c)
{
    std::vector<std::string> out;
    for (const auto& p : partenaire::store::find_all(tx, c.partenaires)) out.push_back(p.nom);
    return out;
}

/// The partners of the territories where something is chosen.
std::vector<views::Choisissable> partenaires(db::Transaction& tx, const compte::Agent& agent)
{
    std::vector<views::Choisissable> out;
    const auto territoires = store::territoires_choisis(tx, agent);
    for (const auto& t : territoires) {
        const auto injoignables = compte::store::partenaires_injoignables(tx, t);
        for (const auto& p : partenaire::store::actifs(tx, t)) {
            auto nom = territoires.size() > 1 ? fmt::format("{} ({})", p.nom, t) : p.nom;
            if (std::ranges::find(injoignables, p.id.text) != injoignables.end())
                nom += " – personne n’y reçoit de courriel\u00a0: prévenez-le autrement";
            out.push_back({p.id.text, std::move(nom)});
        }
    }
    return out;
}

http::Response page_geste(db::Transaction& tx, const Visitor& visitor, Geste geste,
                          const views::Saisie& saisie = {})
{
    views::PageGeste p{.geste = geste,
                       .nombre = static_cast<std::size_t>(store::nombre_choisis(tx, *visitor.agent)),
                       .partenaires = {}};
    if (p.nombre == 0) return http::redirect(views::url_selection().text());
    if (geste == Geste::Confier) p.partenaires = partenaires(tx, *visitor.agent);
    return http::html(views::demander(visitor.chrome, p, saisie), saisie.errors ? 422 : 200);
}

/// « id.rang », as the preview wrote them.
std::vector<Ligne> lignes_cochees(const http::Request& request)
{
    std::vector<Ligne> out;
    for (const auto& valeur : request.fields("ligne")) {
        const auto point = valeur.find('.');
        if (point == std::string::npos || out.size() == taille_max) continue;
        Ligne l{.signalement = valeur.substr(0, point)};
        const auto* fin = valeur.data() + valeur.size();
        if (std::from_chars(valeur.data() + point + 1, fin, l.rang_vu).ptr != fin) continue;
        if (std::ranges::find(out, l.signalement, &Ligne::signalement) == out.end())
            out.push_back(std::move(l));
    }
    return out;
}

bool est_un_id(std::string_view id)
{
    return id.size() >= 20 && id.size() <= 40 &&
           id.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

std::string heure(Instant le, const compte::Agent& agent)
{
    // The hour alone: it is some minutes away.
    const auto mots = base::in_words(le, filtre::fuseau_de({}, agent));
    const auto a = mots.find(" à ");
    return a == std::string::npos ? mots : mots.substr(a + std::string_view{" à "}.size());
}

http::Response page_lot(App& app, db::Transaction& tx, const Visitor& visitor, const Lot& l)
{
    return http::html(views::lot(
        visitor.chrome, {.lot = l,
                         .partenaires = noms_des_partenaires(tx, l.consigne),
                         .muets = l.consigne.geste == Geste::Confier ? muets(tx, l.consigne.partenaires)
                                                                     : std::vector<std::string>{},
                         .annulable = est_annulable(l, *visitor.agent, app.clock.now()),
                         .continuable = est_continuable(l, *visitor.agent, app.clock.now()),
                         .heure_limite = heure(l.annulable_jusqu_au, *visitor.agent)}));
}

} // namespace faire
} // namespace

http::Response get_selection(App& app, const http::Request& request, const Visitor& visitor)
{
    std::int64_t laisses = 0;
    const auto texte = request.param("laisses");
    std::from_chars(texte.data(), texte.data() + texte.size(), laisses);
    auto tx = app.db.read();
    return http::html(views::selection(visitor.chrome, store::selection(tx, *visitor.agent),
                                       faire::permis(*visitor.agent), laisses));
}

http::Response post_selection(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto quoi = request.field("quoi");
    const auto le = app.clock.now();
    // The filter and the place of the list that was on the screen, to come back to it.
    auto adresse = request.form;
    std::erase_if(adresse, [](const auto& paire) {
        return paire.first == "csrf" || paire.first == "quoi" || paire.first == "signalement";
    });
    const auto lu = filtre::lire(adresse, agent);
    store::Choix choix;
    app.db.write([&](db::Transaction& tx) {
        if (quoi == "enlever") store::enlever(tx, agent, request.fields("signalement"));
        if (quoi == "vider") store::vider(tx, agent);
        if (quoi == "ajouter") choix = store::choisir(tx, agent, request.fields("signalement"), le);
        if (quoi == "tout" && lu.refus.empty())
            choix = store::choisir_tout(tx, {agent, le, filtre::fuseau_de(lu.filtre, agent)}, lu.filtre, le);
    });
    if (choix.laisses > 0)
        return http::redirect(views::url_selection().with("laisses", choix.laisses).text());
    const bool depuis_la_liste = quoi == "ajouter";
    return http::redirect(
        (depuis_la_liste ? signalement::views::url_liste(lu.filtre) : views::url_selection()).text());
}

http::Response get_geste(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto geste = faire::geste_permis(*visitor.agent, request.capture("geste"));
    if (!geste) return introuvable(request, visitor);
    auto tx = app.db.read();
    return faire::page_geste(tx, visitor, *geste);
}

namespace {

/// What the act would do to each report that is chosen.
http::Response page_apercu(App& app, db::Transaction& tx, const Visitor& visitor, Consigne consigne,
                           const FormErrors* erreurs = nullptr)
{
    const auto le = app.clock.now();
    views::Apercu a{
        .lot = base::new_id(le), .consigne = std::move(consigne), .lignes = {}, .partenaires = {}};
    faire::Decideur decideur{app, *visitor.agent, a.consigne};
    for (const auto& c : store::selection(tx, *visitor.agent)) {
        const auto d = signalement::store::find(tx, c.id, *visitor.agent);
        if (!d) continue;
        Ligne l{.signalement = c.id,
                .reference = c.reference,
                .lieu = (c.adresse.empty() ? "" : c.adresse + ", ") + c.code_postal + " " + c.commune};
        l.rang_vu = journal::dernier_rang(tx, "signalement", c.id);
        l.danger = c.danger;
        l.sans_reponse = c.sans_reponse && peut(*visitor.agent, Action::LireTout, *d);
        faire::dire(l, decideur.decider(tx, *d, le));
        if (l.issue == Issue::AFaire)
            if (const auto loin = faire::hors_perimetre(tx, a.consigne, *d); !loin.empty())
                l.raison += fmt::format("{}Ne couvre pas cette commune\u00a0: {}.",
                                        l.raison.empty() ? "" : " ", base::join(loin, ", "));
        a.lignes.push_back(std::move(l));
    }
    if (a.lignes.empty()) return http::redirect(views::url_selection().text());
    a.partenaires = faire::noms_des_partenaires(tx, a.consigne);
    a.muets = faire::muets(tx, a.consigne.partenaires);
    return http::html(views::apercu(visitor.chrome, a, erreurs), erreurs ? 422 : 200);
}

} // namespace

http::Response post_apercu(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto geste = faire::geste_permis(*visitor.agent, request.capture("geste"));
    if (!geste) return introuvable(request, visitor);
    auto tx = app.db.read();
    auto consigne = faire::consigne(request, *geste);
    if (request.field("changer") == "oui")
        return faire::page_geste(tx, visitor, *geste, {.values = &request.form});
    if (const auto refus = relire(consigne); !refus.empty())
        return faire::page_geste(tx, visitor, *geste, {.errors = &refus, .values = &request.form});
    return page_apercu(app, tx, visitor, std::move(consigne));
}

http::Response post_lots(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto geste = faire::geste_permis(agent, request.field("geste"));
    const auto id = request.field("lot");
    if (!geste || !faire::est_un_id(id)) return introuvable(request, visitor);
    const auto le = app.clock.now();
    Lot l{.id = id,
          .compte = agent.id,
          .consigne = faire::consigne(request, *geste),
          .cree_le = le,
          .annulable_jusqu_au = le.plus_seconds(60LL * minutes_pour_annuler),
          .lignes = faire::lignes_cochees(request)};
    if (const auto refus = relire(l.consigne); !refus.empty()) {
        auto tx = app.db.read();
        return faire::page_geste(tx, visitor, *geste, {.errors = &refus, .values = &request.form});
    }
    if (l.lignes.empty()) {
        const FormErrors refus = {{"ligne", "Cochez au moins un signalement."}};
        auto tx = app.db.read();
        return page_apercu(app, tx, visitor, std::move(l.consigne), &refus);
    }
    // Its reports are known to the lot before the first is touched: a process that dies leaves them to do.
    const bool nouveau = app.db.write([&](db::Transaction& tx) {
        std::erase_if(l.lignes, [&](const Ligne& x) {
            return !signalement::store::find(tx, x.signalement, agent).has_value();
        });
        return store::creer(tx, l);
    });
    if (nouveau) faire::continuer(app, agent, l);
    return http::redirect(views::url_lot(id).text());
}

http::Response get_lot(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto l = store::trouver(tx, request.capture("id"), *visitor.agent);
    return l ? faire::page_lot(app, tx, visitor, *l) : introuvable(request, visitor);
}

http::Response post_suite(App& app, const http::Request& request, const Visitor& visitor)
{
    std::optional<Lot> l;
    {
        auto tx = app.db.read();
        l = store::trouver(tx, request.capture("id"), *visitor.agent);
    }
    if (!l) return introuvable(request, visitor);
    const auto le = app.clock.now();
    if (est_continuable(*l, *visitor.agent, le)) {
        // What is done now waits its own minutes; what was done before and has left is not taken back.
        l->annulable_jusqu_au = le.plus_seconds(60LL * minutes_pour_annuler);
        app.db.write([&](db::Transaction& tx) { store::prolonger(tx, *l); });
        faire::continuer(app, *visitor.agent, *l);
    }
    return http::redirect(views::url_lot(l->id).text());
}

http::Response post_annulation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    std::optional<Lot> l;
    {
        auto tx = app.db.read();
        l = store::trouver(tx, request.capture("id"), agent);
    }
    if (!l) return introuvable(request, visitor);
    for (const auto& ligne : l->lignes) {
        if (ligne.issue != Issue::Fait) continue;
        const auto laisser = [&](db::Transaction& tx, std::string raison) {
            auto x = ligne;
            x.raison = std::move(raison);
            store::noter(tx, *l, ligne.signalement, x);
        };
        try {
            app.db.write([&](db::Transaction& tx) {
                const auto d = signalement::store::find_for_decision(tx, ligne.signalement, agent);
                // Sent twice: the other one has undone it.
                if (store::issue_de(tx, *l, ligne.signalement) != Issue::Fait) return;
                if (!d) return laisser(tx, "Laissé tel quel : vous ne pouvez plus le lire.");
                const auto le = app.clock.now();
                const auto rang = journal::dernier_rang(tx, "signalement", d->id);
                if (auto refus = refus_d_annuler(*l, ligne, *d, agent, rang, le))
                    return laisser(tx, "Laissé tel quel : " + *refus);
                store::defaire(tx, *l, ligne, *d, agent, le);
            });
        } catch (const db::Conflict&) {
            app.db.write([&](db::Transaction& tx) {
                laisser(tx, "Laissé tel quel : un courriel est parti, ou quelqu’un vient d’y agir.");
            });
        }
    }
    return http::redirect(views::url_lot(l->id).text());
}

} // namespace signalement::lot
