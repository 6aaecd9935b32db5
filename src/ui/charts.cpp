// See charts.hpp.
#include "ui/charts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace ui {

std::int64_t round_scale(std::int64_t largest)
{
    for (std::int64_t power = 1;; power *= 10)
        for (const std::int64_t step : {1, 2, 4, 5})
            if (step * power >= largest) return step * power;
}

namespace {
namespace drawing {

// Of the drawing, stretched to whatever room there is.
constexpr double width = 1000, height = 200;

std::int64_t scale_of(const Chart& c)
{
    std::int64_t largest = 0;
    for (const auto& s : c.series)
        for (const auto& v : s.values) largest = std::max(largest, v.value_or(0));
    return round_scale(largest);
}

double y_of(std::int64_t value, std::int64_t scale)
{
    return height - height * static_cast<double>(value) / static_cast<double>(scale);
}

template <class F> void frame(Html& h, const Chart& c, std::int64_t scale, bool lines, F&& draw)
{
    h("<figure class=\"logis-courbe\" aria-labelledby=\"{}\"><figcaption id=\"{}\">{}</figcaption>"
      "<ul class=\"logis-courbe__legende\">",
      c.id, c.id, c.title);
    for (std::size_t i = 0; i < c.series.size(); ++i)
        h("<li><svg class=\"logis-serie--{}\" width=\"28\" height=\"12\" aria-hidden=\"true\" "
          "focusable=\"false\">{}</svg> {}</li>",
          i + 1,
          lines ? markup("<line x1=\"0\" y1=\"6\" x2=\"28\" y2=\"6\"></line>")
                : markup("<rect width=\"28\" height=\"12\"></rect>"),
          c.series[i].name);
    h("</ul><div class=\"logis-courbe__cadre\"><div class=\"logis-courbe__echelle\" "
      "aria-hidden=\"true\"><span>{}{}</span><span>{}</span><span>0</span></div>"
      "<svg class=\"logis-courbe__dessin\" viewBox=\"0 0 1000 200\" preserveAspectRatio=\"none\" "
      "aria-hidden=\"true\" focusable=\"false\"><path class=\"logis-courbe__repere\" d=\"M0 0H1000M0 "
      "100H1000M0 "
      "200H1000\"></path>",
      base::format_integer(scale), c.unit.empty() ? "" : "\u00a0" + c.unit,
      scale % 2 == 0 ? base::format_integer(scale / 2) : std::string{});
    draw();
    h("</svg></div>");
    if (!c.labels.empty()) {
        h("<div class=\"logis-courbe__bornes\" aria-hidden=\"true\"><span>{}</span>", c.labels.front());
        if (c.labels.size() > 1) h("<span>{}</span>", c.labels.back());
        h("</div>");
    }
    h("</figure>");
}

} // namespace drawing
} // namespace

void column_chart(Html& h, const Chart& c)
{
    const auto scale = drawing::scale_of(c);
    drawing::frame(h, c, scale, false, [&] {
        const double step = drawing::width / static_cast<double>(std::max<std::size_t>(1, c.labels.size()));
        const double one = step * 0.8 / static_cast<double>(std::max<std::size_t>(1, c.series.size()));
        for (std::size_t s = 0; s < c.series.size(); ++s) {
            std::string path;
            for (std::size_t i = 0; i < c.series[s].values.size(); ++i)
                if (const auto& v = c.series[s].values[i]; v && *v > 0)
                    path += fmt::format("M{:.1f} 200V{:.1f}h{:.1f}V200z",
                                        step * (static_cast<double>(i) + 0.1) + one * static_cast<double>(s),
                                        drawing::y_of(*v, scale), one);
            h("<path class=\"logis-serie--{}\" d=\"{}\"></path>", s + 1, path);
        }
    });
}

void line_chart(Html& h, const Chart& c)
{
    const auto scale = drawing::scale_of(c);
    drawing::frame(h, c, scale, true, [&] {
        const double step = drawing::width / static_cast<double>(std::max<std::size_t>(1, c.labels.size()));
        for (std::size_t s = 0; s < c.series.size(); ++s) {
            std::string path;
            const auto& values = c.series[s].values;
            bool drawn = false; // the point before
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (values[i]) {
                    const double x = step * (static_cast<double>(i) + 0.5),
                                 y = drawing::y_of(*values[i], scale);
                    path += fmt::format("{}{:.1f} {:.1f}", drawn ? 'L' : 'M', x, y);
                    // A point alone is a short line.
                    if (!drawn && (i + 1 == values.size() || !values[i + 1]))
                        path += fmt::format("h{:.1f}", step / 4);
                }
                drawn = values[i].has_value();
            }
            h("<path class=\"logis-courbe__ligne logis-serie--{}\" d=\"{}\"></path>", s + 1, path);
        }
    });
}

void bars(Html& h, const std::string& id, const std::string& title, const std::vector<Bar>& all)
{
    std::int64_t largest = 1;
    for (const auto& b : all) largest = std::max(largest, b.value);
    h("<figure class=\"logis-barres logis-barres--serrees\" aria-labelledby=\"{}\"><figcaption "
      "id=\"{}\">{}</figcaption><dl>",
      id, id, title);
    for (const auto& b : all)
        h("<div><dt>{}</dt><dd><div class=\"logis-barres__ligne\"><svg class=\"logis-barre "
          "logis-barre--attente\" "
          "width=\"100%\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><rect width=\"{}%\" "
          "height=\"12\"></rect></svg><p class=\"logis-barres__texte\">{}</p></div></dd></div>",
          b.label, (b.value * 100 + largest - 1) / largest, b.text);
    h("</dl></figure>");
}

} // namespace ui
