// See pages_vue.hpp.
#include "signalement/vue/pages_vue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "partenaire/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/export/colonnes.hpp"
#include "signalement/vue/store_vue.hpp"
#include "signalement/vue/views_vue.hpp"
#include "territoire/store.hpp"

namespace signalement::vue {

namespace {
namespace memoire {

/// The people of a circle, as a person names them.
std::string nom_du_cercle(db::Transaction& tx, std::string_view cercle)
{
    const auto deux_points = cercle.find(':');
    const auto genre = cercle.substr(0, deux_points);
    const std::string qui{deux_points == std::string_view::npos ? "" : cercle.substr(deux_points + 1)};
    if (genre == "partenaire") return "Les agents de " + partenaire::store::nom_de(tx, qui);
    if (genre == "comite") {
        const auto c = territoire::store::find_comite(tx, qui);
        return "Le secrétariat : " + (c ? c->nom : qui);
    }
    if (genre == "territoire") {
        const auto t = territoire::store::find_territoire(tx, qui);
        return "Les responsables du territoire : " + (t ? t->nom : qui);
    }
    return "La super-administration";
}

/// A filter written in fields of a form, without what else is in it.
filtre::Lu filtre_de(const http::Pairs& champs, std::string_view prefixe, const compte::Agent& agent)
{
    filtre::Paires adresse;
    for (const auto& [nom, valeur] : champs)
        if (nom.starts_with(prefixe)) adresse.emplace_back(nom.substr(prefixe.size()), valeur);
    return filtre::lire(adresse, agent);
}

views::PageNouvelle page_nouvelle(db::Transaction& tx, const compte::Agent& agent, const filtre::Filtre& f)
{
    views::PageNouvelle p{.filtre = f,
                          .mots = filtre::en_mots(a_garder(f), filtre::noms(tx, a_garder(f))),
                          .texte_laisse = f.a(filtre::Cle::Recherche),
                          .cercles = {},
                          .siennes = {}};
    for (const auto& [nom, cercle] : store::deja(tx, agent, {}).siennes) p.siennes.push_back(nom);
    for (const auto& c : cercles(agent)) p.cercles.push_back({c, nom_du_cercle(tx, c)});
    return p;
}

struct Fait {
    std::string_view cle, phrase;
};
constexpr Fait faits[] = {
    {"gardee", "La recherche est enregistrée. Elle est aussi en haut de la liste."},
    {"retiree", "La recherche est retirée."},
};

} // namespace memoire
} // namespace

http::Response get_recherches(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    auto tx = app.db.read();
    std::vector<views::Gardee> gardees;
    for (auto& v : store::demander(tx, agent)()) {
        const auto lu = filtre::lire(v.criteres, agent);
        gardees.push_back({.vue = v,
                           .liste = lu.refus.empty() ? signalement::views::url_liste(lu.filtre) : ui::Url{},
                           .mots = filtre::en_mots(lu.filtre, filtre::noms(tx, lu.filtre)),
                           .avec = v.cercle.empty() ? "" : memoire::nom_du_cercle(tx, v.cercle),
                           .sienne = v.compte == agent.id,
                           .retirable = peut_retirer(v, agent)});
    }
    const auto* fait = std::ranges::find(memoire::faits, request.param("fait"), &memoire::Fait::cle);
    return http::html(views::toutes(visitor.chrome, gardees,
                                    fait == std::end(memoire::faits) ? std::string_view{} : fait->phrase));
}

http::Response get_nouvelle(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto lu = filtre::lire(request.query, *visitor.agent);
    if (!lu.refus.empty() || a_garder(lu.filtre).choisis.empty())
        return http::redirect(signalement::views::url_liste(request.query).text());
    auto tx = app.db.read();
    return http::html(views::nouvelle(visitor.chrome, memoire::page_nouvelle(tx, *visitor.agent, lu.filtre)));
}

http::Response post_recherches(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto lu = memoire::filtre_de(request.form, "filtre.", agent);
    if (!lu.refus.empty()) return http::redirect(signalement::views::url_liste().text());
    const auto le = app.clock.now();
    const auto problem = app.db.write([&](db::Transaction& tx) -> std::optional<Problem> {
        const auto vue = enregistrer(agent, request.field("nom"), lu.filtre, request.field("cercle"),
                                     store::deja(tx, agent, request.field("cercle")));
        if (!vue) return vue.error();
        store::enregistrer(tx, *vue, le);
        return std::nullopt;
    });
    if (!problem) return http::redirect(views::url_recherches().with("fait", "gardee").text());
    auto tx = app.db.read();
    const auto page = memoire::page_nouvelle(tx, agent, lu.filtre);
    return refuser_page(visitor, request, *problem, [&](const views::Saisie& saisie) {
        return views::nouvelle(visitor.chrome, page, saisie);
    });
}

http::Response post_retrait(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const bool retiree = app.db.write([&](db::Transaction& tx) {
        const auto v = store::trouver(tx, request.capture("id"), agent);
        if (!v || !peut_retirer(*v, agent)) return false;
        store::retirer(tx, *v);
        return true;
    });
    if (!retiree) return introuvable(request, visitor);
    return http::redirect(views::url_recherches().with("fait", "retiree").text());
}

http::Response get_colonnes(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto lu = filtre::lire(request.query, *visitor.agent);
    auto tx = app.db.read();
    return http::html(
        views::colonnes(visitor.chrome, lu.filtre, store::demander_colonnes(tx, *visitor.agent)()));
}

http::Response post_colonnes(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    auto adresse = request.form;
    std::erase_if(adresse, [](const auto& paire) {
        return paire.first == "csrf" || paire.first == "quoi" || paire.first == "colonne";
    });
    const auto f = filtre::lire(adresse, agent).filtre;
    std::vector<std::string> slugs;
    if (request.field("quoi") != "effacer")
        for (const auto& slug : request.fields("colonne"))
            if (std::ranges::find(exports::colonnes(), slug, &exports::Colonne::slug) !=
                    exports::colonnes().end() &&
                std::ranges::find(slugs, slug) == slugs.end())
                slugs.push_back(slug);
    if (slugs.size() > colonnes_max)
        return http::html(
            views::colonnes(visitor.chrome, f, slugs,
                            {{"colonne", fmt::format("Choisissez {} colonnes au plus : {} sont cochées.",
                                                     colonnes_max, slugs.size())}}),
            422);
    app.db.write([&](db::Transaction& tx) { store::choisir_colonnes(tx, agent, slugs); });
    return http::redirect(signalement::views::url_liste(f).text());
}

} // namespace signalement::vue
