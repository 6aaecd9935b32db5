// What the pages of the applicant's side share: the demande their account may open, and who they are in its
// history.
#pragma once

#include <optional>

#include "app.hpp"
#include "compte/agent.hpp"
#include "demande/espace/views.hpp"
#include "demande/store.hpp"
#include "http/web.hpp"
#include "routes.hpp"
#include "ui/html.hpp"

namespace demande::espace {

/// In the history of a demande: the account behind it stays unnamed.
inline const compte::Agent le_demandeur{"", "Le demandeur", "", {}};

/// The demande of the address, when this account reads it; else it does not exist.
std::optional<demande::store::Fiche> ouvrir(db::Transaction&, const http::Request&, const Visitor&,
                                            const std::string& cle);
views::De en_tete(const demande::store::Fiche&);
ui::Url url_de(const demande::store::Fiche&);
/// 303 to a page of the demande that says what was done.
http::Response vers(const demande::store::Fiche&, std::string_view page, std::string_view fait = {});
/// The documents this demande calls for, with what this account may know came of each.
std::vector<PieceADeposer> pieces_de(db::Transaction&, const demande::store::Fiche&, const Visitor&,
                                     Date jour);

} // namespace demande::espace
