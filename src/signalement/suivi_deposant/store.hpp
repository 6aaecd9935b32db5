// What the follow-up page asks of the database: links, attempts, and what one person may see of a report.
// Decides nothing.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/store_tentatives.hpp"
#include "db/db.hpp"
#include "signalement/store.hpp"
#include "signalement/suivi_deposant/acces.hpp"

namespace signalement::suivi_deposant::store {

/// What a secret link opens: one report, for one person.
struct Lien {
    std::string signalement; // id
    Usager usager = Usager::Deposant;
};
std::optional<Lien> lien(db::Transaction&, std::string_view jeton);
/// The secret of this person's link. The occupant's is made the first time it is asked for: nobody has a link
/// who was never written to.
std::string jeton(db::Transaction&, std::string_view signalement, Usager);

/// Counts an attempt (see compte/store_tentatives.hpp).
compte::store::Tentative tenter(db::Transaction&, std::string_view secret, std::initializer_list<Compteur>,
                                std::string_view quoi, std::string_view ip, Instant maintenant);

// ── What the page shows: entries shown to depositors, but what the other one wrote ──

inline constexpr std::int64_t entrees_par_page = 20;
std::int64_t nombre_d_entrees(db::Transaction&, std::string_view signalement, Usager);
/// One page of them, newest first; `page` counts from 1.
std::vector<signalement::store::EntreeSuivi> entrees(db::Transaction&, std::string_view signalement, Usager,
                                                     std::int64_t page);
/// Those that say when the dwelling was or will be visited: the 200 latest days.
std::vector<Suivi> visites(db::Transaction&, std::string_view signalement);
/// The last message this person wrote.
std::optional<signalement::store::EntreeSuivi> dernier_message(db::Transaction&, std::string_view signalement,
                                                               Usager);

/// The files this person may open: those of the entries they see and, for the depositor, those sent with the
/// report. Newest first, at most `limite`; one more tells that there are others.
std::vector<signalement::store::PieceDuDossier> pieces(db::Transaction&, std::string_view signalement, Usager,
                                                       std::int64_t limite);
/// Whether one file is among them, however many there are.
bool peut_ouvrir(db::Transaction&, std::string_view signalement, Usager, std::string_view piece);
/// How many files the depositor and the occupant sent: those of the services do not count against them.
std::size_t fichiers_envoyes(db::Transaction&, std::string_view signalement);

/// A report whose reference and one of whose addresses were given, and whose address it is.
struct LienPerdu {
    std::string signalement, reference, territoire, email, nom;
    Usager usager = Usager::Deposant;
};
/// `email`: folded (compte::plier_email). The depositor's address, or that of an occupant who was told.
std::optional<LienPerdu> lien_perdu(db::Transaction&, std::string_view reference, std::string_view email);

} // namespace signalement::suivi_deposant::store
