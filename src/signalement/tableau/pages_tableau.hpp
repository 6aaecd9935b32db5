// What waits for an agent, as a page.
#pragma once

#include "http/web.hpp"
#include "routes.hpp"

namespace signalement::tableau {

http::Response get_tableau(App&, const http::Request&, const Visitor&);

} // namespace signalement::tableau
