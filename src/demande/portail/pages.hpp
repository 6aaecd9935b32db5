// One function per URL of the applicant's side.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::portail {

// pages_compte.cpp
http::Response get_demander(App&, const http::Request&, const Visitor&);
http::Response get_connexion(App&, const http::Request&, const Visitor&);
http::Response post_connexion(App&, const http::Request&, const Visitor&);
http::Response get_code(App&, const http::Request&, const Visitor&);
http::Response post_code(App&, const http::Request&, const Visitor&);
http::Response get_ma_demande(App&, const http::Request&, const Visitor&);
http::Response post_deconnexion(App&, const http::Request&, const Visitor&);

} // namespace demande::portail
