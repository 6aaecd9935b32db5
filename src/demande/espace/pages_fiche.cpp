// One demande as its applicant reads it: where it stands, its history, its attestation, and giving it up.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "courrier/store.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/commun.hpp"
#include "demande/espace/courriels.hpp"
#include "demande/espace/pages.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/espace/store_adresse.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/papier.hpp"
#include "demande/store_vie.hpp"
#include "edge.hpp"

namespace demande::espace {

namespace {
namespace la_fiche {

constexpr int lignes_par_page = 40;

bool d_autres_la_signent(const demande::store::Fiche& f)
{
    return std::ranges::any_of(personnes_du_dossier(f.reponses),
                               [](const PersonneDuDossier& p) { return p.cle.starts_with("codemandeur."); });
}

views::Fiche charger(App& app, db::Transaction& tx, const Ouverte& f)
{
    const auto le = app.clock.now();
    const auto jour = jour_legal(le, f.territoire);
    const auto s = demande::store::situation(tx, f);
    OuElleEnEst ou{.etat = f.etat,
                   .deposee_le = f.deposee_le,
                   .jalons = jalons(f.ancre),
                   .aujourd_hui = jour,
                   .guichet = f.guichet,
                   .motif_radiation = s.motif_radiation,
                   .radiee_le = s.radiee_le,
                   .reactivable_jusqu_au = fin_de_reactivation(s)};
    for (const auto& p : pieces_de(tx, f, jour)) {
        if (p.besoin == Besoin::ARenouveler) ++ou.pieces_a_refaire;
        if (p.besoin == Besoin::Manque && p.moment != demande::Moment::SiDemandee) ++ou.pieces_a_fournir;
    }
    // The steps show the dwelling that is nearest now, not what happened once for another.
    auto logements = candidature::suivis(tx, f.id);
    for (const auto stade : {Evenement::Designation, Evenement::PassageCaleol, Evenement::Bail})
        for (const auto& l : logements)
            if (l.ouverte && l.stade == stade && !l.histoire.empty())
                ou.faits.push_back({stade, jour_legal(l.histoire.back().le, f.territoire)});
    views::Fiche v{.de = en_tete(f),
                   .qui = f.reponses.texte("demandeur.prenom") + " " + f.reponses.texte("demandeur.nom"),
                   .etat = f.etat,
                   .deposee_le = f.deposee_le,
                   .avancement = avancement(ou),
                   .en_cours = est_en_cours(f.etat),
                   .communes = noms_des_communes(tx, f.communes)};
    v.renouvelable = (f.etat == Etat::Radiee ? reactiver(s, jour) : renouveler(s, jour)).has_value();
    v.adresse_attendue = store::adresse_attendue(tx, f.id, f.compte, le).has_value();
    v.logements = std::move(logements);
    v.estimation = chiffres::estimer(f.reponses, f.communes, jour);
    v.cotations = cotation::cotations(tx, f, jour);
    for (auto& l : store::histoire(tx, f, 1, lignes_par_page))
        if (l.entree.evenement != base::slug_of(evenements, Evenement::ConsultationAgent) &&
            l.entree.evenement != base::slug_of(evenements, Evenement::ConsultationAidant) &&
            v.derniers.size() < 4)
            v.derniers.push_back(std::move(l));
    return v;
}

/// To the accounts of the demande, and to the mailbox on file when it may be written to: whoever did not
/// click learns it.
void dire_la_renonciation(db::Transaction& tx, const demande::store::Fiche& f, const Radiation& r, Instant le)
{
    const auto fin = fin_de_reactivation({.etat = Etat::Radiee,
                                          .jalons = jalons(f.ancre),
                                          .preavis_remis_le = std::nullopt,
                                          .radiee_le = r.le(),
                                          .motif_radiation = r.motif()});
    std::vector<std::string> boites;
    for (auto& a : store::acces(tx, f.id)) boites.push_back(std::move(a.courriel));
    if (canal_de_la_preuve(f.reponses) == Canal::Courriel)
        if (auto connue = f.reponses.texte("demandeur.email");
            std::ranges::find(boites, connue) == boites.end())
            boites.push_back(std::move(connue));
    for (auto& boite : boites)
        courrier::enqueue(tx, courriels::renoncee({f.id, f.territoire}, std::move(boite), fin), le);
}

} // namespace la_fiche
} // namespace

http::Response get_fiche(App& app, const http::Request& request, const Visitor& visitor)
{
    return montrer(app, request, visitor, Pouvoir::Lire,
                   [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                       return http::html(views::fiche(visitor.chrome, la_fiche::charger(app, tx, f),
                                                      request.param("fait")));
                   });
}

http::Response get_histoire(App& app, const http::Request& request, const Visitor& visitor)
{
    return montrer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto total = journal::count(tx, "demande", f.id);
            views::Histoire h{.de = en_tete(f)};
            h.pages = static_cast<int>(std::max<std::int64_t>(1, (total + la_fiche::lignes_par_page - 1) /
                                                                     la_fiche::lignes_par_page));
            h.page = static_cast<int>(std::clamp<std::int64_t>(entier_positif(request.param("page")), 1,
                                                               static_cast<std::int64_t>(h.pages)));
            h.lignes = store::histoire(tx, f, h.page, la_fiche::lignes_par_page);
            return http::html(views::histoire(visitor.chrome, h));
        });
}

http::Response get_attestation_pdf(App& app, const http::Request& request, const Visitor& visitor)
{
    std::optional<AttestationDe> de;
    auto refus = montrer(app, request, visitor, Pouvoir::Lire,
                         [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
                             if (!est_en_cours(f.etat))
                                 return error_response(
                                     Problem::conflict("Cette demande n’est pas en cours\u00a0: elle n’a pas "
                                                       "d’attestation."),
                                     request, visitor.chrome);
                             de = charger_attestation(tx, f, app.clock.now());
                             return {};
                         });
    // Printed once nobody waits for the database.
    if (!de) return refus;
    return pdf(document::print(imprimes::attestation(attestation(*de), *de), de->aujourd_hui), "attestation");
}

http::Response get_renonciation(App& app, const http::Request& request, const Visitor& visitor)
{
    return montrer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto r = renoncer(demande::store::situation(tx, f), la_fiche::d_autres_la_signent(f), true,
                                    jour_legal(app.clock.now(), f.territoire));
            return http::html(
                views::renonciation(visitor.chrome, en_tete(f), {},
                                    r ? std::string_view{} : std::string_view{r.error().message}),
                r ? 200 : 409);
        });
}

http::Response post_renonciation(App& app, const http::Request& request, const Visitor& visitor)
{
    return agir(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto le = app.clock.now();
            const auto r = renoncer(demande::store::situation(tx, f), la_fiche::d_autres_la_signent(f),
                                    request.field("confirme") == "oui", jour_legal(le, f.territoire));
            if (!r && r.error().field.empty())
                return http::html(views::renonciation(visitor.chrome, en_tete(f), {}, r.error().message),
                                  409);
            if (!r) {
                const FormErrors erreurs{{r.error().field, r.error().message}};
                return http::html(views::renonciation(visitor.chrome, en_tete(f), {&erreurs, &request.form}),
                                  422);
            }
            demande::store::radier(tx, f, *r, f.par, le);
            la_fiche::dire_la_renonciation(tx, f, *r, le);
            return vers(f, {}, "renonciation");
        });
}

} // namespace demande::espace
