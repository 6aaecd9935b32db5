// See pages_carte.hpp.
#include "signalement/carte/pages_carte.hpp"

#include "signalement/carte/views_carte.hpp"
#include "signalement/chargement_liste.hpp"

namespace signalement::carte {

http::Response get_carte(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    views::PageCarte page;
    {
        auto tx = app.db.read();
        lire_filtres(tx, request, agent, page.filtres);
    }
    page.filtres.ecran = signalement::views::Ecran::Carte;
    // A view that nobody wrote is no reason to show nothing: the map shows all there is.
    const auto voulue = lire_fenetre(request.param("fenetre"));
    if (page.filtres.refus.empty())
        page.carte = relever(app, {agent, app.clock.now(), filtre::fuseau_de(page.filtres.filtre, agent)},
                             page.filtres.filtre, voulue);
    page.choisie = voulue.has_value();
    auto tx = app.db.read();
    page.filtres.comites = demander_comites(tx, agent)();
    offrir_les_choix(tx, agent, page.filtres);
    auto& lieux = page.carte.releve.lieux;
    store::nommer(tx, lieux_de(page.carte.fenetre), lieux);
    page.nombre_de_lieux = lieux.size();
    if (lieux.size() > views::lieux_montres) lieux.resize(views::lieux_montres);
    page.etiquettes = etiquettes(page.carte.fenetre, store::communes_nommees(tx, page.carte.fenetre));
    return http::html(views::page(visitor.chrome, page), page.filtres.refus.empty() ? 200 : 422);
}

} // namespace signalement::carte
