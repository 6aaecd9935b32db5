// What several pages load before they decide or show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app.hpp"
#include "demande/store.hpp"
#include "demande/views.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande {

/// The key under which NIRs are sealed and found again in this installation.
std::string cle_nir(App&);
/// 404 in the style of the site.
http::Response introuvable(const http::Request&, const Visitor&);
/// 403: habilitated for no guichet, or not for this one.
http::Response non_habilite(const Visitor&);
/// Names of communes, in the same order; the code of one that is no longer known.
std::vector<std::string> noms_des_communes(db::Transaction&, const std::vector<std::string>& insees);

} // namespace demande
