// What a bailleur owes of the lease that ends a demande (CCH R. 441-2-8, a, and R. 441-2-9; arrêté du 23 mars
// 2015, annexe, 6), when no candidature of this service tells it. Pure.
#pragma once

#include <string>

#include "base/result.hpp"
#include "demande/candidature/candidature.hpp"

namespace demande {

inline constexpr std::size_t rpls_max = 40;

struct BailConstate {
    Date signe_le;
    std::string rpls; // of the dwelling, in the répertoire des logements locatifs sociaux
    bool accord_collectif = false;
    bool dalo = false;
    candidature::Contingent contingent = candidature::Contingent::Bailleur;
};

/// As typed.
struct BailSaisi {
    std::string signe_le, rpls, accord_collectif, dalo, contingent;
};
/// Nothing of it is guessed: yes or no is said. `deposee_le`: nobody signs for a demande before it exists.
Result<BailConstate> constater_le_bail(const BailSaisi&, Date deposee_le, Date jour);

/// The lease as the page of its demande says it.
struct BailSigne {
    Date signe_le;
    std::string logement; // « T3 de 62 m² à Rouen, 4 rue de l’Exemple », or its identifier when that is all
};

/// What proves the radiation, in words.
std::string en_justificatif(const BailConstate&);
/// The same for whoever reads the demande: nothing else is known of that dwelling.
BailSigne bail_signe(const BailConstate&);

} // namespace demande
