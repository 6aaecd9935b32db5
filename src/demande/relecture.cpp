// The rules of the audit of a demande.
#include "demande/relecture.hpp"

#include "demande/cycle.hpp"
#include "demande/numero.hpp"

namespace demande {

std::vector<std::string> contradictions(const DemandeConstatee& d)
{
    std::vector<std::string> out;
    const auto numero = lire_numero(d.numero);
    if (!numero || numero->territoire != d.territoire)
        out.emplace_back("son numéro n’est pas celui de son territoire");
    else if (!d.numero_recu && (numero->sequence < 1 || numero->sequence > d.derniere_sequence))
        out.emplace_back(
            "son numéro n’a pas été donné par le compteur\u00a0: il pourrait l’être une seconde fois");
    if (d.lignes_du_journal < 1 || d.lignes_du_journal != d.dernier_rang)
        out.emplace_back("il manque des lignes à son journal");
    const bool effacee = d.etat == base::slug_of(etats, Etat::Purgee);
    if (d.premieres_personnes != (effacee ? 0 : 1))
        out.emplace_back(effacee ? "elle est effacée et garde des personnes" : "elle n’a pas de demandeur");
    if (!effacee &&
        (d.versions < 1 || d.versions != d.derniere_version || d.derniere_version != d.version_courante))
        out.emplace_back("il manque des versions de ce qu’elle dit");
    return out;
}

} // namespace demande
