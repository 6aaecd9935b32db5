// One function per URL: what an agent chooses among the reports, and what is done with all of it.
#pragma once

#include "http/web.hpp"
#include "routes.hpp"

namespace signalement::lot {

http::Response get_selection(App&, const http::Request&, const Visitor&);
http::Response post_selection(App&, const http::Request&, const Visitor&);
http::Response get_geste(App&, const http::Request&, const Visitor&);
http::Response post_apercu(App&, const http::Request&, const Visitor&);
http::Response post_lots(App&, const http::Request&, const Visitor&);
http::Response get_lot(App&, const http::Request&, const Visitor&);
http::Response post_suite(App&, const http::Request&, const Visitor&);
http::Response post_annulation(App&, const http::Request&, const Visitor&);

} // namespace signalement::lot
