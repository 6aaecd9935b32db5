// The pages that belong to no slice: home, health, display settings, site map, legal notices.
#pragma once

#include "routes.hpp"

namespace site {

http::Response get_accueil(App&, const http::Request&, const Visitor&);
/// Liveness, readiness (the database answers and is migrated) and version, as JSON.
http::Response get_sante(App&, const http::Request&, const Visitor&);
http::Response get_affichage(App&, const http::Request&, const Visitor&);
http::Response post_affichage(App&, const http::Request&, const Visitor&);
http::Response get_plan(App&, const http::Request&, const Visitor&);
http::Response get_mentions_legales(App&, const http::Request&, const Visitor&);
http::Response get_donnees_personnelles(App&, const http::Request&, const Visitor&);
http::Response get_accessibilite(App&, const http::Request&, const Visitor&);
http::Response get_cookies(App&, const http::Request&, const Visitor&);
http::Response get_robots(App&, const http::Request&, const Visitor&);
http::Response get_security_txt(App&, const http::Request&, const Visitor&);

} // namespace site
