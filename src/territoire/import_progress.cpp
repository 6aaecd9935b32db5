// Progress, checkpoints and the summary of imports.
#include "territoire/import_progress.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/text.hpp"
#include "territoire/import_lines.hpp"

namespace territoire {

Progress::Progress(std::ostream* out, std::string file)
    : out_(out), file_(std::move(file)), start_(std::chrono::steady_clock::now()), last_(start_)
{}

void Progress::show(double share, std::uint64_t lines)
{
    if (!out_) return;
    if (first_share_ < 0) {
        first_share_ = share;
        first_lines_ = lines;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::seconds{1}) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double gained = share - first_share_;
    const auto left = gained > 0.001 ? static_cast<long long>(seconds * (1 - share) / gained) : -1;
    *out_ << fmt::format("\r{} : {:.0f} %, {} lignes, {} lignes/s{}   ", file_, share * 100, lines,
                         static_cast<long long>(static_cast<double>(lines - first_lines_) / seconds),
                         left < 0 ? std::string{}
                                  : fmt::format(", encore {} min {:02} s", left / 60, left % 60))
          << std::flush;
    shown_ = true;
}

void Progress::done()
{
    if (out_ && shown_) *out_ << '\n' << std::flush;
}

Checkpoint open_checkpoint(db::Database& database, std::string_view genre, const std::string& path,
                           Instant now)
{
    struct Row {
        std::int64_t position, lignes, retenues, erreurs;
        std::optional<std::string> termine_le;
    };
    const auto empreinte = file_sha256(path);
    return database.write([&](db::Transaction& tx) {
        Checkpoint c{empreinte, std::string{genre}};
        if (const auto row =
                tx.find<Row>("SELECT position, lignes, retenues, erreurs, termine_le FROM import_fichier "
                             "WHERE empreinte = $1 AND genre = $2",
                             empreinte, genre)) {
            c.position = static_cast<std::uint64_t>(row->position);
            c.lignes = static_cast<std::uint64_t>(row->lignes);
            c.retenues = static_cast<std::uint64_t>(row->retenues);
            c.erreurs = static_cast<std::uint64_t>(row->erreurs);
            c.termine = row->termine_le.has_value();
        } else {
            tx.exec("INSERT INTO import_fichier (empreinte, genre, nom, commence_le) VALUES ($1, $2, $3, $4)",
                    empreinte, genre, std::filesystem::path{path}.filename().string(), now);
        }
        return c;
    });
}

void save_checkpoint(db::Transaction& tx, const Checkpoint& c, std::optional<Instant> termine_le)
{
    tx.exec(
        "UPDATE import_fichier SET position = $1, lignes = $2, retenues = $3, erreurs = $4, termine_le = $5 "
        "WHERE empreinte = $6 AND genre = $7",
        c.position, c.lignes, c.retenues, c.erreurs, termine_le, c.empreinte, c.genre);
}

void note_error(BilanImport& bilan, std::uint64_t line, std::string_view why)
{
    ++bilan.erreurs;
    if (bilan.premieres_erreurs.size() < 10)
        bilan.premieres_erreurs.push_back(fmt::format("ligne {} : {}", line, why));
}

std::string en_texte(const BilanImport& b)
{
    if (b.deja_fait) return fmt::format("{} : déjà importé, rien à faire.", b.fichier);
    auto out = fmt::format("{}{} : {} lues, {} retenues, {}.", b.fichier, b.repris ? " (suite)" : "",
                           base::count(static_cast<long long>(b.lignes), "ligne", "lignes"),
                           base::format_integer(static_cast<long long>(b.retenues)),
                           base::count(static_cast<long long>(b.erreurs), "erreur", "erreurs"));
    for (const auto& e : b.premieres_erreurs) out += "\n  " + e;
    if (b.erreurs > b.premieres_erreurs.size()) out += "\n  …";
    return out;
}

} // namespace territoire
