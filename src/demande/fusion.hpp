// Two demandes of the same person become one (CCH R. 441-2-8, f): which one stays, what the other leaves it,
// when it is refused. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "demande/cycle.hpp"
#include "demande/dossier.hpp"
#include "demande/doublons.hpp"
#include "demande/reponses.hpp"

namespace demande {

struct UneDesDeux {
    std::string id, numero, territoire;
    Etat etat = Etat::Active;
    Date deposee_le, ancre;
    bool violences = false, separation = false; // declared
    std::vector<Identite> signataires;          // the applicant first
    std::vector<std::string> logements;         // for which it stands now
    std::vector<std::string> deja_vus;          // for which it stands or stood
    std::string compte;                         // of the applicant who follows it online; empty: none
    bool offre = false;                         // a dwelling is offered, and the answer awaited
};

/// The elder stays, with its number and its seniority; the latest year of validity is kept.
class Fusion {
public:
    [[nodiscard]] const std::string& gardee() const { return gardee_; }
    [[nodiscard]] const std::string& radiee() const { return radiee_; }
    [[nodiscard]] Date ancre() const { return ancre_; }

private:
    friend Result<Fusion> reunir(const UneDesDeux&, const UneDesDeux&);
    Fusion(const UneDesDeux& gardee, const UneDesDeux& radiee);

    std::string gardee_, radiee_;
    Date ancre_;
};

Result<Fusion> reunir(const UneDesDeux&, const UneDesDeux&);

/// Who follows online the one that is kept.
enum class SuiviEnLigne {
    Inchange, // nobody follows the other, or the same account follows both
    Repris,   // the account of the other, where the one kept had none
    Autre,    // its own account; that of the other is another one, and only reads what ends
};
SuiviEnLigne suivi_en_ligne(const UneDesDeux& gardee, const UneDesDeux& radiee);

/// Whether the two say another address, telephone or mailbox: only somebody who asks knows which is right.
bool se_joignent_autrement(const Reponses& gardee, const Reponses& radiee);

/// A version of a document, as far as two demandes compare theirs.
struct PieceAComparer {
    std::string type, personne, periode;
    int version = 1;
    EtatPiece etat = EtatPiece::Deposee;
    std::optional<Date> expire_le;
};
/// The documents of the one that ends, by their newest version, that are worth more on that day than those
/// of the one kept: accepted before given, given before promised, promised before refused or out of date. Of
/// the applicant and of the household only: whoever else they are about may have another line there.
std::vector<PieceAComparer> pieces_a_reprendre(std::span<const PieceAComparer> gardee,
                                               std::span<const PieceAComparer> radiee, Date jour);

} // namespace demande
