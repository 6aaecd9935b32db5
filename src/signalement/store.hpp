// Every SQL statement on a signalement after its deposit: who may find it, what a decision writes, what
// screens read. Reads take the reader; the functions named _for_system are for tasks and for the depositor's
// page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "signalement/regles.hpp"

namespace signalement::store {

/// The signalement as its rules see it; nothing when it does not exist or the reader may not read it.
std::optional<Dossier> find(db::Transaction&, const std::string& id, const compte::Agent& lecteur);
std::optional<Dossier> find_for_system(db::Transaction&, const std::string& id);

/// What was declared. The caller has found the Dossier first, with its reader.
Signalement declaration(db::Transaction&, const Dossier&);

/// People to write to about a signalement. Their links are in suivi_deposant/store.hpp.
struct Correspondants {
    std::string deposant_email;
    std::string deposant_nom;
    std::string occupant_email; // empty: no e-mail, or not told of the report
};
Correspondants correspondants(db::Transaction&, const Dossier&);

// ── Decisions
// ────────────────────────────────────────────────────────────────────────────────────────────────────── Each
// throws db::Conflict when somebody moved the row first, and writes one row of the journal.

void save(db::Transaction&, const Dossier&, const Changement&, const compte::Agent& par);
void save(db::Transaction&, const Dossier&, const NouvellesAffectations&, const compte::Agent& par);
void save(db::Transaction&, const Dossier&, const ReponseAffectation&, const compte::Agent& par);
/// Gives the id of the entry. `pieces`: ids already inserted. `acteur`: account, empty for the depositor.
std::string save(db::Transaction&, const Dossier&, const NouveauSuivi&,
                 const std::vector<std::string>& pieces);
void save(db::Transaction&, const Dossier&, const Visibilite&, const compte::Agent& par, Instant le);
/// Opens one report to one account (see acces_ponctuel).
void ouvrir_acces(db::Transaction&, const Signalement&, const std::string& compte, Instant le);
/// The words under which lists find it; called once at deposit.
void indexer(db::Transaction&, const Signalement&);

// ── What screens read
// ──────────────────────────────────────────────────────────────────────────────────────────────

/// A follow-up entry with its files.
struct EntreeSuivi {
    Suivi suivi;
    std::vector<std::string> pieces; // ids
};
/// Newest first. `visibles`: only what the depositor may see. At most 500 entries.
std::vector<EntreeSuivi> suivis(db::Transaction&, const Dossier&, bool visibles = false);
std::optional<Suivi> find_suivi(db::Transaction&, const Dossier&, const std::string& id);

/// A file of the report: of the declaration, or of an entry of the follow-up.
struct PieceDuDossier {
    std::string piece;
    std::string desordre; // slug, declaration only
    std::string suivi;    // id, follow-up only
    bool visible_deposant = true;
};
std::vector<PieceDuDossier> pieces(db::Transaction&, const Dossier&);
/// Whether the piece belongs to this report, and whether the depositor may see it.
std::optional<PieceDuDossier> find_piece(db::Transaction&, const Dossier&, const std::string& piece);

/// A line of the list.
struct Ligne {
    std::string id, reference, statut, commune, code_postal, adresse, deposant, profil, gravite;
    bool danger = false, doublon_possible = false, message_sans_reponse = false;
    Instant depose_le;
    std::optional<Instant> dernier_suivi_le;
};

struct Filtre {
    std::string statut;    // slug; empty: all
    std::string comite;    // id; empty: all
    std::string recherche; // folded words, all of which must be found
    bool danger = false;
    bool message = false;           // the depositor wrote and nobody answered
    bool a_repondre = false;        // entrusted to the reader's partner, which has not answered
    std::string avant_le, avant_id; // keyset: older than this line
};

struct Liste {
    std::vector<Ligne> lignes;
    bool suite = false; // there are older ones
};
inline constexpr std::size_t lignes_par_page = 25;
Liste liste(db::Transaction&, const compte::Agent& lecteur, const Filtre&);
/// Number of lines the filter keeps, whatever the page.
std::int64_t compter(db::Transaction&, const compte::Agent& lecteur, const Filtre&);

} // namespace signalement::store
