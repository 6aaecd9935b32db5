// Bringing a demande up to date at a guichet, and reading its versions.
#include <algorithm>
#include <charconv>

#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/fermeture.hpp"
#include "demande/numero.hpp"
#include "demande/pages.hpp"
#include "demande/saisie.hpp"
#include "demande/situation.hpp"
#include "demande/store_versions.hpp"
#include "demande/territoires.hpp"
#include "demande/views_situation.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace au_guichet {

constexpr std::int64_t versions_par_page = 20;

views::EcranDeVolet ecran(const store::Fiche& f, const Volet& v)
{
    return {.de = de_la_demande(f),
            .volet = &v,
            .version = f.contenu_version,
            .nirs = f.nirs,
            .doublons = {},
            .entre_temps = {},
            .disputees = {},
            .par = {}};
}

/// Somebody was quicker: what they changed, with what was just typed laid over it.
http::Response conflit(db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                       const store::Fiche& f, const Volet& v, std::int64_t depuis)
{
    const auto base = store::version(tx, f.id, depuis);
    const auto derniere = store::version(tx, f.id, f.contenu_version);
    const auto& avant = base ? base->reponses : f.reponses;
    const auto reunion = reunir(v, avant, appliquer(avant, v, reponses_postees(request)), f.reponses);
    auto e = ecran(f, v);
    e.entre_temps = differences(avant, f.reponses);
    e.disputees = reunion.disputees;
    e.par = derniere ? derniere->auteur : std::string{};
    auto valeurs = reunion.reponses.paires();
    valeurs.emplace_back("justificatif", request.field("justificatif"));
    return http::html(views::volet(visitor.chrome, e, {nullptr, &valeurs}), 409);
}

} // namespace au_guichet
} // namespace

views::DeLaDemande de_la_demande(const store::Fiche& f)
{
    const auto n = lire_numero(f.numero);
    return {f.id, n ? en_groupes(*n) : f.numero,
            f.reponses.texte("demandeur.prenom") + " " + f.reponses.texte("demandeur.nom")};
}

bool est_modifiable(const store::Fiche& f)
{
    return transition(Action::Modifier, f.etat) != nullptr;
}

std::int64_t entier_positif(const std::string& texte)
{
    std::int64_t n = 0;
    const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), n);
    return erreur == std::errc{} && fin == texte.data() + texte.size() && n > 0 ? n : 0;
}

http::Response get_situation(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
    if (!f) return introuvable(request, visitor);
    return http::html(views::situation(visitor.chrome, de_la_demande(*f), est_modifiable(*f),
                                       f->reponses.a("codemandeur.1.nom") ||
                                           f->reponses.a("codemandeur.2.nom") ||
                                           f->reponses.a("codemandeur.3.nom")));
}

http::Response get_volet(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto* v = volet(request.capture("volet"));
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!f || !v) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!est_modifiable(*f))
            return http::html(views::situation(visitor.chrome, de_la_demande(*f), false), 409);
        store::noter_consultation(tx, *f, *visitor.agent, app.clock.now());
        const auto valeurs = f->reponses.paires();
        return http::html(views::volet(visitor.chrome, au_guichet::ecran(*f, *v), {nullptr, &valeurs}));
    });
}

http::Response post_volet(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto* v = volet(request.capture("volet"));
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), guichets, cle);
        if (!f || !v) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        if (!est_modifiable(*f))
            return http::html(views::situation(visitor.chrome, de_la_demande(*f), false), 409);
        const auto depuis = entier_positif(request.field("version"));
        if (depuis != f->contenu_version) return au_guichet::conflit(tx, request, visitor, *f, *v, depuis);

        const auto saisies = reponses_postees(request);
        const auto apres = appliquer(f->reponses, *v, saisies);
        const auto change =
            changer(f->reponses, *v, saisies, justificatif_d_un_agent(request.field("justificatif")),
                    contexte_de_modification(app, tx, *f, apres), f->nirs_connus());
        auto erreurs = change ? FormErrors{} : change.error();
        auto e = au_guichet::ecran(*f, *v);
        if (adultes_changes(f->reponses, apres)) {
            e.doublons = doublons_du_formulaire(tx, f->territoire, apres, cle, guichets);
            std::erase_if(e.doublons, [&](const store::Doublon& d) { return d.demande == f->id; });
            store::noter_recherche(tx, e.doublons, f->territoire, *visitor.agent, app.clock.now());
            if (!e.doublons.empty() && request.field("verifie") != "oui")
                erreurs.push_back({"verifie",
                                   "Regardez les demandes affichées en haut de la page, puis cochez "
                                   "cette case si ce n’est aucune d’elles."});
        }
        if (!erreurs.empty())
            return http::html(views::volet(visitor.chrome, e, {&erreurs, &request.form}), 422);
        if (differences(f->reponses, change->contenu.reponses, change->nirs).empty())
            return http::redirect(views::url_demande(f->id).with("fait", "inchangee").text());
        const auto le = app.clock.now();
        auto fermes = store::modifier(tx, *f, *change, *visitor.agent, cle, le);
        espace::suivre_le_changement(tx, *f, change->contenu.reponses, std::move(fermes), *visitor.agent, le);
        return http::redirect(views::url_demande(f->id).with("fait", "modification").text());
    });
}

http::Response get_versions(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = store::find(tx, request.capture("id"), store::guichets_de(tx, visitor.agent->id), cle);
        if (!f) return introuvable(request, visitor);
        store::noter_consultation(tx, *f, *visitor.agent, app.clock.now());
        auto lues = store::versions(tx, f->id, entier_positif(request.param("avant")),
                                    au_guichet::versions_par_page + 1);
        views::Versions modele{.de = de_la_demande(*f),
                               .fuseau = std::string{fuseau_du_territoire(f->territoire)},
                               .lignes = {}};
        for (std::size_t i = 0; i < lues.size() && i < au_guichet::versions_par_page; ++i)
            modele.lignes.push_back(
                {lues[i], i + 1 < lues.size()
                              ? differences(lues[i + 1].reponses, lues[i].reponses, lues[i].nirs)
                              : std::vector<Difference>{}});
        if (lues.size() > au_guichet::versions_par_page)
            modele.plus_anciennes = modele.lignes.back().version.numero;
        return http::html(views::versions(visitor.chrome, modele));
    });
}

} // namespace demande
