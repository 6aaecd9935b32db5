// A couple parts: one form, two demandes, in one transaction.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/fermeture.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/jalons.hpp"
#include "demande/pages.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/saisie.hpp"
#include "demande/separation.hpp"
#include "demande/store_versions.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace separation_au_guichet {

constexpr std::int64_t versions_lues = 500;

/// Of the online access that the applicant has: it stays theirs, or is of the person who parts, or is closed.
enum class Suite { Reste, Part, Ferme };

constexpr base::Name<Suite> suites_de_l_acces[] = {
    {Suite::Reste, "reste", "Le demandeur, qui reste sur cette demande"},
    {Suite::Part, "part", "La personne qui part"},
    {Suite::Ferme, "ferme", "On ne sait pas : fermer l’accès"},
};

std::string nom_de_la_ligne(const Reponses& r, const std::string& prefixe)
{
    return r.texte(prefixe + "prenom") + " " + r.texte(prefixe + "nom");
}

views::EcranDeSeparation ecran(db::Transaction& tx, const store::Fiche& f,
                               const std::vector<Guichet>& lecteur)
{
    views::EcranDeSeparation e{.de = de_la_demande(f),
                               .version = f.contenu_version,
                               .codemandeurs = {},
                               .a_charge = {},
                               .guichets = {},
                               .doublons = {},
                               .depasse = false,
                               .acces = {},
                               .violences = f.reponses.est("motif.violences", "oui")};
    for (int ligne = 1; ligne <= 3; ++ligne) {
        const auto prefixe = "codemandeur." + std::to_string(ligne) + ".";
        if (f.reponses.a(prefixe + "nom"))
            e.codemandeurs.push_back({std::to_string(ligne), nom_de_la_ligne(f.reponses, prefixe)});
    }
    for (int ligne = 1; ligne <= 8; ++ligne) {
        const auto prefixe = "a_charge." + std::to_string(ligne) + ".";
        if (f.reponses.a(prefixe + "nom"))
            e.a_charge.push_back({ligne, nom_de_la_ligne(f.reponses, prefixe)});
    }
    if (portail::store::lien_du_rang(tx, f.id, 0))
        for (const auto& row : suites_de_l_acces)
            e.acces.push_back({std::string{row.slug}, std::string{row.label}});
    std::ranges::copy_if(lecteur, std::back_inserter(e.guichets),
                         [&](const Guichet& g) { return g.territoire == f.territoire; });
    return e;
}

Separation lue(const http::Request& request)
{
    Separation s{.codemandeur = static_cast<int>(
                     std::min<std::int64_t>(entier_positif(request.field("codemandeur")), 99)),
                 .gardes = {},
                 .situation = request.field("situation"),
                 .identite = request.field("identite"),
                 .garde_adresse = request.field("garde_adresse") == "oui",
                 .violences = base::from_slug(suites_des_violences, request.field("violences"))};
    for (int ligne = 1; ligne <= 8; ++ligne)
        s.gardes.push_back(
            base::from_slug(gardes, request.field("garde." + std::to_string(ligne))).value_or(Garde::Reste));
    return s;
}

Date anciennete_gardee(db::Transaction& tx, const store::Fiche& f, int codemandeur)
{
    auto versions = store::versions(tx, f.id, 0, versions_lues);
    std::ranges::reverse(versions);
    std::vector<VersionDatee> datees;
    for (auto& v : versions) datees.push_back({jour_legal(v.le, f.territoire), std::move(v.reponses)});
    return anciennete(datees, f.deposee_le, f.reponses, codemandeur);
}

/// Both demandes, ready to be saved.
struct Pretes {
    Enregistrement part;
    Changement reste;
};

Result<Pretes, FormErrors> preparer(App& app, db::Transaction& tx, const store::Fiche& f, const Separation& s,
                                    std::optional<Justificatif> sur)
{
    const auto depuis = s.codemandeur == 0 ? f.deposee_le : anciennete_gardee(tx, f, s.codemandeur);
    auto partage = separer(f.reponses, s, depuis);
    FormErrors erreurs = partage ? FormErrors{} : partage.error();
    if (!sur) erreurs.push_back({"justificatif", "Choisissez la pièce sur laquelle repose ce changement."});
    if (!erreurs.empty()) return erreurs;
    const auto contexte = contexte_de_modification(app, tx, f, f.reponses);
    auto part = lire(partage->part, contexte);
    auto reste = lire(partage->reste, contexte);
    for (const auto* lu : {&part, &reste})
        if (!*lu)
            for (const auto& e : lu->error()) erreurs.push_back({{}, e.message});
    if (!erreurs.empty()) return erreurs;
    part->deposee_le = depuis;
    part->ancre = contexte.aujourd_hui; // whoever parts came today: their year begins now
    return Pretes{*std::move(part), {Raison::Separation, *sur, *std::move(reste), {}}};
}

/// Who follows which demande from now on: a codemandeur’s account goes with them, the applicant’s where the
/// agent says; closed, whoever had it claims again.
void partager_les_acces(db::Transaction& tx, const store::Fiche& f, const std::string& nouvelle, int ligne,
                        Suite acces, const compte::Agent& agent, Instant le)
{
    namespace liens = portail::store;
    const auto part = liens::lien_du_rang(tx, f.id, ligne), reste = liens::lien_du_rang(tx, f.id, 0);
    if (part) liens::delier(tx, part->demandeur, f.id);
    auto qui_part = part ? part->demandeur : std::string{};
    if (reste && acces != Suite::Reste) {
        espace::dire_la_fermeture(tx, f, espace::store::detacher(tx, f.id, le), agent, le);
        if (acces == Suite::Part && qui_part.empty()) qui_part = reste->demandeur;
    }
    if (qui_part.empty()) return;
    liens::lier(tx, qui_part, nouvelle, portail::RoleSurDemande::Titulaire, portail::Voie::Guichet, le);
    store::noter(tx, nouvelle, f.territoire, Evenement::AccesOuvert, agent, le);
}

} // namespace separation_au_guichet
} // namespace

http::Response get_separation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), guichets, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!est_modifiable(*f))
            return http::html(views::situation(visitor.chrome, de_la_demande(*f), false), 409);
        store::noter_consultation(tx, *f, *visitor.agent, app.clock.now());
        return http::html(
            views::separation(visitor.chrome, separation_au_guichet::ecran(tx, *f, guichets), {}));
    });
}

http::Response post_separation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), guichets, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!est_modifiable(*f))
            return http::html(views::situation(visitor.chrome, de_la_demande(*f), false), 409);
        auto e = separation_au_guichet::ecran(tx, *f, guichets);
        if (e.guichets.empty()) return non_habilite(visitor);
        e.depasse = entier_positif(request.field("version")) != f->contenu_version;
        if (e.depasse) return http::html(views::separation(visitor.chrome, e, {nullptr, &request.form}), 409);

        const auto guichet = std::ranges::find(e.guichets, request.field("guichet"), &Guichet::code);
        const auto s = separation_au_guichet::lue(request);
        const auto pretes = separation_au_guichet::preparer(
            app, tx, *f, s, justificatif_d_un_agent(request.field("justificatif")));
        auto erreurs = pretes ? FormErrors{} : pretes.error();
        if (e.guichets.size() > 1 && guichet == e.guichets.end())
            erreurs.push_back({"guichet", "Choisissez un guichet."});
        const auto acces = base::from_slug(separation_au_guichet::suites_de_l_acces, request.field("acces"));
        if (!e.acces.empty() && !acces)
            erreurs.push_back({"acces", "Dites à qui est l’accès en ligne de cette demande."});
        if (pretes) {
            e.doublons = doublons_du_formulaire(tx, f->territoire, pretes->part.reponses, cle, guichets);
            std::erase_if(e.doublons, [&](const store::Doublon& d) { return d.demande == f->id; });
            store::noter_recherche(tx, e.doublons, f->territoire, *visitor.agent, app.clock.now());
            if (!e.doublons.empty() && request.field("verifie") != "oui")
                erreurs.push_back({"verifie",
                                   "Regardez les demandes affichées en haut de la page, puis cochez "
                                   "cette case si ce n’est aucune d’elles."});
        }
        if (!erreurs.empty())
            return http::html(views::separation(visitor.chrome, e, {&erreurs, &request.form}), 422);

        const auto le = app.clock.now();
        const auto nouvelle =
            store::enregistrer(tx, pretes->part, guichet == e.guichets.end() ? e.guichets.front() : *guichet,
                               *visitor.agent, cle, le, Raison::Separation);
        if (!nouvelle) return error_response(nouvelle.error(), request, visitor.chrome);
        store::reprendre_nir(tx, f->id, s.codemandeur, nouvelle->id);
        separation_au_guichet::partager_les_acces(tx, *f, nouvelle->id, s.codemandeur,
                                                  acces.value_or(separation_au_guichet::Suite::Reste),
                                                  *visitor.agent, le);
        store::modifier(tx, *f, pretes->reste, *visitor.agent, cle, le);
        // Neither history names the other demande: those who part do not follow each other.
        store::noter(tx, f->id, f->territoire, Evenement::Scission, *visitor.agent, le);
        store::noter(tx, nouvelle->id, f->territoire, Evenement::Scission, *visitor.agent, le);
        return http::redirect(views::url_demande(nouvelle->id).with("fait", "separation").text());
    });
}

} // namespace demande
