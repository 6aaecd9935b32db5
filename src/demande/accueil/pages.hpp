// One function per URL of where guichets receive people.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::accueil {

http::Response get_guichets_publics(App&, const http::Request&, const Visitor&);
http::Response get_guichets_de_la_commune(App&, const http::Request&, const Visitor&);
http::Response get_accueil(App&, const http::Request&, const Visitor&);
http::Response post_accueil(App&, const http::Request&, const Visitor&);

} // namespace demande::accueil
