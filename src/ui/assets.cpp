// Finds the hashed address of a static file. The files themselves are served by http/static_files.cpp.
#include "ui/assets.hpp"

#include "base/expect.hpp"
#include "ui/html.hpp"

namespace ui {

Url asset(std::string_view name)
{
    for (const auto& row : asset_names())
        if (row.name == name) return Url{std::string(row.path)};
    throw base::Bug{"a page names a static file that the build did not make"};
}

} // namespace ui
