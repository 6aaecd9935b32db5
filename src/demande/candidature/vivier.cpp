// Reads what a demande declares, as searches for candidates need it. Pure.
#include "demande/candidature/vivier.hpp"

#include <algorithm>

#include "demande/chiffres/estimation.hpp"
#include "demande/formulaire.hpp"

namespace demande::candidature {

bool est_prioritaire(const Reponses& r, Date jour)
{
    if (std::ranges::any_of(priorites, [&](const PrioriteDeclaree& p) { return r.est(p.champ, p.valeur); }))
        return true;
    if (lire_entier(r.texte("foyer.handicaps"), 20).value_or(0) > 0) return true;
    if (!r.est("motif.non_decent", "oui") && !r.est("motif.trop_petit", "oui")) return false;
    for (const auto* rubrique : {"a_charge.", "autre_enfant."})
        for (int ligne = 1; ligne <= 8; ++ligne) {
            const auto ne =
                base::parse_typed_date(r.texte(rubrique + std::to_string(ligne) + ".naissance_le"));
            if (ne && base::plus_months(*ne, 12 * 18) > jour) return true;
        }
    return false;
}

std::vector<int> pieces_demandees(const Reponses& r)
{
    std::vector<int> out;
    for (int n = 1; n <= 6; ++n)
        if (r.est("souhait.t" + std::to_string(n), "oui") || (n == 1 && r.est("souhait.chambre", "oui")))
            out.push_back(n);
    // Nothing ticked: as many rooms as people, in the way tables of occupation count.
    if (out.empty()) out.push_back(std::clamp(personnes_a_loger(r), 1, 6));
    return out;
}

int personnes_a_loger(const Reponses& r)
{
    return lire_entier(r.texte("souhait.personnes"), 30).value_or(1);
}

std::function<int(std::string_view insee)> acces_par_commune(const Reponses& r, Date jour, Baremes baremes)
{
    // Read once: a demande asks for up to eight communes.
    const auto lu = chiffres::revenu_du_jour(r, jour);
    const auto* revenu = std::get_if<chiffres::RevenuRetenu>(&lu);
    if (!revenu) return [](std::string_view) { return acces_inconnu; };
    return [foyer = menage(r, jour), euros = revenu->euros, jour,
            connus = std::move(baremes)](std::string_view insee) {
        const auto s = simuler(foyer, euros, std::nullopt, insee, jour, connus);
        if (!s) return acces_inconnu;
        return s->acces ? static_cast<int>(*s->acces) : acces_au_dessus;
    };
}

} // namespace demande::candidature
