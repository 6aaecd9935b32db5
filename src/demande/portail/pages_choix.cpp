// Before anything personal: the commune, who keeps its demandes, the simulation. And the first page that is
// an applicant's own: beginning.
#include <algorithm>

#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/portail/pages.hpp"
#include "demande/store_plafonds.hpp"
#include "demande/territoires.hpp"
#include "territoire/store.hpp"

namespace demande::portail {

namespace {
namespace simulation_demandee {

std::optional<int> nombre(const http::Request& request, const std::string& champ, int min, int max,
                          const char* message, FormErrors& erreurs)
{
    const auto texte = request.field(champ);
    if (texte.empty() && min < 0) return 0;
    const auto n = lire_entier(texte, max);
    if (!n || *n < min) erreurs.push_back({champ, message});
    return n;
}

} // namespace simulation_demandee
} // namespace

http::Response get_choix_de_commune(App& app, const http::Request& request, const Visitor& visitor)
{
    views::Recherche r{.saisi = request.param("q")};
    if (r.saisi.size() > 100) r.saisi.clear();
    if (!r.saisi.empty()) {
        auto tx = app.db.read();
        r.communes = communes_trouvees(tx, chercher_communes(tx, r.saisi));
        if (r.communes.size() == 1)
            return http::redirect(ui::url("/demander/commune/{}", r.communes.front().insee).text());
        r.inconnue = r.communes.empty();
    }
    return http::html(views::choix_de_commune(visitor.chrome, r));
}

http::Response get_commune(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto p = page_de_commune(app, tx, request.capture("insee"));
    if (!p) return introuvable(request, visitor);
    return http::html(views::commune(visitor.chrome, *p));
}

http::Response post_simulation(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace lire_la = simulation_demandee;
    auto tx = app.db.read();
    auto p = page_de_commune(app, tx, request.capture("insee"));
    if (!p) return introuvable(request, visitor);
    FormErrors erreurs;
    const auto adultes = lire_la::nombre(request, "adultes", 1, 4, "Indiquez un nombre de 1 à 4.", erreurs);
    const auto a_charge =
        lire_la::nombre(request, "a_charge", 0, 20, "Indiquez un nombre, zéro si personne.", erreurs);
    const auto invalides =
        lire_la::nombre(request, "invalides", -1, 20, "Indiquez un nombre, ou laissez vide.", erreurs);
    const auto rfr = lire_la::nombre(request, "rfr", 0, 9'999'999,
                                     "Indiquez un montant en euros, par exemple 21 400.", erreurs);
    if (!erreurs.empty())
        return http::html(views::commune(visitor.chrome, *p, {&erreurs, &request.form}), 422);
    Menage m{.adultes = *adultes, .a_charge = *a_charge, .invalides = *invalides};
    if (request.field("jeune_couple") == "oui" && *adultes == 2) m.somme_des_ages_du_couple = 55;
    p->simulation = simuler(m, *rfr, std::nullopt, p->commune.insee, p->jour, demande::store::baremes(tx));
    p->sans_bareme = !p->simulation;
    return http::html(views::commune(visitor.chrome, *p, {nullptr, &request.form}));
}

namespace {
namespace commencements {

/// What this account already has there.
views::Commencer ecran(App& app, db::Transaction& tx, const Visitor& visitor, views::PageDeCommune p,
                       std::vector<store::Sienne> siennes)
{
    views::Commencer c{.ou = std::move(p), .plein = siennes.size() >= demandes_a_la_fois};
    const auto territoire = territoire_de_la_commune(c.ou.commune.insee);
    for (const auto& d : store::demandes_de(tx, visitor.demandeur->id))
        c.deja = c.deja || (d.territoire == territoire && est_en_cours(d.etat));
    for (auto& s : siennes)
        if (s.resume.territoire == territoire)
            c.commencees.push_back(en_ligne_montree(app, tx, std::move(s)));
    return c;
}

/// The one to go on with: a draft before what already waits for a guichet.
const views::MaDemande::EnLigne* a_reprendre(const views::Commencer& c)
{
    const auto brouillon = std::ranges::find_if(
        c.commencees, [](const auto& e) { return e.sienne.resume.etat != Etat::Deposee; });
    if (brouillon != c.commencees.end()) return &*brouillon;
    return c.commencees.empty() ? nullptr : &c.commencees.front();
}

} // namespace commencements
} // namespace

http::Response get_commencer(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    auto p = page_de_commune(app, tx, request.capture("insee"));
    if (!p) return introuvable(request, visitor);
    if (p->orientation.gestion != Gestion::Ici || !p->guichet_ouvert)
        return http::html(views::commune(visitor.chrome, *p));
    return http::html(views::commencer(visitor.chrome,
                                       commencements::ecran(app, tx, visitor, *std::move(p),
                                                            store::du_demandeur(tx, visitor.demandeur->id))));
}

http::Response post_commencer(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        auto p = page_de_commune(app, tx, request.field("insee"));
        if (!p || p->orientation.gestion != Gestion::Ici || !p->guichet_ouvert)
            return introuvable(request, visitor);
        const auto insee = p->commune.insee;
        const bool autre = request.field("autre") == "oui";
        const auto c = commencements::ecran(app, tx, visitor, *std::move(p),
                                            store::avant_d_ouvrir(tx, visitor.demandeur->id));
        if (const auto* une = commencements::a_reprendre(c); une && !autre)
            return http::redirect(views::url_en_ligne(une->sienne.resume.id).text());
        if (c.plein) return http::html(views::commencer(visitor.chrome, c), 409);
        const auto territoire = territoire_de_la_commune(insee).value();
        const auto l = territoire::store::find_commune(tx, insee).value();
        Reponses r;
        r.mettre("localisation.1.commune", ecrite(tx, l, territoire));
        // Somebody else is not written to at the mailbox of whoever helps, unless they say so.
        if (!autre) r.mettre("demandeur.email", visitor.demandeur->courriel);
        const auto id = store::ouvrir(tx, visitor.demandeur->id, territoire, r, cle, app.clock.now());
        return http::redirect(views::url_en_ligne(id).text());
    });
}

} // namespace demande::portail
