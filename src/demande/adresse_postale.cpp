// Writes the lines of an envelope. Pure.
#include "demande/adresse_postale.hpp"

namespace demande {

namespace {

/// Joined on one line where the norm has one: « Bâtiment B, Résidence des Quais ».
std::string joints(const std::string& a, const std::string& b)
{
    return a + (a.empty() || b.empty() ? "" : ", ") + b;
}

} // namespace

std::string nom_postal(const Reponses& r)
{
    const auto& usage = r.texte("demandeur.nom_usage");
    const auto& nom = usage.empty() ? r.texte("demandeur.nom") : usage;
    const std::string civilite = r.est("demandeur.civilite", "mme") ? "Madame "
                                 : r.est("demandeur.civilite", "m") ? "Monsieur "
                                                                    : "";
    return civilite + r.texte("demandeur.prenom") + " " + nom;
}

std::vector<std::string> adresse_postale(const Reponses& r)
{
    // A mailing address is a whole one, or somebody's door would get another's number.
    const bool ailleurs = r.a("courrier.code_postal") && r.a("courrier.commune");
    const std::string ou = ailleurs ? "courrier." : "adresse.";
    const auto& chez = r.texte(ou + "chez");
    const auto& voie = r.texte(ou + "voie");
    const auto& postal = r.texte(ou + "code_postal");
    const auto& commune = r.texte(ou + "commune");
    if (commune.empty() || (voie.empty() && chez.empty())) return {};
    const auto& pays = r.texte(ou + "pays");
    if (postal.empty() && pays.empty()) return {};
    std::vector<std::string> lignes{nom_postal(r)};
    if (!chez.empty()) lignes.push_back("Chez " + chez);
    if (const auto porte = joints(r.texte(ou + "batiment"), r.texte(ou + "complement")); !porte.empty())
        lignes.push_back(porte);
    if (!voie.empty()) lignes.push_back(voie);
    lignes.push_back(postal + (postal.empty() ? "" : " ") + commune);
    if (!pays.empty()) lignes.push_back(pays);
    return lignes;
}

} // namespace demande
