// The story `logis seed` loads: one département, its people, reports in every state.
#pragma once

#include <string>

#include "app.hpp"

namespace demo {

/// Idempotent: a second call changes nothing. `dossier_photos` holds the pictures of the story; empty:
/// without them.
void seed(App&, const std::string& dossier_photos);
/// Who can log in, for the console.
std::string logins();

} // namespace demo
