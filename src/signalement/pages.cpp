// Reading pages of the back office: the list, the file, its files.
#include "signalement/pages.hpp"

#include <algorithm>

#include "compte/store.hpp"
#include "edge.hpp"
#include "piece/envoi.hpp"
#include "piece/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/rangee.hpp"
#include "territoire/store.hpp"

namespace signalement {

namespace {

/// What was just done, as the file announces it after the redirect.
struct Fait {
    std::string_view cle, phrase;
};
constexpr Fait faits[] = {
    {"valide", "Le signalement est validé. Le déposant est prévenu."},
    {"refuse", "Le signalement est refusé. Le déposant reçoit votre texte."},
    {"confie", "Le signalement est confié. Les partenaires choisis sont prévenus."},
    {"accepte", "Vous prenez ce signalement en charge. Le secrétariat est prévenu."},
    {"decline", "Votre refus est enregistré. Le secrétariat est prévenu."},
    {"termine", "Votre intervention est terminée. Le secrétariat est prévenu."},
    {"repris", "Vous reprenez votre intervention."},
    {"ajoute", "C’est ajouté au dossier. Les partenaires le voient."},
    {"montre", "Le déposant voit maintenant cette action. Il est prévenu."},
    {"cache", "Le déposant ne voit plus cette action."},
    {"clos", "Le signalement est clos. Le déposant et les partenaires sont prévenus."},
    {"rouvert", "Le signalement est rouvert. Le déposant et les partenaires sont prévenus."},
    {"renvoye", "Le courriel va être renvoyé."},
};

std::string_view phrase_de(std::string_view cle)
{
    const auto* found = std::ranges::find_if(faits, [&](const Fait& f) { return f.cle == cle; });
    return found == std::end(faits) ? std::string_view{} : found->phrase;
}

http::Response servir_piece(App& app, const http::Request& request, const Visitor& visitor,
                            piece::Variante variante)
{
    auto tx = app.db.read();
    const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
    if (!dossier || !store::find_piece(tx, *dossier, request.capture("piece")))
        return introuvable(request, visitor);
    const auto p = piece::store::trouver(tx, Id<piece::Piece>{request.capture("piece")});
    if (!p) return introuvable(request, visitor);
    return piece::servir(app.magasin, *p, variante, request);
}

} // namespace

http::Response introuvable(const http::Request& request, const Visitor& visitor)
{
    return error_response(Problem::not_found(), request, visitor.chrome);
}

http::Response retour_fiche(const Dossier& d, std::string_view fait, std::string_view onglet)
{
    auto url = views::url_fiche(d.id).with("fait", fait);
    if (!onglet.empty()) url = url.with("onglet", onglet);
    return http::redirect(url.text());
}

http::Response refuser_page(const Visitor& visitor, const http::Request& request, const Problem& problem,
                            const std::function<std::string(const views::Saisie&)>& page)
{
    if (problem.kind == Problem::Kind::Conflict)
        return http::html(page({.values = &request.form, .problem = &problem}), http::status_of(problem));
    if (problem.kind != Problem::Kind::Invalid) return error_response(problem, request, visitor.chrome);
    const FormErrors errors = {{problem.field, problem.message}};
    return http::html(page({.errors = &errors, .values = &request.form}), http::status_of(problem));
}

views::Fiche charger_fiche(App&, db::Transaction& tx, const Dossier& d, const compte::Agent& lecteur)
{
    views::Fiche f;
    f.dossier = d;
    f.signalement = store::declaration(tx, d);
    if (const auto comite = territoire::store::find_comite(tx, d.comite)) f.comite_nom = comite->nom;
    f.precisions = precisions_de(tx, d.id);
    f.procedures = procedures_de(tx, d.id);
    f.evaluation = desordre::gravite(f.precisions, f.signalement.decrit, f.signalement.danger_declare);
    f.suivis = store::suivis(tx, d);
    f.liens = store::pieces(tx, d);
    std::vector<Id<piece::Piece>> ids;
    for (const auto& l : f.liens)
        if (ids.size() < 200) ids.emplace_back(l.piece);
    f.pieces = piece::store::par_ids(tx, ids);
    f.historique = journal::of(tx, "signalement", d.id);
    if (peut(lecteur, Action::VoirCourriels, d))
        f.courriels = courrier::etat_des_courriels(tx, "signalement", d.id);
    return f;
}

http::Response get_liste(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    store::Filtre filtre{.statut = request.param("statut"),
                         .comite = request.param("comite"),
                         .recherche = request.param("q"),
                         .danger = request.param("danger") == "oui",
                         .message = request.param("message") == "oui",
                         .a_repondre = request.param("a_repondre") == "oui",
                         .avant_le = request.param("avant_le"),
                         .avant_id = request.param("avant_id")};
    if (!base::from_slug(statuts, filtre.statut)) filtre.statut.clear();
    if (!base::parse_instant(filtre.avant_le)) filtre.avant_le.clear();

    auto tx = app.db.read();
    views::PageListe page{.liste = store::liste(tx, agent, filtre),
                          .filtre = filtre,
                          .total = store::compter(tx, agent, filtre)};
    std::vector<std::string> territoires;
    for (const auto& m : agent.mandats) {
        if (!m.confirme) continue;
        if (!m.partenaire.empty()) page.partenaire = true;
        // Only those whose right to read reaches a whole territory choose among its committees.
        for (const auto& d : droits)
            if (d.role == m.role && d.action == Action::Lire && d.portee == Portee::SonTerritoire)
                territoires.push_back(m.territoire);
    }
    for (const auto& t : territoires)
        for (const auto& c : territoire::store::list_comites(tx, t)) page.comites.push_back({c.id, c.nom});
    return http::html(views::liste(visitor.chrome, page));
}

http::Response get_fiche(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
    if (!dossier) return introuvable(request, visitor);
    const auto onglet =
        base::from_slug(views::onglets, request.param("onglet"))
            .value_or(dossier->statut == Statut::ATrier ? views::Onglet::Declaration : views::Onglet::Suivi);
    return http::html(views::fiche(visitor.chrome, charger_fiche(app, tx, *dossier, *visitor.agent),
                                   *visitor.agent, onglet, {}, phrase_de(request.param("fait"))));
}

http::Response get_piece(App& app, const http::Request& request, const Visitor& visitor)
{
    return servir_piece(app, request, visitor, piece::Variante::Fichier);
}

http::Response get_miniature(App& app, const http::Request& request, const Visitor& visitor)
{
    return servir_piece(app, request, visitor, piece::Variante::Miniature);
}

} // namespace signalement
