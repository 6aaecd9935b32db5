// The table behind ui::asset(): source name → hashed address. Written by tools/build-assets.mjs.
#pragma once

#include <span>
#include <string_view>

namespace ui {

struct AssetName {
    std::string_view name; // "logis.css"
    std::string_view path; // "/assets/logis-3f2a9c0112.css"
};

/// Sorted by name.
std::span<const AssetName> asset_names();

} // namespace ui
