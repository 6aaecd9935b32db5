// What a report sent in the name of a commune opens for its author, and what it never touches: pure. The data
// is the table of regles.hpp and the list of messageries.hpp; writing is acces_commune.cpp.
#include <algorithm>

#include "compte/messageries.hpp"
#include "compte/regles.hpp"

namespace compte {

const Ouverture& ouverture_pour(std::string_view email, const std::optional<Compte>& connu,
                                const std::vector<MandatTenu>& tenus)
{
    const auto ligne = [](SituationDeposant s) -> const Ouverture& {
        return *std::ranges::find(ouvertures, s, &Ouverture::situation);
    };
    using enum SituationDeposant;
    if (connu && connu->etat == EtatCompte::Desactive) return ligne(CompteFerme);
    // Whose last role was withdrawn is nobody any more: what opens again waits for a confirmation, like any
    // role opened by a report.
    if (tenus.empty()) return ligne(messagerie_grand_public(email) ? MessageriePublique : AdresseInconnue);
    const bool chez_un_partenaire =
        std::ranges::any_of(tenus, [](const MandatTenu& t) { return !t.mandat.partenaire.empty(); });
    return ligne(chez_un_partenaire ? CompteDePartenaire : AutreCompte);
}

bool activable(const Compte& compte, const std::vector<MandatTenu>& tenus)
{
    if (tenus.empty() || compte.etat == EtatCompte::Desactive) return false;
    return !messagerie_grand_public(compte.email) ||
           std::ranges::any_of(tenus, [](const MandatTenu& t) { return t.mandat.confirme; });
}

} // namespace compte
