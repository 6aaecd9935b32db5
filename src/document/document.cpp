// Sets documents page by page. Two turns over each: the first counts its pages, the second draws them.
#include "document/document.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "base/expect.hpp"
#include "document/balisage.hpp"
#include "document/police.hpp"

namespace document {

namespace {
namespace setting {

constexpr double mm = 72 / 25.4;
constexpr double page_width = 210 * mm, page_height = 297 * mm;
constexpr double left = 25 * mm, width = 160 * mm;
constexpr double top = 20 * mm, bottom = 272 * mm, footer_line = 282 * mm;
// A sheet folded in three in a DL envelope moves by a centimetre each way; this corner stays behind a window
// of 35 × 100 mm placed 20 mm from its right and lower edges, wherever the sheet lies (NF Z 10-011).
constexpr double address_left = 103 * mm, address_width = 86 * mm;
constexpr double address_top = 55.8 * mm, address_step = 3.9 * mm;
constexpr double below_window = 95 * mm;
constexpr double fold = 99 * mm;

struct Style {
    double size = 10.5;
    bool bold = false;
    double grey = 0;
    [[nodiscard]] double step() const { return size * 1.38; }
};
constexpr Style body{}, strong{10.5, true}, title{15.5, true}, small{8.5, false, 0.35}, address{10.5};
constexpr Style heading_2{12.5, true}, heading_3{10.5, true};

template <auto F> struct Free {
    template <class T> void operator()(T* p) const { F(p); }
};
using Layout = std::unique_ptr<PangoLayout, Free<g_object_unref>>;

cairo_status_t keep(void* to, const unsigned char* bytes, unsigned size)
{
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

class Printer {
public:
    Printer(cairo_t* cr, PangoContext* context) : cr_(cr), context_(context) {}

    /// How many pages the document took. `total`: what its footer says; 0: nothing is drawn.
    int set(const Document& d, int total)
    {
        total_ = total;
        page_ = 1;
        document_ = &d;
        y_ = top;
        open("Sect");
        letterhead(d);
        paragraph(d.title, title, "H1", left, width);
        y_ += 3;
        rule();
        for (const auto& b : d.blocks) std::visit([&](const auto& block) { put(block); }, b);
        close("Sect");
        end_page();
        return page_;
    }

private:
    [[nodiscard]] bool drawing() const { return total_ > 0; }
    void open(const char* tag)
    {
        if (drawing()) cairo_tag_begin(cr_, tag, nullptr);
    }
    void close(const char* tag)
    {
        if (drawing()) cairo_tag_end(cr_, tag);
    }

    [[nodiscard]] Layout lay(const std::string& text, const Style& s, double w) const
    {
        Layout layout{pango_layout_new(context_)};
        const std::unique_ptr<PangoFontDescription, Free<pango_font_description_free>> font{
            pango_font_description_new()};
        pango_font_description_set_family_static(font.get(), family);
        pango_font_description_set_weight(font.get(), s.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_size(font.get(), static_cast<int>(s.size * PANGO_SCALE));
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_width(layout.get(), w > 0 ? static_cast<int>(w * PANGO_SCALE) : -1);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        return layout;
    }

    void draw_line(PangoLayout* layout, int n, double x, double y, const Style& s)
    {
        if (!drawing()) return;
        cairo_set_source_rgb(cr_, s.grey, s.grey, s.grey);
        cairo_move_to(cr_, x, y + s.size * 1.02);
        pango_cairo_show_layout_line(cr_, pango_layout_get_line_readonly(layout, n));
    }

    /// One line that never breaks the page, smaller when it is too wide.
    void line(const std::string& text, Style s, double x, double y, double most, bool to_the_right = false)
    {
        auto layout = lay(text, s, 0);
        int w = 0;
        pango_layout_get_size(layout.get(), &w, nullptr);
        if (const double wide = static_cast<double>(w) / PANGO_SCALE; wide > most) {
            s.size *= most / wide;
            layout = lay(text, s, 0);
            pango_layout_get_size(layout.get(), &w, nullptr);
        }
        draw_line(layout.get(), 0, to_the_right ? x + most - static_cast<double>(w) / PANGO_SCALE : x, y, s);
    }

    /// Lines from `y_` on, over as many pages as they need.
    void paragraph(const std::string& text, const Style& s, const char* tag, double x, double w)
    {
        const auto layout = lay(text, s, w);
        const int lines = pango_layout_get_line_count(layout.get());
        open(tag);
        for (int n = 0; n < lines; ++n) {
            // Neither a first line alone below, nor a last one alone above.
            const int together = lines > 1 && (n == 0 || n == lines - 2) ? 2 : 1;
            if (y_ + together * s.step() > bottom) {
                close(tag);
                new_page();
                open(tag);
            }
            draw_line(layout.get(), n, x, y_, s);
            y_ += s.step();
        }
        close(tag);
    }

    [[nodiscard]] double height(const std::string& text, const Style& s, double w) const
    {
        return pango_layout_get_line_count(lay(text, s, w).get()) * s.step();
    }
    void need(double room)
    {
        if (y_ + room > bottom) new_page();
    }
    void rule()
    {
        if (drawing()) {
            cairo_set_source_rgb(cr_, 0.12, 0.25, 0.42);
            cairo_rectangle(cr_, left, y_, 18 * mm, 1.6);
            cairo_fill(cr_);
        }
        y_ += 14;
    }

    void letterhead(const Document& d)
    {
        double y = y_;
        if (!d.sender.empty()) {
            open("P");
            for (const auto& l : d.sender) {
                line(l, &l == &d.sender.front() ? strong : body, left, y, 74 * mm);
                y += body.step();
            }
            close("P");
        }
        if (!d.address.empty()) {
            base::expect(d.address.size() <= address_lines, "an address has six lines at most");
            open("P");
            for (std::size_t i = 0; i < d.address.size(); ++i)
                line(d.address[i], address, address_left,
                     address_top + static_cast<double>(i) * address_step - address.size * 0.2, address_width);
            close("P");
            if (drawing()) {
                cairo_set_source_rgb(cr_, 0.6, 0.6, 0.6);
                cairo_rectangle(cr_, 6 * mm, fold, 4 * mm, 0.4);
                cairo_fill(cr_);
            }
            y = below_window;
        }
        if (!d.place_and_date.empty()) {
            open("P");
            line(d.place_and_date, body, left, d.address.empty() ? y_ : y, width, true);
            close("P");
        }
        y_ = std::max(y, y_) + (d.address.empty() ? 14 : 24);
    }

    void put(const Paragraph& p)
    {
        paragraph(p.text, p.strong ? strong : body, "P", left, width);
        y_ += 5;
    }
    void put(const Heading& h)
    {
        const auto& s = h.level == 2 ? heading_2 : heading_3;
        y_ += h.level == 2 ? 8 : 4;
        need(height(h.text, s, width) + 3 * body.step());
        paragraph(h.text, s, h.level == 2 ? "H2" : "H3", left, width);
        y_ += 3;
    }
    void put(const List& l)
    {
        constexpr double indent = 4.5 * mm;
        if (l.items.empty()) return;
        open("L");
        for (const auto& item : l.items) {
            need(std::min(2 * body.step(), height(item, body, width - indent)));
            open("LI");
            open("Lbl");
            line("–", body, left, y_, indent);
            close("Lbl");
            paragraph(item, body, "LBody", left + indent, width - indent);
            close("LI");
            y_ += 1.5;
        }
        close("L");
        y_ += 4;
    }
    void put(const Definitions& d)
    {
        constexpr double names = 62 * mm, gap = 5 * mm;
        const Style name{9.5, false, 0.3}, value{9.5};
        if (d.rows.empty()) return;
        open("Table");
        for (const auto& [what, text] : d.rows) {
            const auto a = lay(what, name, names);
            const auto b = lay(text, value, width - names - gap);
            const int lines_a = pango_layout_get_line_count(a.get());
            const int lines_b = pango_layout_get_line_count(b.get());
            need(std::min(std::max(lines_a, lines_b), 40) * value.step() + 3);
            open("TR");
            open("TH");
            for (int n = 0; n < lines_a; ++n) draw_line(a.get(), n, left, y_ + n * name.step(), name);
            close("TH");
            open("TD");
            for (int n = 0; n < lines_b; ++n)
                draw_line(b.get(), n, left + names + gap, y_ + n * value.step(), value);
            close("TD");
            close("TR");
            y_ += std::max(lines_a, lines_b) * value.step() + 3;
            if (drawing() && &what != &d.rows.back().first) {
                cairo_set_source_rgb(cr_, 0.85, 0.85, 0.85);
                cairo_rectangle(cr_, left, y_ - 2.2, width, 0.4);
                cairo_fill(cr_);
            }
        }
        close("Table");
        y_ += 6;
    }
    void put(const Callout& c)
    {
        const Style text{14, true};
        const double inside = width - 12 * mm, tall = height(c.text, text, inside) + small.step() + 18;
        need(tall + 4);
        y_ += 4;
        if (drawing()) {
            cairo_set_source_rgb(cr_, 0.945, 0.955, 0.97);
            cairo_rectangle(cr_, left, y_, width, tall);
            cairo_fill(cr_);
        }
        y_ += 8;
        paragraph(c.label, small, "P", left + 6 * mm, inside);
        paragraph(c.text, text, "P", left + 6 * mm, inside);
        y_ += 18;
    }

    void cells(const std::vector<std::string>& texts, const Style& s, const char* tag, double first,
               double other)
    {
        const auto layout = lay(texts.front(), s, first);
        const int lines = pango_layout_get_line_count(layout.get());
        open("TR");
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const char* cell = i == 0 ? "TH" : tag;
            open(cell);
            if (i == 0)
                for (int n = 0; n < lines; ++n) draw_line(layout.get(), n, left, y_ + n * s.step(), s);
            else
                line(texts[i], s, left + first + static_cast<double>(i - 1) * other + 2 * mm, y_,
                     other - 2 * mm, true);
            close(cell);
        }
        close("TR");
        y_ += lines * s.step() + 3;
        if (drawing()) {
            cairo_set_source_rgb(cr_, 0.85, 0.85, 0.85);
            cairo_rectangle(cr_, left, y_ - 2.2, width, 0.4);
            cairo_fill(cr_);
        }
    }
    void put(const Table& t)
    {
        const Style head{8.5, true, 0.2}, text{9};
        if (t.rows.empty()) return;
        const double other = std::min(
            26 * mm, width * 0.62 / static_cast<double>(std::max<std::size_t>(1, t.head.size() - 1)));
        const double first = width - other * static_cast<double>(t.head.size() - 1);
        need(6 * text.step());
        open("Table");
        cells(t.head, head, "TH", first, other);
        for (const auto& r : t.rows) {
            if (y_ + height(r.front(), text, first) + 3 > bottom) {
                close("Table");
                new_page();
                open("Table");
                cells(t.head, head, "TH", first, other);
            }
            cells(r, text, "TD", first, other);
        }
        close("Table");
        y_ += 6;
    }
    void put(const Columns& c)
    {
        constexpr double tall = 42 * mm;
        constexpr double colours[][3] = {{0.12, 0.25, 0.42}, {0.62, 0.68, 0.76}};
        if (c.values.empty()) return;
        std::int64_t largest = 1;
        for (const auto& v : c.values) largest = std::max(largest, *std::ranges::max_element(v));
        need(tall + 4 * small.step());
        double x = left;
        for (std::size_t i = 0; i < c.names.size(); ++i) {
            if (drawing()) {
                cairo_set_source_rgb(cr_, colours[i][0], colours[i][1], colours[i][2]);
                cairo_rectangle(cr_, x, y_ + 2, 8, 8);
                cairo_fill(cr_);
            }
            open("P");
            line(c.names[i], small, x + 12, y_, 60 * mm);
            close("P");
            x += 50 * mm;
        }
        y_ += small.step() + 6;
        if (drawing()) {
            const double step = width / static_cast<double>(c.values.size());
            const double one = step * 0.8 / static_cast<double>(c.names.size());
            for (std::size_t i = 0; i < c.values.size(); ++i)
                for (std::size_t s = 0; s < c.values[i].size(); ++s) {
                    const double h =
                        tall * static_cast<double>(c.values[i][s]) / static_cast<double>(largest);
                    cairo_set_source_rgb(cr_, colours[s][0], colours[s][1], colours[s][2]);
                    cairo_rectangle(
                        cr_, left + step * (static_cast<double>(i) + 0.1) + one * static_cast<double>(s),
                        y_ + tall - h, one * 0.92, h);
                    cairo_fill(cr_);
                }
            cairo_set_source_rgb(cr_, 0.6, 0.6, 0.6);
            cairo_rectangle(cr_, left, y_ + tall, width, 0.5);
            cairo_fill(cr_);
        }
        y_ += tall + 4;
        open("P");
        line(c.labels.front(), small, left, y_, width / 2);
        line(c.labels.back(), small, left + width / 2, y_, width / 2, true);
        close("P");
        y_ += small.step() + 8;
    }

    void new_page()
    {
        end_page();
        ++page_;
        y_ = top;
    }
    void end_page()
    {
        if (!drawing()) return;
        if (total_ > 1)
            line(fmt::format("{}\u00a0/\u00a0{}", page_, total_), small, left, footer_line, width, true);
        if (!document_->footer.empty()) line(document_->footer, small, left, footer_line, width - 15 * mm);
        cairo_show_page(cr_);
    }

    cairo_t* cr_;
    PangoContext* context_;
    const Document* document_ = nullptr;
    int page_ = 1, total_ = 0;
    double y_ = top;
};

} // namespace setting
} // namespace

Pdf print(std::span<const Document> documents, Date created)
{
    base::expect(!documents.empty(), "a file of documents holds one at least");
    // Pango's fonts serve one thread at a time; a page takes a few milliseconds.
    static std::mutex one_at_a_time;
    const std::lock_guard lock{one_at_a_time};
    Pdf pdf;
    std::string bytes;
    {
        using setting::Free;
        const std::unique_ptr<cairo_surface_t, Free<cairo_surface_destroy>> surface{
            cairo_pdf_surface_create_for_stream(setting::keep, &bytes, setting::page_width,
                                                setting::page_height)};
        const auto day = to_iso(created);
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                       documents.front().title.c_str());
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Logis");
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, day.c_str());
        const std::unique_ptr<cairo_t, Free<cairo_destroy>> cr{cairo_create(surface.get())};
        const std::unique_ptr<PangoContext, Free<g_object_unref>> context{
            pango_font_map_create_context(letters())};
        const std::unique_ptr<cairo_font_options_t, Free<cairo_font_options_destroy>> options{
            cairo_font_options_create()};
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context.get(), options.get());
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        pango_context_set_language(context.get(), pango_language_from_string("fr"));
        setting::Printer printer{cr.get(), context.get()};
        cairo_tag_begin(cr.get(), "Document", nullptr);
        for (const auto& d : documents) {
            pdf.pages_of.push_back(printer.set(d, 0));
            pdf.pages += printer.set(d, pdf.pages_of.back());
        }
        cairo_tag_end(cr.get(), "Document");
        cairo_surface_finish(surface.get());
        for (const auto status : {cairo_status(cr.get()), cairo_surface_status(surface.get())})
            if (status != CAIRO_STATUS_SUCCESS)
                throw std::runtime_error{std::string{"a document cannot be printed: "} +
                                         cairo_status_to_string(status)};
    }
    pdf.bytes = with_properties(bytes, documents.front().title);
    return pdf;
}

Pdf print(const Document& d, Date created)
{
    return print(std::span{&d, 1}, created);
}

} // namespace document
