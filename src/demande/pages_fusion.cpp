// Two demandes of the same person become one: what it would do, and doing it.
#include <fmt/format.h>

#include <set>

#include "compte/envoi_unique.hpp"
#include "courrier/store.hpp"
#include "demande/annoncer.hpp"
#include "demande/auteurs.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/fermeture.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/jalons.hpp"
#include "demande/numero.hpp"
#include "demande/pages.hpp"
#include "demande/saisie.hpp"
#include "demande/situation.hpp"
#include "demande/store_fusion.hpp"
#include "demande/store_versions.hpp"
#include "demande/views_fusion.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace reunions {

/// Both demandes, as far as whoever asks reads them, and what the rule says of them.
struct Examen {
    views::Reunion v;
    std::optional<Fusion> fusion;
};

Examen examiner(db::Transaction& tx, const store::Fiche& f, const std::string& autre,
                const std::vector<Guichet>& guichets, const std::string& cle, const Visitor& visitor,
                Instant le)
{
    Examen e{.v = {.id = f.id, .numero = numero_lu(f.numero), .apercu = {}, .autre = autre, .refus = {}},
             .fusion = {}};
    // Out of reach, it does not exist.
    const auto a = store::find(tx, autre, guichets, cle);
    if (!a) {
        e.v.refus = "Aucune demande que vous pouvez lire ne porte ce numéro.";
        return e;
    }
    // Even a refusal tells something of both.
    store::noter_consultation(tx, f, *visitor.agent, le);
    store::noter_consultation(tx, *a, *visitor.agent, le);
    // Nobody gains or loses an access to either until it is done.
    for (const auto& id : std::set{f.id, a->id}) espace::store::tenir_les_acces(tx, id);
    const auto r = reunir(store::une_des_deux(tx, f), store::une_des_deux(tx, *a));
    if (!r) {
        e.v.refus = r.error().message;
        return e;
    }
    e.fusion = *r;
    const auto& gardee = r->gardee() == f.id ? f : *a;
    const auto& radiee = r->gardee() == f.id ? *a : f;
    e.v.apercu = {.gardee = gardee,
                  .radiee = radiee,
                  .suit = store::ce_qui_suit(tx, gardee, radiee, jour_legal(le, gardee.territoire)),
                  .fin_de_validite = jalons(r->ancre()).fin_de_validite,
                  .se_joignent_autrement = se_joignent_autrement(gardee.reponses, radiee.reponses)};
    return e;
}

/// The demande kept says from now on where the other one was reached.
std::optional<Problem> joindre_comme(App& app, db::Transaction& tx, const store::Fiche& gardee,
                                     const store::Fiche& radiee, const compte::Agent& par,
                                     const std::string& cle, Instant le)
{
    const auto& v = *volet(base::slug_of(raisons, Raison::Coordonnees));
    const auto change =
        changer(gardee.reponses, v, radiee.reponses, Justificatif::Reunion,
                contexte_de_modification(app, tx, gardee, appliquer(gardee.reponses, v, radiee.reponses)),
                gardee.nirs_connus());
    if (!change)
        return Problem::conflict(
            "Les coordonnées de la demande radiée ne sont pas complètes : corrigez d’abord "
            "celles de la demande gardée, puis gardez-les.");
    auto fermes = store::modifier(tx, gardee, *change, par, cle, le);
    espace::suivre_le_changement(tx, gardee, change->contenu.reponses, std::move(fermes), par, le);
    return std::nullopt;
}

/// Loads and checks who asks, then does `acte`.
template <class F>
http::Response ouvrir(App& app, db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                      F&& acte)
{
    const auto le = app.clock.now();
    const auto cle = cle_nir(app);
    const auto guichets = store::guichets_de(tx, visitor.agent->id);
    const auto f = store::find(tx, request.capture("id"), guichets, cle);
    if (!f) return introuvable(request, visitor);
    if (auto ailleurs = traitees_ailleurs(tx, f->territoire, le, request, visitor))
        return *std::move(ailleurs);
    const auto par = peut_prononcer(guichets, f->territoire, MotifRadiation::Fusion);
    if (!par) return error_response(Problem::forbidden(), request, visitor.chrome);
    return acte(*f, guichets, cle, *par, le);
}

} // namespace reunions
} // namespace

http::Response get_reunion(App& app, const http::Request& request, const Visitor& visitor)
{
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        return reunions::ouvrir(
            app, tx, request, visitor, [&](const store::Fiche& f, const auto&, const auto&, Auteur, Instant) {
                return http::html(views::reunion(
                    visitor.chrome,
                    {.id = f.id, .numero = numero_lu(f.numero), .apercu = {}, .autre = {}, .refus = {}}));
            });
    });
}

http::Response post_apercu_de_reunion(App& app, const http::Request& request, const Visitor& visitor)
{
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        return reunions::ouvrir(
            app, tx, request, visitor,
            [&](const store::Fiche& f, const std::vector<Guichet>& guichets, const std::string& cle, Auteur,
                Instant le) {
                // From the list of those that look alike, or typed.
                auto autre = request.field("autre");
                const auto numero = lire_numero(request.field("numero"));
                if (autre.empty() && !numero) {
                    const FormErrors erreurs{{"numero", numero.error().message}};
                    return http::html(views::reunion(visitor.chrome,
                                                     {.id = f.id,
                                                      .numero = numero_lu(f.numero),
                                                      .apercu = {},
                                                      .autre = {},
                                                      .refus = {}},
                                                     {&erreurs, &request.form}),
                                      422);
                }
                if (autre.empty()) autre = store::find_numero(tx, ecrire(*numero), guichets).value_or("");
                const auto e = reunions::examiner(tx, f, autre, guichets, cle, visitor, le);
                return http::html(views::reunion(visitor.chrome, e.v), e.fusion ? 200 : 422);
            });
    });
}

http::Response post_reunion(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        return reunions::ouvrir(
            app, tx, request, visitor,
            [&](const store::Fiche& f, const std::vector<Guichet>& guichets, const std::string& cle,
                Auteur par, Instant le) -> http::Response {
                auto e = reunions::examiner(tx, f, request.field("autre"), guichets, cle, visitor, le);
                if (!e.fusion) return http::html(views::reunion(visitor.chrome, e.v), 422);
                const auto& a = *e.v.apercu;
                auto gardee = a.gardee;
                const auto& radiee = a.radiee;
                if (request.field("vues") != fmt::format("{}.{}", gardee.version, radiee.version)) {
                    e.v.refus = "Une des demandes a changé depuis que vous l’avez vue\u00a0: relisez.";
                    return http::html(views::reunion(visitor.chrome, e.v), 422);
                }
                FormErrors erreurs;
                const auto ou = request.field("coordonnees");
                if (a.se_joignent_autrement && ou != "gardee" && ou != "radiee")
                    erreurs.push_back({"coordonnees", "Choisissez où joindre le demandeur."});
                if (request.field("confirme") != "oui")
                    erreurs.push_back(
                        {"confirme", "Cochez cette case une fois les deux demandes comparées."});
                if (!erreurs.empty())
                    return http::html(views::reunion(visitor.chrome, e.v, {&erreurs, &request.form}), 422);
                const auto jour = jour_legal(le, f.territoire);
                const auto r = radier(store::situation(tx, radiee, jour),
                                      {.motif = MotifRadiation::Fusion,
                                       .par = par,
                                       .justificatif = "Demande gardée\u00a0: " + numero_lu(gardee.numero)},
                                      jour);
                if (!r) {
                    e.v.refus = r.error().message;
                    return http::html(views::reunion(visitor.chrome, e.v), 422);
                }
                if (a.se_joignent_autrement && ou == "radiee") {
                    if (auto refus =
                            reunions::joindre_comme(app, tx, gardee, radiee, *visitor.agent, cle, le)) {
                        e.v.refus = std::move(refus->message);
                        return http::html(views::reunion(visitor.chrome, e.v), 422);
                    }
                    gardee = store::find(tx, gardee.id, guichets, cle).value();
                }
                store::reunir(tx, gardee, radiee, *e.fusion, a.suit, *visitor.agent, le);
                radier_et_annoncer(tx, radiee, *r, *visitor.agent, guichets, app.config.base_url(), le,
                                   numero_lu(gardee.numero));
                // Who is written to for the one kept may not be who was for the other.
                const auto d = store::due(tx, gardee.id).value();
                for (const auto& [s, boite] :
                     a_chacune(tx, d, boites_de_l_annee(d.reponses, store::suiveurs(tx, d.id)),
                               app.config.base_url()))
                    courrier::enqueue(tx, courriels::reunion(s, numero_lu(radiee.numero), jalons(d.ancre)),
                                      le);
                return http::redirect(views::url_demande(gardee.id).with("fait", "reunion").text());
            });
    });
}

} // namespace demande
