// Escaping: whatever the text, the page around it stays the page that was written.
#include "ui/html.hpp"
#include "base/text.hpp"
#include "fuzz.hpp"
#include "ui/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto clean = base::clean_text(fuzz::text(data, size));
    if (!clean) return 0;
    const std::string_view text{*clean};
    ui::Html h;
    h("<p title=\"{}\">{}</p><p><a href=\"{}\">x</a></p>", text, text,
      ui::url("/signalements").with("q", text));
    if (const auto back = ui::local_url(text)) {
        fuzz::must(back->text()[0] == '/' && !back->text().starts_with("//"), "a path of ours");
        h("<p><a href=\"{}\">x</a></p>", *back);
    }
    h("<div>{}</div><p>{}</p>", ui::paragraphs(text), ui::json_script("d", "\"\""));
    const auto page = std::move(h).take();
    for (const auto& defect : ui::check_well_formed(page)) {
        std::fprintf(stderr, "%s\n", defect.c_str());
        fuzz::must(false, "the page is well formed");
    }
    std::size_t quotes = 0;
    for (const char c : page) quotes += c == '"';
    fuzz::must(quotes % 2 == 0, "no quote of the text in the page");
    return 0;
}
