// Pages that entrust a signalement to partners, and those of a partner's answer.
#include <algorithm>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/store.hpp"
#include "partenaire/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/notifications.hpp"
#include "signalement/pages.hpp"
#include "territoire/store.hpp"

namespace signalement {

namespace {

/// The same procedure under its two names: what the désordres suggest, what a partner can do.
struct Correspondance {
    desordre::Qualification qualification;
    partenaire::Competence competence;
};
constexpr Correspondance correspondances[] = {
    {desordre::Qualification::NonDecence, partenaire::Competence::NonDecence},
    {desordre::Qualification::Rsd, partenaire::Competence::Rsd},
    {desordre::Qualification::MiseEnSecuritePeril, partenaire::Competence::MiseEnSecuritePeril},
    {desordre::Qualification::Insalubrite, partenaire::Competence::Insalubrite},
    {desordre::Qualification::NonDecenceEnergetique, partenaire::Competence::NonDecenceEnergetique},
    {desordre::Qualification::Salete, partenaire::Competence::Salete},
    {desordre::Qualification::Assurantiel, partenaire::Competence::Assurantiel},
    {desordre::Qualification::Danger, partenaire::Competence::Danger},
    {desordre::Qualification::Suroccupation, partenaire::Competence::Suroccupation},
};

std::vector<partenaire::Competence> competences_utiles(const views::Fiche& f)
{
    std::vector<partenaire::Competence> out;
    for (const auto& p : f.procedures)
        for (const auto& c : correspondances)
            if (c.qualification == p.qualification) out.push_back(c.competence);
    return out;
}

std::vector<views::Candidat> candidats(db::Transaction& tx, const views::Fiche& f)
{
    const auto utiles = competences_utiles(f);
    const auto commune = territoire::store::find_commune(tx, f.signalement.adresse.insee);
    const partenaire::Lieu lieu{.territoire = f.dossier.territoire,
                                .insee = f.signalement.adresse.insee,
                                .epci = commune ? commune->commune.epci : std::string{}};
    const auto actifs = partenaire::store::actifs(tx, f.dossier.territoire);
    const auto muets = compte::store::partenaires_injoignables(tx, f.dossier.territoire);
    const auto a_confirmer = compte::store::partenaires_a_confirmer(tx, f.dossier.territoire);
    std::vector<views::Candidat> out;
    for (const auto& p : partenaire::proposer(actifs, lieu, utiles)) {
        std::vector<std::string> raisons;
        if (!p.couvre_le_lieu) raisons.emplace_back("Ne couvre pas cette commune");
        if (p.partenaire->type == partenaire::TypePartenaire::BailleurSocial)
            raisons.emplace_back("Lira tout le signalement, coordonnées comprises\u00a0: c’est accepté");
        for (const auto c : p.competences_communes)
            raisons.emplace_back(base::label_of(partenaire::competences, c));
        // Entrusted to nobody, a report would wait without anyone knowing.
        const bool injoignable = std::ranges::find(muets, p.partenaire->id.text) != muets.end();
        if (injoignable)
            raisons.emplace_back(std::ranges::find(a_confirmer, p.partenaire->id.text) != a_confirmer.end()
                                     ? "Personne n’y reçoit de courriel : quelqu’un y attend que son accès "
                                       "soit confirmé"
                                     : "Personne n’y reçoit de courriel : prévenez-le autrement");
        views::Candidat c{.partenaire = *p.partenaire,
                          .raison = base::join(raisons, " · "),
                          .propose = p.recommande && !injoignable,
                          .ecarte = !partenaire_peut_lire(*p.partenaire, f.signalement)};
        const auto a = std::ranges::find_if(f.dossier.affectations, [&](const Affectation& x) {
            return x.partenaire == p.partenaire->id.text;
        });
        if (a != f.dossier.affectations.end()) c.affectation = &*a;
        out.push_back(std::move(c));
    }
    return out;
}

http::Response repondre_page(App& app, const http::Request& request, const Visitor& visitor, Action action,
                             std::string_view fait)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find_for_decision(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        const auto reponse = repondre(*dossier, *visitor.agent, request.capture("affectation"), action,
                                      request.field("motif"), request.field("texte"), app.clock.now());
        if (!reponse)
            return refuser_page(visitor, request, reponse.error(), [&](const views::Saisie& saisie) {
                if (!views::demande_un_motif(action))
                    return page_fiche(tx, request, visitor, *dossier, views::Onglet::Suivi, saisie);
                return views::demander_motif(
                    visitor.chrome, charger_fiche(tx, *dossier, *visitor.agent),
                    {.action = action, .affectation = request.capture("affectation")}, saisie);
            });
        store::save(tx, *dossier, *reponse, *visitor.agent);
        notifications::reponse(app, tx, *dossier, *reponse, *visitor.agent);
        return retour_fiche(*dossier, fait);
    });
}

http::Response demander_reponse(App& app, const http::Request& request, const Visitor& visitor, Action action)
{
    auto tx = app.db.read();
    const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
    if (!dossier) return introuvable(request, visitor);
    const auto* a = affectation_de(*visitor.agent, *dossier, request.capture("affectation"));
    if (!a) return introuvable(request, visitor);
    const auto possibles = actions_possibles(*visitor.agent, *dossier, *a);
    if (std::ranges::find(possibles, action) == possibles.end())
        return http::redirect(views::url_fiche(dossier->id).text());
    return http::html(views::demander_motif(visitor.chrome, charger_fiche(tx, *dossier, *visitor.agent),
                                            {.action = action, .affectation = a->id}));
}

} // namespace

http::Response get_affectations(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
    if (!dossier) return introuvable(request, visitor);
    if (!peut(*visitor.agent, Action::Affecter, *dossier))
        return http::redirect(views::url_fiche(dossier->id).text());
    const auto fiche = charger_fiche(tx, *dossier, *visitor.agent);
    return http::html(views::affecter(visitor.chrome, fiche, candidats(tx, fiche)));
}

http::Response post_affectations(App& app, const http::Request& request, const Visitor& visitor)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto dossier = store::find_for_decision(tx, request.capture("id"), *visitor.agent);
        if (!dossier) return introuvable(request, visitor);
        const auto choix =
            choix_de(partenaire::store::actifs(tx, dossier->territoire), store::declaration(tx, *dossier));
        const auto n =
            affecter(*dossier, *visitor.agent, request.fields("partenaires"), choix, app.clock.now());
        if (!n)
            return refuser_page(visitor, request, n.error(), [&](const views::Saisie& saisie) {
                const auto fiche = charger_fiche(tx, *dossier, *visitor.agent);
                return views::affecter(visitor.chrome, fiche, candidats(tx, fiche), saisie);
            });
        store::save(tx, *dossier, *n, *visitor.agent);
        notifications::affectations(app, tx, *dossier, *n);
        const auto muets = compte::store::partenaires_injoignables(tx, dossier->territoire);
        const bool sans_adresse = std::ranges::any_of(request.fields("partenaires"), [&](const auto& p) {
            return std::ranges::find(muets, p) != muets.end();
        });
        return retour_fiche(*dossier, sans_adresse ? "confie_sans_adresse" : "confie");
    });
}

http::Response post_acceptation(App& app, const http::Request& request, const Visitor& visitor)
{
    return repondre_page(app, request, visitor, Action::AccepterAffectation, "accepte");
}

http::Response post_reprise(App& app, const http::Request& request, const Visitor& visitor)
{
    return repondre_page(app, request, visitor, Action::ReprendreAffectation, "repris");
}

http::Response get_refus_affectation(App& app, const http::Request& request, const Visitor& visitor)
{
    return demander_reponse(app, request, visitor, Action::RefuserAffectation);
}

http::Response post_refus_affectation(App& app, const http::Request& request, const Visitor& visitor)
{
    return repondre_page(app, request, visitor, Action::RefuserAffectation, "decline");
}

http::Response get_cloture_affectation(App& app, const http::Request& request, const Visitor& visitor)
{
    return demander_reponse(app, request, visitor, Action::CloreAffectation);
}

http::Response post_cloture_affectation(App& app, const http::Request& request, const Visitor& visitor)
{
    return repondre_page(app, request, visitor, Action::CloreAffectation, "termine");
}

} // namespace signalement
