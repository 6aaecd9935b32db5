// Administration of accounts: list, invitation, sheet, confirmation and withdrawal of roles, closing and
// reopening.
#include <algorithm>

#include "base/text.hpp"
#include "compte/droits.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/messageries.hpp"
#include "compte/noms.hpp"
#include "compte/pages.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "compte/views.hpp"
#include "courrier/store.hpp"
#include "edge.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace compte {
namespace {

http::Response refus(const Problem& p, const http::Request& req, const Visitor& visitor)
{
    return error_response(p, req, visitor.chrome);
}

/// What happened, for people; the slug itself when this table does not know it.
std::string evenement_en_mots(const std::string& slug)
{
    struct Nom {
        std::string_view slug, libelle;
    };
    constexpr Nom noms[] = {
        {"invitation", "Invitation envoyée"},
        {"relance", "Lien d’activation renvoyé"},
        {"role_donne", "Rôle donné"},
        {"role_confirme", "Rattachement confirmé"},
        {"role_retire", "Rôle retiré"},
        {"role_refuse", "Rattachement refusé"},
        {"acces_commune", "Accès ouvert après un signalement de la commune"},
        {"activation", "Accès activé"},
        {"mot_de_passe_change", "Mot de passe changé"},
        {"nom_change", "Nom corrigé"},
        {"desactivation", "Compte désactivé"},
        {"reactivation", "Compte rouvert"},
    };
    for (const auto& n : noms)
        if (n.slug == slug) return std::string{n.libelle};
    return slug;
}

views::Message message_de_la_fiche(const http::Request& req)
{
    const auto fait = req.param("fait");
    const auto succes = [](const char* texte) {
        return ui::Alert{.tone = ui::Tone::Success, .text = texte, .announce = true};
    };
    if (fait == "invitation") return succes("L’invitation part dans la minute.");
    if (fait == "role") return succes("Le rôle est ajouté, la personne en est informée par message.");
    if (fait == "deja")
        return ui::Alert{.text = "Cette personne a déjà ce rôle : rien n’a changé.", .announce = true};
    if (fait == "relance") return succes("Un nouveau lien d’activation part dans la minute.");
    if (fait == "confirmation")
        return succes("Le rattachement est confirmé, la personne en est informée par message.");
    if (fait == "retrait") return succes("Le rôle est retiré.");
    if (fait == "refus")
        return succes("Le rattachement est refusé, la personne en est informée par message.");
    if (fait == "reactivation-sans-lien")
        return succes(
            "Le compte est rouvert. Confirmez son rattachement : le lien d’activation partira alors.");
    if (fait == "desactivation") return succes("Le compte est désactivé et ses appareils sont déconnectés.");
    if (fait == "reactivation")
        return succes("Le compte est rouvert : un lien d’activation part dans la minute.");
    return std::nullopt;
}

/// Territories the reader may filter by: those of his reach.
std::vector<std::pair<std::string, std::string>>
territoires_visibles(db::Transaction& tx, const std::vector<ChampAttribution>& champs)
{
    std::vector<std::pair<std::string, std::string>> visibles;
    for (const auto& t : territoire::store::list_territoires(tx)) {
        const bool a_portee = std::ranges::any_of(champs, [&](const ChampAttribution& c) {
            return c.champ.tout ||
                   std::ranges::find(c.champ.territoires, t.code) != c.champ.territoires.end();
        });
        if (a_portee) visibles.emplace_back(t.code, t.nom);
    }
    return visibles;
}

/// The places where this agent may give a role: options of the invitation form, all within reach.
views::ChoixInvitation choix_d_invitation(db::Transaction& tx, const Agent& agent)
{
    views::ChoixInvitation choix{roles_attribuables(agent), {}, {}, {}};
    const auto peut_y = [&](Role role, const std::string& territoire, const std::string& comite,
                            const std::string& partenaire) {
        return peut_attribuer(agent, Mandat{role, territoire, comite, partenaire, true});
    };
    for (const auto& t : territoire::store::list_territoires(tx)) {
        if (peut_y(Role::ResponsableTerritoire, t.code, {}, {})) choix.territoires.push_back({t.code, t.nom});
        for (const auto& c : territoire::store::list_comites(tx, t.code))
            if (peut_y(Role::SecretaireComite, t.code, c.id, {}))
                choix.comites.push_back({c.id, c.nom, {}, t.nom});
        for (const auto& p : partenaire::store::actifs(tx, t.code))
            if (peut_y(Role::AgentPartenaire, t.code, {}, p.id.text))
                choix.partenaires.push_back({p.id.text, p.nom, {}, t.nom});
    }
    return choix;
}

/// Sends the activation link to an account that waits for it.
void envoyer_invitation(App& app, db::Transaction& tx, const Compte& c, const std::string& par,
                        const std::string& territoire, Instant le)
{
    const auto jeton = store::creer_lien(tx, c.id, store::UsageLien::Activation, le);
    courrier::enqueue(tx,
                      courriel_invitation(pages::destinataire(tx, c, territoire), roles_en_mots(tx, c.id),
                                          par, pages::adresse(app, "/activation/", jeton),
                                          le.plus_seconds(activation_secondes)),
                      le);
}

/// An account and its mandates, provided the reader may give at least one of them; else it does not exist.
struct CompteVu {
    Compte compte;
    std::vector<MandatTenu> tous;
    std::vector<MandatTenu> a_portee;
};
std::optional<CompteVu> compte_vu(db::Transaction& tx, const std::string& id, const Agent& lecteur)
{
    const auto compte = store::find(tx, Id<Compte>{id});
    if (!compte) return std::nullopt;
    CompteVu vu{*compte, store::mandats_de(tx, compte->id), {}};
    std::ranges::copy_if(vu.tous, std::back_inserter(vu.a_portee),
                         [&](const MandatTenu& m) { return peut_attribuer(lecteur, m.mandat); });
    const bool sans_role =
        vu.tous.empty() && peut_attribuer(lecteur, Mandat{Role::SuperAdmin, {}, {}, {}, true});
    if (vu.a_portee.empty() && !sans_role) return std::nullopt;
    return vu;
}

std::string territoire_du(const CompteVu& vu)
{
    return vu.a_portee.empty() ? std::string{} : vu.a_portee.front().mandat.territoire;
}

std::string fiche_du(const std::string& id, std::string_view fait)
{
    return "/administration/comptes/" + http::encode(id) + "?fait=" + std::string{fait};
}

} // namespace

http::Response get_comptes(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto champs = champs_attribution(*visitor.agent);
    if (champs.empty()) return refus(Problem::forbidden(), req, visitor);
    views::ListeDesComptes l;
    l.filtre.recherche = base::truncate(req.param("q"), 100);
    l.filtre.role = base::from_slug(roles, req.param("role")) ? req.param("role") : "";
    l.filtre.etat = base::from_slug(etats_compte, req.param("etat")) ? req.param("etat") : "";
    l.filtre.territoire = req.param("territoire");
    l.filtre.partenaire = req.param("partenaire");
    l.filtre.a_confirmer = req.param("confirmer") == "oui";
    l.filtre.page = pages::numero_de_page(req);
    l.roles_visibles = roles_attribuables(*visitor.agent);
    l.liste = store::liste(tx, champs, l.filtre);
    l.fuseau = store::fuseau_de(tx, Id<Compte>{visitor.agent->id});
    l.noms = noms_des_lieux(tx, l.liste.mandats);
    l.territoires = territoires_visibles(tx, champs);
    l.a_confirmer = store::mandats_a_confirmer(tx, champs);
    return http::html(views::comptes(visitor.chrome, l, message_de_la_fiche(req)));
}

http::Response get_invitation(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto choix = choix_d_invitation(tx, *visitor.agent);
    if (choix.roles.empty()) return refus(Problem::forbidden(), req, visitor);
    // A link on a partner's sheet comes with the partner already chosen.
    return http::html(views::invitation(visitor.chrome, choix, {nullptr, &req.query}));
}

http::Response post_comptes(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    const DemandeInvitation demande{req.field("email"),     req.field("nom"),        req.field("prenom"),
                                    req.field("role"),      req.field("territoire"), req.field("comite"),
                                    req.field("partenaire")};
    if (roles_attribuables(*visitor.agent).empty()) return refus(Problem::forbidden(), req, visitor);
    return une_fois(app, req, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto refuser = [&](const FormErrors& erreurs) {
            return http::html(views::invitation(visitor.chrome, choix_d_invitation(tx, *visitor.agent),
                                                {&erreurs, &req.form}),
                              422);
        };
        LieuxConnus connus;
        connus.territoire_connu = territoire::store::find_territoire(tx, demande.territoire).has_value();
        if (const auto comite = territoire::store::find_comite(tx, demande.comite))
            connus.territoire_du_comite = comite->territoire;
        if (const auto p = partenaire::store::find(tx, Id<partenaire::Partenaire>{demande.partenaire});
            p && p->actif)
            connus.territoire_du_partenaire = p->territoire;
        const auto decision = inviter(*visitor.agent, demande, connus, le);
        if (!decision) return refuser(decision.error());
        if (const auto connu = store::find_by_email(tx, decision->email);
            connu && connu->etat == EtatCompte::Desactive)
            return refuser(
                {{"email", "Un compte désactivé a cette adresse. Demandez sa réouverture à la personne "
                           "responsable du territoire."}});

        const auto fait = store::save(tx, *decision);
        const auto compte = store::find(tx, fait.compte);
        const auto noms = noms_des_lieux(tx, std::span{&decision->mandat, 1});
        const auto role = role_en_mots(decision->mandat.role, noms.de(decision->mandat));
        const auto& territoire = decision->mandat.territoire;
        if (fait.etat == EtatCompte::Invite)
            envoyer_invitation(app, tx, *compte, visitor.agent->nom, territoire, le);
        else if (fait.mandat_confirme)
            courrier::enqueue(tx,
                              courriel_role_confirme(pages::destinataire(tx, *compte, territoire), role,
                                                     pages::adresse(app, "/connexion")),
                              le);
        else if (fait.mandat_cree)
            courrier::enqueue(tx,
                              courriel_nouveau_role(pages::destinataire(tx, *compte, territoire), role,
                                                    visitor.agent->nom, pages::adresse(app, "/connexion")),
                              le);
        // The journal tells what happened: the role may have been there already, the link alone sent again.
        const bool invite = fait.etat == EtatCompte::Invite;
        const std::string_view evenement = fait.compte_cree       ? "invitation"
                                           : fait.mandat_cree     ? "role_donne"
                                           : fait.mandat_confirme ? "role_confirme"
                                           : invite               ? "relance"
                                                                  : "";
        if (!evenement.empty())
            pages::noter(tx, visitor, "compte", fait.compte.text, evenement, territoire, le, role);
        return http::redirect(fiche_du(fait.compte.text, invite                 ? "invitation"
                                                         : fait.mandat_cree     ? "role"
                                                         : fait.mandat_confirme ? "confirmation"
                                                                                : "deja"));
    });
}

http::Response get_compte(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    auto tx = app.db.read();
    const auto vu = compte_vu(tx, req.capture("id"), *visitor.agent);
    if (!vu) return refus(Problem::not_found(), req, visitor);
    const auto& agent = *visitor.agent;
    views::FicheCompte f;
    f.compte = vu->compte;
    f.fuseau = store::fuseau_de(tx, vu->compte.id);
    f.messagerie_publique = messagerie_grand_public(vu->compte.email);
    f.mandats = vu->a_portee;
    f.autres_mandats = vu->a_portee.size() < vu->tous.size();
    // Inviting any address must not tell whose account it is, nor when that person last came.
    f.reserve = std::ranges::any_of(
        vu->tous, [&](const MandatTenu& m) { return m.mandat.confirme && !peut_attribuer(agent, m.mandat); });
    f.noms = noms_des_lieux(tx, vu->a_portee);
    f.peut_relancer = relancer_invitation(agent, vu->compte, vu->tous).has_value();
    f.peut_desactiver = desactiver(agent, vu->compte, vu->tous, le).has_value();
    f.peut_reactiver = reactiver(agent, vu->compte, vu->tous, le).has_value();
    for (const auto& m : vu->a_portee) {
        if (confirmer_mandat(agent, m, le)) f.confirmables.push_back(m.id);
        if (retirer_mandat(agent, m, le)) f.retirables.push_back(m.id);
    }
    // Who administers only some of the roles reads only what was decided in his territories.
    for (const auto& e : journal::of(tx, "compte", vu->compte.id.text, 100)) {
        const bool lisible = !f.autres_mandats || e.territoire.empty() ||
                             std::ranges::any_of(vu->a_portee, [&](const MandatTenu& m) {
                                 return m.mandat.territoire == e.territoire;
                             });
        if (lisible) f.historique.push_back({e.le, evenement_en_mots(e.evenement), e.acteur_nom, e.details});
    }
    std::ranges::reverse(f.historique);
    return http::html(views::fiche_compte(visitor.chrome, f, message_de_la_fiche(req)));
}

http::Response post_relance(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto vu = compte_vu(tx, req.capture("id"), *visitor.agent);
        if (!vu) return refus(Problem::not_found(), req, visitor);
        if (const auto permis = relancer_invitation(*visitor.agent, vu->compte, vu->tous); !permis)
            return refus(permis.error(), req, visitor);
        envoyer_invitation(app, tx, vu->compte, visitor.agent->nom, territoire_du(*vu), le);
        pages::noter(tx, visitor, "compte", vu->compte.id.text, "relance", territoire_du(*vu), le);
        return http::redirect(fiche_du(vu->compte.id.text, "relance"));
    });
}

http::Response post_desactivation(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto vu = compte_vu(tx, req.capture("id"), *visitor.agent);
        if (!vu) return refus(Problem::not_found(), req, visitor);
        const auto decision = desactiver(*visitor.agent, vu->compte, vu->tous, le);
        if (!decision) return refus(decision.error(), req, visitor);
        store::save(tx, *decision);
        pages::noter(tx, visitor, "compte", vu->compte.id.text, "desactivation", territoire_du(*vu), le);
        return http::redirect(fiche_du(vu->compte.id.text, "desactivation"));
    });
}

http::Response post_reactivation(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto vu = compte_vu(tx, req.capture("id"), *visitor.agent);
        if (!vu) return refus(Problem::not_found(), req, visitor);
        const auto decision = reactiver(*visitor.agent, vu->compte, vu->tous, le);
        if (!decision) return refus(decision.error(), req, visitor);
        store::save(tx, *decision);
        auto rouvert = vu->compte;
        rouvert.etat = EtatCompte::Invite;
        const bool lien = activable(rouvert, vu->tous);
        if (lien) envoyer_invitation(app, tx, rouvert, visitor.agent->nom, territoire_du(*vu), le);
        pages::noter(tx, visitor, "compte", vu->compte.id.text, "reactivation", territoire_du(*vu), le);
        return http::redirect(fiche_du(vu->compte.id.text, lien ? "reactivation" : "reactivation-sans-lien"));
    });
}

http::Response post_confirmation(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto tenu = store::find_mandat(tx, req.capture("id"));
        if (!tenu || !peut_attribuer(*visitor.agent, tenu->mandat))
            return refus(Problem::not_found(), req, visitor);
        const auto decision = confirmer_mandat(*visitor.agent, *tenu, le);
        if (!decision) return refus(decision.error(), req, visitor);
        store::save(tx, *decision);
        const auto compte = store::find(tx, Id<Compte>{tenu->compte});
        const auto noms = noms_des_lieux(tx, std::span{&tenu->mandat, 1});
        const auto role = role_en_mots(tenu->mandat.role, noms.de(tenu->mandat));
        // An account that waits for its password gets the link that opens it, rather than a page to log in
        // on.
        if (compte->etat == EtatCompte::Invite)
            envoyer_invitation(app, tx, *compte, visitor.agent->nom, tenu->mandat.territoire, le);
        else if (compte->etat == EtatCompte::Actif)
            courrier::enqueue(
                tx,
                courriel_role_confirme(pages::destinataire(tx, *compte, tenu->mandat.territoire), role,
                                       pages::adresse(app, "/connexion")),
                le);
        pages::noter(tx, visitor, "compte", tenu->compte, "role_confirme", tenu->mandat.territoire, le, role);
        return http::redirect(fiche_du(tenu->compte, "confirmation"));
    });
}

http::Response post_retrait(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto tenu = store::find_mandat(tx, req.capture("id"));
        if (!tenu || !peut_attribuer(*visitor.agent, tenu->mandat))
            return refus(Problem::not_found(), req, visitor);
        const auto decision = retirer_mandat(*visitor.agent, *tenu, le);
        if (!decision) return refus(decision.error(), req, visitor);
        // The button that refused a pending role must not withdraw the one a colleague has confirmed since.
        if (req.field("confirme") != (tenu->mandat.confirme ? "oui" : "non"))
            return refus(Problem::conflict("Ce rôle a été confirmé depuis que cette page est ouverte : rien "
                                           "n’a été changé. Rechargez la page pour voir son état."),
                         req, visitor);
        store::save(tx, *decision);
        const auto noms = noms_des_lieux(tx, std::span{&tenu->mandat, 1});
        const auto role = role_en_mots(tenu->mandat.role, noms.de(tenu->mandat));
        const bool refuse = !tenu->mandat.confirme;
        if (const auto compte = store::find(tx, Id<Compte>{tenu->compte});
            refuse && compte->etat != EtatCompte::Desactive)
            courrier::enqueue(
                tx, courriel_role_refuse(pages::destinataire(tx, *compte, tenu->mandat.territoire), role),
                le);
        pages::noter(tx, visitor, "compte", tenu->compte, refuse ? "role_refuse" : "role_retire",
                     tenu->mandat.territoire, le, role);
        const char* fait = refuse ? "refus" : "retrait";
        const bool encore_visible = compte_vu(tx, tenu->compte, *visitor.agent).has_value();
        return http::redirect(encore_visible ? fiche_du(tenu->compte, fait)
                                             : std::string{"/administration/comptes?fait="} + fait);
    });
}

} // namespace compte
