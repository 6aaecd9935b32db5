// See pages_statistiques.hpp.
#include "signalement/statistique/pages_statistiques.hpp"

#include <algorithm>

#include "signalement/chargement_liste.hpp"
#include "signalement/statistique/releve.hpp"
#include "signalement/statistique/store_faits.hpp"
#include "signalement/statistique/views_statistiques.hpp"

namespace signalement::statistique {

namespace {

void comparer(App& app, views::PageStatistiques& page)
{
    // One territory, and all of it.
    const auto& parts = page.chiffres.parts(Axe::Territoire);
    const auto& choisis = page.filtres.filtre.choisis;
    const bool sans_autre =
        choisis.empty() || (choisis.size() == 1 && page.filtres.filtre.a(filtre::Cle::Territoire));
    if (parts.size() != 1 || !sans_autre) return;
    const auto& ici = parts.front().cle;
    if (relever_un_territoire(app, ici, page.le, page.fuseau).total() != page.chiffres.total()) return;
    std::vector<Comparable> tous;
    {
        auto tx = app.db.read();
        for (auto& h : store::habitants(tx))
            tous.push_back({std::move(h.territoire), std::move(h.nom), h.habitants});
    }
    const auto mois = mois_de(base::local_date(page.le, page.fuseau));
    const auto sien = std::ranges::find(tous, ici, &Comparable::territoire);
    if (sien == tous.end()) return;
    page.compares.push_back({*sien, profil(page.chiffres, sien->habitants, mois)});
    for (auto& c : comparables(ici, tous)) {
        const auto chiffres = relever_un_territoire(app, c.territoire, page.le, page.fuseau);
        auto leur = profil(chiffres, c.habitants, mois);
        page.compares.push_back({std::move(c), std::move(leur)});
    }
}

/// What is read of the address, counted and named; its refusals instead, when there are some.
views::PageStatistiques charger(App& app, const http::Request& request, const Visitor& visitor,
                                bool a_l_ecran)
{
    const auto& agent = *visitor.agent;
    views::PageStatistiques page;
    page.le = app.clock.now();
    {
        auto tx = app.db.read();
        lire_filtres(tx, request, agent, page.filtres);
    }
    page.filtres.ecran = signalement::views::Ecran::Statistiques;
    page.fuseau = filtre::fuseau_de(page.filtres.filtre, agent);
    page.partenaires = peut_quelque_part(agent, Action::LireTout);
    page.etapes = page.partenaires &&
                  std::ranges::all_of(agent.mandats, [](const compte::Mandat& m) { return m.confirme; });
    auto delai = base::from_slug(delais, request.param("delai")).value_or(Delai::Cloture);
    if (!page.dit(delai)) delai = Delai::Cloture;
    if (page.filtres.refus.empty())
        page.chiffres = relever(app, {agent, page.le, page.fuseau}, page.filtres.filtre, delai);
    if (a_l_ecran && page.etapes && page.filtres.refus.empty()) comparer(app, page);
    auto tx = app.db.read();
    if (a_l_ecran) page.filtres.comites = demander_comites(tx, agent)();
    offrir_les_choix(tx, agent, page.filtres);
    for (const auto& a : axes) {
        std::vector<std::string> codes;
        for (const auto& x : page.chiffres.parts(a.value)) codes.push_back(x.cle);
        // The communes of the country would be more than a statement has parameters for: they are not named.
        if (a.value == Axe::Commune && page.chiffres.parts(Axe::Territoire).size() > 1) continue;
        page.noms[static_cast<std::size_t>(a.value)] = store::noms(tx, a.value, codes);
    }
    return page;
}

/// The page of the same address, which says what it cannot count.
http::Response la_page(const http::Request& request)
{
    auto url = signalement::views::url_statistiques({});
    for (const auto& [cle, valeur] : request.query) url = url.with(cle, valeur);
    return http::redirect(url.text());
}

http::Response fichier(std::string corps, std::string_view genre, const std::string& nom)
{
    http::Response r;
    r.header("Content-Type", std::string{genre});
    r.header("Content-Disposition", "attachment; filename=\"" + nom + "\"");
    r.header("Cache-Control", "no-store");
    r.body = std::move(corps);
    return r;
}

} // namespace

http::Response get_statistiques(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto page = charger(app, request, visitor, true);
    return http::html(views::page(visitor.chrome, page), page.filtres.refus.empty() ? 200 : 422);
}

http::Response get_csv(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto partie =
        base::from_slug(views::parties, request.param("partie")).value_or(views::Partie::Mois);
    const auto page = charger(app, request, visitor, false);
    if (!page.filtres.refus.empty()) return la_page(request);
    return fichier(views::csv(page, partie), "text/csv; charset=utf-8",
                   "statistiques-" + std::string{base::slug_of(views::parties, partie)} + ".csv");
}

http::Response get_pdf(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto page = charger(app, request, visitor, false);
    if (!page.filtres.refus.empty()) return la_page(request);
    return fichier(document::print(views::papier(page), base::local_date(page.le, page.fuseau)).bytes,
                   "application/pdf", "statistiques.pdf");
}

} // namespace signalement::statistique
