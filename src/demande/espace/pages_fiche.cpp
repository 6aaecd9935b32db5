// One demande as its applicant reads it: where it stands, its history, its attestation, and giving it up.
#include <algorithm>

#include "base/text.hpp"
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
#include "demande/rappel/campagne.hpp"
#include "demande/saisie.hpp"
#include "demande/store_avertissement.hpp"
#include "demande/store_plafonds.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_reconnaissance.hpp"
#include "demande/store_versions.hpp"
#include "demande/store_vie.hpp"
#include "edge.hpp"

namespace demande::espace {

namespace {
namespace la_fiche {

constexpr int lignes_par_page = 40;
constexpr std::int64_t versions_lues = 500;
constexpr std::size_t versions_par_page = 20;

bool d_autres_la_signent(const demande::store::Fiche& f)
{
    return std::ranges::any_of(personnes_du_dossier(f.reponses),
                               [](const PersonneDuDossier& p) { return p.cle.starts_with("codemandeur."); });
}

/// A proof of violence that somebody else gave is theirs: the score does not say that there is one.
std::vector<cotation::Vue> cotations_montrees(db::Transaction& tx, const Ouverte& f, Date jour)
{
    auto vues = cotation::cotations(tx, f, jour);
    const auto siennes = pieces_vues(tx, f);
    if (std::ranges::none_of(siennes, [](const auto& p) { return p.type == "violences"; }))
        for (auto& v : vues) cotation::taire_la_preuve(v.score, "violences");
    return vues;
}

DateAVenir campagne_a_venir(Date jour)
{
    const auto o = rappel::prochaine(jour);
    return {std::string{rappel::annonce_a_l_avance(o.campagne)}, o.depuis};
}

views::Fiche charger(App& app, db::Transaction& tx, const Ouverte& f)
{
    const auto le = app.clock.now();
    const auto jour = jour_legal(le, f.territoire);
    const auto s = demande::store::situation(tx, f, jour);
    OuElleEnEst ou{.etat = f.etat,
                   .deposee_le = f.deposee_le,
                   .jalons = jalons(f.ancre),
                   .aujourd_hui = jour,
                   .guichet = f.guichet,
                   .motif_radiation = s.motif_radiation,
                   .radiee_le = s.radiee_le,
                   .reactivable_jusqu_au = fin_de_reactivation(s),
                   .bail = f.a_distance() ? std::nullopt : bail_de_la_demande(tx, f, s.motif_radiation),
                   .prochain_message = demande::store::prochaine_etape(tx, f.id),
                   .prochaine_campagne = campagne_a_venir(jour)};
    for (const auto& p : pieces_de(tx, f, jour)) {
        if (p.besoin == Besoin::ARenouveler) ++ou.pieces_a_refaire;
        if (p.besoin == Besoin::Manque && p.moment != demande::Moment::SiDemandee) ++ou.pieces_a_fournir;
    }
    // The steps show the dwelling that is nearest now, not what happened once for another.
    auto logements = candidature::suivis(tx, f.id);
    if (f.a_distance()) logements.clear();
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
    v.rang = f.rang;
    v.a_distance = f.a_distance();
    if (f.rang > 0) v.qui = nom_du_rang(f.reponses, f.rang);
    v.logements = std::move(logements);
    v.estimation = chiffres::estimer(f.reponses, f.communes, jour, demande::store::baremes(tx));
    if (!f.a_distance()) v.cotations = cotations_montrees(tx, f, jour);
    v.aujourd_hui = jour;
    if (!f.a_distance()) v.reconnaissances = demande::store::reconnaissances(tx, f.id);
    // Why is for the applicant: it may be what another signer must not know.
    if (f.rang > 0)
        for (auto& r : v.reconnaissances) r.motif.reset();
    if (f.a_distance()) v.renouvelable = false;
    if (v.en_cours && !f.a_distance())
        for (auto& a : demande::store::avertissements(tx, f))
            if (attend_une_reponse(a, f.ancre)) v.avertissements.push_back(std::move(a));
    for (auto& l : store::histoire(tx, f, f.rang, 1, lignes_par_page))
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
    const auto fin = fin_de_reactivation(apres(jalons(f.ancre), r));
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
            const auto total = store::lignes_de_l_histoire(tx, f, f.rang);
            views::Histoire h{.de = en_tete(f), .versions = lit_les_versions(f)};
            h.pages = static_cast<int>(std::max<std::int64_t>(1, (total + la_fiche::lignes_par_page - 1) /
                                                                     la_fiche::lignes_par_page));
            h.page = static_cast<int>(std::clamp<std::int64_t>(entier_positif(request.param("page")), 1,
                                                               static_cast<std::int64_t>(h.pages)));
            h.lignes = store::histoire(tx, f, f.rang, h.page, la_fiche::lignes_par_page);
            return http::html(views::histoire(visitor.chrome, h));
        });
}

http::Response get_versions(App& app, const http::Request& request, const Visitor& visitor)
{
    return montrer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            if (!lit_les_versions(f)) return introuvable(request, visitor);
            auto lues = store::versions(tx, f, la_fiche::versions_lues);
            std::vector<Reponses> contenus;
            for (auto& v : lues) contenus.push_back(std::move(v.reponses));
            const auto montrees = versions_montrees(std::move(contenus));
            views::Versions modele{.de = en_tete(f)};
            const auto avant = entier_positif(request.param("avant"));
            for (std::size_t i = 0; i < montrees.size(); ++i) {
                if (avant > 0 && lues[i].numero >= avant) continue;
                if (modele.lignes.size() == la_fiche::versions_par_page) {
                    modele.plus_anciennes = modele.lignes.back().version.numero;
                    break;
                }
                modele.lignes.push_back(
                    {lues[i], i + 1 < montrees.size()
                                  ? std::optional{differences(montrees[i + 1], montrees[i], lues[i].nirs)}
                                  : std::nullopt});
            }
            return http::html(views::versions(visitor.chrome, modele));
        });
}

http::Response get_attestation_pdf(App& app, const http::Request& request, const Visitor& visitor)
{
    std::optional<AttestationDe> de;
    auto refus = montrer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            // It holds the address, and what was declared.
            if (f.a_distance())
                return error_response(
                    Problem::conflict("L’attestation se demande à un guichet, avec votre pièce "
                                      "d’identité."),
                    request, visitor.chrome);
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
    return preparer(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto jour = jour_legal(app.clock.now(), f.territoire);
            std::string refus;
            if (f.rang > 0) {
                const auto c = quitter(f.reponses, f.rang, f.par_guichet, true,
                                       contexte_de_modification(app, tx, f, f.reponses));
                if (!c) refus = c.error().message;
                return http::html(views::depart(visitor.chrome, en_tete(f), {}, refus), c ? 200 : 409);
            }
            const auto r = renoncer(demande::store::situation(tx, f, jour), la_fiche::d_autres_la_signent(f),
                                    true, jour);
            if (!r) refus = r.error().message;
            return http::html(views::renonciation(visitor.chrome, en_tete(f), {}, refus), r ? 200 : 409);
        });
}

namespace {
namespace la_fiche {

/// Giving up concerns whoever does it alone: the demande goes on with the others.
http::Response partir(App& app, db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                      const Ouverte& f, const std::string& cle)
{
    const auto le = app.clock.now();
    if (!est_modifiable(f)) return vers(f, {});
    const auto c = quitter(f.reponses, f.rang, f.par_guichet, request.field("confirme") == "oui",
                           contexte_de_modification(app, tx, f, f.reponses));
    if (!c && c.error().field.empty())
        return http::html(views::depart(visitor.chrome, en_tete(f), {}, c.error().message), 409);
    if (!c) {
        const FormErrors erreurs{{c.error().field, c.error().message}};
        return http::html(views::depart(visitor.chrome, en_tete(f), {&erreurs, &request.form}), 422);
    }
    // The link goes with the line of the form.
    demande::store::modifier(tx, f, *c, f.par, cle, le);
    for (const auto& b : boites_de_l_annee(f.reponses, demande::store::suiveurs(tx, f.id)))
        courrier::enqueue(tx, courriels::codemandeur_parti({f.id, f.territoire}, b.adresse), le);
    return http::redirect("/ma-demande?fait=depart");
}

} // namespace la_fiche
} // namespace

http::Response post_renonciation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return agir(
        app, request, visitor, Pouvoir::Lire, [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            if (f.rang > 0) return la_fiche::partir(app, tx, request, visitor, f, cle);
            const auto le = app.clock.now();
            const auto jour = jour_legal(le, f.territoire);
            const auto r = renoncer(demande::store::situation(tx, f, jour), la_fiche::d_autres_la_signent(f),
                                    request.field("confirme") == "oui", jour);
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

http::Response post_reponse_a_l_avertissement(App& app, const http::Request& request, const Visitor& visitor)
{
    return agir(
        app, request, visitor, Pouvoir::Remplir,
        [&](db::Transaction& tx, const Ouverte& f) -> http::Response {
            const auto le = app.clock.now();
            auto v = la_fiche::charger(app, tx, f);
            const auto a =
                std::ranges::find(v.avertissements, request.field("avertissement"), &Avertissement::id);
            if (a == v.avertissements.end()) return vers(f, {});
            const auto reponse = base::clean_text(request.field("reponse"));
            if (!reponse || reponse->empty() || base::length(*reponse) > texte_d_avertissement_max) {
                const FormErrors erreurs{{"reponse", "Écrivez votre réponse, en 1000 caractères au plus."}};
                return http::html(views::fiche(visitor.chrome, v, {}, {&erreurs, &request.form}), 422);
            }
            const auto jour = repondre(*a, f.ancre, jour_legal(le, f.territoire));
            if (!jour) return vers(f, {});
            demande::store::noter_la_reponse(tx, f, *a, *jour, *reponse, f.par, le);
            return vers(f, {}, "avertissement_repondu");
        });
}

} // namespace demande::espace
