// Writing JSON by hand where speed or size matters (GeoJSON, logs). Reading is boost.json's job.
#pragma once

#include <string>
#include <string_view>

namespace base {

/// Appends `s` as a JSON string. Also escapes < > & and U+2028/2029, so that the text may stand inside
/// <script>.
void append_json_string(std::string& out, std::string_view s);
inline std::string json_string(std::string_view s)
{
    std::string out;
    append_json_string(out, s);
    return out;
}

} // namespace base
