// The statistics of reports, for agents.
#pragma once

#include "http/web.hpp"
#include "routes.hpp"

namespace signalement::statistique {

http::Response get_statistiques(App&, const http::Request&, const Visitor&);
http::Response get_csv(App&, const http::Request&, const Visitor&);
http::Response get_pdf(App&, const http::Request&, const Visitor&);

} // namespace signalement::statistique
