// The story `logis seed` loads: one département, its people, reports in every state.
#pragma once

#include <string>

#include "app.hpp"

namespace demo {

/// Idempotent: a second call changes nothing.
void seed(App&);
/// Who can log in, for the console.
std::string logins();

} // namespace demo
