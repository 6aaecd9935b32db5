// Logging in and out.
#include "base/log.hpp"
#include "compte/hachage.hpp"
#include "compte/pages.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "compte/views.hpp"
#include "http/throttle.hpp"

namespace compte {
namespace {

using enum ObjetFrein;

views::Message message_de_connexion(const http::Request& req)
{
    const auto etat = req.param("etat");
    if (etat == "mot-de-passe-choisi")
        return ui::Alert{.tone = ui::Tone::Success,
                         .title = "Mot de passe enregistré",
                         .text = "Connectez-vous avec votre nouveau mot de passe.",
                         .announce = true};
    if (etat == "deconnecte")
        return ui::Alert{.tone = ui::Tone::Info, .text = "Vous êtes déconnecté.", .announce = true};
    if (!req.param("retour").empty())
        return ui::Alert{.tone = ui::Tone::Info, .text = "Connectez-vous pour ouvrir cette page."};
    return std::nullopt;
}

} // namespace

http::Response get_connexion(App&, const http::Request& req, const Visitor& visitor)
{
    const auto retour = chemin_de_retour(req.param("retour"), "");
    if (visitor.agent) return http::redirect(retour.empty() ? std::string{pages::accueil_agent} : retour);
    return http::html(views::connexion(visitor.chrome, retour, message_de_connexion(req), {}));
}

http::Response post_connexion(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    const auto mot_de_passe = pages::champ_brut(req, "mot_de_passe");
    const auto retour = chemin_de_retour(req.field("retour"), "");
    FormErrors erreurs;
    const auto refuser = [&] {
        return http::html(views::connexion(visitor.chrome, retour, {}, {&erreurs, &req.form}), 422);
    };
    if (req.field("email").empty()) erreurs.push_back({"email", "Indiquez votre adresse électronique."});
    if (mot_de_passe.empty()) erreurs.push_back({"mot_de_passe", "Indiquez votre mot de passe."});
    if (!erreurs.empty()) return refuser();

    const auto email = plier_email(req.field("email")).value_or("");
    const auto ip = http::ip_group(req.client_ip);
    const auto secret = store::secret(app.db, store::secret_csrf, le);
    const auto tentative = app.db.write([&](db::Transaction& tx) {
        return store::tenter(tx, secret, {ConnexionCompteDepuisIp, ConnexionIp, ConnexionCompte}, ip, email,
                             le);
    });
    if (!tentative.permise) {
        base::log(base::Level::Warning, "connexion_freinee", {{"request", req.request_id}});
        return pages::trop_d_essais(
            visitor, "Par sécurité, la connexion est bloquée pendant quinze minutes. Vous pouvez "
                     "aussi demander un nouveau mot de passe.");
    }

    std::optional<Compte> compte;
    std::string empreinte;
    {
        auto tx = app.db.read();
        compte = store::find_by_email(tx, email);
        if (compte && compte->etat == EtatCompte::Actif)
            empreinte = store::empreinte_mot_de_passe(tx, compte->id);
    }
    // Unknown, not activated, deactivated or wrong password: same work, same answer.
    const auto juste = verifier(empreinte, mot_de_passe);
    if (!juste) return pages::trop_occupe(visitor);
    std::optional<store::NouvelleSession> session;
    if (*juste)
        session = app.db.write([&](db::Transaction& tx) -> std::optional<store::NouvelleSession> {
            if (!store::noter_connexion(tx, compte->id, empreinte, le)) return std::nullopt;
            store::oublier_tentatives(tx, secret, tentative, ip, email);
            // A new identifier at each login; the former one stops working.
            if (!visitor.session.empty()) store::fermer_session(tx, visitor.session);
            return store::creer_session(tx, compte->id, appareil(req.header("user-agent")), le);
        });
    if (!session) {
        erreurs.push_back({"email",
                           "Adresse ou mot de passe incorrect. Si vous venez d’être invité, activez d’abord "
                           "votre accès avec le lien reçu par message."});
        return refuser();
    }
    base::log(base::Level::Info, "connexion", {{"compte", compte->id.text}});
    return pages::avec_session(app, http::redirect(chemin_de_retour(retour, pages::accueil_agent)),
                               session->cookie);
}

http::Response post_deconnexion(App& app, const http::Request&, const Visitor& visitor)
{
    app.db.write([&](db::Transaction& tx) { store::fermer_session(tx, visitor.session); });
    return pages::avec_session(app, http::redirect("/connexion?etat=deconnecte"), "");
}

} // namespace compte
