// The story `logis seed` loads: one département, its people, reports in every state.
#pragma once

#include <string>

#include "app.hpp"

namespace demo {

/// All of it or nothing; on a database that holds a report, nothing: false then. Dates follow the clock.
/// `dossier_photos` holds the pictures of the story; empty: without them.
bool seed(App&, const std::string& dossier_photos);
/// Who can log in, for the console.
std::string logins();

} // namespace demo
