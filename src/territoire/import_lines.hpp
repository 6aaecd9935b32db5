// Reading big text files, compressed or not, line by line in constant memory; and CSV whose columns are found
// by name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace territoire {

/// Throws std::runtime_error with the reason and the path when the file cannot be opened or is cut or
/// damaged.
class LineReader {
public:
    explicit LineReader(const std::string& path);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    /// The next line without its end; nothing at the end of the file. A line above 32 MB is an error.
    std::optional<std::string> next();
    /// Bytes of uncompressed text consumed so far: the start of the next line.
    [[nodiscard]] std::uint64_t position() const { return position_; }
    /// Continues at a position given by an earlier run on the same file.
    void skip_to(std::uint64_t position);
    /// Lines read or skipped are numbered from 1 by the caller; progress is measured on the file itself, 0–1.
    [[nodiscard]] double progress() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::uint64_t position_ = 0;
};

/// SHA-256 of the file's bytes, in constant memory.
std::string file_sha256(const std::string& path);

/// One CSV record: `line` may be completed with following lines while a quote is open. Nothing when
/// malformed.
std::optional<std::vector<std::string>> parse_csv(std::string_view line, char separator);

/// Columns by name, whatever their order, case, accents and punctuation.
class CsvHeader {
public:
    explicit CsvHeader(std::string_view line);
    [[nodiscard]] char separator() const { return separator_; }
    /// Index of the first of these names that is present.
    [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] std::size_t size() const { return size_; }

private:
    char separator_;
    std::size_t size_ = 0;
    std::map<std::string, std::size_t, std::less<>> columns_;
};

} // namespace territoire
