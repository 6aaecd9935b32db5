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

/// The demandes of one guichet without a readable copy of the identity document.
struct SansIdentite {
    std::vector<Guichet> guichets; // of the agent, that register
    Guichet guichet;
    std::vector<store::SansIdentite> demandes;
    std::optional<std::string> suite; // the last one shown, when others follow
    bool apres = false;               // the page follows another
};
std::string sans_identite(const ui::Chrome&, const SansIdentite&);

} // namespace demande::views
