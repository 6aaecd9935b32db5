// SQL of the documents of a demande. Which ones may be read is the question of their demande: every function
// takes the Fiche that its reader was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/dossier.hpp"
#include "demande/store.hpp"
#include "piece/piece.hpp"

namespace demande::store {

struct PieceDeposee {
    std::string id;
    std::string type, personne, periode;
    int version = 1;
    std::optional<std::string> piece; // the file; none: a paper copy
    EtatPiece etat = EtatPiece::Deposee;
    std::optional<MotifRefusPiece> motif;
    std::optional<Date> expire_le;
    Date remise_le;
    Instant cree_le;
    std::string par; // who received it; of one given online, the applicant
    std::optional<Instant> decidee_le;
};

/// Every version, by document and the newest version first; at most five hundred.
std::vector<PieceDeposee> pieces(db::Transaction&, const Fiche&);
/// How many versions there are, of every document.
std::size_t compter_pieces(db::Transaction&, const std::string& demande);
std::optional<PieceDeposee> find_piece(db::Transaction&, const Fiche&, const std::string& id);

struct PieceNouvelle {
    std::string type, personne, periode;
    std::optional<std::string> piece;
    std::optional<Date> expire_le;
    Date remise_le;
    std::string guichet;
};
/// The next version of the document, which replaces none: the earlier ones stay, with what was decided of
/// them.
void ajouter_piece(db::Transaction&, const Fiche&, const PieceNouvelle&, const compte::Agent& par,
                   Instant le);
/// The image of a paper copy. db::Conflict when somebody did it first.
void numeriser(db::Transaction&, const Fiche&, const PieceDeposee&, const std::string& piece,
               const compte::Agent& par, Instant le);
/// db::Conflict when somebody decided first.
void decider_piece(db::Transaction&, const Fiche&, const PieceDeposee&, const DecisionPiece&,
                   const compte::Agent& par, Instant le);

/// The documents of people whose line of the form has changed go with them.
void suivre_les_personnes(db::Transaction&, const std::string& demande, const std::vector<Deplacement>&,
                          std::int64_t version);

/// A document that an applicant gave online, and nobody has looked at.
struct AVerifier {
    std::string demande, numero, type;
    Date remise_le;
};
/// Of the demandes that one guichet registered, the oldest first; at most a hundred.
std::vector<AVerifier> a_verifier(db::Transaction&, std::string_view guichet);

/// A paper copy that a guichet has not scanned.
struct ANumeriser {
    std::string demande, numero, type;
    Date remise_le;
};
/// Of one guichet, the oldest first; at most a hundred.
std::vector<ANumeriser> a_numeriser(db::Transaction&, std::string_view guichet);

/// A demande of which no readable copy of the identity document is here: none, or refused, or on paper alone.
struct SansIdentite {
    std::string demande, numero;
    Date deposee_le;
    bool copie_papier = false; // one was handed over, and waits to be scanned
};
inline constexpr std::size_t sans_identite_par_page = 50;
/// In progress, of those that one guichet registered, in the order in which they were written here, after
/// that one; one more than a page when there are others.
std::vector<SansIdentite> sans_identite(db::Transaction&, std::string_view guichet,
                                        std::string_view apres = {});

} // namespace demande::store
