// One function per URL of the exchange files.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::echange {

http::Response get_echanges(App&, const http::Request&, const Visitor&);
http::Response post_echanges(App&, const http::Request&, const Visitor&);
http::Response get_fichier(App&, const http::Request&, const Visitor&);
http::Response post_import(App&, const http::Request&, const Visitor&);
http::Response get_changees(App&, const http::Request&, const Visitor&);
http::Response get_une(App&, const http::Request&, const Visitor&);

} // namespace demande::echange
