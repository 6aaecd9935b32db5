// SQL of grids and of what demandes score. Decides nothing: a demande came to its reader through its own
// store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "demande/chiffres/chiffres.hpp"
#include "demande/cotation/grille.hpp"
#include "demande/cycle.hpp"

namespace demande::cotation::store {

struct GrilleGardee {
    std::string id, territoire, epci, nom;
    int version = 1;
    Date depuis;
    std::string contenu;
};
/// The one in force that day for an EPCI.
std::optional<GrilleGardee> grille(db::Transaction&, std::string_view epci, Date jour);
/// The next version of the grid of its EPCI; its demandes will be scored again from that day on.
int ajouter_grille(db::Transaction&, const GrilleGardee&, Instant le);

/// The EPCI of the communes asked, in the order of the wishes, each once.
std::vector<std::string> epcis(db::Transaction&, const std::string& demande);
/// What the score of a demande depends on beside its answers.
Dossier dossier(db::Transaction&, const std::string& demande, Reponses, Date deposee_le, Date jour);

/// The place of a score among the demandes of the same EPCI and kind of dwelling. Counted up to ten thousand.
struct Position {
    std::int64_t devant = 0, semblables = 0; // those before it; all the others
    bool au_moins = false;                   // there are more than were counted
};
inline constexpr std::int64_t compte_au_plus = 10'000;
Position position(db::Transaction&, const std::string& demande, std::string_view epci, chiffres::Typologie,
                  int points, Date deposee_le);
/// Mean number of days that those who were housed in a year waited, same EPCI and same kind of dwelling.
/// Nothing when they are fewer than eleven.
std::optional<std::int64_t> attente_moyenne(db::Transaction&, std::string_view epci, chiffres::Typologie,
                                            int annee);

// ── the queue ──────────────────────────────────────────────────────────────────────────────────────────────

/// Whether what happened to a demande may change its score.
bool change_la_cotation(Evenement);
void a_calculer(db::Transaction&, std::string_view demande, std::string_view territoire, Instant le);

struct ACalculer {
    std::string demande;
    std::int64_t tour = 1;
};
/// Those that wait since that moment at the latest, the longest first: a demande that changes all the time
/// keeps nobody waiting.
std::vector<ACalculer> file(db::Transaction&, Instant jusqu_a, std::int64_t combien);
/// Done, unless it changed again meanwhile.
void calculee(db::Transaction&, const ACalculer&);
/// It could not be scored: it waits as if it had come at that moment.
void remettre(db::Transaction&, const ACalculer&, Instant a_partir_de);

/// Where a walk through those whose day comes has got.
struct Reveil {
    std::string jour, demande;
};
/// Puts into the queue those whose day has come where they are: a batch of them, and where the next one
/// begins.
std::optional<Reveil> reveiller(db::Transaction&, const Reveil&, Instant le, std::int64_t combien);
/// Puts into the queue the next demandes of a grid that came into force. How many rows were read; 0: no grid
/// waits any more.
std::int64_t avancer_une_grille(db::Transaction&, Instant le, std::int64_t combien);

/// A demande as it is scored.
struct Cotable {
    std::string id, territoire;
    Etat etat = Etat::Active;
    Date deposee_le;
    Reponses reponses;
};
std::optional<Cotable> cotable(db::Transaction&, const std::string& demande);
struct Rangee {
    std::string epci, grille;
    chiffres::Typologie typologie = chiffres::Typologie::NonPrecisee;
    Score score;
};
/// Replaces what a demande scored.
void ecrire(db::Transaction&, const Cotable&, const std::vector<Rangee>&, Instant le);

} // namespace demande::cotation::store
