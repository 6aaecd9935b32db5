// Renewing, at any guichet of the territory, a demande that it does not read (presentee.hpp).
#include <algorithm>
#include <variant>

#include "compte/envoi_unique.hpp"
#include "compte/store.hpp"
#include "demande/chargement.hpp"
#include "demande/pages.hpp"
#include "demande/presentee.hpp"
#include "demande/store_vie.hpp"
#include "demande/views_vie.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace au_guichet_d_a_cote {

/// Said of an unknown number as of another identity: neither is told apart.
constexpr std::string_view pas_reconnue = "Aucune demande de ce territoire n’a ce numéro avec ce nom et "
                                          "cette date de naissance. Relisez-les sur son "
                                          "attestation et sur sa pièce d’identité.";

struct Presentee {
    store::Fiche demande;
    Reprise reprise;
};

/// What was typed, checked and counted; else the answer that says what to do.
std::variant<Presentee, http::Response> lire_la_demande(App& app, db::Transaction& tx,
                                                        const http::Request& request, const Visitor& visitor,
                                                        Instant le)
{
    const auto guichets = store::guichets_de(tx, visitor.agent->id);
    if (std::ranges::none_of(guichets, enregistre)) return non_habilite(visitor);
    const auto refuser = [&](const FormErrors& erreurs, std::string_view refus = {}) {
        return http::html(views::presentation(visitor.chrome, {&erreurs, &request.form}, refus), 422);
    };
    auto qui = espace::lire_qui_demande(request.field("numero"), request.field("nom"),
                                        request.field("prenom"), request.field("naissance_le"));
    auto erreurs = qui ? FormErrors{} : qui.error();
    // Said to an agent, of somebody else.
    for (auto& e : erreurs)
        if (e.field == "nom")
            e.message = "Indiquez le nom.";
        else if (e.field == "prenom")
            e.message = "Indiquez le prénom.";
        else if (e.field == "naissance_le")
            e.message = "Indiquez la date de naissance, par exemple 03/02/1984.";
    if (request.field("identite") != "oui")
        erreurs.push_back(
            {"identite", "Demandez une pièce d’identité, et cochez cette case après l’avoir vue."});
    if (!erreurs.empty()) return refuser(erreurs);
    const auto territoire = qui->numero.substr(0, 3);
    if (!guichet_du_territoire(guichets, territoire))
        return refuser({{"numero", "Ce numéro est d’un autre territoire\u00a0: la demande s’y renouvelle, ou "
                                   "en ligne."}});
    if (auto ailleurs = traitees_ailleurs(tx, territoire, le, request, visitor)) return *std::move(ailleurs);
    if (!compte::store::tenter(tx, compte::store::secret(app.db, compte::store::secret_csrf, le),
                               limites_de_presentation(visitor.agent->id, qui->numero), le)
             .permise)
        return http::html(views::presentation(visitor.chrome, {nullptr, &request.form},
                                              "Trop d’essais. Attendez avant de recommencer, ou orientez le "
                                              "demandeur vers le guichet qui a enregistré sa demande."),
                          429);
    auto f = store::presenter(tx, *qui, guichets, *visitor.agent, le);
    if (!f) return refuser({}, pas_reconnue);
    const auto jour = jour_legal(le, f->territoire);
    const auto s = store::situation(tx, *f, jour);
    const auto r = f->etat == Etat::Radiee ? reactiver(s, jour) : renouveler(s, jour);
    if (!r) return error_response(r.error(), request, visitor.chrome);
    return Presentee{*std::move(f), *r};
}

http::Response ecran(const http::Request& request, const Visitor& visitor, const Presentee& p,
                     const FormErrors* erreurs = nullptr)
{
    return http::html(views::renouvellement(visitor.chrome,
                                            {.demande = p.demande,
                                             .numero = numero_lu(p.demande.numero),
                                             .reactivation = p.demande.etat == Etat::Radiee,
                                             .fin_de_validite = jalons(p.reprise.ancre()).fin_de_validite,
                                             .presentee = &request.form},
                                            {erreurs, erreurs ? &request.form : nullptr}),
                      erreurs ? 422 : 200);
}

} // namespace au_guichet_d_a_cote
} // namespace

http::Response get_presentation(App& app, const http::Request&, const Visitor& visitor)
{
    auto tx = app.db.read();
    if (std::ranges::none_of(store::guichets_de(tx, visitor.agent->id), enregistre))
        return non_habilite(visitor);
    return http::html(views::presentation(visitor.chrome));
}

http::Response post_presentation(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = au_guichet_d_a_cote;
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        auto lue = ici::lire_la_demande(app, tx, request, visitor, app.clock.now());
        if (auto* reponse = std::get_if<http::Response>(&lue)) return std::move(*reponse);
        return ici::ecran(request, visitor, std::get<ici::Presentee>(lue));
    });
}

http::Response post_renouvellement_presente(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = au_guichet_d_a_cote;
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        auto lue = ici::lire_la_demande(app, tx, request, visitor, le);
        if (auto* reponse = std::get_if<http::Response>(&lue)) return std::move(*reponse);
        const auto& p = std::get<ici::Presentee>(lue);
        if (request.field("confirme") != "oui") {
            const FormErrors erreurs{
                {"confirme", "Cochez cette case une fois les informations relues avec le demandeur."}};
            return ici::ecran(request, visitor, p, &erreurs);
        }
        store::reprendre(tx, p.demande, p.reprise, *visitor.agent, le);
        return http::redirect("/demandes?fait=renouvellement_presente");
    });
}

} // namespace demande
