// The public pages of the figures of communes.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::chiffres {

http::Response get_recherche(App&, const http::Request&, const Visitor&);
http::Response get_commune(App&, const http::Request&, const Visitor&);
http::Response get_commune_csv(App&, const http::Request&, const Visitor&);

} // namespace demande::chiffres
