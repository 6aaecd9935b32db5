// A paper form as a guichet types it, for the tests. Invented people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/formulaire.hpp"

namespace demande::exemples {

inline Contexte contexte(std::vector<std::optional<std::string>> communes = {"76540"})
{
    return {.aujourd_hui = {2026, 11, 22}, .territoire = "076", .communes = std::move(communes)};
}

/// A couple with a child, who ask for a dwelling in Rouen.
inline Reponses formulaire_rempli()
{
    Reponses r;
    for (const auto& [champ, texte] : std::vector<std::pair<const char*, const char*>>{
             {"depot.depose_le", "20/11/2026"},
             {"depot.identite", "carte_identite"},
             {"depot.nature", "premiere"},
             {"demandeur.civilite", "mme"},
             {"demandeur.nom", "Kerviel"},
             {"demandeur.prenom", "Maëlle"},
             {"demandeur.naissance_le", "04/12/1984"},
             {"demandeur.nationalite", "fr"},
             {"demandeur.nir", "2 84 12 76 451 089 93"},
             {"demandeur.situation_familiale", "concubin"},
             {"demandeur.telephone", "06 12 34 56 78"},
             {"demandeur.infos_courriel", "non"},
             {"demandeur.infos_sms", "oui"},
             {"adresse.voie", "3 rue des Tanneurs"},
             {"adresse.code_postal", "76000"},
             {"adresse.commune", "Rouen"},
             {"codemandeur.1.lien", "concubin"},
             {"codemandeur.1.civilite", "m"},
             {"codemandeur.1.nom", "Traoré"},
             {"codemandeur.1.prenom", "Idriss"},
             {"codemandeur.1.naissance_le", "17/05/1986"},
             {"codemandeur.1.nationalite", "hors_ue"},
             {"a_charge.1.nom", "Traoré"},
             {"a_charge.1.prenom", "Noé"},
             {"a_charge.1.naissance_le", "02/09/2019"},
             {"a_charge.1.lien", "enfant"},
             {"travail.statut", "prive"},
             {"revenus.rfr_n2", "21 400 €"},
             {"logement.statut", "locataire_prive"},
             {"logement.personnes", "3"},
             {"motif.trop_petit", "oui"},
             {"motif.autre_logement", "non"},
             {"souhait.t3", "oui"},
             {"souhait.personnes", "3"},
             {"souhait.elargir", "oui"},
             {"localisation.1.commune", "Rouen 76000"},
         })
        r.mettre(champ, texte);
    return r;
}

} // namespace demande::exemples
