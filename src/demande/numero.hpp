// The numéro unique of a demande: what its eighteen characters say, and how people type it. It names a
// demande and proves nothing about who holds it. Allocating one is the store's business.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace demande {

/// CCH L. 441-2-1: one number per territory, kept through every renewal and change of guichet.
struct NumeroUnique {
    std::string territoire; // three characters: "111", "033", "02A"
    unsigned mois = 1;      // of the deposit
    int annee = 2000;       // of the deposit; the number writes its last two digits
    int sequence = 0;       // six digits; not a monthly counter, and not contiguous
    std::string guichet;    // five characters: who registered the demande first, whoever follows it today

    bool operator==(const NumeroUnique&) const = default;
};

inline constexpr std::size_t numero_longueur = 18;
/// The highest sequence of a territory, a month and a guichet.
inline constexpr int sequence_max = 999'999;
/// The numéro unique exists since 2001: two digits of a year are enough for this century.
inline constexpr int siecle = 2000;

/// What a person typed: spaces, dots, dashes and lower case are theirs, and a letter O where only a digit can
/// stand is read as a zero. Refused when it cannot be a numéro unique; whether its territory exists and who
/// keeps it is `orienter`'s answer.
Result<NumeroUnique> lire_numero(std::string_view saisi);
/// The eighteen characters, as kept and exchanged: 1110318016982G1104.
std::string ecrire(const NumeroUnique&);
/// The same in groups, as people read and dictate it: 111 0318 016982 G1104.
std::string en_groupes(const NumeroUnique&);
/// Whether five characters can be the code of a guichet: capitals and digits.
bool est_un_code_de_guichet(std::string_view);

} // namespace demande
