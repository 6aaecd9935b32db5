// Gives Pango the font files of the binary. They pass by anonymous files in memory, since fontconfig reads
// nothing but files; the configuration of the machine is never read.
#include "document/police.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>

extern "C" {
extern const char logis_font_regular[], logis_font_regular_end[];
extern const char logis_font_bold[], logis_font_bold_end[];
}

namespace document {

namespace {

void add(FcConfig* config, const char* name, std::string_view bytes)
{
    const int file = memfd_create(name, MFD_CLOEXEC); // open as long as the program: its path is read again
    for (std::string_view left = bytes; file >= 0 && !left.empty();) {
        const auto written = write(file, left.data(), left.size());
        if (written <= 0) throw std::runtime_error{"the letters of documents cannot be kept in memory"};
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    const auto path = "/proc/self/fd/" + std::to_string(file);
    if (file < 0 || !FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(path.c_str())))
        throw std::runtime_error{"the letters of documents cannot be read"};
}

PangoFontMap* open_letters()
{
    auto* const config = FcConfigCreate();
    add(config, "lato-regular", {logis_font_regular, logis_font_regular_end});
    add(config, "lato-bold", {logis_font_bold, logis_font_bold_end});
    auto* const map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!map) throw std::runtime_error{"Pango was built without FreeType"};
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);                                            // the map holds it
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72); // a unit is a point
    return map;
}

} // namespace

PangoFontMap* letters()
{
    static auto* const map = open_letters();
    return map;
}

} // namespace document
