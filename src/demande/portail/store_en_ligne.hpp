// Every SQL statement about demandes typed online and not yet registered. Decides nothing: reads take who
// reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/droits.hpp"
#include "demande/portail/controle.hpp"
#include "demande/reponses.hpp"
#include "piece/piece.hpp"

namespace demande::portail::store {

struct EnLigne {
    std::string id, demandeur, territoire;
    Etat etat = Etat::Brouillon;
    Reponses reponses; // with the NIRs that were given
    std::string etape;
    std::optional<Date> deposee_le;
    std::optional<Instant> envoyee_le;
    std::optional<MotifInvalidation> motif;
    Instant modifie_le;
    std::int64_t version = 1;
    Reponses deposant; // who the applicant was when it was last sent
    std::optional<Instant> renvoyee_le;
};
/// The applicant may still write in it.
bool est_modifiable(const EnLigne&);

/// Opens a draft with these answers, beside those the account already has; its id.
std::string ouvrir(db::Transaction&, const std::string& demandeur, std::string_view territoire,
                   const Reponses&, std::string_view secret, Instant le);
/// The applicant's own; nothing else exists for them.
std::optional<EnLigne> find(db::Transaction&, const std::string& id, const std::string& demandeur,
                            std::string_view secret);
/// One that waits for a check, for an agent of these guichets.
std::optional<EnLigne> find_a_verifier(db::Transaction&, const std::string& id,
                                       const std::vector<Guichet>& lecteur, std::string_view secret);

struct Resume {
    std::string id, territoire;
    Etat etat = Etat::Brouillon;
    std::string etape;
    std::optional<Date> deposee_le;
    std::optional<Instant> envoyee_le;
    std::optional<MotifInvalidation> motif;
    Instant modifie_le;
    std::optional<Instant> renvoyee_le;
};
/// One of an account: `prenom`, as far as it was typed, tells it from the others.
struct Sienne {
    Resume resume;
    std::string prenom;
    Instant commencee_le;
};
/// Of an account, the newest first; at most fifty.
std::vector<Sienne> du_demandeur(db::Transaction&, const std::string& demandeur);
/// The same for whoever opens another one: until the transaction ends, this account opens no other.
std::vector<Sienne> avant_d_ouvrir(db::Transaction&, const std::string& demandeur);
/// Of the territories of these guichets, the oldest deposit first; at most a hundred. Names nobody.
std::vector<Resume> a_verifier(db::Transaction&, const std::vector<Guichet>& lecteur);
std::int64_t compter_a_verifier(db::Transaction&, const std::vector<Guichet>& lecteur);

/// What the applicant wrote. db::Conflict when it changed since it was read, as for all that follow.
void garder(db::Transaction&, const EnLigne&, const Reponses&, std::string_view etape,
            std::string_view secret, Instant le);
/// The day from which seniority counts: of the first deposit while it stays the demande of the same person.
Date deposer(db::Transaction&, const EnLigne&, Date jour, Instant le);
void invalider(db::Transaction&, const EnLigne&, MotifInvalidation, const compte::Agent& par, Instant le);
/// Given up: its files and its mails go too.
void abandonner(db::Transaction&, const EnLigne&);
/// Registered: the row goes with its list of files.
void retirer(db::Transaction&, const EnLigne&);

std::vector<piece::Piece> fichiers(db::Transaction&, const EnLigne&);
std::optional<piece::Piece> find_fichier(db::Transaction&, const EnLigne&, const std::string& piece);
void ajouter_fichier(db::Transaction&, const EnLigne&, const std::string& piece, Instant le);
/// A deposit decided on this file, at the same moment, does not go through.
void retirer_fichier(db::Transaction&, const EnLigne&, const std::string& piece, Instant le);

/// An agent opened it, or a file of it: the history of the demande that it becomes will say so.
void noter_consultation(db::Transaction&, const EnLigne&, const compte::Agent& par, Instant le,
                        std::string details = {});

/// Sent back and not corrected.
struct NonCorrigee {
    std::string id, territoire, courriel;
    Instant renvoyee_le;
};
/// Those sent back before that, after this id, in the order of ids; at most a hundred.
std::vector<NonCorrigee> non_corrigees(db::Transaction&, Instant renvoyees_avant, std::string_view apres);
/// Erases the drafts untouched and the demandes sent back since before that; a batch, how many.
std::int64_t purger_en_ligne(db::Transaction&, Instant brouillons_avant, Instant invalidees_avant);

} // namespace demande::portail::store
