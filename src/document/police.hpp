// The letters of our documents: carried by the program, whatever the machine has installed.
#pragma once

#include <pango/pango.h>

namespace document {

/// Lato, regular and bold, and nothing else. Kept as long as the program; not to be used by two threads at
/// once. Throws std::runtime_error when the machine refuses it.
PangoFontMap* letters();
inline constexpr const char* family = "Lato";

} // namespace document
