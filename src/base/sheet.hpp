// A table written line by line, in constant memory: CSV, or a workbook (XLSX). What was written is given at
// once; what is kept is a few hundred bytes, whatever the number of lines.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace base {

struct Cell {
    std::string text;
    bool number = false; // digits, a sign or a point: a number for those who calculate
};

class SheetWriter {
public:
    virtual ~SheetWriter() = default;
    /// Appends to `out` what a line adds to the file.
    virtual void row(std::string& out, const std::vector<Cell>&) = 0;
    /// Appends the end of the file.
    virtual void end(std::string& out) = 0;
};

/// For French spreadsheets: semicolons, UTF-8 with its mark, CRLF. A text that a spreadsheet would take for a
/// formula begins with an apostrophe.
std::unique_ptr<SheetWriter> csv_writer();
/// A workbook. What is a text there is never a formula. A sheet holds a million lines: more of them begin
/// another, with the first line again.
std::unique_ptr<SheetWriter> xlsx_writer(std::string_view sheet_name);

/// Lines of a sheet of a workbook, the first one included.
inline constexpr std::size_t xlsx_rows_per_sheet = 1'048'576;
/// More than that in a cell, and spreadsheets refuse the file.
inline constexpr std::size_t cell_max_length = 32'000;

} // namespace base
