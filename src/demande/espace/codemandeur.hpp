// Those who sign a demande together: equal in what they do with it, each alone in what they leave, and hidden
// from each other where violence is declared. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "demande/cycle.hpp"
#include "demande/doublons.hpp"
#include "demande/reponses.hpp"
#include "demande/situation.hpp"

namespace demande::espace {

/// Rank of whoever of the demande this is: 0, its applicant; 1 to 3, the line of a codemandeur. Their name,
/// first name and day of birth.
std::optional<int> qui_signe(const Reponses&, const Identite&);
/// « codemandeur.1. »: where the form writes about a rank.
std::string prefixe_du_rang(int rang);
/// Of those who sign, « Idriss Traoré »; empty when nobody has that rank.
std::string nom_du_rang(const Reponses&, int rang);

/// Whether somebody may be in danger from another who signs (CCH L. 441-1).
bool declare_des_violences(const Reponses&);
/// Whether this codemandeur is kept from what tells where the others live, and that violence was declared.
bool est_tenu_a_distance(const Reponses&, int rang);
/// Whether a field is kept from this signer: where violence is declared, how to reach the others and where
/// they work; for a codemandeur, also where they live and why they leave.
bool est_cache(std::string_view champ, const Reponses&, int rang);
/// What this signer reads of the answers.
Reponses montrees(const Reponses&, int rang);
/// Of the versions of a demande, the newest first, those that its applicant of today reads: as far back as
/// they were its applicant, and without how to reach those who sign with them once any of them declares
/// violence.
std::vector<Reponses> versions_montrees(std::vector<Reponses>);
/// Whether an account reads a document online: what came of somebody who has left the demande is read by
/// nobody, and what proves violence by the account alone that gave it, since whoever is fled may read with
/// them.
bool est_lisible(std::string_view type, std::string_view personne, bool donnee_par_ce_compte);
/// Whether the files about a person of the demande (« codemandeur.1 », « a_charge.2 », empty for the
/// household) are this signer's to open: where violence is declared, nobody's are that sign with them.
bool ouvre_les_fichiers_de(std::string_view personne, const Reponses&, int rang);
/// Whether a screen is open to this signer.
bool est_ouvert(const Volet&, const Reponses&, int rang);
/// Whether the history tells this of its signers to whoever is kept at a distance: the legal life of the
/// demande, nothing of anybody.
bool est_de_la_vie_legale(Evenement);
/// The events this signer reads in the history, by slug; empty: all. Whom the applicant gave a mandate to is
/// nobody else's to know.
std::vector<std::string> evenements_montres(const Reponses&, int rang);

/// A codemandeur leaves: the demande goes on without them, and without what they alone earned. Only somebody
/// whose identity a guichet has seen.
Result<Changement> quitter(const Reponses&, int rang, bool par_guichet, bool confirme, const Contexte&);

} // namespace demande::espace
