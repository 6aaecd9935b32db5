// How far an import has gone: told to the person who waits, and written down so that it can continue.
#pragma once

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "territoire/import.hpp"

namespace territoire {

/// A line on the terminal every second: share of the file, speed, time left.
class Progress {
public:
    Progress(std::ostream* out, std::string file);
    void show(double share, std::uint64_t lines);
    void done();

private:
    std::ostream* out_;
    std::string file_;
    std::chrono::steady_clock::time_point start_, last_;
    double first_share_ = -1;
    std::uint64_t first_lines_ = 0;
    bool shown_ = false;
};

/// The row of import_fichier of one file.
struct Checkpoint {
    std::string empreinte;
    std::string genre;
    std::uint64_t position = 0;
    std::uint64_t lignes = 0;
    std::uint64_t retenues = 0;
    std::uint64_t erreurs = 0;
    bool termine = false;
};

/// Reads or creates the row of this file.
Checkpoint open_checkpoint(db::Database&, std::string_view genre, const std::string& path, Instant now);
void save_checkpoint(db::Transaction&, const Checkpoint&, std::optional<Instant> termine_le);

/// Counts an error; keeps the text of the first ones.
void note_error(BilanImport&, std::uint64_t line, std::string_view why);

} // namespace territoire
