// The URL that territories answer to everybody. Their administration is with the accounts (compte/).
#pragma once

#include "app.hpp"
#include "http/web.hpp"

struct Visitor;

namespace territoire {

/// GET /api/adresses?q=&limit=&citycode=&departement= : GeoCodeJSON, contract of addok
http::Response get_api_adresses(App&, const http::Request&, const Visitor&);

} // namespace territoire
