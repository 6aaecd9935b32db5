// The outbox: messages are rows written in the transaction of the decision. A rollback sends nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "courrier/courrier.hpp"
#include "db/db.hpp"

namespace courrier {

/// Writes the message in the outbox; returns its id. It leaves after the commit, by the job « courriels ».
/// An address that no server would accept gives a row already marked refused: the decision still stands.
std::string enqueue(db::Transaction&, const Courriel&, Instant le);

/// One line of the screen « courriels de ce dossier ».
struct EtatCourriel {
    std::string id;
    std::string gabarit;
    std::string destinataire;
    std::string objet;
    Etat etat;
    int essais;
    Instant cree_le;
    std::optional<Instant> envoye_le;
    std::optional<Instant> prochain_le; // next attempt, when one is planned
    std::string erreur;                 // the last answer of the mail server, in its own words
};

/// State per recipient of the messages about an object: the 200 most recent, newest first.
std::vector<EtatCourriel> etat_des_courriels(db::Transaction&, std::string_view objet_type,
                                             std::string_view objet_id);
/// A human asks for another attempt of a message that failed or was refused. False when the message does not
/// exist, is on its way or has left. The caller checks the right on the object it is about.
bool renvoyer(db::Transaction&, std::string_view id, Instant le);

/// How many messages wait (due or not), for /sante and the home page of administrators.
std::int64_t en_attente(db::Transaction&);

/// Empties the bodies of messages sent before `avant`: they hold names and secret links. Returns how many.
std::int64_t effacer_corps(db::Transaction&, Instant avant);

} // namespace courrier
