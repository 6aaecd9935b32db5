// Where guichets receive people: the public list, and the screen where it is written.
#include "base/text.hpp"
#include "demande/accueil/pages.hpp"
#include "demande/accueil/store_accueil.hpp"
#include "demande/accueil/views.hpp"
#include "demande/chargement.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/store.hpp"
#include "demande/territoires.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"

namespace demande::accueil {

namespace {
namespace accueil_gere {

struct Gere {
    Guichet guichet;
    std::string departement;
};

/// The guichet of the URL, when the visitor opens guichets there; else it does not exist.
std::optional<Gere> charger(db::Transaction& tx, const http::Request& request, const Visitor& visitor)
{
    auto g = demande::store::find_guichet(tx, request.capture("code"));
    if (!g) return std::nullopt;
    const auto p = partenaire::store::find(tx, Id<partenaire::Partenaire>{g->partenaire});
    if (!p || !peut_gerer_les_guichets(*visitor.agent, p->territoire)) return std::nullopt;
    return Gere{*std::move(g), p->territoire};
}

} // namespace accueil_gere
} // namespace

http::Response get_guichets_publics(App& app, const http::Request& request, const Visitor& visitor)
{
    portail::views::Recherche r{.saisi = request.param("q")};
    if (r.saisi.size() > 100) r.saisi.clear();
    if (!r.saisi.empty()) {
        auto tx = app.db.read();
        r.communes = portail::communes_trouvees(tx, portail::chercher_communes(tx, r.saisi));
        if (r.communes.size() == 1)
            return http::redirect(ui::url("/demander/guichets/{}", r.communes.front().insee).text());
        r.inconnue = r.communes.empty();
    }
    return http::html(views::recherche(visitor.chrome, r));
}

http::Response get_guichets_de_la_commune(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto p = portail::page_de_commune(app, tx, request.capture("insee"));
    const auto territoire = p ? territoire_de_la_commune(p->commune.insee) : std::nullopt;
    if (!territoire) return introuvable(request, visitor);
    return http::html(views::commune(visitor.chrome, *p, store::publics(tx, *territoire, p->commune.insee)));
}

http::Response get_accueil(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto g = accueil_gere::charger(tx, request, visitor);
    if (!g) return introuvable(request, visitor);
    const auto a = store::trouver(tx, g->guichet.code).value_or(Accueil{});
    return http::html(views::accueil(
        visitor.chrome, g->guichet,
        {{"adresse", a.adresse}, {"telephone", base::format_phone(a.telephone)}, {"horaires", a.horaires}},
        nullptr));
}

http::Response post_accueil(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto g = accueil_gere::charger(tx, request, visitor);
        if (!g) return introuvable(request, visitor);
        const auto lu = lire(request.field("adresse"), request.field("telephone"), request.field("horaires"));
        if (!lu)
            return http::html(views::accueil(visitor.chrome, g->guichet, request.form, &lu.error()), 422);
        store::garder(tx, g->guichet, *lu, le);
        journal::append(tx, {.objet_type = "guichet",
                             .objet_id = g->guichet.code,
                             .evenement = "accueil",
                             .acteur_id = visitor.agent->id,
                             .acteur_nom = visitor.agent->nom,
                             .territoire = g->departement,
                             .le = le,
                             .details = *lu ? (*lu)->adresse : std::string{}});
        return http::redirect("/administration/guichets?fait=accueil");
    });
}

} // namespace demande::accueil
