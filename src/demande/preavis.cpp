// Writes the notice. Pure.
#include "demande/preavis.hpp"

namespace demande {

std::vector<std::string> phrases_du_preavis(const std::string& numero, const Jalons& j, Date jour)
{
    const auto fin = base::in_words(j.fin_de_validite);
    std::vector<std::string> phrases;
    if (jour <= j.fin_de_validite)
        phrases.push_back("Votre demande de logement social " + numero + " est valable jusqu’au " + fin +
                          " inclus. Pour qu’elle continue, renouvelez-la avant cette date, même si rien n’a "
                          "changé.");
    else
        phrases.push_back(
            "Votre demande de logement social " + numero + " était valable jusqu’au " + fin +
            ". Nous vous prévenons tard\u00a0: elle ne peut pas être radiée avant que vous ayez eu deux "
            "mois pour la renouveler.");
    phrases.emplace_back(
        "En la renouvelant, vous gardez votre numéro unique et votre ancienneté. Sans renouvellement, elle "
        "sera radiée\u00a0: elle ne sera plus proposée pour un logement.");
    return phrases;
}

} // namespace demande
