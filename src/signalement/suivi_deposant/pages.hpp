// The follow-up pages: one function per URL.
#pragma once

#include "routes.hpp"

namespace signalement::suivi_deposant {

http::Response get_suivi(App&, const http::Request&, const Visitor&);    // the check, or the page once passed
http::Response post_acces(App&, const http::Request&, const Visitor&);   // second check
http::Response post_message(App&, const http::Request&, const Visitor&); // answer, with files
http::Response post_fin(App&, const http::Request&, const Visitor&);     // leaves
http::Response get_piece(App&, const http::Request&, const Visitor&);    // a file
http::Response get_miniature(App&, const http::Request&, const Visitor&);  // its thumbnail
http::Response get_retrouver(App&, const http::Request&, const Visitor&);  // lost link
http::Response post_retrouver(App&, const http::Request&, const Visitor&); // sends it again

} // namespace signalement::suivi_deposant
