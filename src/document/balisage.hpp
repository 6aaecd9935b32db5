// What Cairo does not write in a PDF: its language, that its title is to be shown, its identifier.
#pragma once

#include <string>
#include <string_view>

namespace document {

/// The same pages with the properties that a screen reader asks for. The identifier depends on the content
/// alone.
std::string with_properties(const std::string& pdf, std::string_view title);

} // namespace document
