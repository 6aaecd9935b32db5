// Every SQL statement of the deposit: drafts, their files, and the report they become. Decides nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "piece/piece.hpp"
#include "piece/reception.hpp"
#include "signalement/depot/formulaire.hpp"
#include "signalement/depot/reponses.hpp"

namespace signalement::depot {

/// A deposit that is being filled, known by the secret token of its URL.
struct Brouillon {
    std::string id;
    Reponses reponses;
    std::string etape; // the last screen reached: its link leads back there
    Instant cree_le;
    Instant modifie_le;
    std::int64_t version = 1;
    std::optional<std::string> signalement; // what it became
};

struct PieceBrouillon {
    piece::Piece piece;
    std::string desordre; // slug of a critère; empty: the whole
};

namespace store {

/// Keeps a new draft under the digest of `jeton`.
Brouillon creer(db::Transaction&, std::string_view jeton, Reponses, std::string_view etape, Instant le);
std::optional<Brouillon> trouver(db::Transaction&, std::string_view jeton);
/// Writes its answers and its screen; throws db::Retry when somebody changed or sent it since it was read.
void garder(db::Transaction&, Brouillon&, Instant le);
/// Reads, lets `changer` change the answers or the screen, writes. Nothing happens when the draft does not
/// exist or was sent. Gives the draft as it now is.
std::optional<Brouillon> modifier(db::Database&, std::string_view jeton, Instant le,
                                  const std::function<void(Brouillon&)>& changer);
/// Forgets a draft that was not sent, with its answers and the links to its files.
void oublier(db::Transaction&, std::string_view jeton);

std::vector<PieceBrouillon> pieces(db::Transaction&, const std::string& brouillon);
std::int64_t nombre_de_pieces(db::Transaction&, const std::string& brouillon);
/// Ties a received file to the draft; false when the draft was sent meanwhile or holds all it may
/// (`piece::nombre_max`, `piece::total_max`).
/// The same bytes for the same désordre are kept once: they come again when an answer was lost.
bool ajouter_piece(db::Transaction&, const std::string& brouillon, const piece::PieceRecue&,
                   std::string_view desordre, Instant le);
/// Changes what a file shows; false when the draft does not hold it.
bool rattacher_piece(db::Transaction&, const std::string& brouillon, std::string_view piece,
                     std::string_view desordre);
bool retirer_piece(db::Transaction&, const std::string& brouillon, std::string_view piece);

/// What the deposit leaves behind, and what its confirmation says.
struct Recu {
    std::string signalement; // id
    std::string reference;
    std::string jeton_suivi;
    bool nouveau = false; // false: this draft had already been sent
    std::string insee = {};
    bool danger = false;         // declared, or one of the désordres is dangerous by itself
    bool danger_declare = false; // by the depositor
    bool email = false;          // the depositor gave an address
};

/// What the form cannot know: who answers for the place.
struct Destination {
    std::string territoire;
    std::optional<std::string> comite;
    Date aujourd_hui;                   // in the territory's time zone
    bool adresse_tres_signalee = false; // so often today that the report is a possible duplicate
};

/// Turns the draft into a report, or gives the report it already became: two concurrent calls give the same.
/// `d.signalement` receives its id, reference and the like. Empties the answers of the draft. With the
/// `version` at which it was read, throws db::Retry when its answers changed since.
Recu enregistrer(db::Transaction&, const std::string& brouillon, Depot& d, const Destination&, Instant le,
                 std::optional<std::int64_t> version = std::nullopt);
/// The report a draft became, for its confirmation.
std::optional<Recu> recu(db::Transaction&, std::string_view jeton);

/// Next number of a counter: consecutive, without gap when the transaction rolls back.
std::int64_t numero_suivant(db::Transaction&, std::string_view compteur);

} // namespace store

/// Job: erases the drafts nobody touched since abandon_jours (those sent too: the report holds the rest), at
/// most a thousand at a time. Returns how many. Their files become orphans, which the piece slice purges.
std::int64_t purger_brouillons(db::Database&, Instant le);

} // namespace signalement::depot
