// Recipients of each decision, and what happens right after a deposit.
#include "signalement/notifications.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "compte/acces_commune.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"
#include "signalement/apres_depot.hpp"
#include "signalement/courriels.hpp"
#include "signalement/regles.hpp"
#include "signalement/store.hpp"
#include "signalement/suivi_deposant/courriels.hpp"
#include "signalement/suivi_deposant/store.hpp"

namespace signalement {

namespace {

using courriels::Destinataire;
using courriels::Sujet;

Sujet sujet_de(const App& app, const Signalement& s)
{
    return {app.config.base_url(),
            s.id.text,
            s.reference,
            s.territoire,
            s.adresse.code_postal,
            s.adresse.commune,
            adresse_en_une_ligne(s.adresse)};
}

/// A report, its people, and the outbox: one message per address however many reasons there are to write to
/// it.
class Envoi {
public:
    Envoi(const App& app, db::Transaction& tx, const Dossier& d, Instant le)
        : Envoi(app, tx, d, store::declaration(tx, d), journal::dernier_rang(tx, "signalement", d.id), le)
    {}
    /// When the declaration, and the rank in the journal of what is told, are known already.
    Envoi(const App& app, db::Transaction& tx, const Dossier& d, Signalement declaration,
          std::int64_t decision, Instant le)
        : tx_(tx),
          dossier_(d),
          le_(le),
          declaration_(std::move(declaration)),
          sujet_(sujet_de(app, declaration_)),
          decision_(decision)
    {}

    [[nodiscard]] const Sujet& sujet() const { return sujet_; }
    [[nodiscard]] bool danger() const { return declaration_.danger; }

    /// The secretaries of the committee; the territory's managers when it has none.
    std::vector<Destinataire> secretariat() const
    {
        auto people = dossier_.comite.empty() ? std::vector<compte::store::Destinataire>{}
                                              : compte::store::secretaires_du_comite(tx_, dossier_.comite);
        if (people.empty()) people = compte::store::responsables_du_territoire(tx_, dossier_.territoire);
        std::vector<Destinataire> out;
        for (auto& p : people) out.push_back({std::move(p.email), std::move(p.nom)});
        return out;
    }
    /// The mailboxes of those of these partners that are in service, then their people: two queries however
    /// many there are.
    std::vector<Destinataire> partenaires(const std::vector<std::string>& ids) const
    {
        std::vector<Destinataire> out;
        std::vector<std::string> en_service;
        for (auto& p : partenaire::store::find_all(tx_, ids)) {
            if (!p.actif) continue;
            en_service.push_back(p.id.text);
            if (!p.email.empty()) out.push_back({std::move(p.email), std::move(p.nom)});
        }
        for (auto& m : compte::store::membres_des_partenaires(tx_, en_service))
            out.push_back({std::move(m.email), std::move(m.nom)});
        return out;
    }
    /// The same for the partners of these affectations.
    std::vector<Destinataire> partenaires(const std::vector<Affectation>& affectations) const
    {
        std::vector<std::string> ids;
        for (const auto& a : affectations) ids.push_back(a.partenaire);
        return partenaires(ids);
    }
    /// Partners at work on the report.
    std::vector<Destinataire> partenaires_actifs() const
    {
        std::vector<std::string> ids;
        for (const auto& a : dossier_.affectations)
            if (est_ouverte(a.statut)) ids.push_back(a.partenaire);
        return partenaires(ids);
    }
    /// The mailbox of the depositor or of the occupant; empty when it is not known.
    [[nodiscard]] const std::string& adresse(Usager usager) const
    {
        return usager == Usager::Occupant ? contact_occupant(declaration_).email
                                          : declaration_.declarant.contact.email;
    }
    std::vector<Destinataire> usagers() const
    {
        const auto lien = [&](Usager usager) {
            return suivi_deposant::lien_de_suivi(sujet_.base_url,
                                                 suivi_deposant::store::jeton(tx_, dossier_.id, usager));
        };
        const auto& deposant = declaration_.declarant.contact;
        std::vector<Destinataire> out = {{deposant.email,
                                          std::string{base::trim(deposant.prenom + " " + deposant.nom)},
                                          lien(Usager::Deposant)}};
        if (occupant_suit(declaration_))
            out.push_back({declaration_.occupant->contact.email, "", lien(Usager::Occupant)});
        return out;
    }

    template <class Texte> void a(const std::vector<Destinataire>& people, Texte&& texte)
    {
        for (const auto& p : people)
            if (!p.email.empty() && p.email != sauf_ && deja_.insert(p.email).second) {
                auto courriel = texte(p);
                courriel.cle =
                    fmt::format("signalement/{}/{}/{}/{}", dossier_.id, decision_, courriel.gabarit, p.email);
                courrier::enqueue(tx_, courriel, le_);
            }
    }
    /// Nobody is told of what they have just done themselves.
    void sauf(const std::string& email) { sauf_ = email; }

private:
    db::Transaction& tx_;
    const Dossier& dossier_;
    Instant le_;
    Signalement declaration_;
    Sujet sujet_;
    std::int64_t decision_; // its rank in the journal
    std::set<std::string> deja_;
    std::string sauf_;
};

} // namespace

namespace notifications {

void changement(App& app, db::Transaction& tx, const Dossier& d, const Changement& c,
                const compte::Agent& par)
{
    Envoi envoi{app, tx, d, c.le()};
    envoi.sauf(par.email);
    const auto& s = envoi.sujet();
    switch (c.action()) {
    case Action::Valider:
        envoi.a(envoi.usagers(), [&](const Destinataire& p) { return courriels::validation(s, p, false); });
        return;
    case Action::Refuser: {
        const auto motif = base::from_slug(motifs_refus, c.motif()).value();
        envoi.a(envoi.usagers(),
                [&](const Destinataire& p) { return courriels::refus(s, p, motif, c.texte()); });
        return;
    }
    case Action::Cloturer: {
        const auto motif = base::from_slug(motifs_cloture, c.motif()).value();
        envoi.a(envoi.usagers(),
                [&](const Destinataire& p) { return courriels::cloture(s, p, motif, c.texte()); });
        // Who declined has nothing left to follow.
        auto concernees = d.affectations;
        std::erase_if(concernees,
                      [](const Affectation& a) { return a.statut == StatutAffectation::Refusee; });
        envoi.a(envoi.partenaires(concernees),
                [&](const Destinataire& p) { return courriels::cloture_partenaire(s, p, motif, c.texte()); });
        return;
    }
    case Action::Rouvrir: // who deposited it for its own service is told what the service is asked
        envoi.a(envoi.partenaires(c.entrainees()),
                [&](const Destinataire& p) { return courriels::reouverture_partenaire(s, p, c.texte()); });
        envoi.a(envoi.usagers(), [&](const Destinataire& p) { return courriels::reouverture(s, p); });
        return;
    case Action::Lire:
    case Action::LireTout:
    case Action::Affecter:
    case Action::AccepterAffectation:
    case Action::RefuserAffectation:
    case Action::CloreAffectation:
    case Action::ReprendreAffectation:
    case Action::Agir:
    case Action::RendreVisible:
    case Action::VoirCourriels:
        throw base::Bug{"not an action that moves a signalement"};
    }
}

void affectations(App& app, db::Transaction& tx, const Dossier& d, const NouvellesAffectations& n)
{
    Envoi envoi{app, tx, d, n.le};
    const auto& s = envoi.sujet();
    auto ids = n.partenaires;
    for (const auto& a : n.a_redemander) ids.push_back(a.partenaire);
    // First of all: the town hall that deposited it may be asked to act, which one message must say.
    envoi.a(envoi.partenaires(ids),
            [&](const Destinataire& p) { return courriels::affectation(s, p, envoi.danger()); });
    if (n.validation)
        envoi.a(envoi.usagers(), [&](const Destinataire& p) { return courriels::validation(s, p, true); });
}

void reponse(App& app, db::Transaction& tx, const Dossier& d, const ReponseAffectation& r,
             const compte::Agent& par)
{
    Envoi envoi{app, tx, d, r.le};
    envoi.sauf(par.email);
    const auto nom = partenaire::store::nom_de(tx, r.partenaire);
    const bool plus_personne =
        !est_ouverte(r.vers) && std::ranges::none_of(d.affectations, [&](const Affectation& a) {
            return a.id != r.affectation && est_ouverte(a.statut);
        });
    envoi.a(envoi.secretariat(), [&](const Destinataire& p) {
        return courriels::reponse_partenaire(envoi.sujet(), p, nom, r.action, r.texte, plus_personne);
    });
}

void suivi(App& app, db::Transaction& tx, const Dossier& d, const NouveauSuivi& n)
{
    Envoi envoi{app, tx, d, n.le};
    if (!n.auteur.empty())
        if (const auto auteur = compte::store::agent(tx, n.auteur)) envoi.sauf(auteur->email);
    auto people = envoi.secretariat();
    const auto partners = envoi.partenaires_actifs();
    people.insert(people.end(), partners.begin(), partners.end());
    const auto& s = envoi.sujet();
    if (n.type == TypeSuivi::ReponseDeposant) {
        base::expect(n.usager.has_value(), "a message without an account says which link it came by");
        envoi.sauf(envoi.adresse(*n.usager));
        envoi.a(people, [&](const Destinataire& p) {
            return courriels::message_du_deposant(s, p, *n.usager, d.statut);
        });
        return;
    }
    envoi.a(people,
            [&](const Destinataire& p) { return courriels::nouveau_suivi(s, p, n.type, n.auteur_nom); });
    if (n.visible_deposant)
        envoi.a(envoi.usagers(),
                [&](const Destinataire& p) { return courriels::suivi_visible(s, p, n.type, n.date_acte); });
}

void devenu_visible(App& app, db::Transaction& tx, const Dossier& d, const Suivi& entree, Instant le)
{
    Envoi envoi{app, tx, d, le};
    envoi.a(envoi.usagers(), [&](const Destinataire& p) {
        return courriels::suivi_visible(envoi.sujet(), p, entree.type, entree.date_acte);
    });
}

} // namespace notifications

namespace {

/// Whether every service the account acts for may read the report.
bool compte_peut_lire(db::Transaction& tx, const std::string& compte, const Signalement& s)
{
    std::vector<std::string> ids;
    for (const auto& t : compte::store::mandats_de(tx, Id<compte::Compte>{compte}))
        if (!t.mandat.partenaire.empty()) ids.push_back(t.mandat.partenaire);
    return std::ranges::all_of(partenaire::store::find_all(tx, ids),
                               [&](const partenaire::Partenaire& p) { return partenaire_peut_lire(p, s); });
}

} // namespace

void apres_depot(App& app, db::Transaction& tx, const Signalement& s, CourrielAuDeposant courriel)
{
    const auto sujet = sujet_de(app, s);
    if (s.declarant.profil == Profil::AgentMunicipal) {
        const auto& c = s.declarant.contact;
        const auto acces = compte::ouvrir_acces_commune(tx, s.territoire, s.adresse.insee,
                                                        {c.email, c.nom, c.prenom}, s.depose_le);
        if (!acces.compte.empty() && compte_peut_lire(tx, acces.compte, s)) {
            store::ouvrir_acces(tx, s, acces.compte, s.depose_le);
            if (courriel == CourrielAuDeposant::Permis) {
                std::string lien;
                if (acces.suite == compte::SuiteDepot::Activer)
                    lien = app.config.base_url() + "/activation/" +
                           compte::store::creer_lien(tx, Id<compte::Compte>{acces.compte},
                                                     compte::store::UsageLien::Activation, s.depose_le);
                courrier::enqueue(tx, courriels::acces_commune(sujet, c.email, acces.suite, lien),
                                  s.depose_le);
            }
        }
    }
    // Nobody has it yet, and the first line of its journal is the deposit: nothing to read again.
    const Dossier d{.id = s.id.text,
                    .reference = s.reference,
                    .territoire = s.territoire,
                    .comite = s.comite.value_or(""),
                    .statut = s.statut,
                    .version = 1,
                    .affectations = {},
                    .acces_ponctuels = {}};
    Envoi envoi{app, tx, d, s, 1, s.depose_le};
    envoi.a(envoi.secretariat(),
            [&](const Destinataire& p) { return courriels::nouveau_signalement(sujet, p, s.danger); });
}

} // namespace signalement
