// The screens of the deposit: start, one screen at a time, autosave, resume.
#include "signalement/depot/pages.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "courrier/store.hpp"
#include "edge.hpp"
#include "http/throttle.hpp"
#include "piece/fichiers.hpp"
#include "signalement/depot/chargement.hpp"
#include "signalement/depot/courriels.hpp"
#include "territoire/store.hpp"

namespace signalement::depot {

namespace {
namespace ecran {

bool vers_verification(const http::Request& req)
{
    return req.param("retour") == etape::verification;
}

/// Where the link of the draft leads once this screen is left for the next: there, unless something is
/// missing.
std::string ecran_atteint(const Etape& e, const Reponses& r, const Contexte& contexte, bool vers_verification)
{
    const auto p = parcours(r, contexte);
    const auto rang = p.rang(e.slug);
    if (rang + 1 >= p.etapes.size() || !valider(p.etapes[rang], p.retenues, contexte).empty()) return e.slug;
    return vers_verification ? std::string{etape::verification} : p.etapes[rang + 1].slug;
}

/// Saves what the form of this screen holds, whatever it is worth. `continuer`: the person goes on.
std::optional<Brouillon> enregistrer(App& app, const Chargement& c, const Etape& e, const http::Request& req,
                                     bool continuer, const std::function<void(Reponses&)>& ensuite = {})
{
    return store::modifier(app.db, c.jeton, app.clock.now(), [&](Brouillon& b) {
        reprendre(req, e.questions, b.reponses);
        if (e.slug == etape::adresse)
            for (const auto nom : champs_adresse) b.reponses.mettre(nom, champ_propre(req, nom));
        if (ensuite) ensuite(b.reponses);
        b.etape = continuer ? ecran_atteint(e, b.reponses, c.contexte, vers_verification(req)) : e.slug;
    });
}

} // namespace ecran
} // namespace

http::Response get_accueil(App&, const http::Request&, const Visitor& visitor)
{
    return http::html(views::accueil(visitor.chrome, {}, {}));
}

http::Response post_accueil(App& app, const http::Request& req, const Visitor& visitor)
{
    if (!req.field("site_web").empty()) return http::redirect("/signaler"); // only robots see this field
    const auto danger = req.field("danger");
    if (danger != "oui" && danger != "non")
        return http::html(
            views::accueil(visitor.chrome,
                           {{"danger", "Répondez par oui ou par non : le formulaire en dépend."}}, req.form),
            422);
    if (auto refus =
            freiner(app, req, visitor, {limite(Compteur::CreationIp, http::ip_group(req.client_ip))}))
        return *refus;
    const auto jeton = base::random_token(32);
    Reponses r;
    r.mettre("danger", danger);
    app.db.write([&](db::Transaction& tx) { store::creer(tx, jeton, r, etape::adresse, app.clock.now()); });
    return http::redirect(ui::url("/signaler/{}/{}", jeton, etape::adresse).text());
}

http::Response get_ailleurs(App& app, const http::Request& req, const Visitor& visitor)
{
    views::Ailleurs a;
    auto tx = app.db.read();
    if (const auto ressort = territoire::store::find_ressort(tx, req.param("commune"))) {
        a.commune = ressort->lieu.nom();
        a.departement = ressort->departement.nom;
        a.contact = ressort->contact();
        a.phase = ressort->phase(); // as it is today, whatever it was for who was sent here
    }
    a.reponses_gardees = req.param("reponses") == "gardees";
    return http::html(views::ailleurs(visitor.chrome, a));
}

http::Response get_reprise(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    if (c->ecarte()) return vers_ailleurs(*c->ressort, Sort::Garde);
    const auto rang =
        std::min(premiere_incomplete(c->parcours, c->contexte), c->parcours.rang(c->brouillon.etape));
    return vers_etape(*c,
                      rang < c->parcours.etapes.size() ? c->parcours.etapes[rang].slug : etape::verification);
}

http::Response get_etape(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    const auto& slug = req.capture("etape");
    // The address and the profile can still be corrected.
    if ((c->ferme() && slug != etape::adresse) ||
        (c->ecarte() && slug != etape::adresse && slug != etape::profil))
        return vers_ailleurs(*c->ressort, Sort::Garde);
    const auto rang = c->parcours.rang(slug);
    const auto manque = premiere_incomplete(c->parcours, c->contexte);
    // A screen that no longer applies, or that comes after one still to be filled.
    if (rang == c->parcours.etapes.size() || rang > manque)
        return vers_etape(*c, c->parcours.etapes[manque].slug);

    const auto& e = c->parcours.etapes[rang];
    FormErrors erreurs;
    if (req.param("verifier") == "oui") erreurs = valider(e, c->parcours.retenues, c->contexte);
    const auto& r = c->brouillon.reponses;
    return montrer(app, visitor, *c, slug, std::move(erreurs), ecran::vers_verification(req),
                   {.proposees = {},
                    .manuelle = r.est("adresse_mode", "manuelle"),
                    .non_reconnue = req.param("inconnue") == "oui",
                    .communes = {}});
}

http::Response post_etape(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    const auto& slug = req.capture("etape");
    const auto* e = c->parcours.trouver(slug);
    if (e == nullptr) return http::redirect(ui::url("/signaler/{}", c->jeton).text());
    if (c->ferme() && slug != etape::adresse) return vers_ailleurs(*c->ressort, Sort::Garde);

    const auto action = req.field("action");
    const bool continuer = action != "precedent" && action != "plus_tard";
    // Searching the address may call a remote service: never inside a transaction.
    Recherche recherche;
    Reponses avec_adresse;
    if (slug == etape::adresse && continuer) {
        avec_adresse = c->brouillon.reponses;
        reprendre(req, e->questions, avec_adresse);
        for (const auto nom : champs_adresse) avec_adresse.mettre(nom, champ_propre(req, nom));
        recherche = reconnaitre_adresse(app, avec_adresse);
    }
    auto brouillon = ecran::enregistrer(app, *c, *e, req, continuer, [&](Reponses& r) {
        if (slug != etape::adresse || !continuer) return;
        for (const auto nom :
             {std::string_view{"adresse"}, std::string_view{"adresse_id"}, std::string_view{"adresse_choix"},
              std::string_view{"adresse_mode"}, std::string_view{"adresse_voie"},
              std::string_view{"adresse_commune"}, reconnue::libelle, reconnue::code_postal,
              reconnue::commune, reconnue::insee, reconnue::id, reconnue::lon, reconnue::lat})
            r.mettre(nom, avec_adresse.liste(nom));
    });
    if (!brouillon) return introuvable(req, visitor);
    if (brouillon->signalement) return vers_confirmation(c->jeton);
    auto tx = app.db.read();
    const auto apres = avec(app, tx, c->jeton, std::move(*brouillon));
    const auto rang = apres.parcours.rang(slug);
    // Another tab may have unticked meanwhile what this screen asked about: the screen is no longer there.
    if (rang >= apres.parcours.etapes.size()) return http::redirect(ui::url("/signaler/{}", c->jeton).text());

    if (action == "plus_tard")
        return http::redirect(ui::url("/signaler/{}/lien", c->jeton).with("retour", slug).text());
    if (action == "precedent") return vers_etape(apres, apres.parcours.etapes[rang == 0 ? 0 : rang - 1].slug);

    if (slug == etape::adresse && !recherche.reconnue) {
        if (recherche.erreurs.empty()) // the person says that the address is in no list, or it is in none
            return http::redirect(ui::url("/signaler/{}/{}", c->jeton, slug)
                                      .with("inconnue", recherche.choix.non_reconnue ? "oui" : "non")
                                      .text());
        return montrer(app, visitor, apres, slug, std::move(recherche.erreurs), ecran::vers_verification(req),
                       recherche.choix);
    }
    // Not open to this person any more: what they wrote waits for them.
    if (apres.ecarte() && !apres.ferme()) return vers_ailleurs(*apres.ressort, Sort::Garde);
    const auto& etape_apres = apres.parcours.etapes[rang];
    if (auto erreurs = valider(etape_apres, apres.parcours.retenues, apres.contexte); !erreurs.empty())
        return montrer(app, visitor, apres, slug, std::move(erreurs), ecran::vers_verification(req),
                       recherche.choix);

    // Closed here, or said not to be one of those it is open to: nothing personal stays.
    const bool refuse_au_public =
        slug == etape::profil && apres.parcours.retenues.est("profil", profil_non_admis);
    if (apres.ferme() || refuse_au_public) {
        app.db.write([&](db::Transaction& w) { store::oublier(w, c->jeton); });
        return vers_ailleurs(*apres.ressort, Sort::Efface);
    }
    if (ecran::vers_verification(req)) {
        const auto manque = premiere_incomplete(apres.parcours, apres.contexte);
        return vers_etape(apres, manque < apres.parcours.etapes.size() ? apres.parcours.etapes[manque].slug
                                                                       : etape::verification);
    }
    return vers_etape(apres,
                      apres.parcours.etapes[std::min(rang + 1, apres.parcours.etapes.size() - 1)].slug);
}

http::Response post_brouillon(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    const auto* e = c ? c->parcours.trouver(req.capture("etape")) : nullptr;
    if (e == nullptr) return introuvable(req, visitor);
    if (!c->ferme()) ecran::enregistrer(app, *c, *e, req, false);
    http::Response r;
    r.status = 204;
    return r;
}

namespace {
namespace reprise {

views::Reprise vue(App& app, const Chargement& c, const http::Request& req)
{
    auto retour = req.has_field("retour") ? req.field("retour") : req.param("retour");
    if (c.parcours.trouver(retour) == nullptr) retour = c.parcours.etapes.front().slug;
    return {.jeton = c.jeton,
            .lien = app.config.base_url() + ui::url("/signaler/{}", c.jeton).text(),
            .retour = std::move(retour),
            .email = c.brouillon.reponses.texte("email")};
}

} // namespace reprise
} // namespace

http::Response get_lien(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    auto vue = reprise::vue(app, *c, req);
    vue.envoye = req.param("envoye") == "oui";
    return http::html(views::reprise(visitor.chrome, vue));
}

http::Response post_lien(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    auto vue = reprise::vue(app, *c, req);
    vue.email = champ_propre(req, "email");
    const auto email = base::parse_email(vue.email);
    if (!email) {
        vue.erreurs.push_back(
            {"email", "Indiquez votre adresse électronique, sur le modèle : nom@exemple.fr"});
        return http::html(views::reprise(visitor.chrome, vue), 422);
    }
    if (auto refus = freiner(app, req, visitor,
                             {limite(Compteur::LienIp, http::ip_group(req.client_ip)),
                              limite(Compteur::LienEmail, boite(*email)),
                              limite(Compteur::LienEmailParJour, boite(*email))}))
        return *refus;
    app.db.write([&](db::Transaction& tx) {
        courrier::enqueue(tx,
                          lien_de_reprise(*email, vue.lien, c->ressort ? c->ressort->code_territoire() : ""),
                          app.clock.now());
    });
    return http::redirect(
        ui::url("/signaler/{}/lien", c->jeton).with("retour", vue.retour).with("envoye", "oui").text());
}

http::Response post_abandon(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    if (req.field("confirme") != "oui") return http::html(views::abandon(visitor.chrome, c->jeton));
    app.db.write([&](db::Transaction& tx) { store::oublier(tx, c->jeton); });
    app.fichiers.televersements.oublier(rattachement_des_fichiers(c->brouillon));
    return http::html(views::brouillon_efface(visitor.chrome));
}

} // namespace signalement::depot
