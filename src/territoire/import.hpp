// Loading what the State publishes: the geographic code (embedded), La Poste's base, the BAN.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/db.hpp"

namespace territoire {

/// The geographic code embedded at build time: a zlib stream of tab-separated lines
/// (tools/build-reference.mjs).
std::string_view reference_gz();
/// SHA-256 of its uncompressed text.
std::string_view reference_sha256();

/// Loads the embedded geographic code unless this very version is already there. Returns true when it loaded.
/// One transaction; leaves imported coordinates, addresses and territories as they are.
bool charger_reference(db::Database&, Instant now);

struct BilanImport {
    std::string fichier;
    std::uint64_t lignes = 0;   // read in this run
    std::uint64_t retenues = 0; // written
    std::uint64_t erreurs = 0;
    std::vector<std::string> premieres_erreurs; // « ligne 12 : code INSEE manquant »
    bool deja_fait = false;                     // the very same file was already imported
    bool repris = false;                        // continued after an interruption
};

struct OptionsImport {
    std::ostream* progression = nullptr; // a line now and then; null: silent
    std::uint64_t arreter_apres = 0;     // tests: stop as if killed after this many lines
};

/// `logis import communes FILE`: La Poste's base (CSV, gz or not): coordinates and postal codes.
/// Throws std::runtime_error when the file cannot be read or has none of the columns.
BilanImport importer_communes(db::Database&, const std::string& path, Instant now, const OptionsImport& = {});

/// `logis import adresses FILE`: BAN CSV (both headers) or addok ndjson, gz or not. Streams, resumes,
/// idempotent.
BilanImport importer_adresses(db::Database&, const std::string& path, Instant now, const OptionsImport& = {});

/// What the command prints about one file.
std::string en_texte(const BilanImport&);

/// Demo story: Seine-Maritime opened to professionals with two committees, two neighbours, and well-known
/// streets. Idempotent. Needs the reference.
void semer_demo(db::Transaction&, Instant le);

} // namespace territoire
