// A list of reports as a file for spreadsheets.
#pragma once

#include "http/web.hpp"
#include "routes.hpp"

namespace signalement::exports {

http::Response get_export(App&, const http::Request&, const Visitor&);
http::Response get_fichier(App&, const http::Request&, const Visitor&);

} // namespace signalement::exports
