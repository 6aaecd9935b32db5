// The map of reports, for agents.
#pragma once

#include "http/web.hpp"
#include "routes.hpp"

namespace signalement::carte {

http::Response get_carte(App&, const http::Request&, const Visitor&);

} // namespace signalement::carte
