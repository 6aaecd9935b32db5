// SQL of the yearly life of demandes: what is due, notices, and the letters that carry them. Decides nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "demande/annonces.hpp"
#include "demande/cycle.hpp"
#include "demande/droits.hpp"
#include "demande/echeancier.hpp"

namespace demande::store {

// ── what is due by itself ──────────────────────────────────────────────────────────────────────────────────

struct Due {
    std::string id, numero, territoire, guichet;
    Etat etat = Etat::Active;
    Date ancre;
    std::optional<Etape> etape;
    Reponses reponses;
    std::int64_t version = 1;
    std::string a_revoir_le; // as kept: with the id, where to read on from
    bool en_ligne = false;   // registered or renewed online at least once
};
/// The accounts that follow a demande; at most twenty.
std::vector<Suiveur> suiveurs(db::Transaction&, const std::string& demande);
/// The ranks of those who sign that an account of their own follows.
std::vector<int> rangs_suivis(db::Transaction&, const std::string& demande);
/// Those to look at up to this day, from (`jour_apres`, `id_apres`) on: a batch of fifty. `sauf`: territories
/// whose demandes wait, kept elsewhere.
std::vector<Due> dues(db::Transaction&, Date jusqu_a, std::string_view jour_apres, std::string_view id_apres,
                      const std::vector<std::string>& sauf = {});
/// Those of a territory whose year goes on, before any notice, from `apres` on by id; at most that many.
std::vector<Due> actives(db::Transaction&, std::string_view territoire, std::string_view apres,
                         std::int64_t combien);
/// The day on which its year goes on by itself; none: never, or not planned yet.
std::optional<Date> prochaine_etape(db::Transaction&, const std::string& demande);
/// What was done, and when to come back; none: never. False when the demande changed since it was read:
/// another run sees to it.
bool avancer(db::Transaction&, const Due&, Etat, std::optional<Etape>, std::optional<Date> ensuite);

// ── notices ────────────────────────────────────────────────────────────────────────────────────────────────

/// A letter goes into the open batch of that day; an address of no line makes a notice that has already
/// failed.
void preparer_lettre(db::Transaction&, const Due&, const std::vector<std::string>& adresse, bool obligatoire,
                     Date du_le, Date jour, Instant le);
/// What a letter of a batch is about.
enum class ObjetDeLettre {
    Preavis,
    Code,
    Numero,
    Rappel,
    Expiration,
    DernierRappel,
    Radiation,
    DernierMois,
    Avertissement,
    Piece,
};

inline constexpr base::Name<ObjetDeLettre> objets_de_lettre[] = {
    {ObjetDeLettre::Preavis, "preavis", "Préavis"},
    {ObjetDeLettre::Code, "code", "Code pour suivre la demande en ligne"},
    {ObjetDeLettre::Numero, "numero", "Numéro perdu"},
    {ObjetDeLettre::Rappel, "rappel", "Rappel avant la fin de validité"},
    {ObjetDeLettre::Expiration, "expiration", "Fin de validité"},
    {ObjetDeLettre::DernierRappel, "dernier_rappel", "Dernier rappel avant radiation"},
    {ObjetDeLettre::Radiation, "radiation", "Radiation"},
    {ObjetDeLettre::DernierMois, "dernier_mois", "Dernier mois pour reprendre la demande"},
    {ObjetDeLettre::Avertissement, "avertissement", "Avertissement avant radiation, en recommandé"},
    {ObjetDeLettre::Piece, "piece", "Pièce à renouveler"},
};
/// A letter that warns of nothing: no delay counts from it. `scelle`: what only its paper may show. It goes
/// with the batch of the day; nothing is written for an address of no line.
void preparer_lettre_d_acces(db::Transaction&, const Due&, const std::vector<std::string>& adresse,
                             ObjetDeLettre, std::string_view scelle, Date jour, Instant le,
                             int signataire = 0);
/// A letter about the end of the demande: it warns of nothing that a delay counts from either. It goes with
/// the batch of the day; nothing is written for an address of no line.
void preparer_annonce(db::Transaction&, const Due&, const std::vector<std::string>& adresse, const Annonce&,
                      Date jour, Instant le, int signataire = 0);
/// The letter of a warning, `avertissement` being its id.
void preparer_lettre_d_avertissement(db::Transaction&, const Due&, const std::vector<std::string>& adresse,
                                     const std::string& avertissement, Date jour, Instant le);
/// The letter that asks for a document again: `details` says which one (rappel::en_texte). Nothing is written
/// for an address of no line.
void preparer_lettre_de_piece(db::Transaction&, const Due&, const std::vector<std::string>& adresse,
                              const std::string& details, Date jour, Instant le);
void preparer_courriel(db::Transaction&, const Due&, const std::string& courriel, bool obligatoire,
                       Date du_le, Instant le);
/// In the outbox, and nothing known of it yet.
struct CourrielEnRoute {
    std::string id, demande, courriel;
    Date ancre;
};
std::vector<CourrielEnRoute> courriels_en_route(db::Transaction&, std::string_view apres);
/// False, as the next one, when it was noted already.
bool preavis_parti(db::Transaction&, const std::string& preavis, Date jour);
bool preavis_revenu(db::Transaction&, const std::string& preavis, Date jour, std::string_view raison);
/// One of the letters posted for the current year came back: none of them counts any more.
void lettres_revenues(db::Transaction&, const std::string& demande, Date jour);
/// The same of the messages, and a letter in their place (lettre_a_la_place).
bool courriels_revenus(db::Transaction&, const Due&, const std::vector<std::string>& adresse, Date jour,
                       Instant le);
/// Whether every notice of the year that counts has come back.
bool reste_a_prevenir(db::Transaction&, const Due&);
/// A letter where messages did not arrive, unless one waits or has left; none to an address that it came back
/// from, nor without one. Whether there is one: what came back is then seen to.
bool lettre_a_la_place(db::Transaction&, const Due&, const std::vector<std::string>& adresse, Date jour,
                       Instant le);

/// The notices of the current year of a demande.
std::vector<Remise> remises(db::Transaction&, const std::string& demande, Date ancre);
/// Keeps the day from which a demande may be removed for want of a renewal (premiere_radiation_possible)
/// where those that may be are looked for. Called by whatever changes a notice; the beginning and the end of
/// a year of validity erase it.
void tenir_radiable(db::Transaction&, const std::string& demande, Date jour);
/// A demande of that number to which a guichet among these has sent a notice by that channel, that has not
/// come back.
struct LettrePartie {
    std::string demande, territoire;
};
std::optional<LettrePartie> lettre_partie(db::Transaction&, std::string_view numero,
                                          const std::vector<Guichet>&, Canal = Canal::Courrier);
/// A demande as the tasks read it, for a letter prepared by hand.
std::optional<Due> due(db::Transaction&, const std::string& id);
/// Somebody has seen to what came back.
void traiter_retours(db::Transaction&, const std::string& demande, Instant le);

struct Retour {
    std::string demande, numero, canal, raison;
    Date revenu_le;
};
/// The notices of a guichet that did not arrive, the oldest first; at most a hundred.
std::vector<Retour> retours(db::Transaction&, std::string_view guichet);

struct EnTolerance {
    std::string demande, numero;
    Date ancre;
};
/// The demandes of a guichet past their validity, the oldest first; at most a hundred.
std::vector<EnTolerance> en_tolerance(db::Transaction&, std::string_view guichet);

// ── letters ────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr std::int64_t lettres_par_lot = 100;

struct Lot {
    std::string id, territoire, guichet;
    Date jour;
    int rang = 1, lettres = 0, pages = 0;
    std::string empreinte;
    std::optional<Instant> imprime_le;
    std::optional<Date> poste_le;
};
/// The newest first; at most fifty.
std::vector<Lot> lots(db::Transaction&, std::string_view guichet);
/// Of one of these guichets.
std::optional<Lot> lot(db::Transaction&, const std::string& id, const std::vector<Guichet>&);

struct Lettre {
    int rang = 1;
    std::string demande, numero, adresse;
    Date ancre;
    Instant prepare_le;
    ObjetDeLettre objet = ObjetDeLettre::Preavis;
    std::string scelle;             // of a code
    std::optional<Annonce> annonce; // of an end
    std::string avertissement;      // id of the one it carries
    std::string piece;              // what it says of a document
    std::string guichet;            // that follows the demande
};
std::vector<Lettre> lettres(db::Transaction&, const std::string& lot);
/// Nothing is added to it from now on.
void lot_imprime(db::Transaction&, const std::string& lot, Instant le);
/// Of its file, the first time.
void lot_empreinte(db::Transaction&, const std::string& lot, int pages, std::string_view empreinte);
/// The letters about the life of a demande that nobody has printed yet are no longer right: it was renewed,
/// ended or came back.
void retirer_lettres(db::Transaction&, const std::string& demande);
/// The same of the notices alone: a warning or a reminder still waits to be printed.
void retirer_lettres_de_preavis(db::Transaction&, const std::string& demande);
/// The letters of access that nobody has printed yet, from this one of those who sign on, with whatever else
/// was written to a codemandeur.
void retirer_lettres_d_acces(db::Transaction&, const std::string& demande, int depuis_le_signataire);
/// The letters to its applicant that nobody has printed yet go to its new address.
void corriger_lettres(db::Transaction&, const std::string& demande, const std::vector<std::string>& adresse);
/// False when it was already.
bool lot_poste(db::Transaction&, const std::string& lot, Date jour);

} // namespace demande::store
