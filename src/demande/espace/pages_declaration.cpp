// What an applicant declares online: changes of situation, and the yearly renewal read part by part.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/chargement.hpp"
#include "demande/echeancier.hpp"
#include "demande/espace/adresse.hpp"
#include "demande/espace/commun.hpp"
#include "demande/espace/courriels.hpp"
#include "demande/espace/pages.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/saisie.hpp"
#include "demande/store_versions.hpp"
#include "demande/store_vie.hpp"
#include "edge.hpp"

namespace demande::espace {

namespace {
namespace declarations {

constexpr std::string_view renouveler_slug = "renouveler";

int total()
{
    return static_cast<int>(volets_en_ligne().size()) + 1;
}

int rang(const Volet& v)
{
    return static_cast<int>(&v - volets_en_ligne().data()) + 1;
}

/// The next part to read again, or the last page once all were.
http::Response suite(db::Transaction& tx, const Ouverte& f)
{
    const auto* v = prochaine_relecture(store::relues(tx, f));
    const auto de = en_tete(f);
    return http::redirect(
        (v ? de.url({"renouveler", base::slug_of(raisons, v->raison)}) : de.url({"renouveler"})).text());
}

views::Relecture relecture(const Ouverte& f, const Volet& v, Instant le)
{
    const auto n = rang(v);
    const auto tous = volets_en_ligne();
    return {.de = en_tete(f),
            .volet = &v,
            .rang = n,
            .total = total(),
            .suivant = static_cast<std::size_t>(n) < tous.size()
                           ? std::optional{tous[static_cast<std::size_t>(n)].raison}
                           : std::nullopt,
            .reponses = montrees(f.reponses, f.rang),
            .modifiable = est_modifiable(f),
            .jour = jour_legal(le, f.territoire)};
}

/// Whether the rule would let the demande begin another year today, everything being read.
Result<Reprise> possible(db::Transaction& tx, const Ouverte& f, Instant le)
{
    // They would have to read again what they may not read.
    if (f.a_distance())
        return Problem::conflict("Cette demande se renouvelle à un guichet, avec votre pièce d’identité.");
    const auto jour = jour_legal(le, f.territoire);
    const auto s = demande::store::situation(tx, f, jour);
    return f.etat == Etat::Radiee ? reactiver(s, jour) : renouveler(s, jour);
}

/// Of those who sign, by rank.
std::vector<int> sans_compte(db::Transaction& tx, const Ouverte& f)
{
    std::vector<int> out;
    for (int rang = 0; rang <= 3; ++rang)
        if (!nom_du_rang(f.reponses, rang).empty() && !portail::store::lien_du_rang(tx, f.id, rang))
            out.push_back(rang);
    return out;
}

/// Each their own; none by mandate.
std::vector<std::string> nirs_montres(const Ouverte& f)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < f.nirs.size() && !f.aide; ++i)
        if (f.rang == 0 || i == static_cast<std::size_t>(f.rang)) out.push_back(f.nirs[i]);
    return out;
}

} // namespace declarations
} // namespace

http::Response get_situation(App& app, const http::Request& request, const Visitor& visitor)
{
    return montrer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction&, const Ouverte& f) -> http::Response {
            return http::html(
                views::situation(visitor.chrome, {.de = en_tete(f),
                                                  .modifiable = est_modifiable(f) && se_traitent_ici(f.ou),
                                                  .reponses = montrees(f.reponses, f.rang),
                                                  .a_deux = f.reponses.a("codemandeur.1.nom"),
                                                  .nirs = declarations::nirs_montres(f),
                                                  .rang = f.rang,
                                                  .a_distance = f.a_distance(),
                                                  .jour = jour_legal(app.clock.now(), f.territoire)}));
        });
}

http::Response get_volet(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto* v = volet_en_ligne(request.capture("volet"));
    return preparer(
        app, request, visitor, Pouvoir::Remplir, [&](db::Transaction&, const Ouverte& f) -> http::Response {
            if (!v || !est_ouvert(*v, f.reponses, f.rang)) return introuvable(request, visitor);
            if (!est_modifiable(f)) return vers(f, "situation");
            const auto valeurs = montrees(f.reponses, f.rang).paires();
            return http::html(
                views::volet(visitor.chrome,
                             {.de = en_tete(f),
                              .volet = v,
                              .version = f.contenu_version,
                              .actuelles = f.reponses,
                              .rang = f.rang,
                              .pour_renouveler = request.param("pour") == declarations::renouveler_slug,
                              .jour = jour_legal(app.clock.now(), f.territoire)},
                             {nullptr, &valeurs}));
        });
}

http::Response post_volet(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto secret = compte::store::secret(app.db, store::secret_cle, app.clock.now());
    const auto* v = volet_en_ligne(request.capture("volet"));
    return agir(
        app, request, visitor, Pouvoir::Remplir,
        [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto le = app.clock.now();
            if (!v || !est_ouvert(*v, f.reponses, f.rang)) return introuvable(request, visitor);
            if (!est_modifiable(f)) return vers(f, "situation");
            views::EcranDeVolet e{.de = en_tete(f),
                                  .volet = v,
                                  .version = f.contenu_version,
                                  .actuelles = f.reponses,
                                  .rang = f.rang,
                                  .pour_renouveler = request.field("pour") == declarations::renouveler_slug,
                                  .jour = jour_legal(le, f.territoire)};
            const auto depuis = entier_positif(request.field("version"));
            auto saisies = completees(f.reponses, *v, reponses_postees(request), f.rang);
            if (depuis != f.contenu_version &&
                !differences(f.reponses, appliquer(f.reponses, *v, saisies)).empty()) {
                // Somebody was quicker: what they changed, with what was just typed laid over it.
                const auto avant = demande::store::version(tx, f.id, depuis);
                const auto& base = avant ? avant->reponses : f.reponses;
                const auto reunion = reunir(*v, base, appliquer(base, *v, saisies), f.reponses);
                e.depasse = true;
                const auto valeurs = reunion.reponses.paires();
                return http::html(views::volet(visitor.chrome, e, {nullptr, &valeurs}), 409);
            }
            const auto contexte = contexte_de_modification(app, tx, f, appliquer(f.reponses, *v, saisies));
            auto c = changer_en_ligne(f.reponses, *v, saisies, contexte, f.rang);
            const auto refuser = [&](const FormErrors& erreurs) {
                return http::html(views::volet(visitor.chrome, e, {&erreurs, &request.form}), 422);
            };
            if (!c) return refuser(c.error());
            // The mailbox is its applicant's: who helps neither takes it away nor proves another.
            if ((f.aide || f.rang > 0) &&
                c->contenu.reponses.texte("demandeur.email") != f.reponses.texte("demandeur.email"))
                return refuser(
                    {{"demandeur.email", "Le demandeur change lui-même cette adresse : il reçoit un code "
                                         "pour la prouver. Remettez celle que la demande connaît."}});
            if ((f.aide || f.rang > 0) &&
                deplace_la_preuve(f.reponses, c->contenu.reponses, declarations::sans_compte(tx, f)))
                return refuser({{"adresse.voie",
                                 "Un guichet change cette adresse avec le demandeur : c’est là qu’arrive le "
                                 "code qui lui ouvrira sa demande. Remettez celle que la demande connaît."}});
            const auto a_prouver = f.aide || f.rang > 0 ? std::nullopt
                                                        : adresse_a_prouver(f.reponses, c->contenu.reponses,
                                                                            visitor.demandeur->courriel);
            if (a_prouver) {
                if (const auto parti = envoyer_le_code_d_adresse(app, tx, f, visitor, *a_prouver, secret);
                    !parti)
                    return refuser({{parti.error().field, parti.error().message}});
                saisies.mettre("demandeur.email", f.reponses.texte("demandeur.email"));
                c = changer_en_ligne(f.reponses, *v, saisies, contexte, f.rang);
                if (!c) return refuser(c.error());
            }
            const bool change = !differences(f.reponses, c->contenu.reponses).empty();
            if (change) {
                demande::store::modifier(tx, f, *c, f.par, cle, le);
                const auto& connue = f.reponses.texte("demandeur.email");
                if (connue != c->contenu.reponses.texte("demandeur.email") &&
                    joignable_par_courriel(f.reponses))
                    courrier::enqueue(tx, courriels::adresse_changee({f.id, f.territoire}, connue), le);
            }
            if (e.pour_renouveler) store::relire(tx, f, v->raison, le);
            if (a_prouver) {
                const auto ici = en_tete(f).url({"adresse"});
                return http::redirect(
                    (e.pour_renouveler ? ici.with("pour", std::string{declarations::renouveler_slug}) : ici)
                        .text());
            }
            if (e.pour_renouveler) return declarations::suite(tx, f);
            return vers(f, {}, change ? "modification" : "inchangee");
        });
}

http::Response get_renouvellement(App& app, const http::Request& request, const Visitor& visitor)
{
    return preparer(app, request, visitor, Pouvoir::Renouveler,
                    [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                        const auto r = declarations::possible(tx, f, app.clock.now());
                        if (!r) return error_response(r.error(), request, visitor.chrome);
                        if (prochaine_relecture(store::relues(tx, f))) return declarations::suite(tx, f);
                        return http::html(views::renouvellement(
                            visitor.chrome, {.de = en_tete(f),
                                             .revient = f.etat == Etat::Radiee,
                                             .jusqu_au = jalons(r->ancre()).fin_de_validite,
                                             .ancre = base::to_iso(f.ancre),
                                             .total = declarations::total()}));
                    });
}

http::Response get_relecture(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto* v = volet_en_ligne(request.capture("partie"));
    return preparer(app, request, visitor, Pouvoir::Renouveler,
                    [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                        if (!v) return introuvable(request, visitor);
                        if (const auto r = declarations::possible(tx, f, app.clock.now()); !r)
                            return error_response(r.error(), request, visitor.chrome);
                        return http::html(views::relecture(visitor.chrome,
                                                           declarations::relecture(f, *v, app.clock.now())));
                    });
}

http::Response post_relecture(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto* v = volet_en_ligne(request.capture("partie"));
    return agir(app, request, visitor, Pouvoir::Renouveler,
                [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                    const auto le = app.clock.now();
                    if (!v) return introuvable(request, visitor);
                    if (const auto r = declarations::possible(tx, f, le); !r)
                        return error_response(r.error(), request, visitor.chrome);
                    const auto choix = request.field("change");
                    if (choix == "oui" && est_modifiable(f))
                        return http::redirect(en_tete(f)
                                                  .url({"situation", base::slug_of(raisons, v->raison)})
                                                  .with("pour", std::string{declarations::renouveler_slug})
                                                  .text());
                    if (choix != "non") {
                        const FormErrors erreurs{{"change", "Dites si quelque chose a changé."}};
                        return http::html(views::relecture(visitor.chrome, declarations::relecture(f, *v, le),
                                                           {&erreurs, &request.form}),
                                          422);
                    }
                    store::relire(tx, f, v->raison, le);
                    return declarations::suite(tx, f);
                });
}

http::Response post_renouvellement(App& app, const http::Request& request, const Visitor& visitor)
{
    return agir(
        app, request, visitor, Pouvoir::Renouveler,
        [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto le = app.clock.now();
            if (f.a_distance())
                return error_response(declarations::possible(tx, f, le).error(), request, visitor.chrome);
            // The year of the form has ended: it was renewed meanwhile, by this very form or at a
            // guichet.
            if (request.field("ancre") != base::to_iso(f.ancre) && est_en_cours(f.etat))
                return vers(f, {}, "renouvellement");
            const bool revient = f.etat == Etat::Radiee;
            const auto jour = jour_legal(le, f.territoire);
            const auto r = reprendre_en_ligne(demande::store::situation(tx, f, jour), store::relues(tx, f),
                                              request.field("exact") == "oui", jour);
            if (!r && r.error().field.empty()) {
                if (prochaine_relecture(store::relues(tx, f)) && declarations::possible(tx, f, le))
                    return declarations::suite(tx, f);
                return error_response(r.error(), request, visitor.chrome);
            }
            if (!r) {
                const FormErrors erreurs{{r.error().field, r.error().message}};
                const auto suivante = declarations::possible(tx, f, le);
                return http::html(
                    views::renouvellement(visitor.chrome,
                                          {.de = en_tete(f),
                                           .revient = revient,
                                           .jusqu_au = jalons(suivante->ancre()).fin_de_validite,
                                           .ancre = base::to_iso(f.ancre),
                                           .total = declarations::total()},
                                          {&erreurs, &request.form}),
                    422);
            }
            demande::store::reprendre(tx, f, *r, f.par, le);
            store::renouvelee_en_ligne(tx, f);
            return vers(f, {}, revient ? "reactivation" : "renouvellement");
        });
}

} // namespace demande::espace
