// Backups of the whole installation, made while it serves, and their restoration into an empty place. What
// the directory holds: coffre.hpp; the lines of the tables: tables.hpp; why so: docs/adr.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "app.hpp"

namespace sauvegarde {

/// The row of `tache` that says when the last backup was whole: `logis verifier` and the metrics tell its
/// lateness.
inline constexpr std::string_view nom_de_la_tache = "sauvegarder";

struct Options {
    std::filesystem::path depot;              // directory of the repository
    std::optional<std::filesystem::path> cle; // file of its key; none: nothing is encrypted
};

struct Resume {
    std::string nom; // of the backup: the moment of its snapshot
    std::int64_t lignes = 0;
    std::int64_t fichiers = 0;  // of the store
    std::int64_t au_sas = 0;    // received, not yet prepared (restoration)
    std::int64_t copies = 0;    // files that the repository did not hold yet
    std::uint64_t octets = 0;   // of these files
    std::int64_t manquants = 0; // contents that were already missing or damaged
};

/// Everything as it was at one moment: the rows in one snapshot, then each content that they name. Nobody
/// waits. Keeps the `garder` most recent backups and removes the others, with the contents that only they
/// named (0: keeps all).
Resume sauvegarder(App&, const Options&, int garder, std::ostream& progression);

struct OptionsRestauration {
    Options ou;
    std::optional<std::string> nom; // the most recent one by default
    bool reprendre = false;         // the files of a restoration that was interrupted are already there
};

/// Puts a backup into an empty database and an empty store of files; refuses any other. All or nothing: the
/// rows appear together, once every file is there. Throws Refus with what the person should know.
Resume restaurer(App&, const OptionsRestauration&, std::ostream& progression);

/// Reads a backup to its last byte and compares every checksum; restores nothing.
Resume relire(const OptionsRestauration&, std::ostream& progression);

} // namespace sauvegarde
