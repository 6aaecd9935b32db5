// Sending the report, once, and its confirmation.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "http/throttle.hpp"
#include "journal/journal.hpp"
#include "signalement/apres_depot.hpp"
#include "signalement/depot/chargement.hpp"
#include "signalement/depot/courriels.hpp"
#include "signalement/depot/pages.hpp"
#include "signalement/suivi_deposant/courriels.hpp"
#include "signalement/suivi_deposant/etapes.hpp"
#include "signalement/suivi_deposant/store.hpp"
#include "territoire/store.hpp"

namespace signalement::depot {

namespace {
namespace envoi {

/// The messages that a deposit may send, given how many its people's mailboxes already received today.
struct Permis {
    bool deposant = false;
    bool occupant = false;
};

Permis courriels_permis(App& app, const Reponses& r)
{
    const auto secret = secret_des_freins(app);
    return app.db.write([&](db::Transaction& tx) {
        const auto permis = [&](Compteur compteur, std::string_view champ) {
            const std::vector<compte::Limite> limites{limite(compteur, boite(r.texte(champ)))};
            return r.a(champ) && compte::store::tenter(tx, secret, limites, app.clock.now()).permise;
        };
        return Permis{permis(Compteur::CourrielDeposant, "email"),
                      r.est("occupant_prevenu", "oui") &&
                          permis(Compteur::CourrielOccupant, "occupant_email")};
    });
}

std::string lecteur(const territoire::Ressort& r)
{
    if (!r.comite) return "Le comité local de l’habitat";
    // « Comité du Havre » opens a sentence as « Le comité du Havre ».
    constexpr std::string_view mot = "Comité";
    return r.comite->nom.starts_with(mot) ? "Le comité" + r.comite->nom.substr(mot.size()) : r.comite->nom;
}

/// Everything a new report causes beside its own rows, in its transaction.
void consequences(App& app, db::Transaction& tx, const Depot& d, const territoire::Ressort& ressort,
                  const Permis& permis, Instant le)
{
    const auto& s = d.signalement;
    journal::append(tx, {.objet_type = "signalement",
                         .objet_id = s.id.text,
                         .evenement = "depot",
                         .acteur_id = "",
                         .acteur_nom = s.declarant.contact.prenom + " " + s.declarant.contact.nom,
                         .territoire = s.territoire,
                         .le = le,
                         .details = std::string{base::label_of(profils, s.declarant.profil)}});
    const auto lien = [&](Usager usager) {
        return suivi_deposant::lien_de_suivi(app.config.base_url(),
                                             suivi_deposant::store::jeton(tx, s.id.text, usager));
    };
    const Envoi e{.lien_deposant = lien(Usager::Deposant),
                  .lien_occupant = ecrit_a_l_occupant(s) ? lien(Usager::Occupant) : std::string{},
                  .lecteur = lecteur(ressort)};
    for (auto& courriel : courriels_du_depot(s, e)) {
        courriel.cle = fmt::format("depot/{}/{}/{}", s.id.text, courriel.gabarit, courriel.destinataire);
        const bool au_deposant = courriel.destinataire == s.declarant.contact.email;
        if (au_deposant ? permis.deposant : permis.occupant) courrier::enqueue(tx, courriel, le);
    }
    apres_depot(app, tx, s, permis.deposant ? CourrielAuDeposant::Permis : CourrielAuDeposant::Retenu);
}

enum class Issue { Envoye, Incomplet, Ailleurs, Introuvable };

/// One transaction: reads the answers, checks them all again, writes the report.
Issue envoyer(App& app, const std::string& jeton, const Permis& permis, Instant le)
{
    return app.db.write([&](db::Transaction& tx) {
        const auto c = charger(app, tx, jeton);
        if (!c) return Issue::Introuvable;
        if (c->brouillon.signalement) return Issue::Envoye;
        auto depot = lire(c->brouillon.reponses, c->contexte);
        if (!depot || !c->ressort) return Issue::Incomplet;
        const auto public_ = public_de(depot->signalement.declarant.profil) == Public::Professionnel
                                 ? territoire::Public::Professionnel
                                 : territoire::Public::Particulier;
        if (!territoire::autoriser_depot(*c->ressort, public_)) return Issue::Ailleurs;
        const store::Destination destination{
            .territoire = c->ressort->code_territoire(),
            .comite = c->ressort->comite ? std::optional{c->ressort->comite->id} : std::nullopt,
            .aujourd_hui = c->contexte.aujourd_hui};
        const auto recu = store::enregistrer(tx, c->brouillon.id, *depot, destination, le);
        if (recu.nouveau) consequences(app, tx, *depot, *c->ressort, permis, le);
        return Issue::Envoye;
    });
}

} // namespace envoi
} // namespace

http::Response post_envoi(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto avant = charger(app, req.capture("jeton"));
    if (!avant) return introuvable(req, visitor);
    if (avant->brouillon.signalement) return vers_confirmation(avant->jeton);
    if (avant->ferme()) return vers_ailleurs(*avant->ressort, false);
    const auto* e = avant->parcours.trouver(etape::verification);
    base::expect(e != nullptr, "every deposit ends with a check of the answers");

    const auto maintenant = app.clock.now();
    auto brouillon = store::modifier(app.db, avant->jeton, maintenant, [&](Brouillon& b) {
        reprendre(req, e->questions, b.reponses);
        b.etape = etape::verification;
    });
    if (!brouillon) return introuvable(req, visitor);
    if (brouillon->signalement) return vers_confirmation(avant->jeton);
    const auto c = [&] {
        auto tx = app.db.read();
        return avec(app, tx, avant->jeton, std::move(*brouillon));
    }();
    const auto rang = c.parcours.rang(etape::verification);
    if (req.field("action") == "precedent") return vers_etape(c, c.parcours.etapes[rang - 1].slug);
    if (req.field("action") == "plus_tard")
        return http::redirect(
            ui::url("/signaler/{}/lien", c.jeton).with("retour", etape::verification).text());

    const auto manque = premiere_incomplete(c.parcours, c.contexte);
    if (manque < rang)
        return http::redirect(ui::url("/signaler/{}/{}", c.jeton, c.parcours.etapes[manque].slug)
                                  .with("verifier", "oui")
                                  .with("retour", etape::verification)
                                  .text());
    auto erreurs = valider(*c.parcours.trouver(etape::verification), c.parcours.retenues, c.contexte);
    // A robot fills what nobody sees, and takes no time. A person loses nothing: the button is still there.
    if (!req.field("site_web").empty() || (app.config.mode != Mode::Test && !app.clock.is_fixed() &&
                                           maintenant < c.brouillon.cree_le.plus_seconds(duree_min_secondes)))
        erreurs.push_back(
            {"",
             "L’envoi a été arrêté par une protection contre les robots. Relisez vos réponses, puis envoyez "
             "de nouveau."});
    if (!erreurs.empty()) return montrer(app, visitor, c, etape::verification, std::move(erreurs), false);

    const auto& r = c.parcours.retenues;
    std::vector<compte::Limite> limites{
        limite(Compteur::EnvoiIp, http::ip_group(req.client_ip)),
        limite(Compteur::EnvoiAdresse, base::fold(r.texte(reconnue::libelle)) + r.texte(reconnue::insee))};
    if (r.a("email")) limites.push_back(limite(Compteur::EnvoiEmail, boite(r.texte("email"))));
    if (auto refus = freiner(app, req, visitor, limites)) return *refus;

    switch (envoi::envoyer(app, c.jeton, envoi::courriels_permis(app, r), maintenant)) {
    case envoi::Issue::Envoye:
        return vers_confirmation(c.jeton);
    case envoi::Issue::Incomplet: // changed by another tab since it was checked
        return http::redirect(ui::url("/signaler/{}", c.jeton).text());
    case envoi::Issue::Ailleurs:
        return vers_ailleurs(*c.ressort, true);
    case envoi::Issue::Introuvable:
        return introuvable(req, visitor);
    }
    throw base::Bug{"a deposit without an outcome"};
}

http::Response get_confirmation(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto recu = store::recu(tx, req.capture("jeton"));
    if (!recu) {
        if (store::trouver(tx, req.capture("jeton")))
            return http::redirect(ui::url("/signaler/{}", req.capture("jeton")).text());
        return introuvable(req, visitor);
    }
    // What the outbox holds, not what was asked: too many messages a day are not sent.
    const auto courriels = courrier::etat_des_courriels(tx, "signalement", recu->signalement);
    const bool ecrit = std::ranges::any_of(courriels, [](const courrier::EtatCourriel& c) {
        return c.gabarit == gabarit_accuse && c.etat != courrier::Etat::Refuse;
    });
    views::Confirmation vue{.reference = recu->reference,
                            .jeton_suivi = recu->jeton_suivi,
                            .danger = recu->danger,
                            .email = ecrit         ? views::Accuse::Envoye
                                     : recu->email ? views::Accuse::Retenu
                                                   : views::Accuse::SansAdresse,
                            .qui = "Le comité local de l’habitat",
                            .delai_jours = recu->danger ? suivi_deposant::delai_tri_danger_jours
                                                        : suivi_deposant::delai_tri_jours,
                            .contact = {}};
    if (const auto ressort = territoire::store::find_ressort(tx, recu->insee)) {
        if (ressort->comite) vue.comite = ressort->comite->nom;
        vue.qui = envoi::lecteur(*ressort);
        vue.contact = ressort->contact();
    }
    return http::html(views::confirmation(visitor.chrome, vue));
}

} // namespace signalement::depot
