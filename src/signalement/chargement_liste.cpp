// See chargement_liste.hpp.
#include "signalement/chargement_liste.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "partenaire/store.hpp"
#include "signalement/filtre/mots.hpp"
#include "territoire/store.hpp"

namespace signalement {

namespace {
namespace ecran_liste {

/// The only territory of the reader, when there is one: communes, EPCI and partners are looked for there.
std::string seul_territoire(const compte::Agent& agent)
{
    std::string out;
    for (const auto& m : agent.mandats) {
        if (m.territoire.empty() || (!out.empty() && out != m.territoire)) return {};
        out = m.territoire;
    }
    return out;
}

/// The address with the communes that were typed by their name as codes; those that are not found are
/// refused.
filtre::Paires avec_commune(db::Transaction& tx, filtre::Paires adresse, const compte::Agent& agent,
                            FormErrors& refus)
{
    const auto at = std::ranges::find(adresse, "commune_nom", &filtre::Paires::value_type::first);
    if (at == adresse.end()) return adresse;
    const std::string valeur{base::trim(at->second)};
    adresse.erase(at);
    if (valeur.empty()) return adresse;
    const auto trouvees =
        territoire::store::search_communes(tx, base::truncate(valeur, 100), 6, seul_territoire(agent));
    std::vector<std::string> exactes;
    std::string choix;
    for (const auto& l : trouvees) {
        if (base::fold(l.commune.nom) == base::fold(valeur) || l.commune.insee == valeur)
            exactes.push_back(l.commune.insee);
        choix += fmt::format("{}{} ({})", choix.empty() ? "" : ", ", l.commune.nom, l.commune.insee);
    }
    if (exactes.size() == 1) {
        adresse.emplace_back("commune", exactes.front());
        return adresse;
    }
    const auto cite = base::truncate(valeur, 40);
    const auto* debut =
        exactes.empty() ? "Aucune commune ne s’appelle exactement" : "Plusieurs communes s’appellent";
    refus.push_back({"commune_nom", choix.empty() ? fmt::format("Aucune commune ne s’appelle « {} ».", cite)
                                                  : fmt::format("{} « {} ». Écrivez l’un de ces codes : {}.",
                                                                debut, cite, choix)});
    return adresse;
}

/// What there is to choose among, for the fields that are shown.
void proposer(db::Transaction& tx, const compte::Agent& agent, views::PageListe& page)
{
    if (!page.tous_les_filtres) return;
    auto territoire = seul_territoire(agent);
    if (territoire.empty()) {
        for (const auto& r : territoire::store::list_regions(tx)) page.regions.push_back({r.code, r.nom});
        for (const auto& t : territoire::store::list_territoires(tx))
            page.territoires.push_back({t.code, t.code + " – " + t.nom});
        const auto& choisis = page.filtre.valeurs(filtre::Cle::Territoire);
        if (choisis.size() == 1) territoire = choisis.front();
    }
    if (territoire.empty()) return; // those of the whole country would be thousands
    for (const auto& e : territoire::store::list_epcis(tx, territoire))
        page.epcis.push_back({e.siren, e.nom});
    if (!page.permis(filtre::Cle::Partenaire)) return;
    for (const auto& p : partenaire::store::actifs(tx, territoire))
        page.partenaires.push_back({p.id.text, p.nom});
}

} // namespace ecran_liste
} // namespace

void lire_filtres(db::Transaction& tx, const http::Request& request, const compte::Agent& agent,
                  views::PageListe& page)
{
    page.tous_les_filtres = request.param("filtres") == "tous";
    page.saisie = request.query;
    std::erase_if(page.saisie, [](const auto& paire) {
        return paire.first == "filtres" || paire.first == "delai" || paire.first == "partie" ||
               paire.first == "fenetre";
    });
    const auto lu = filtre::lire(ecran_liste::avec_commune(tx, page.saisie, agent, page.refus), agent);
    page.filtre = lu.filtre;
    page.refus.insert(page.refus.end(), lu.refus.begin(), lu.refus.end());
    page.permis = [&agent](filtre::Cle cle) { return filtre::permis(filtre::critere(cle), agent); };
    page.ordre_permis = [&agent](const filtre::Ordre& o) { return filtre::permis(o, agent); };
    page.sans_role = agent.mandats.empty();
}

db::Later<std::vector<views::Choisissable>> demander_comites(db::Transaction& tx, const compte::Agent& agent)
{
    std::vector<db::Later<std::vector<territoire::Comite>>> demandes;
    for (const auto& t : territoires_lus(agent))
        demandes.push_back(territoire::store::demander_comites(tx, t));
    return [demandes] {
        std::vector<views::Choisissable> out;
        for (const auto& lus : demandes)
            for (const auto& c : lus()) out.push_back({c.id, c.nom});
        return out;
    };
}

void offrir_les_choix(db::Transaction& tx, const compte::Agent& agent, views::PageListe& page)
{
    ecran_liste::proposer(tx, agent, page);
    page.noms = filtre::noms(tx, page.filtre);
}

} // namespace signalement
