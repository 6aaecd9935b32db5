// CSV: the cells of a row, written again, read the same; a column that is found is in the row.
#include "fuzz.hpp"
#include "territoire/import_lines.hpp"

namespace {

void check_cells(std::string_view line, char separator)
{
    const auto cells = territoire::parse_csv(line, separator);
    if (!cells) return;
    fuzz::must(!cells->empty() && cells->size() <= line.size() + 1, "as many cells as separators");
    std::string written;
    for (const auto& cell : *cells) {
        if (!written.empty()) written += separator;
        written += '"';
        for (const char c : cell) written += c == '"' ? std::string{"\"\""} : std::string{c};
        written += '"';
    }
    fuzz::must(territoire::parse_csv(written, separator) == cells, "cells read back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    const auto end = text.find('\n');
    const territoire::CsvHeader header{text.substr(0, end)};
    const auto at = header.find({"code insee", "insee", "code commune insee"});
    fuzz::must(!at || *at < header.size(), "a column is in the row");
    if (end != std::string_view::npos) check_cells(text.substr(end + 1), header.separator());
    return 0;
}
