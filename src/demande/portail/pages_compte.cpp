// The applicant's account: the door, the code received by e-mail, the way out, and their own page.
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/portail/courriels.hpp"
#include "demande/portail/pages.hpp"
#include "demande/portail/views.hpp"
#include "http/throttle.hpp"

namespace demande::portail {

namespace {
namespace porte {

/// The parameter or field, when it leads to a page of the applicant; else nothing, which is their own page.
std::string retour(const std::string& texte)
{
    return texte.empty() ? std::string{} : retour_du_demandeur(texte);
}

ui::Url avec_retour(ui::Url url, const std::string& retour)
{
    return retour.empty() ? url : url.with("retour", retour);
}

http::Response avec_cookie(const App& app, http::Response reponse, const std::string& nom,
                           std::string_view valeur, std::optional<std::int64_t> duree = {})
{
    http::CookieOptions options{.secure = compte::pages::en_https(app)};
    options.max_age_seconds = valeur.empty() ? std::optional<std::int64_t>{0} : duree;
    reponse.cookie(http::set_cookie(nom, valeur, options));
    return reponse;
}

/// A demonstration without a mail server: nobody could read a code.
bool sans_message(const App& app)
{
    return app.config.mode == Mode::Demo && app.config.smtp_url.empty();
}

bool freine(App& app, const http::Request& request, const std::vector<compte::Limite>& limites)
{
    const auto le = app.clock.now();
    const auto secret = compte::store::secret(app.db, compte::store::secret_csrf, le);
    const auto t =
        app.db.write([&](db::Transaction& tx) { return compte::store::tenter(tx, secret, limites, le); });
    if (!t.permise)
        base::log(base::Level::Warning, "code_demandeur_freine", {{"request", request.request_id}});
    return !t.permise;
}

/// Sends a code to this mailbox; the cookie of the browser that may type it.
std::string envoyer_un_code(App& app, const std::string& courriel)
{
    const auto le = app.clock.now();
    const auto secret = compte::store::secret(app.db, store::secret_code, le);
    return app.db.write([&](db::Transaction& tx) {
        auto n = store::creer_code(tx, secret, courriel,
                                   sans_message(app) ? std::string{code_de_demonstration}
                                                     : base::random_digits(chiffres_du_code),
                                   le);
        courrier::enqueue(tx, courriels::code(courriel, n.code), le);
        return std::move(n.cookie);
    });
}

} // namespace porte
} // namespace

http::Response get_demander(App&, const http::Request&, const Visitor& visitor)
{
    return http::html(views::demander(visitor.chrome));
}

http::Response get_connexion(App&, const http::Request& request, const Visitor& visitor)
{
    return http::html(
        views::connexion(visitor.chrome, porte::retour(request.param("retour")), {}, request.param("etat")));
}

http::Response post_connexion(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto retour = porte::retour(request.field("retour"));
    const auto courriel = compte::plier_email(request.field("courriel"));
    if (!courriel) {
        const FormErrors erreurs{
            {"courriel", "Indiquez une adresse électronique, par exemple prenom.nom@exemple.fr."}};
        return http::html(views::connexion(visitor.chrome, retour, {&erreurs, &request.form}), 422);
    }
    if (porte::freine(app, request, limites_d_envoi(*courriel, http::ip_group(request.client_ip))))
        return compte::pages::trop_d_essais(
            visitor,
            "Plusieurs codes viennent déjà de partir. Utilisez le dernier reçu, ou attendez un quart "
            "d’heure pour en demander un autre.");
    return porte::avec_cookie(
        app, http::redirect(porte::avec_retour(ui::url("/demander/code"), retour).text()),
        cookie_code(compte::pages::en_https(app)), porte::envoyer_un_code(app, *courriel), code_secondes);
}

http::Response get_code(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto retour = porte::retour(request.param("retour"));
    if (request.cookie(cookie_code(compte::pages::en_https(app))).empty())
        return http::redirect(porte::avec_retour(ui::url("/demander/connexion"), retour).text());
    return http::html(views::code(visitor.chrome, retour, {}, porte::sans_message(app)));
}

http::Response post_code(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto retour = porte::retour(request.field("retour"));
    const auto saisi = lire_code(request.field("code"));
    const auto refuser = [&](std::string message) {
        const FormErrors erreurs{{"code", std::move(message)}};
        return http::html(
            views::code(visitor.chrome, retour, {&erreurs, &request.form}, porte::sans_message(app)), 422);
    };
    // A slip of the finger costs no try.
    if (saisi.empty()) return refuser("Tapez les huit chiffres du code reçu.");
    if (porte::freine(app, request, limites_d_essai(http::ip_group(request.client_ip))))
        return compte::pages::trop_d_essais(visitor, "Par sécurité, attendez un quart d’heure, puis demandez "
                                                     "un autre code.");
    const auto le = app.clock.now();
    const auto https = compte::pages::en_https(app);
    const auto secret = compte::store::secret(app.db, store::secret_code, le);
    struct Entree {
        store::Essai essai;
        std::string cookie;
    };
    const auto entree = app.db.write([&](db::Transaction& tx) -> Entree {
        auto essai = store::essayer_code(tx, secret, request.cookie(cookie_code(https)), saisi, le);
        if (essai.verdict != store::Verdict::Juste) return {std::move(essai), {}};
        // A new identifier at each entry; the former one stops working.
        if (const auto avant = request.cookie(cookie_session(https)); !avant.empty())
            if (const auto s = store::session_de(tx, avant, le)) store::fermer_session(tx, s->jeton_hash);
        const auto d = store::ouvrir_compte(tx, essai.courriel, le);
        auto cookie = store::creer_session(tx, d, compte::appareil(request.header("user-agent")), le);
        return {std::move(essai), std::move(cookie)};
    });
    if (entree.essai.verdict == store::Verdict::Faux && entree.essai.restants > 0)
        return refuser(
            "Ce n’est pas le bon code. Regardez le dernier message reçu, puis tapez-le de nouveau.");
    const auto chez_soi = retour.empty() ? std::string{"/ma-demande"} : retour;
    // The same form again, once the first one has opened the door and taken the cookie of the code.
    if (request.cookie(cookie_code(https)).empty() &&
        store::session_de(app.db, request.cookie(cookie_session(https)), le))
        return http::redirect(chez_soi);
    if (entree.essai.verdict != store::Verdict::Juste)
        return porte::avec_cookie(
            app,
            http::redirect(
                porte::avec_retour(ui::url("/demander/connexion").with("etat", "perime"), retour).text()),
            cookie_code(https), {});
    auto reponse = porte::avec_cookie(app, http::redirect(chez_soi), cookie_code(https), {});
    return porte::avec_cookie(app, std::move(reponse), cookie_session(https), entree.cookie);
}

http::Response get_ma_demande(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    views::MaDemande m{.courriel = visitor.demandeur->courriel,
                       .demandes = store::demandes_de(tx, visitor.demandeur->id),
                       .en_ligne = {},
                       .sites = {}};
    for (auto& t : gestion::store::tous(tx, app.clock.now()))
        if (t.orientation.gestion == Gestion::Ailleurs)
            m.sites.emplace(std::move(t.code), std::move(t.orientation.site));
    for (auto& s : store::du_demandeur(tx, visitor.demandeur->id))
        m.en_ligne.push_back(en_ligne_montree(app, tx, std::move(s)));
    return http::html(views::ma_demande(visitor.chrome, m, request.param("fait")));
}

http::Response get_adresse_du_compte(App&, const http::Request&, const Visitor& visitor)
{
    return http::html(views::adresse_du_compte(visitor.chrome, visitor.demandeur->courriel, {}));
}

http::Response post_adresse_du_compte(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto courriel = compte::plier_email(request.field("courriel"));
    const auto refuser = [&](std::string message) {
        const FormErrors erreurs{{"courriel", std::move(message)}};
        return http::html(
            views::adresse_du_compte(visitor.chrome, visitor.demandeur->courriel, {&erreurs, &request.form}),
            422);
    };
    if (!courriel) return refuser("Indiquez une adresse électronique, par exemple prenom.nom@exemple.fr.");
    if (*courriel == visitor.demandeur->courriel) return refuser("C’est déjà l’adresse de ce compte.");
    if (porte::freine(app, request, limites_d_envoi(*courriel, http::ip_group(request.client_ip))))
        return compte::pages::trop_d_essais(visitor,
                                            "Plusieurs codes viennent déjà de partir. Attendez un quart "
                                            "d’heure pour en demander un autre.");
    return porte::avec_cookie(app, http::redirect("/ma-demande/compte/code"),
                              cookie_code(compte::pages::en_https(app)),
                              porte::envoyer_un_code(app, *courriel), code_secondes);
}

http::Response get_code_du_compte(App& app, const http::Request& request, const Visitor& visitor)
{
    if (request.cookie(cookie_code(compte::pages::en_https(app))).empty())
        return http::redirect("/ma-demande/compte");
    return http::html(views::code_du_compte(visitor.chrome, {}, porte::sans_message(app)));
}

http::Response post_code_du_compte(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto refuser = [&](std::string message) {
        const FormErrors erreurs{{"code", std::move(message)}};
        return http::html(
            views::code_du_compte(visitor.chrome, {&erreurs, &request.form}, porte::sans_message(app)), 422);
    };
    const auto saisi = lire_code(request.field("code"));
    if (saisi.empty()) return refuser("Tapez les huit chiffres du code reçu.");
    if (porte::freine(app, request, limites_d_essai(http::ip_group(request.client_ip))))
        return compte::pages::trop_d_essais(visitor, "Par sécurité, attendez un quart d’heure, puis demandez "
                                                     "un autre code.");
    const auto le = app.clock.now();
    const auto https = compte::pages::en_https(app);
    const auto secret = compte::store::secret(app.db, store::secret_code, le);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto essai = store::essayer_code(tx, secret, request.cookie(cookie_code(https)), saisi, le);
        if (essai.verdict != store::Verdict::Juste)
            return refuser("Ce n’est pas le bon code, ou il ne vaut plus. Regardez le dernier message reçu, "
                           "ou demandez un autre code.");
        if (!store::changer_courriel(tx, visitor.demandeur->id, essai.courriel))
            return refuser(
                "Cette adresse a déjà son propre compte. Entrez avec elle, et retrouvez-y votre demande.");
        store::fermer_sessions(tx, visitor.demandeur->id, visitor.session);
        courrier::enqueue(tx, courriels::compte_change(visitor.demandeur->courriel), le);
        return porte::avec_cookie(app, http::redirect("/ma-demande?fait=compte"), cookie_code(https), {});
    });
}

http::Response post_autres_sessions(App& app, const http::Request&, const Visitor& visitor)
{
    app.db.write(
        [&](db::Transaction& tx) { store::fermer_sessions(tx, visitor.demandeur->id, visitor.session); });
    return http::redirect("/ma-demande?fait=sessions");
}

http::Response post_deconnexion(App& app, const http::Request&, const Visitor& visitor)
{
    app.db.write([&](db::Transaction& tx) { store::fermer_session(tx, visitor.session); });
    return porte::avec_cookie(app, http::redirect("/demander/connexion?etat=deconnecte"),
                              cookie_session(compte::pages::en_https(app)), {});
}

} // namespace demande::portail
