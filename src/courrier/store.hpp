// The outbox: messages are rows written in the transaction of the decision. A rollback sends nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "courrier/courrier.hpp"
#include "db/db.hpp"

namespace courrier {

/// Writes the message in the outbox, once per key; returns its id, which names nothing when the key was
/// already there. It leaves after the commit, by the job « courriels ». An address that no server would
/// accept gives a row already marked refused: the decision still stands.
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

/// State per recipient of the messages about an object: a page of them, newest first.
inline constexpr std::int64_t courriels_par_page = 50;
std::vector<EtatCourriel> etat_des_courriels(db::Transaction&, std::string_view objet_type,
                                             std::string_view objet_id, std::int64_t page = 1);
/// One message; nothing once its trace is erased.
std::optional<EtatCourriel> etat_du_courriel(db::Transaction&, std::string_view id);
/// How many there are, and how many will not arrive unless somebody sends them again.
struct CompteDeCourriels {
    std::int64_t total = 0, perdus = 0;
};
db::Answer<CompteDeCourriels> compter_courriels(db::Transaction&, std::string_view objet_type,
                                                std::string_view objet_id);
/// Whether this message is about that object.
bool concerne(db::Transaction&, std::string_view id, std::string_view objet_type, std::string_view objet_id);
/// A human asks for another attempt of a message that failed or was refused. False when the message does not
/// exist, is on its way or has left. The caller checks the right on the object it is about.
bool renvoyer(db::Transaction&, std::string_view id, Instant le);

/// The messages about an object whose key begins so leave at that moment, not before.
void retarder(db::Transaction&, std::string_view objet_type, std::string_view objet_id,
              std::string_view debut_de_cle, Instant jusqu_au);
/// Takes them back, as if they had never been written. False when one is on its way:
/// the caller gives up its transaction.
bool reprendre(db::Transaction&, std::string_view objet_type, std::string_view objet_id,
               std::string_view debut_de_cle);

/// How many messages wait (due or not), for /sante and the home page of administrators.
std::int64_t en_attente(db::Transaction&);

/// Long enough for somebody to say « je n’ai rien reçu », short for a secret link to lie about.
inline constexpr int jours_corps = 7;
inline constexpr int ans_trace = 1;
/// Empties the bodies of messages written before `avant`, with their files: they hold names and secret links.
/// A batch; returns how many.
std::int64_t effacer_corps(db::Transaction&, Instant avant);
/// Removes the rows of messages written before `avant` about anything but a report. A batch; returns how
/// many.
std::int64_t effacer_traces(db::Transaction&, Instant avant);
/// Removes every message about an object that is being erased.
void effacer_de(db::Transaction&, std::string_view objet_type, std::string_view objet_id);

// ── for the job that sends (jobs.cpp) ──────────────────────────────────────────────────────────────────────

/// A message taken under a lease.
struct ASortir {
    std::string id;
    std::string gabarit;
    std::string destinataire;
    std::string objet;
    std::string texte;
    std::string html;
    int envoi;
    int essais; // this one included
    Instant depuis_le;
    std::string requete; // what wrote it; empty: a task
};

/// Whether `prendre` would find something.
bool a_expedier(db::Transaction&, Instant maintenant, Instant heure);
/// The time that leases are counted in: that of the database's server, which all machines share, so that one
/// whose clock is wrong neither takes nor leaves a message twice. SQLite has no clock of its own: this
/// machine's.
Instant heure_des_baux(db::Transaction&, Instant maintenant);
/// Messages whose lease has expired at `heure` (their runner died) are due again.
void liberer_les_abandonnes(db::Transaction&, Instant maintenant, Instant heure);
/// Takes up to `combien` due messages for the runner `par` until `jusqu_au`. Two runners never get the same
/// one.
std::vector<ASortir> prendre(db::Transaction&, std::string_view par, Instant maintenant, Instant jusqu_au,
                             int combien);
/// The file that goes with a message.
std::optional<Joint> joint_de(db::Transaction&, std::string_view id);
/// False when the lease was lost meanwhile: the message belongs to another runner.
bool prolonger(db::Transaction&, std::string_view id, std::string_view par, Instant jusqu_au);
/// What became of it. False when the lease was lost meanwhile.
bool marquer_envoye(db::Transaction&, std::string_view id, std::string_view par, Instant le);
bool marquer_echec(db::Transaction&, std::string_view id, std::string_view par, Instant prochain_le,
                   std::string_view erreur);
bool marquer_refuse(db::Transaction&, std::string_view id, std::string_view par, std::string_view erreur);
/// Gives back what was taken and not tried, due again at `prochain_le`.
void reposer(db::Transaction&, std::string_view par, Instant prochain_le);

} // namespace courrier
