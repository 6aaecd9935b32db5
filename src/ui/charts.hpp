// Charts drawn by the server: SVG that stretches with the page, its words in HTML around it so that they stay
// readable on a phone. The numbers stand in a table beside each chart: a screen reader is told the title
// only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ui/html.hpp"

namespace ui {

struct Series {
    std::string name = {};
    std::vector<std::optional<std::int64_t>> values = {}; // one for each label; none: nothing to draw there
};
struct Chart {
    std::string id = {}; // of its title
    std::string title = {};
    std::vector<std::string> labels = {}; // from left to right; the first and the last are written
    std::vector<Series> series = {};      // three at most: each has a colour and a dash of its own
    std::string unit = {};                // « jours », beside the scale
};
/// Side by side, from zero.
void column_chart(Html&, const Chart&);
/// Lines, from zero; a hole where there is no value.
void line_chart(Html&, const Chart&);

struct Bar {
    Markup label = {};
    std::int64_t value = 0;
    Markup text = {}; // beside the bar: it says everything
};
/// One under the other, the longest being the whole width.
void bars(Html&, const std::string& id, const std::string& title, const std::vector<Bar>&);

/// The first round number that is not below the largest value: 0 stays 1.
std::int64_t round_scale(std::int64_t largest);

} // namespace ui
