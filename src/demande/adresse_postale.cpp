// Writes the lines of an envelope. Pure.
#include "demande/adresse_postale.hpp"

#include <algorithm>

namespace demande {

namespace {

/// Joined on one line where the norm has one: « Bâtiment B, Résidence des Quais ».
std::string joints(const std::string& a, const std::string& b)
{
    return a + (a.empty() || b.empty() ? "" : ", ") + b;
}

/// `ou`: the section of the form, « adresse. ».
std::vector<std::string> lignes_de(const Reponses& r, const std::string& ou, std::string nom)
{
    const auto& chez = r.texte(ou + "chez");
    const auto& voie = r.texte(ou + "voie");
    const auto& postal = r.texte(ou + "code_postal");
    const auto& commune = r.texte(ou + "commune");
    if (commune.empty() || (voie.empty() && chez.empty())) return {};
    const auto& pays = r.texte(ou + "pays");
    if (postal.empty() && pays.empty()) return {};
    std::vector<std::string> lignes{std::move(nom)};
    if (!chez.empty()) lignes.push_back("Chez " + chez);
    if (const auto porte = joints(r.texte(ou + "batiment"), r.texte(ou + "complement")); !porte.empty())
        lignes.push_back(porte);
    if (!voie.empty()) lignes.push_back(voie);
    lignes.push_back(postal + (postal.empty() ? "" : " ") + commune);
    if (!pays.empty()) lignes.push_back(pays);
    return lignes;
}

} // namespace

std::string nom_postal(const Reponses& r, const std::string& prefixe)
{
    const auto& usage = r.texte(prefixe + "nom_usage");
    const auto& nom = usage.empty() ? r.texte(prefixe + "nom") : usage;
    const std::string civilite = r.est(prefixe + "civilite", "mme") ? "Madame "
                                 : r.est(prefixe + "civilite", "m") ? "Monsieur "
                                                                    : "";
    return civilite + r.texte(prefixe + "prenom") + " " + nom;
}

std::vector<std::string> adresse_postale(const Reponses& r)
{
    // A mailing address is a whole one, or somebody's door would get another's number.
    const bool ailleurs = r.a("courrier.code_postal") && r.a("courrier.commune");
    return lignes_de(r, ailleurs ? "courrier." : "adresse.", nom_postal(r));
}

std::vector<std::string> adresse_du_foyer(const Reponses& r, const std::string& prefixe)
{
    return lignes_de(r, "adresse.", nom_postal(r, prefixe));
}

std::optional<int> lettres_a_retenir(const Reponses& avant, const Reponses& apres)
{
    const auto dit_depuis = [&](const char* champ) {
        return apres.est(champ, "oui") && !avant.est(champ, "oui");
    };
    if (dit_depuis("motif.violences")) return 0;
    if (dit_depuis("motif.separation")) return 1;
    for (const auto* prefixe : {"codemandeur.1.", "codemandeur.2.", "codemandeur.3."})
        if (adresse_du_foyer(avant, prefixe) != adresse_du_foyer(apres, prefixe)) return 1;
    return std::nullopt;
}

std::string prefixe_du_signataire(int rang)
{
    return "codemandeur." + std::to_string(rang) + ".";
}

std::vector<int> signataires_par_la_poste(const Reponses& r, const std::vector<int>& suivis)
{
    std::vector<int> out;
    if (r.est("motif.violences", "oui") || r.est("motif.separation", "oui")) return out;
    for (int rang = 1; rang <= 3; ++rang)
        if (r.a(prefixe_du_signataire(rang) + "nom") && std::ranges::find(suivis, rang) == suivis.end())
            out.push_back(rang);
    return out;
}

} // namespace demande
