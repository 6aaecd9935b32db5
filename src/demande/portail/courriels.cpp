// Writes the messages of the applicant's side.
#include "demande/portail/courriels.hpp"

#include "demande/portail/demandeur.hpp"

namespace demande::portail::courriels {

courrier::Courriel code(std::string courriel, std::string_view code)
{
    return {
        .gabarit = std::string{gabarit_code},
        .destinataire = std::move(courriel),
        .objet = "Votre code pour la demande de logement social",
        .blocs = {courrier::Paragraphe{"Bonjour,"},
                  courrier::Paragraphe{"Votre code\u00a0: " + code_en_groupes(code)},
                  courrier::Paragraphe{
                      "Tapez-le sur la page qui l’a demandé, avant un quart d’heure. Il ne sert qu’une "
                      "fois."},
                  courrier::Paragraphe{
                      "Ne le donnez à personne\u00a0: ni un agent ni un bailleur ne vous le demandera. "
                      "Si vous n’avez rien demandé, ne faites rien\u00a0: sans ce code, personne n’entre."}},
        .territoire = {},
        .objet_type = "demandeur",
        .objet_id = {},
        .raison = "Vous recevez ce message parce que quelqu’un a donné cette adresse pour demander un "
                  "logement social ou suivre sa demande."};
}

} // namespace demande::portail::courriels
