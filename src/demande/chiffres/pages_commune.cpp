// The figures of a commune: a few rows, whatever the number of demandes.
#include "demande/chiffres/pages_commune.hpp"

#include "base/text.hpp"
#include "demande/chargement.hpp"
#include "demande/chiffres/store_chiffres.hpp"
#include "demande/chiffres/views_commune.hpp"
#include "demande/jalons.hpp"
#include "demande/territoires.hpp"
#include "territoire/store.hpp"

namespace demande::chiffres {

namespace {
namespace chiffres_publics {

constexpr std::size_t communes_montrees = 20;

/// Nothing for a code that no commune has.
std::optional<views::Commune> charger(App& app, std::string_view code)
{
    auto tx = app.db.read();
    const auto l = territoire::store::find_commune(tx, code);
    if (!l) return std::nullopt;
    const auto& c = l->commune;
    const auto ou = territoire_de_la_commune(c.insee);
    if (!ou) return std::nullopt;
    views::Commune v{
        .insee = c.insee, .nom = c.nom, .contexte = territoire::store::contexte(tx, c.departement)};
    v.parc = store::parc(tx, c.insee);
    if (const auto r = store::releve(tx, *ou, c.insee); r.le) {
        const auto jour = jour_legal(*r.le, *ou);
        v.publication = publier(r.releve);
        v.releve_le = base::in_words(jour);
        v.releve_iso = base::to_iso(jour);
    }
    return v;
}

} // namespace chiffres_publics
} // namespace

http::Response get_recherche(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cherche =
        base::truncate(base::clean_text(base::trim(request.param("commune"))).value_or(""), 100);
    std::vector<views::Trouvee> trouvees;
    if (!cherche.empty()) {
        auto tx = app.db.read();
        for (const auto& l :
             territoire::store::search_communes(tx, cherche, chiffres_publics::communes_montrees))
            trouvees.push_back(
                {l.commune.insee, l.nom(), territoire::store::contexte(tx, l.commune.departement)});
    }
    return http::html(views::page_recherche(visitor.chrome, cherche, trouvees));
}

http::Response get_commune(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto code = request.capture("code");
    const auto c = chiffres_publics::charger(app, code);
    if (!c) return introuvable(request, visitor);
    // A part of a commune, or one that was merged: the commune that acts.
    if (c->insee != code) return http::redirect(ui::url("/demander/communes/{}", c->insee).text());
    return http::html(views::page_commune(visitor.chrome, *c));
}

http::Response get_commune_csv(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto c = chiffres_publics::charger(app, request.capture("code"));
    if (!c) return introuvable(request, visitor);
    auto r = http::text(views::csv(*c));
    r.header("Content-Type", "text/csv; charset=utf-8");
    r.header("Content-Disposition", "attachment; filename=\"chiffres-" + c->insee + ".csv\"");
    return r;
}

} // namespace demande::chiffres
