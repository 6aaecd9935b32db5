// SQL of what an agent has chosen among the reports, and of the acts done on several of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "signalement/filtre/store_filtre.hpp"
#include "signalement/lot/lot.hpp"

namespace signalement::lot::store {

// ── The selection of an agent
// ──────────────────────────────────────────────────────────────────────────────────────────────────

/// A report that was chosen and that its agent may still read.
struct Choisi {
    std::string id, reference, statut, commune, code_postal, adresse;
    bool danger = false, sans_reponse = false;
};
std::vector<Choisi> selection(db::Transaction&, const compte::Agent&);
std::int64_t nombre_choisis(db::Transaction&, const compte::Agent&);
std::vector<std::string> territoires_choisis(db::Transaction&, const compte::Agent&);
/// What was chosen: how many the selection holds, and how many found no room.
struct Choix {
    std::int64_t choisis = 0, laisses = 0;
};
/// Adds those that the agent may read, as long as there is room; what may no longer be read leaves first.
Choix choisir(db::Transaction&, const compte::Agent&, const std::vector<std::string>& ids, Instant le);
/// The same with all that a filter keeps, in the order of the list.
Choix choisir_tout(db::Transaction&, const filtre::Regard&, const filtre::Filtre&, Instant le);
void enlever(db::Transaction&, const compte::Agent&, const std::vector<std::string>& ids);
void vider(db::Transaction&, const compte::Agent&);

// ── Lots
// ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// False when the lot is there already: its form was sent twice.
bool creer(db::Transaction&, const Lot&);
/// With its lines, in the order of the selection. Only its author finds it; a line about a report that they
/// may no longer read has neither reference nor reason.
std::optional<Lot> trouver(db::Transaction&, const std::string& id, const compte::Agent&);
/// What is done from now on may be undone until then.
void prolonger(db::Transaction&, const Lot&);
/// The line when nobody has done it yet; held until the end of the transaction.
std::optional<Ligne> a_faire(db::Transaction&, const Lot&, const std::string& signalement);
Issue issue_de(db::Transaction&, const Lot&, const std::string& signalement);
/// What the report was, before the act; in the transaction of the act.
void retenir(db::Transaction&, const Lot&, const Dossier&);
void noter(db::Transaction&, const Lot&, const std::string& signalement, const Ligne&);
/// The report as it was, and its messages as if nobody had written them. Throws db::Conflict when one of them
/// has left, or when somebody acts at the same moment.
void defaire(db::Transaction&, const Lot&, const Ligne&, const Dossier&, const compte::Agent& par,
             Instant le);
/// The messages that this decision wrote leave at that moment, not before.
void faire_attendre_les_courriels(db::Transaction&, const Lot&, const std::string& signalement,
                                  std::int64_t rang);
/// Selections left before `selection_avant`, lots before `lot_avant`. A batch; returns how many.
std::int64_t purger(db::Transaction&, Instant selection_avant, Instant lot_avant);

} // namespace signalement::lot::store
