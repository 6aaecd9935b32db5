// One function per URL of who keeps the demandes of a territory.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::gestion {

http::Response get_territoires(App&, const http::Request&, const Visitor&);
http::Response get_territoire(App&, const http::Request&, const Visitor&);
http::Response post_territoire(App&, const http::Request&, const Visitor&);
http::Response get_ou(App&, const http::Request&, const Visitor&);
http::Response post_ou(App&, const http::Request&, const Visitor&);

} // namespace demande::gestion
