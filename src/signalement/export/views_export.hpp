// What a file of reports will hold, as HTML.
#pragma once

#include <cstdint>
#include <string>

#include "signalement/filtre/filtre.hpp"
#include "signalement/views.hpp"

namespace signalement::exports::views {

ui::Url url_export(const filtre::Filtre&);
std::string choisir(const ui::Chrome&, const filtre::Filtre&, std::int64_t total);

} // namespace signalement::exports::views
