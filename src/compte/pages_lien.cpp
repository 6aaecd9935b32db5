// Pages behind links sent by e-mail: forgotten password, new password, activation. Reading a link never uses
// it up: mail filters open every link they see.
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

using enum ObjetFrein;
using store::UsageLien;

/// Sends whichever link gets this account going again. Nothing for a deactivated one.
void envoyer_le_bon_lien(App& app, db::Transaction& tx, const Compte& c, Instant le)
{
    const auto a = pages::destinataire(tx, c);
    if (c.etat == EtatCompte::Actif) {
        const auto jeton = store::creer_lien(tx, c.id, UsageLien::MotDePasse, le);
        courrier::enqueue(
            tx, courriel_mot_de_passe_oublie(a, pages::adresse(app, "/nouveau-mot-de-passe/", jeton)), le);
    } else if (activable(c, store::mandats_de(tx, c.id))) {
        const auto jeton = store::creer_lien(tx, c.id, UsageLien::Activation, le);
        courrier::enqueue(tx,
                          courriel_invitation(a, roles_en_mots(tx, c.id), {},
                                              pages::adresse(app, "/activation/", jeton),
                                              le.plus_seconds(activation_secondes)),
                          le);
    }
}

/// The account a link opens, when it still works, with the password it has until then.
struct CompteDuLien {
    Compte compte;
    std::string empreinte;
};
std::optional<CompteDuLien> compte_du_lien(App& app, const std::string& jeton, UsageLien usage)
{
    auto tx = app.db.read();
    const auto id = store::lien_valable(tx, jeton, usage, app.clock.now());
    if (!id) return std::nullopt;
    const auto compte = store::find(tx, *id);
    base::expect(compte.has_value(), "a link always has its account");
    if (usage == UsageLien::Activation && !activable(*compte, store::mandats_de(tx, *id)))
        return std::nullopt; // its roles were withdrawn meanwhile
    return CompteDuLien{*compte, store::empreinte_mot_de_passe(tx, *id)};
}

/// Reads the name into the account when it is asked (a stranger had typed it); gives what is wrong with the
/// answers, or nothing.
FormErrors lire_choix(const http::Request& req, Compte& c)
{
    FormErrors erreurs;
    if (c.nom_declare) {
        DemandeInvitation saisie{c.email, req.field("nom"), req.field("prenom"), {}, {}, {}, {}};
        lire_personne(saisie, erreurs);
        c.nom = saisie.nom;
        c.prenom = saisie.prenom;
    }
    const auto mot_de_passe = pages::champ_brut(req, "mot_de_passe");
    const auto accepte = verifier_mot_de_passe(mot_de_passe, c.email, c.prenom, c.nom);
    if (!accepte)
        erreurs.push_back({accepte.error().field, accepte.error().message});
    else if (pages::champ_brut(req, "confirmation") != mot_de_passe)
        erreurs.push_back({"confirmation", "Les deux mots de passe sont différents : retapez-les."});
    return erreurs;
}

struct TexteDuLien {
    UsageLien usage;
    const char* titre;
    const char* introduction;
    const char* bouton;
};
constexpr TexteDuLien texte_activation{UsageLien::Activation, "Activer mon accès",
                                       "Choisissez le mot de passe qui vous servira à vous connecter.",
                                       "Activer mon accès"};
constexpr TexteDuLien texte_nouveau{UsageLien::MotDePasse, "Choisir un nouveau mot de passe",
                                    "Vos appareils connectés seront tous déconnectés.",
                                    "Enregistrer le mot de passe"};

ui::Url page_du_lien(const TexteDuLien& texte, const std::string& jeton)
{
    return texte.usage == UsageLien::Activation ? ui::url("/activation/{}", jeton)
                                                : ui::url("/nouveau-mot-de-passe/{}", jeton);
}

http::Response lien_perime(const Visitor& visitor, const TexteDuLien& texte, const std::string& jeton)
{
    const auto renvoi =
        texte.usage == UsageLien::Activation ? ui::url("/activation/{}/renvoi", jeton) : ui::Url{};
    return http::html(views::lien_perime(visitor.chrome, renvoi, false), 410);
}

http::Response montrer_choix(const Visitor& visitor, const TexteDuLien& texte, const std::string& jeton,
                             const Compte& c, const FormErrors* erreurs)
{
    // Only the name comes back: a password that was typed is never shown again.
    const ui::Values identite{{"prenom", c.prenom}, {"nom", c.nom}};
    return http::html(views::choix_mot_de_passe(visitor.chrome,
                                                {texte.titre, texte.introduction, c.email, texte.bouton,
                                                 page_du_lien(texte, jeton), c.nom_declare},
                                                {erreurs, &identite}),
                      erreurs ? 422 : 200);
}

http::Response get_choix(App& app, const http::Request& req, const Visitor& visitor, const TexteDuLien& texte)
{
    const auto& jeton = req.capture("jeton");
    const auto lu = compte_du_lien(app, jeton, texte.usage);
    if (!lu) return lien_perime(visitor, texte, jeton);
    return montrer_choix(visitor, texte, jeton, lu->compte, nullptr);
}

http::Response post_choix(App& app, const http::Request& req, const Visitor& visitor,
                          const TexteDuLien& texte)
{
    const auto& jeton = req.capture("jeton");
    const auto le = app.clock.now();
    const auto lu = compte_du_lien(app, jeton, texte.usage);
    if (!lu) return lien_perime(visitor, texte, jeton);
    auto compte = lu->compte;
    const auto erreurs = lire_choix(req, compte);
    if (!erreurs.empty()) return montrer_choix(visitor, texte, jeton, compte, &erreurs);
    const auto empreinte = hacher(pages::champ_brut(req, "mot_de_passe"));
    if (!empreinte) return pages::trop_occupe(visitor);

    const bool fait = app.db.write([&](db::Transaction& tx) {
        if (!store::consommer_lien(tx, jeton, texte.usage, le)) return false; // a double click came first
        // Before the password, which moves the version too.
        if (compte.nom_declare) store::renommer(tx, compte);
        if (!store::definir_mot_de_passe(tx, compte.id, lu->empreinte, *empreinte)) throw db::Conflict{};
        pages::noter(tx, visitor, "compte", compte.id.text,
                     texte.usage == UsageLien::Activation ? "activation" : "mot_de_passe_change", {}, le);
        if (texte.usage == UsageLien::MotDePasse)
            courrier::enqueue(tx,
                              courriel_mot_de_passe_change(pages::destinataire(tx, compte), le,
                                                           pages::adresse(app, "/mot-de-passe-oublie")),
                              le);
        return true;
    });
    if (!fait) return lien_perime(visitor, texte, jeton);
    return http::redirect("/connexion?etat=mot-de-passe-choisi");
}

} // namespace

http::Response get_oubli(App&, const http::Request&, const Visitor& visitor)
{
    return http::html(views::oubli(visitor.chrome, {}));
}

http::Response post_oubli(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    const auto email = plier_email(req.field("email"));
    if (!email) {
        const FormErrors erreurs{{"email", "Indiquez une adresse électronique valable, par exemple "
                                           "prenom.nom@commune.example"}};
        return http::html(views::oubli(visitor.chrome, {&erreurs, &req.form}), 422);
    }
    const auto ip = http::ip_group(req.client_ip);
    const auto secret = store::secret(app.db, store::secret_csrf, le);
    const bool ip_permise = app.db.write([&](db::Transaction& tx) {
        const auto depuis_ici = store::tenter(tx, secret, {OubliIp}, ip, *email, le);
        if (!depuis_ici.permise) return false;
        // Too many messages for one address: the answer stays the same, the message does not leave.
        const auto pour_lui = store::tenter(tx, secret, {OubliCompte}, ip, *email, le);
        if (const auto compte = store::find_by_email(tx, *email); compte && pour_lui.permise)
            envoyer_le_bon_lien(app, tx, *compte, le);
        return true;
    });
    if (!ip_permise)
        return pages::trop_d_essais(
            visitor, "Trop de demandes sont parties de votre réseau. Réessayez dans une heure.");
    return http::html(views::oubli_envoye(visitor.chrome));
}

http::Response get_nouveau_mot_de_passe(App& app, const http::Request& req, const Visitor& visitor)
{
    return get_choix(app, req, visitor, texte_nouveau);
}

http::Response post_nouveau_mot_de_passe(App& app, const http::Request& req, const Visitor& visitor)
{
    return post_choix(app, req, visitor, texte_nouveau);
}

http::Response get_activation(App& app, const http::Request& req, const Visitor& visitor)
{
    return get_choix(app, req, visitor, texte_activation);
}

http::Response post_activation(App& app, const http::Request& req, const Visitor& visitor)
{
    return post_choix(app, req, visitor, texte_activation);
}

http::Response post_renvoi_activation(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    const auto secret = store::secret(app.db, store::secret_csrf, le);
    app.db.write([&](db::Transaction& tx) {
        const auto compte = store::compte_du_lien_passe(tx, req.capture("jeton"), UsageLien::Activation);
        if (!compte || compte->etat != EtatCompte::Invite) return;
        if (store::tenter(tx, secret, {OubliCompte}, http::ip_group(req.client_ip), compte->email, le)
                .permise)
            envoyer_le_bon_lien(app, tx, *compte, le);
    });
    return http::html(views::lien_perime(visitor.chrome, {}, true));
}

} // namespace compte
