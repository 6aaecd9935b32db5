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

std::string lecteur(const territoire::Ressort& r)
{
    if (!r.comite) return "Le comité local de l’habitat";
    // « Comité du Havre » opens a sentence as « Le comité du Havre ».
    constexpr std::string_view mot = "Comité";
    return r.comite->nom.starts_with(mot) ? "Le comité" + r.comite->nom.substr(mot.size()) : r.comite->nom;
}

/// Everything a new report causes beside its own rows, in its transaction.
void consequences(App& app, db::Transaction& tx, const Depot& d, const store::Recu& recu,
                  const territoire::Ressort& ressort, const Permis& permis, Instant le)
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
    const auto lien = [&](std::string_view jeton) {
        return suivi_deposant::lien_de_suivi(app.config.base_url(), jeton);
    };
    const Envoi e{.lien_deposant = lien(recu.jeton_suivi),
                  .lien_occupant = occupant_suit(s)
                                       ? lien(suivi_deposant::store::jeton(tx, s.id.text, Usager::Occupant))
                                       : std::string{},
                  .lecteur = lecteur(ressort)};
    for (auto& courriel : courriels_du_depot(s, e)) {
        courriel.cle = fmt::format("depot/{}/{}/{}", s.id.text, courriel.gabarit, courriel.destinataire);
        const bool au_deposant = courriel.destinataire == s.declarant.contact.email;
        if (au_deposant ? permis.deposant : permis.occupant) courrier::enqueue(tx, courriel, le);
    }
    apres_depot(app, tx, s, permis.deposant ? CourrielAuDeposant::Permis : CourrielAuDeposant::Retenu);
}

/// How far the sending went. Whatever stops it keeps what the last screen says in the draft.
enum class Issue {
    Envoye,
    Introuvable,
    Ailleurs,  // closed, or not open to this person any more
    Precedent, // the person goes back, or stops for today
    PlusTard,
    Incomplet,
    Refuse, // by the rules of the last screen
    Freine,
};

struct Bilan {
    Issue issue = Issue::Introuvable;
    std::optional<Chargement> charge = {};
    std::size_t manque = 0; // Incomplet: the first screen to complete
    FormErrors erreurs = {};
    std::int64_t attente_secondes = 0; // Freine
};

/// A robot fills what nobody sees, and takes no time. A person loses nothing: the button is still there.
bool sent_le_robot(const App& app, const http::Request& req, const Brouillon& b, Instant le)
{
    return !req.field("site_web").empty() || (app.config.mode != Mode::Test && !app.clock.is_fixed() &&
                                              le < b.cree_le.plus_seconds(duree_min_secondes));
}

/// What sending this report counts, in one go.
struct Freins {
    compte::store::Tentative envoi;
    /// Many reports at one address: a tower without heating, or somebody who wants to silence it. Either way
    /// the next one is taken, and the secretary is told that there are others.
    bool adresse_tres_signalee = false;
    Permis courriels;
};

Freins compter(db::Transaction& tx, const http::Request& req, const Reponses& r, std::string_view secret,
               Instant le)
{
    std::vector<std::vector<compte::Limite>> tentatives{
        {limite(Compteur::EnvoiIp, http::ip_group(req.client_ip))},
        {limite(Compteur::EnvoiAdresse, base::fold(r.texte(reconnue::libelle)) + r.texte(reconnue::insee))}};
    if (r.a("email")) tentatives[0].push_back(limite(Compteur::EnvoiEmail, boite(r.texte("email"))));
    const auto ajouter = [&](bool voulu, Compteur compteur, std::string_view champ) -> std::size_t {
        if (!voulu || !r.a(champ)) return 0;
        tentatives.push_back({limite(compteur, boite(r.texte(champ)))});
        return tentatives.size() - 1;
    };
    const auto deposant = ajouter(true, Compteur::CourrielDeposant, "email");
    const auto occupant =
        ajouter(r.est("occupant_prevenu", "oui"), Compteur::CourrielOccupant, "occupant_email");
    auto faites = compte::store::tenter_chacune(tx, secret, tentatives, le);
    return {.envoi = faites[0],
            .adresse_tres_signalee = !faites[1].permise,
            .courriels = {.deposant = deposant && faites[deposant].permise,
                          .occupant = occupant && faites[occupant].permise}};
}

/// Everything in one transaction, so that a deposit costs one durable write: reads the draft with what the
/// last screen says, checks it all, writes the report.
Bilan envoyer(App& app, db::Transaction& tx, const http::Request& req, std::string_view secret, Instant le)
{
    const auto& jeton = req.capture("jeton");
    auto b = store::trouver(tx, jeton);
    if (!b) return {Issue::Introuvable};
    if (b->signalement) return {Issue::Envoye};
    for (const auto accord : champs_accord) b->reponses.mettre(accord, champ_propre(req, accord));
    b->etape = etape::verification;
    auto c = avec(app, tx, jeton, std::move(*b));
    const auto garder = [&](Bilan bilan) {
        store::garder(tx, c.brouillon, le);
        bilan.charge = std::move(c);
        return bilan;
    };
    if (c.ecarte()) return garder({Issue::Ailleurs});
    if (req.field("action") == "precedent") return garder({Issue::Precedent});
    if (req.field("action") == "plus_tard") return garder({Issue::PlusTard});
    const auto rang = c.parcours.rang(etape::verification);
    base::expect(rang < c.parcours.etapes.size(), "every deposit ends with a check of the answers");
    auto depot = lire(c.parcours, c.contexte);
    if (!depot)
        if (const auto manque = premiere_incomplete(c.parcours, c.contexte); manque < rang)
            return garder({.issue = Issue::Incomplet, .manque = manque});
    auto erreurs = valider(c.parcours.etapes[rang], c.parcours.retenues, c.contexte);
    if (sent_le_robot(app, req, c.brouillon, le))
        erreurs.push_back(
            {"",
             "L’envoi a été arrêté par une protection contre les robots. Relisez vos réponses, puis envoyez "
             "de nouveau."});
    if (!erreurs.empty()) return garder({.issue = Issue::Refuse, .erreurs = std::move(erreurs)});
    // Nothing is missing, and yet: nobody the place is open to, or a place that is in the reference no more.
    if (!depot) return garder({.issue = Issue::Incomplet, .manque = c.parcours.rang(etape::profil)});
    if (!c.ressort) return garder({.issue = Issue::Incomplet, .manque = c.parcours.rang(etape::adresse)});
    const auto freins = compter(tx, req, c.parcours.retenues, secret, le);
    if (!freins.envoi.permise)
        return garder({.issue = Issue::Freine, .attente_secondes = freins.envoi.attente_secondes});

    const store::Destination destination{.territoire = c.ressort->code_territoire(),
                                         .comite = c.ressort->comite ? std::optional{c.ressort->comite->id}
                                                                     : std::nullopt,
                                         .aujourd_hui = c.contexte.aujourd_hui,
                                         .adresse_tres_signalee = freins.adresse_tres_signalee};
    const auto recu = store::enregistrer(tx, c.brouillon.id, *depot, destination, le, c.brouillon.version);
    if (recu.nouveau) consequences(app, tx, *depot, recu, *c.ressort, freins.courriels, le);
    return {Issue::Envoye};
}

} // namespace envoi
} // namespace

http::Response post_envoi(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto maintenant = app.clock.now();
    const auto secret = secret_des_freins(app);
    const auto bilan =
        app.db.write([&](db::Transaction& tx) { return envoi::envoyer(app, tx, req, secret, maintenant); });
    const auto& c = bilan.charge;
    switch (bilan.issue) {
    case envoi::Issue::Envoye:
        return vers_confirmation(req.capture("jeton"));
    case envoi::Issue::Introuvable:
        return introuvable(req, visitor);
    case envoi::Issue::Ailleurs:
        return vers_ailleurs(*c->ressort, Sort::Garde);
    case envoi::Issue::Precedent:
        return vers_etape(*c, c->parcours.etapes[c->parcours.rang(etape::verification) - 1].slug);
    case envoi::Issue::PlusTard:
        return http::redirect(
            ui::url("/signaler/{}/lien", c->jeton).with("retour", etape::verification).text());
    case envoi::Issue::Incomplet:
        return http::redirect(ui::url("/signaler/{}/{}", c->jeton, c->parcours.etapes[bilan.manque].slug)
                                  .with("verifier", "oui")
                                  .with("retour", etape::verification)
                                  .text());
    case envoi::Issue::Refuse:
        return montrer(app, visitor, *c, etape::verification, bilan.erreurs, false);
    case envoi::Issue::Freine:
        return trop_de_demandes(req, visitor, bilan.attente_secondes);
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
                            .lien_suivi =
                                suivi_deposant::lien_de_suivi(app.config.base_url(), recu->jeton_suivi),
                            .danger = recu->danger,
                            .danger_declare = recu->danger_declare,
                            .email = ecrit         ? views::Accuse::Envoye
                                     : recu->email ? views::Accuse::Retenu
                                                   : views::Accuse::SansAdresse,
                            .qui = "Le comité local de l’habitat",
                            .delai_jours = suivi_deposant::delai_tri_jours(recu->danger),
                            .contact = {}};
    if (const auto ressort = territoire::store::find_ressort(tx, recu->insee)) {
        if (ressort->comite) vue.comite = ressort->comite->nom;
        vue.qui = envoi::lecteur(*ressort);
        vue.contact = ressort->contact();
    }
    return http::html(views::confirmation(visitor.chrome, vue));
}

} // namespace signalement::depot
