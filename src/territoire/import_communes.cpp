// La Poste's base of postal codes: it gives communes and arrondissements their coordinates and their postal
// codes.
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>

#include "base/text.hpp"
#include "territoire/import_bulk.hpp"
#include "territoire/import_lines.hpp"
#include "territoire/import_progress.hpp"
#include "territoire/recherche.hpp"
#include "territoire/store_lieux.hpp"

namespace territoire {

namespace laposte_detail {

std::optional<double> degrees(std::string_view text, double limit)
{
    text = base::trim(text);
    double out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(out) ||
        std::abs(out) > limit)
        return std::nullopt;
    return out;
}

bool is_code(std::string_view text)
{
    return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || c == 'A' || c == 'B';
           });
}

struct Columns {
    explicit Columns(const CsvHeader& header)
        : insee(header.find({"code commune insee", "code insee", "insee"})),
          code_postal(header.find({"code postal", "codepostal"})),
          lat(header.find({"latitude", "lat"})),
          lon(header.find({"longitude", "lon", "long"})),
          // "lat,lon" in one cell: the header of the open-data portals.
          gps(header.find({"geopoint", "coordonnees gps", "coordonnees geographiques", "geo point 2d"}))
    {}
    std::optional<std::size_t> insee, code_postal, lat, lon, gps;
};

struct Place {
    std::set<std::string> codes;
    std::optional<Point> position;
};

std::optional<Point> position_of(const Columns& columns, const std::vector<std::string>& row)
{
    std::optional<double> lat;
    std::optional<double> lon;
    if (columns.lat && columns.lon) {
        lat = degrees(row[*columns.lat], 90);
        lon = degrees(row[*columns.lon], 180);
    }
    if ((!lat || !lon) && columns.gps) {
        const auto parts = base::split(row[*columns.gps], ',');
        if (parts.size() == 2) {
            lat = degrees(parts[0], 90);
            lon = degrees(parts[1], 180);
        }
    }
    if (!lat || !lon) return std::nullopt;
    return Point{*lon, *lat};
}

void save(db::Transaction& tx, const std::map<std::string, Place>& places)
{
    struct Row {
        std::string insee, codes_postaux;
    };
    std::map<std::string, std::string> known;
    tx.each<Row>("SELECT insee, codes_postaux FROM commune",
                 [&](Row row) { known.emplace(std::move(row.insee), std::move(row.codes_postaux)); });
    // One statement for many communes: 35 000 round trips would take a minute on a distant server.
    BulkStatement positions{
        tx, "WITH v (insee, lon, lat) AS (VALUES", 3,
        ") UPDATE commune SET lon = CAST(v.lon AS DOUBLE PRECISION), lat = CAST(v.lat AS DOUBLE "
        "PRECISION), position_source = 'laposte' FROM v WHERE commune.insee = v.insee"};
    for (const auto& [insee, place] : places) {
        auto codes = base::split(known[insee], ' ');
        std::erase(codes, "");
        const auto before = codes.size();
        std::string added;
        for (const auto& code : place.codes)
            if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
                codes.push_back(code);
                added += " " + code;
            }
        if (codes.size() != before) {
            tx.exec("UPDATE commune SET codes_postaux = $1 WHERE insee = $2", base::join(codes, " "), insee);
            store::unindex_lieux(tx, "id = $1 AND source = 'reference'", insee);
            tx.exec("UPDATE lieu SET recherche = recherche || $1, code_postal = COALESCE(code_postal, $2) "
                    "WHERE id = $3 AND source = 'reference'",
                    added, codes.front(), insee);
            store::index_lieux(tx, "id = $1 AND source = 'reference'", insee);
        }
        if (place.position) positions.add(insee, place.position->lon, place.position->lat);
    }
    positions.finish();
    tx.exec("UPDATE lieu SET lon = c.lon, lat = c.lat FROM commune c WHERE lieu.source = 'reference' AND "
            "lieu.id = c.insee AND c.position_source = 'laposte'");
}

} // namespace laposte_detail

BilanImport importer_communes(db::Database& database, const std::string& path, Instant now,
                              const OptionsImport& options)
{
    namespace d = laposte_detail;
    BilanImport bilan;
    bilan.fichier = std::filesystem::path{path}.filename().string();
    auto checkpoint = open_checkpoint(database, "communes", path, now);
    if (checkpoint.termine) {
        bilan.deja_fait = true;
        return bilan;
    }
    LineReader reader{path};
    const auto first = reader.next();
    const CsvHeader header{first.value_or("")};
    const d::Columns columns{header};
    if (!columns.insee || !(columns.gps || (columns.lat && columns.lon) || columns.code_postal))
        throw std::runtime_error{path +
                                 " : ce n’est pas la base des codes postaux. Colonnes attendues : "
                                 "code_commune_insee, code_postal, latitude et longitude (ou _geopoint)."};
    std::set<std::string> known;
    {
        auto tx = database.read();
        tx.each<std::string>("SELECT insee FROM commune UNION ALL SELECT code FROM commune_ancien_code",
                             [&](std::string code) { known.insert(std::move(code)); });
    }

    Progress progress{options.progression, bilan.fichier};
    std::map<std::string, d::Place> places;
    std::uint64_t number = 1;
    while (auto line = reader.next()) {
        ++number;
        if (line->empty()) continue;
        ++bilan.lignes;
        progress.show(reader.progress(), number);
        const auto row = parse_csv(*line, header.separator());
        if (!row || row->size() != header.size()) {
            note_error(bilan, number, "nombre de colonnes inattendu");
            continue;
        }
        auto insee = (*row)[*columns.insee];
        if (insee.size() == 4) insee.insert(0, "0"); // a spreadsheet ate the zero
        if (!d::is_code(insee)) {
            note_error(bilan, number, "code INSEE manquant ou mal formé");
            continue;
        }
        if (insee.starts_with("99")) continue; // Monaco, which has French postal codes
        if (!known.contains(insee)) {
            note_error(bilan, number, "code INSEE inconnu : " + insee);
            continue;
        }
        auto& place = places[insee];
        ++bilan.retenues;
        if (columns.code_postal) {
            auto code = (*row)[*columns.code_postal];
            if (code.size() == 4) code.insert(0, "0");
            if (d::is_code(code)) place.codes.insert(code);
        }
        if (!place.position) place.position = d::position_of(columns, *row);
    }
    database.write([&](db::Transaction& tx) {
        d::save(tx, places);
        checkpoint.position = reader.position();
        checkpoint.lignes = bilan.lignes;
        checkpoint.retenues = bilan.retenues;
        checkpoint.erreurs = bilan.erreurs;
        save_checkpoint(tx, checkpoint, now);
    });
    progress.done();
    return bilan;
}

} // namespace territoire
