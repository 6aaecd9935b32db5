// Reads what was typed on a partner's sheet: pure. Places (commune, EPCI) are resolved by the page
// beforehand.
#include "base/text.hpp"
#include "partenaire/partenaire.hpp"

namespace partenaire {

void lire_coordonnees(Partenaire& p, const std::string& email, const std::string& telephone,
                      FormErrors& erreurs)
{
    p.email.clear();
    if (!email.empty()) {
        if (const auto lu = base::parse_email(email))
            p.email = *lu;
        else
            erreurs.push_back({"email", "Cette adresse électronique n’est pas valable. Exemple : "
                                        "hygiene@ville.example"});
    }
    p.telephone.clear();
    if (!telephone.empty()) {
        if (const auto lu = base::parse_phone(telephone))
            p.telephone = *lu;
        else
            erreurs.push_back(
                {"telephone", "Ce numéro de téléphone n’est pas valable. Exemple : 02 35 00 00 00"});
    }
}

FormErrors lire_fiche(Partenaire& p, const FicheSaisie& saisie)
{
    FormErrors erreurs;
    const auto nom = base::clean_text(base::trim(saisie.nom));
    if (!nom || nom->empty())
        erreurs.push_back({"nom", "Indiquez le nom du partenaire, tel que les services le connaissent."});
    else if (base::length(*nom) > nom_partenaire_max)
        erreurs.push_back({"nom", "Écrivez 120 caractères au plus."});
    else
        p.nom = *nom;
    if (const auto type = base::from_slug(types_partenaire, saisie.type))
        p.type = *type;
    else
        erreurs.push_back({"type", "Choisissez le type de partenaire."});
    lire_coordonnees(p, saisie.email, saisie.telephone, erreurs);
    p.competences.clear();
    for (const auto& ligne : competences) // in the order of the table, once each, unknown slugs left out
        for (const auto& slug : saisie.competences)
            if (ligne.slug == slug) {
                p.competences.push_back(ligne.value);
                break;
            }
    return erreurs;
}

} // namespace partenaire
