// Every SQL statement on a signalement after its deposit: who may find it, what a decision writes, what
// screens read. Reads take the reader; the functions named _for_system are for tasks and for the depositor's
// page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "signalement/filtre/store_filtre.hpp"
#include "signalement/regles.hpp"

namespace signalement::store {

/// The signalement as its rules see it; nothing when it does not exist or the reader may not read it.
std::optional<Dossier> find(db::Transaction&, const std::string& id, const compte::Agent& lecteur);
/// The same for whoever is about to decide: two decisions on one report are taken one after the other, each
/// on what the previous one left.
std::optional<Dossier> find_for_decision(db::Transaction&, const std::string& id,
                                         const compte::Agent& lecteur);
std::optional<Dossier> find_for_system(db::Transaction&, const std::string& id);

/// What was declared. The caller has found the Dossier first, with its reader.
Signalement declaration(db::Transaction&, const Dossier&);
db::Later<Signalement> demander_declaration(db::Transaction&, const Dossier&);
/// Whom a report is with, the time it lives by, and how much follow-up and how many files this agent may
/// read.
struct Situation {
    std::string comite_nom, fuseau;
    std::int64_t suivis = 0, pieces = 0;
};
db::Answer<Situation> demander_situation(db::Transaction&, const Dossier&, const compte::Agent& lecteur);

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

// ── What screens read
// ──────────────────────────────────────────────────────────────────────────────────────────────

/// A follow-up entry with its files.
struct EntreeSuivi {
    Suivi suivi;
    std::vector<std::string> pieces; // ids
};

/// Where a page of a list begins: after this line. Empty: at the top.
struct Curseur {
    std::string le, id;
};

template <class T> struct Page {
    std::vector<T> lignes;
    bool suite = false; // there are others
};

/// The follow-up as this agent may read it (Action::LireTout), newest first.
inline constexpr std::size_t suivis_par_page = 25;
db::Later<Page<EntreeSuivi>> demander_suivis(db::Transaction&, const Dossier&, const compte::Agent& lecteur,
                                             const Curseur& avant = {});
/// Adds their files to the entries.
void joindre_pieces(db::Transaction&, std::vector<EntreeSuivi>&);
std::optional<Suivi> find_suivi(db::Transaction&, const Dossier&, const compte::Agent& lecteur,
                                const std::string& id);

/// A file of the report: of the declaration, or of an entry of the follow-up.
struct PieceDuDossier {
    std::string piece;
    std::string desordre; // slug, declaration only
    std::string suivi;    // id, follow-up only
};
/// The files that this agent may open, as they came: those of the declaration first.
inline constexpr std::size_t pieces_par_page = 60;
Page<PieceDuDossier> pieces(db::Transaction&, const Dossier&, const compte::Agent& lecteur,
                            const std::string& apres = {});
bool peut_ouvrir(db::Transaction&, const Dossier&, const compte::Agent& lecteur, const std::string& piece);

/// Another report of the same dwelling, whatever became of it.
struct Voisin {
    std::string id, reference, statut;
    Instant depose_le;
};
/// Those that this agent may read, newest first.
inline constexpr std::size_t voisins_montres = 5;
db::Later<Page<Voisin>> au_meme_endroit(db::Transaction&, const Dossier&, const compte::Agent& lecteur);

/// A line of the list.
struct Ligne {
    std::string id, reference, statut, commune, code_postal, adresse, deposant, profil, gravite;
    bool danger = false, doublon_possible = false, message_sans_reponse = false;
    Instant depose_le;
    std::optional<Instant> dernier_suivi_le;
    std::string fuseau; // of its territory
};

/// A page of the list, in the order that was asked.
struct Liste {
    std::vector<Ligne> lignes;
    bool avant = false, apres = false; // there are others before the first line, after the last one
};

inline constexpr std::size_t lignes_par_page = 25;
db::Later<Liste> demander_liste(db::Transaction&, const filtre::Regard&, const filtre::Filtre&);
Liste liste(db::Transaction&, const filtre::Regard&, const filtre::Filtre&);
/// Where the page after this line begins, or the one that ends before it.
filtre::Curseur place_de(const Ligne&, const filtre::Filtre&, bool avant);
/// Number of lines the filter keeps, whatever the page.
db::Answer<std::int64_t> compter(db::Transaction&, const filtre::Regard&, const filtre::Filtre&);

/// Counts that lists print and that differ from what there is to count: none, or a defect.
struct CompteFaux {
    std::string territoire, comite, statut;
    bool danger = false;
    std::int64_t ecart = 0; // too many, or too few
};
std::vector<CompteFaux> comptes_faux(db::Transaction&);

} // namespace signalement::store
