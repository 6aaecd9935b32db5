// What an agent decides of a demande deposited online, and by when: pure. The only question is who the
// applicant is (CCH R. 441-2-3): nothing else sends a demande back.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "demande/cycle.hpp"
#include "demande/reponses.hpp"
#include "piece/piece.hpp"

namespace demande::portail {

/// Why it goes back to the applicant, who reads these words: a closed list.
enum class MotifInvalidation {
    Illisible,
    Incomplete,
    AutrePersonne,
    AutreDocument,
    TitrePerime,
    Differences,
    DejaInscrit,
};

inline constexpr base::Name<MotifInvalidation> motifs_invalidation[] = {
    {MotifInvalidation::Illisible, "illisible",
     "On ne peut pas lire la pièce d’identité : envoyez une image plus nette, bien éclairée"},
    {MotifInvalidation::Incomplete, "incomplete",
     "Il manque un côté ou une page de la pièce d’identité : envoyez les deux côtés"},
    {MotifInvalidation::AutrePersonne, "autre_personne",
     "La pièce envoyée est celle de quelqu’un d’autre : envoyez la vôtre"},
    {MotifInvalidation::AutreDocument, "autre_document",
     "Ce document ne suffit pas : envoyez une carte d’identité, un passeport ou un titre de séjour"},
    {MotifInvalidation::TitrePerime, "titre_perime",
     "Le titre de séjour n’est plus valable : envoyez le récépissé ou l’attestation de son renouvellement"},
    {MotifInvalidation::Differences, "differences",
     "Le nom, les prénoms ou la date de naissance ne sont pas ceux de la pièce : corrigez-les"},
    {MotifInvalidation::DejaInscrit, "deja_inscrit",
     "Vous avez déjà une demande dans ce territoire : elle garde son ancienneté, continuez avec elle. Un "
     "guichet peut vous redonner son numéro"},
};

/// A demande deposited online is looked at within five working days. Ours; the law gives a month for the
/// attestation.
inline constexpr int jours_ouvres_pour_verifier = 5;
/// Sundays, Saturdays and the public holidays of the code du travail (L. 3133-1) are not working days.
bool est_ouvre(Date);
Date plus_jours_ouvres(Date, int jours);
/// The last day, included; of the deposit that waits, corrected or not.
Date a_verifier_avant(Date envoyee_le);
Date a_verifier_avant(Instant envoyee_le, std::string_view territoire);

/// Who may be told to correct, or refused: the state says it.
Result<MotifInvalidation> invalider(Etat, std::string_view motif);
/// Why nobody can be compared to these files, if so: none could be opened.
std::optional<Problem> incomparable(const std::vector<piece::Piece>& fichiers);

/// Whether some identity document was given, that may still turn out to be readable: the only document
/// without which nothing is deposited (CCH R. 441-2-3).
bool a_une_piece(const std::vector<piece::Piece>& fichiers);
/// Whether a demande sent again keeps the day of its first deposit, from which seniority counts (CCH R.
/// 441-2-3). A date is nobody else's: it stays only where the person does, or where they were asked to
/// correct who they are. `deposant`: who they were when it was last sent; nothing: nobody yet.
bool garde_sa_date(std::optional<MotifInvalidation>, const Reponses& deposant, const Reponses& maintenant);

/// A draft that nobody has touched for so long is erased; so is a demande sent back and never corrected.
inline constexpr int conservation_brouillon_jours = 30;
inline constexpr int conservation_invalidee_jours = 180;
/// The last whole day that a demande sent back then is kept, with its date of deposit.
Date gardee_jusqu_au(Instant renvoyee_le, std::string_view territoire);
/// Its applicant hears of it once more, so many days before.
inline constexpr int rappel_avant_effacement_jours = 30;
/// Those sent back by then are due that reminder.
Instant a_rappeler_avant(Instant maintenant);

} // namespace demande::portail
