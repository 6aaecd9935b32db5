// One's own account: name, password, sessions.
#include "compte/hachage.hpp"
#include "compte/noms.hpp"
#include "compte/pages.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "compte/views.hpp"
#include "courrier/store.hpp"
#include "http/throttle.hpp"

namespace compte {
namespace {

views::Message message_de_mon_compte(const http::Request& req)
{
    const auto fait = req.param("fait");
    const auto succes = [](const char* texte) {
        return ui::Alert{.tone = ui::Tone::Success, .text = texte, .announce = true};
    };
    if (fait == "nom") return succes("Votre nom est enregistré.");
    if (fait == "mot-de-passe")
        return succes("Votre mot de passe est changé. Vos autres appareils sont déconnectés.");
    if (fait == "session") return succes("L’appareil est déconnecté.");
    return std::nullopt;
}

http::Response page_mon_compte(App& app, const http::Request& req, const Visitor& visitor,
                               const views::Saisie& identite, const views::Saisie& mot_de_passe)
{
    auto tx = app.db.read();
    const auto compte = store::find(tx, Id<Compte>{visitor.agent->id});
    if (!compte) throw db::Conflict{}; // deactivated meanwhile
    views::MonCompte m{*compte,
                       {},
                       store::sessions_de(tx, compte->id, app.clock.now()),
                       visitor.session,
                       store::fuseau_de(tx, compte->id)};
    const auto noms = noms_des_lieux(tx, visitor.agent->mandats);
    for (const auto& mandat : visitor.agent->mandats)
        m.roles.push_back(
            {std::string{base::label_of(roles, mandat.role)}, noms.de(mandat), mandat.confirme});
    const bool erreur = identite.erreurs || mot_de_passe.erreurs;
    return http::html(views::mon_compte(visitor.chrome, m,
                                        erreur ? views::Message{} : message_de_mon_compte(req), identite,
                                        mot_de_passe),
                      erreur ? 422 : 200);
}

} // namespace

http::Response get_mon_compte(App& app, const http::Request& req, const Visitor& visitor)
{
    return page_mon_compte(app, req, visitor, {}, {});
}

http::Response post_identite(App& app, const http::Request& req, const Visitor& visitor)
{
    DemandeInvitation saisie{visitor.agent->email, req.field("nom"), req.field("prenom"), {}, {}, {}, {}};
    FormErrors erreurs;
    lire_personne(saisie, erreurs);
    if (!erreurs.empty()) return page_mon_compte(app, req, visitor, {&erreurs, &req.form}, {});
    const auto le = app.clock.now();
    app.db.write([&](db::Transaction& tx) {
        auto compte = store::find(tx, Id<Compte>{visitor.agent->id});
        if (!compte) throw db::Conflict{};
        if (compte->nom == saisie.nom && compte->prenom == saisie.prenom) return;
        const auto avant = nom_complet(*compte);
        compte->nom = saisie.nom;
        compte->prenom = saisie.prenom;
        store::renommer(tx, *compte);
        pages::noter(tx, visitor, "compte", compte->id.text, "nom_change", {}, le,
                     avant + " → " + nom_complet(*compte));
    });
    return http::redirect("/mon-compte?fait=nom");
}

http::Response post_mot_de_passe(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    const Id<Compte> id{visitor.agent->id};
    const auto actuel = pages::champ_brut(req, "actuel");
    const auto nouveau = pages::champ_brut(req, "mot_de_passe");
    FormErrors erreurs;
    const auto refuser = [&] { return page_mon_compte(app, req, visitor, {}, {&erreurs, nullptr}); };

    std::optional<Compte> compte;
    std::string empreinte_actuelle;
    {
        auto tx = app.db.read();
        compte = store::find(tx, id);
        empreinte_actuelle = store::empreinte_mot_de_passe(tx, id);
    }
    if (!compte) throw db::Conflict{};
    if (actuel.empty()) erreurs.push_back({"actuel", "Indiquez votre mot de passe actuel."});
    const auto accepte = verifier_mot_de_passe(nouveau, compte->email, compte->prenom, compte->nom);
    if (!accepte)
        erreurs.push_back({accepte.error().field, accepte.error().message});
    else if (nouveau == actuel)
        erreurs.push_back({"mot_de_passe", "Choisissez un mot de passe différent de l’actuel."});
    else if (pages::champ_brut(req, "confirmation") != nouveau)
        erreurs.push_back({"confirmation", "Les deux mots de passe sont différents : retapez-les."});
    if (!erreurs.empty()) return refuser();

    // A session left open on a desk must not serve to guess the password.
    const auto ip = http::ip_group(req.client_ip);
    const auto secret = store::secret(app.db, store::secret_csrf, le);
    const auto tentative = app.db.write([&](db::Transaction& tx) {
        return store::tenter(tx, secret, {ObjetFrein::ConnexionCompteDepuisIp, ObjetFrein::ConnexionCompte},
                             ip, compte->email, le);
    });
    if (!tentative.permise)
        return pages::trop_d_essais(visitor, "Par sécurité, attendez quinze minutes avant de réessayer.");
    const auto juste = verifier(empreinte_actuelle, actuel);
    if (!juste) return pages::trop_occupe(visitor);
    if (!*juste) {
        erreurs.push_back({"actuel", "Ce n’est pas votre mot de passe actuel."});
        return refuser();
    }
    const auto empreinte = hacher(nouveau);
    if (!empreinte) return pages::trop_occupe(visitor);
    const bool fait = app.db.write([&](db::Transaction& tx) {
        if (!store::definir_mot_de_passe(tx, id, empreinte_actuelle, *empreinte, visitor.session))
            return false;
        store::oublier_tentatives(tx, secret, tentative, ip, compte->email);
        pages::noter(tx, visitor, "compte", id.text, "mot_de_passe_change", {}, le);
        courrier::enqueue(tx,
                          courriel_mot_de_passe_change(pages::destinataire(tx, *compte), le,
                                                       pages::adresse(app, "/mot-de-passe-oublie")),
                          le);
        return true;
    });
    if (!fait) {
        erreurs.push_back({"actuel", "Votre mot de passe vient d’être changé depuis un autre appareil."});
        return refuser();
    }
    return http::redirect("/mon-compte?fait=mot-de-passe");
}

http::Response post_fermeture_session(App& app, const http::Request& req, const Visitor& visitor)
{
    const Id<Compte> id{visitor.agent->id};
    const auto laquelle = req.field("session");
    app.db.write([&](db::Transaction& tx) {
        if (laquelle == "autres") {
            store::fermer_sessions(tx, id, visitor.session);
            return;
        }
        // Only one's own: the name of a session is no right over it.
        for (const auto& s : store::sessions_de(tx, id, app.clock.now()))
            if (s.jeton_hash == laquelle) store::fermer_session(tx, laquelle);
    });
    return http::redirect("/mon-compte?fait=session");
}

} // namespace compte
