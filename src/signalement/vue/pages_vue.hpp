// One function per URL: saved searches, and the columns of the list.
#pragma once

#include "http/web.hpp"
#include "routes.hpp"

namespace signalement::vue {

http::Response get_recherches(App&, const http::Request&, const Visitor&);
http::Response get_nouvelle(App&, const http::Request&, const Visitor&);
http::Response post_recherches(App&, const http::Request&, const Visitor&);
http::Response post_retrait(App&, const http::Request&, const Visitor&);
http::Response get_colonnes(App&, const http::Request&, const Visitor&);
http::Response post_colonnes(App&, const http::Request&, const Visitor&);

} // namespace signalement::vue
