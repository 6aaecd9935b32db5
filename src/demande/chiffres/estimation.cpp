// Computes the income taken and the class of each wish. Pure.
#include "demande/chiffres/estimation.hpp"

namespace demande::chiffres {

namespace {

RevenuRetenu retenir(int annee, int rfr, std::optional<int> suivant, bool declaree)
{
    if (suivant && revenu_retenu(rfr, suivant) == *suivant && *suivant < rfr)
        return {*suivant, annee + 1, true, rfr, declaree};
    return {rfr, annee, false, suivant, declaree};
}

} // namespace

RevenuDuJour revenu_du_jour(const Reponses& r, Date jour)
{
    const int attendue = annee_du_rfr(jour);
    const auto annee = [&](std::string_view champ) { return lire_entier(r.texte(champ), 2100); };
    const auto n2 = annee("revenus.annee_n2"), n1 = annee("revenus.annee_n1");
    const auto declare = revenu_du_menage(r);
    if (!declare) return RevenuManquant{attendue, std::nullopt};
    // A second figure whose year is not the one after the first is not compared with it.
    const bool suite = !n1 || !n2 || *n1 == *n2 + 1;
    const auto recent = suite ? declare->rfr_n1 : std::nullopt;
    if (!n2) {
        if (n1 && *n1 != attendue + 1) return RevenuManquant{attendue, *n1 - 1};
        return retenir(attendue, declare->rfr_n2, recent, false);
    }
    if (*n2 == attendue) return retenir(attendue, declare->rfr_n2, recent, true);
    // The year has turned since: the figure that was the newer one is now the one that counts.
    if (*n2 + 1 == attendue && recent) return retenir(attendue, *recent, std::nullopt, true);
    return RevenuManquant{attendue, *n2};
}

Estimation estimer(const Reponses& r, const std::vector<std::string>& communes, Date jour,
                   const Baremes& baremes)
{
    const auto foyer = menage(r, jour);
    Estimation e{.categorie = categorie(foyer),
                 .personnes = foyer.adultes + foyer.a_charge,
                 .revenu = revenu_du_jour(r, jour),
                 .souhaits = {}};
    const auto* revenu = std::get_if<RevenuRetenu>(&e.revenu);
    for (const auto& insee : communes) {
        EstimationDuSouhait s{.insee = insee, .zone = zone_de_la_commune(insee)};
        // Without an income the ceilings of the place are still worth reading.
        if (const auto ici = simuler(foyer, revenu ? revenu->euros : 0, std::nullopt, insee, jour, baremes)) {
            s.annee_du_bareme = ici->annee_du_bareme;
            s.bareme_de_l_annee = ici->annee_du_bareme == jour.year;
            s.plafonds = ici->plafonds;
            if (revenu) s.acces = ici->acces;
        }
        e.souhaits.push_back(std::move(s));
    }
    return e;
}

} // namespace demande::chiffres
