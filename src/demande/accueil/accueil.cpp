// Reads where a guichet receives people. Pure.
#include "demande/accueil/accueil.hpp"

#include "base/text.hpp"

namespace demande::accueil {

std::vector<std::string> lignes(const Accueil& a)
{
    constexpr std::size_t lisible = 45, le_plus = 5; // characters of a line, lines
    std::vector<std::string> out;
    const auto ajouter = [&](std::string_view ligne) {
        const auto propre = std::string{base::trim(ligne)};
        if (propre.empty()) return;
        if (out.size() < le_plus)
            out.push_back(propre);
        else
            out.back() += ", " + propre;
    };
    for (const auto& ligne : base::split(a.adresse, '\n'))
        if (base::length(ligne) <= lisible)
            ajouter(ligne);
        else
            for (const auto& partie : base::split(ligne, ',')) ajouter(partie);
    return out;
}

Result<std::optional<Accueil>, FormErrors> lire(std::string_view adresse, std::string_view telephone,
                                                std::string_view horaires)
{
    FormErrors erreurs;
    Accueil a;
    const auto texte = [&](std::string_view saisi, std::string_view champ, std::size_t max, std::string& lu) {
        const auto propre = base::clean_text(base::trim(saisi));
        if (!propre)
            erreurs.push_back({std::string{champ}, "Ce texte contient des caractères qui ne se lisent pas."});
        else if (base::length(*propre) > max)
            erreurs.push_back(
                {std::string{champ}, "Écrivez " + std::to_string(max) + " caractères au plus."});
        else
            lu = *propre;
    };
    texte(adresse, "adresse", adresse_max, a.adresse);
    texte(horaires, "horaires", horaires_max, a.horaires);
    if (const auto saisi = base::trim(telephone); !saisi.empty()) {
        if (const auto lu = base::parse_phone(saisi))
            a.telephone = *lu;
        else
            erreurs.push_back(
                {"telephone", "Ce numéro de téléphone n’est pas valable. Exemple\u00a0: 02 35 00 00 00"});
    }
    if (erreurs.empty() && a.adresse.empty() && !(a.telephone.empty() && a.horaires.empty()))
        erreurs.push_back(
            {"adresse", "Écrivez l’adresse où le public est reçu, ou videz tout pour ne plus la montrer."});
    if (!erreurs.empty()) return erreurs;
    if (a.adresse.empty()) return std::optional<Accueil>{};
    return std::optional{std::move(a)};
}

} // namespace demande::accueil
