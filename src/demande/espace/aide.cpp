// The rules of a mandate of help. Pure.
#include "demande/espace/aide.hpp"

#include <algorithm>

#include "compte/messageries.hpp"
#include "demande/droits.hpp"

namespace demande::espace {

namespace {
namespace mandats_d_aide {

constexpr std::string_view pour_le_demandeur = ", pour le compte du demandeur";
constexpr int mois_au_plus = 12;

} // namespace mandats_d_aide
} // namespace

bool Pouvoirs::a(Pouvoir p) const
{
    switch (p) {
    case Pouvoir::Lire:
        return true;
    case Pouvoir::Remplir:
        return remplir;
    case Pouvoir::Deposer:
        return deposer;
    case Pouvoir::Renouveler:
        return renouveler;
    }
    return false;
}

Result<Proposition, FormErrors> proposer(const PropositionSaisie& s, Date jour)
{
    FormErrors erreurs;
    const auto courriel = compte::plier_email(s.courriel);
    if (!courriel)
        erreurs.push_back({"courriel", "Indiquez l’adresse électronique professionnelle de cette personne."});
    else if (compte::messagerie_grand_public(*courriel))
        erreurs.push_back({"courriel", "Cette adresse n’est pas celle d’un organisme. Demandez à la personne "
                                       "qui vous aide son adresse professionnelle."});
    const auto fin = base::parse_typed_date(s.jusqu_au);
    if (!fin)
        erreurs.push_back({"jusqu_au", "Indiquez le dernier jour du mandat, par exemple 21/11/2027."});
    else if (*fin < jour)
        erreurs.push_back({"jusqu_au", "Cette date est passée."});
    else if (*fin > base::plus_months(jour, mandats_d_aide::mois_au_plus))
        erreurs.push_back({"jusqu_au", "Un mandat dure un an au plus. Vous pourrez en donner un autre."});
    if (!erreurs.empty()) return erreurs;
    return Proposition{*courriel, {s.remplir, s.deposer, s.renouveler}, *fin};
}

bool en_vigueur(const Aide& a, Date jour)
{
    return a.etat == EtatAide::Accepte && jour <= a.jusqu_au;
}

bool est_ouverte(const Aide& a, Date jour)
{
    return (a.etat == EtatAide::Propose || a.etat == EtatAide::Accepte) && jour <= a.jusqu_au;
}

bool peut_aider(const compte::Agent& a)
{
    return peut_etre_habilite(a);
}

compte::Agent au_nom_du_demandeur(const compte::Agent& a)
{
    return {a.id, a.nom + std::string{mandats_d_aide::pour_le_demandeur}, a.email, a.mandats};
}

bool agit_pour_le_demandeur(std::string_view acteur_nom)
{
    return acteur_nom.ends_with(mandats_d_aide::pour_le_demandeur);
}

std::vector<compte::Limite> limites_de_mandat(std::string_view demande, std::string_view courriel)
{
    return {{"mandat-demande|" + std::string{demande}, 5, 86'400},
            {"mandat-boite|" + std::string{courriel}, 20, 86'400}};
}

} // namespace demande::espace
