// Values to HTML: the documents of a demande.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/store_pieces.hpp"
#include "demande/views_situation.hpp"
#include "piece/piece.hpp"

namespace demande::views {

struct Pieces {
    DeLaDemande de;
    bool modifiable = false;
    std::vector<PieceDemandee> demandees;
    struct Ligne {
        store::PieceDeposee piece;
        std::string libelle, personne; // whose, by name
        std::optional<piece::Piece> fichier;
        Validite validite = Validite::Valable;
    };
    std::vector<Ligne> lignes;
    std::vector<PersonneDuDossier> personnes;
    std::vector<Guichet> guichets;
    Date aujourd_hui;
    std::string concerne; // the document a refused form was about; empty: the form that adds one
};
std::string pieces(const ui::Chrome&, const Pieces&, const Saisie&, std::string_view fait = {});

} // namespace demande::views
