// A document that runs out is asked again: when, whether it still has to be, in which words. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demande/dossier.hpp"

namespace demande::rappel {

/// A version of a document that says until when it is valid.
struct PieceDatee {
    std::string type, personne; // of the catalogue, of the lines of the form
    EtatPiece etat = EtatPiece::Validee;
    bool remplacee = false; // a later one of the same person is here
    Date remise_le, expire_le;
};

enum class Sort {
    Attendre, // too early
    Dire,
    Taire, // nobody has to bring another one
};
/// From sixty days before its end on, as the pages do (`validite`); after days without any task it is said
/// late, as long as it is news.
Sort sort(const PieceDatee&, const Reponses&, Date jour);
/// The day on which it will be said; none: it was, or never is.
std::optional<Date> rappel_prevu(const PieceDatee&, const Reponses&, Date jour);

/// What is said of it.
struct PieceDite {
    std::string type;
    std::string de; // whose it is; empty: the applicant's, or the household's
    Date expire_le;
    bool operator==(const PieceDite&) const = default;
};
PieceDite piece_dite(const PieceDatee&, const Reponses&);
/// What is kept of it with a letter, and read again when the letter is printed.
std::string en_texte(const PieceDite&);
std::optional<PieceDite> piece_lue(std::string_view texte);

inline constexpr std::string_view titre_de_la_piece =
    "Une pièce de votre demande de logement social est à renouveler";
/// On paper and by e-mail alike. `nommer`: which document, and whose; never one of few households: somebody
/// else may read it.
std::vector<std::string> phrases(const PieceDite&, const std::string& numero, Date jour, bool nommer);

} // namespace demande::rappel
