// Reading pages of the back office: the list, the file, its files.
#include "signalement/pages.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "base/text.hpp"
#include "compte/store.hpp"
#include "edge.hpp"
#include "partenaire/store.hpp"
#include "piece/envoi.hpp"
#include "piece/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/chargement_liste.hpp"
#include "signalement/export/store_export.hpp"
#include "signalement/lot/store_lot.hpp"
#include "signalement/rangee.hpp"
#include "signalement/vue/store_vue.hpp"
#include "territoire/store.hpp"

namespace signalement {

namespace {

/// What has just been done, told above the file. `au_deposant`: what the depositor is sent, when there is an
/// address; `a_l_occupant`: what the occupant reads or is sent, where one follows the report.
struct Fait {
    std::string_view cle, phrase, au_deposant = {}, a_l_occupant = {};
};
constexpr Fait faits[] = {
    {"valide", "Le signalement est validé.", "Le déposant est prévenu.", "L’occupant est prévenu."},
    {"refuse", "Le signalement est refusé.", "Le déposant reçoit votre texte.",
     "L’occupant reçoit votre texte."},
    {"confie", "Le signalement est confié. Les partenaires choisis sont prévenus."},
    {"confie_sans_adresse",
     "Le signalement est confié. L’un des partenaires choisis n’a pas d’adresse électronique : appelez-le."},
    {"accepte", "Vous prenez ce signalement en charge. Le secrétariat est prévenu."},
    {"decline", "Votre refus est enregistré. Le secrétariat est prévenu."},
    {"termine", "Votre intervention est terminée. Le secrétariat est prévenu."},
    {"repris", "Vous reprenez votre intervention."},
    {"ajoute", "C’est ajouté au dossier. Les partenaires le voient."},
    {"montre", "Le déposant voit maintenant cette action.", "Il est prévenu.",
     "L’occupant la voit et est prévenu."},
    {"remontre", "Le déposant voit de nouveau cette action.", "Il avait déjà été prévenu.",
     "L’occupant la voit de nouveau."},
    {"cache", "Le déposant ne voit plus cette action.", "", "L’occupant non plus."},
    {"clos", "Le signalement est clos. Les partenaires qui s’en occupaient sont prévenus.",
     "Le déposant aussi.", "L’occupant est prévenu."},
    {"rouvert", "Le signalement est rouvert. Les partenaires qui s’en occupaient sont prévenus.",
     "Le déposant aussi.", "L’occupant est prévenu."},
    {"renvoye", "Le courriel va être renvoyé."},
};

/// Where a page of a list begins, as its own links say it.
store::Curseur curseur(const http::Request& request)
{
    store::Curseur avant{request.param("avant_le"), request.param("avant_id")};
    return base::parse_instant(avant.le) ? avant : store::Curseur{};
}

/// Page number of a list, 1 when absent or absurd.
int numero_de_page(const http::Request& request)
{
    const auto text = request.param("page");
    int page = 1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
    return error != std::errc{} || end != text.data() + text.size() || page < 1 || page > 10'000 ? 1 : page;
}

namespace ecran_liste {

/// What the columns that the reader chose say of these lines.
void colonnes(db::Transaction& tx, const compte::Agent& agent, const std::vector<std::string>& choisies,
              views::PageListe& page)
{
    if (choisies.empty()) return;
    const auto colonnes = exports::choisies(choisies);
    for (const auto* c : colonnes) page.titres.emplace_back(c->label);
    std::vector<std::string> ids;
    for (const auto& l : page.liste.lignes) ids.push_back(l.id);
    page.cellules = exports::store::cellules(tx, agent, ids, colonnes);
}

} // namespace ecran_liste

/// What `cle` says was done to this report; empty when it says nothing.
std::string phrase_de(db::Transaction& tx, const Dossier& dossier, std::string_view cle)
{
    const auto* fait = std::ranges::find_if(faits, [&](const Fait& f) { return f.cle == cle; });
    if (fait == std::end(faits)) return {};
    std::string out{fait->phrase};
    if (fait->au_deposant.empty() && fait->a_l_occupant.empty()) return out;
    const auto declaration = store::declaration(tx, dossier);
    if (!fait->au_deposant.empty())
        out += fmt::format(" {}",
                           declaration.declarant.contact.email.empty()
                               ? "Le déposant n’a pas donné d’adresse électronique : prévenez-le autrement."
                               : fait->au_deposant);
    if (occupant_suit(declaration)) out += fmt::format(" {}", fait->a_l_occupant);
    return out;
}

http::Response servir_piece(App& app, const http::Request& request, const Visitor& visitor,
                            piece::Variante variante)
{
    auto tx = app.db.read();
    const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
    if (!dossier || !store::peut_ouvrir(tx, *dossier, *visitor.agent, request.capture("piece")))
        return introuvable(request, visitor);
    const auto p = piece::store::trouver(tx, Id<piece::Piece>{request.capture("piece")});
    if (!p) return introuvable(request, visitor);
    return piece::servir(*app.fichiers.magasin, *p, variante, request);
}

} // namespace

http::Response introuvable(const http::Request& request, const Visitor& visitor)
{
    return error_response(Problem::not_found(), request, visitor.chrome);
}

std::string fuseau_de(db::Transaction& tx, const Dossier& d)
{
    const auto t = territoire::store::find_territoire(tx, d.territoire);
    return t ? t->fuseau : views::Fiche{}.fuseau;
}

compte::Agent avec_partenaire(db::Transaction& tx, const Dossier& d, compte::Agent agent)
{
    const compte::Mandat* mandat = nullptr;
    for (const auto& m : agent.mandats) {
        if (m.partenaire.empty()) continue;
        const bool confie =
            std::ranges::find(d.affectations, m.partenaire, &Affectation::partenaire) != d.affectations.end();
        if (!mandat || (confie && m.confirme)) mandat = &m;
        if (confie && m.confirme) break;
    }
    if (mandat)
        agent.nom += " (" + partenaire::store::nom_de(tx, mandat->partenaire) +
                     (mandat->confirme ? ")" : ", à confirmer)");
    return agent;
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

views::Fiche charger_fiche(db::Transaction& tx, const Dossier& d, const compte::Agent& lecteur)
{
    auto declaration = store::demander_declaration(tx, d);
    auto situation = store::demander_situation(tx, d, lecteur);
    auto precisions = precisions_de(tx, d.id);
    auto procedures = procedures_de(tx, d.id);
    std::optional<db::Answer<courrier::CompteDeCourriels>> courriels;
    if (peut(lecteur, Action::VoirCourriels, d))
        courriels = courrier::compter_courriels(tx, "signalement", d.id);

    views::Fiche f;
    f.dossier = d;
    f.signalement = declaration();
    auto autour = situation.one();
    f.comite_nom = std::move(autour.comite_nom);
    f.fuseau = std::move(autour.fuseau);
    f.nombre_suivis = autour.suivis;
    f.nombre_pieces = autour.pieces;
    f.precisions = precisions();
    f.procedures = procedures();
    f.evaluation = desordre::gravite(f.precisions, f.signalement.decrit, f.signalement.danger_declare);
    f.tout = peut(lecteur, Action::LireTout, d);
    if (courriels) f.nombre_courriels = courriels->one();
    return f;
}

std::string page_fiche(db::Transaction& tx, const http::Request& request, const Visitor& visitor,
                       const Dossier& d, views::Onglet onglet, const views::Saisie& saisie,
                       std::string_view fait)
{
    const auto& lecteur = *visitor.agent;
    if (!views::a_l_onglet(lecteur, d, onglet)) onglet = views::Onglet::Suivi;
    // Asked before the rest is read, so that all of it comes together.
    db::Later<store::Page<store::Voisin>> voisins;
    if (peut(lecteur, Action::LireTout, d)) voisins = store::au_meme_endroit(tx, d, lecteur);
    const auto avant = curseur(request);
    db::Later<store::Page<store::EntreeSuivi>> suivis;
    if (onglet == views::Onglet::Suivi) suivis = store::demander_suivis(tx, d, lecteur, avant);
    auto f = charger_fiche(tx, d, lecteur);
    f.page = numero_de_page(request);
    if (voisins) f.voisins = voisins();
    std::vector<Id<piece::Piece>> ids;
    switch (onglet) {
    case views::Onglet::Suivi: {
        f.au_debut = avant.le.empty();
        f.suivis = suivis();
        if (f.nombre_pieces > 0) store::joindre_pieces(tx, f.suivis.lignes);
        for (const auto& e : f.suivis.lignes)
            for (const auto& id : e.pieces) ids.emplace_back(id);
        break;
    }
    case views::Onglet::Documents: {
        const auto apres = request.param("apres");
        f.au_debut = apres.empty();
        f.liens = store::pieces(tx, d, lecteur, apres);
        for (const auto& l : f.liens.lignes) ids.emplace_back(l.piece);
        break;
    }
    case views::Onglet::Historique:
        f.nombre_historique = journal::count(tx, "signalement", d.id);
        f.historique = journal::page(tx, "signalement", d.id, f.page, views::historique_par_page);
        break;
    case views::Onglet::Courriels:
        f.courriels = courrier::etat_des_courriels(tx, "signalement", d.id, f.page);
        break;
    case views::Onglet::Declaration:
        break;
    }
    for (auto from = ids.begin(); from != ids.end();) {
        const auto to = ids.end() - from > 200 ? from + 200 : ids.end();
        std::ranges::move(piece::store::par_ids(tx, {from, to}), std::back_inserter(f.pieces));
        from = to;
    }
    return views::fiche(visitor.chrome, f, lecteur, onglet, saisie, fait);
}

http::Response get_liste(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    auto tx = app.db.read();
    views::PageListe page;
    lire_filtres(tx, request, agent, page);
    const auto demande = page.filtre; // the filter may be replaced below
    page.a_choisir = lot::peut_agir(agent);

    const filtre::Regard regard{agent, app.clock.now(), filtre::fuseau_de(page.filtre, agent)};
    db::Later<store::Liste> liste;
    std::optional<db::Answer<std::int64_t>> total;
    const auto demander = [&] {
        liste = store::demander_liste(tx, regard, page.filtre);
        total = store::compter(tx, regard, page.filtre);
    };
    if (page.refus.empty()) demander();
    auto vues = vue::store::demander(tx, agent);
    auto colonnes = vue::store::demander_colonnes(tx, agent);
    const auto comites = demander_comites(tx, agent);
    if (liste) {
        page.liste = liste();
        page.total = total->one();
    }
    const auto cherche = page.filtre.valeurs(filtre::Cle::Recherche);
    if (page.refus.empty() && page.total == 0 && !cherche.empty() &&
        !page.filtre.a(filtre::Cle::Approchant)) {
        page.filtre = page.filtre.avec(filtre::Cle::Approchant, "oui");
        demander();
        page.liste = liste();
        page.total = total->one();
        if (page.total == 0) page.filtre = demande;
    }
    // The line from which this page went on is gone (erased, moved, undone): the list starts again.
    if (page.refus.empty() && page.liste.lignes.empty() && page.total > 0 && !page.filtre.ou.id.empty()) {
        page.filtre.ou = {};
        return http::redirect(views::url_liste(page.filtre).text());
    }
    if (page.filtre.a(filtre::Cle::Approchant) && !cherche.empty()) page.sans_reponse = cherche.front();
    page.comites = comites();
    for (const auto& v : vues()) // not those that ask what this reader may not
        if (const auto sienne = filtre::lire(v.criteres, agent); sienne.refus.empty())
            page.recherches.push_back({v.nom, views::url_liste(sienne.filtre)});
    ecran_liste::colonnes(tx, agent, colonnes(), page);
    if (page.a_choisir) page.choisis = lot::store::nombre_choisis(tx, agent);
    offrir_les_choix(tx, agent, page);
    return http::html(views::liste(visitor.chrome, page), page.refus.empty() ? 200 : 422);
}

http::Response get_fiche(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto dossier = store::find(tx, request.capture("id"), *visitor.agent);
    if (!dossier) return introuvable(request, visitor);
    const auto onglet =
        base::from_slug(views::onglets, request.param("onglet"))
            .value_or(dossier->statut == Statut::ATrier ? views::Onglet::Declaration : views::Onglet::Suivi);
    return http::html(page_fiche(tx, request, visitor, *dossier, onglet, {},
                                 phrase_de(tx, *dossier, request.param("fait"))));
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
