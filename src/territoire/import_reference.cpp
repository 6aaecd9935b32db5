// Loading the embedded geographic code into the database, once per version of it.
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "territoire/import.hpp"
#include "territoire/import_bulk.hpp"
#include "territoire/recherche.hpp"
#include "territoire/store_lieux.hpp"

namespace territoire {

namespace reference_detail {

std::string inflate_all(std::string_view compressed)
{
    std::string out;
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) throw base::Bug{"zlib cannot start"};
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(compressed.data()));
    stream.avail_in = static_cast<uInt>(compressed.size());
    std::vector<char> piece(1 << 18);
    int rc = Z_OK;
    while (rc == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        rc = inflate(&stream, Z_NO_FLUSH);
        out.append(piece.data(), piece.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    base::expect(rc == Z_STREAM_END, "the embedded reference is damaged");
    return out;
}

template <class T> std::optional<T> number(const std::string& text)
{
    T out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::optional<std::string> or_null(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional{text};
}

using Line = std::vector<std::string>; // letter, then the fields written by tools/build-reference.mjs

/// What is searched for a commune. Names and postal codes; « Paris 15 » and 75115 for an arrondissement.
void add_lieux(db::Transaction& tx, const std::vector<Line>& lines)
{
    // A town with arrondissements leaves its postal codes to them.
    std::map<std::string, std::string> names;
    std::map<std::string, bool> split;
    for (const auto& l : lines)
        if (l[0] == "C") {
            names[l[1]] = l[2];
            if (l[3] == "arrondissement") split[l[4]] = true;
        }
    store::unindex_lieux(tx, "source = 'reference'");
    tx.exec("DELETE FROM lieu WHERE source = 'reference'");
    BulkStatement lieux{tx,
                        "INSERT INTO lieu (id, type, nom, insee, commune, code_postal, lon, lat, importance, "
                        "recherche, source) VALUES",
                        11};
    const auto add = [&](const Line& c, const std::string& id, const std::string& name, bool part) {
        const bool merged = part && c[3] != "arrondissement";
        const auto& insee = merged && !c[4].empty() ? c[4] : c[1];
        const auto& commune = merged ? names[insee] : c[2];
        const auto population = number<double>(c[8]).value_or(0);
        auto text = texte_recherche(name);
        if (merged) text += " " + texte_recherche(commune);
        if (!split.contains(c[1]) && !c[7].empty()) text += " " + c[7];
        if (c[3] == "arrondissement") text += " " + c[1];
        text += " zcommune zi" + base::fold(insee) + " zd" + base::fold(c[5]);
        if (insee != c[1]) text += " zi" + base::fold(c[1]);
        if (c[3] == "arrondissement") text += " zi" + base::fold(c[4]);
        const auto codes = base::split(c[7], ' ');
        lieux.add(id, "municipality", name, insee, commune, or_null(codes.front()), number<double>(c[9]),
                  number<double>(c[10]),
                  part && c[3] != "arrondissement" ? 0.05 : std::log(1 + population / 3) / 20, text,
                  "reference");
    };
    std::map<std::string, const Line*> by_code;
    for (const auto& l : lines)
        if (l[0] == "C") {
            by_code[l[1]] = &l;
            add(l, l[1], l[2], l[3] != "commune");
        }
    for (const auto& l : lines)
        if (l[0] == "N") {
            // The déléguée that has the code of its commune.
            Line part = *by_code.at(l[1]);
            part[3] = "deleguee";
            part[4] = l[1];
            add(part, l[1] + "-" + base::slug(l[2]), l[2], true);
        }
    lieux.finish();
    store::index_lieux(tx, "source = 'reference'");
    store::settle_lieux(tx);
}

void load(db::Transaction& tx, const std::vector<Line>& lines)
{
    BulkStatement regions{tx, "INSERT INTO region (code, nom) VALUES", 2,
                          " ON CONFLICT (code) DO UPDATE SET nom = excluded.nom"};
    for (const auto& l : lines)
        if (l[0] == "R") regions.add(l[1], l[2]);
    regions.finish();

    BulkStatement departements{
        tx, "INSERT INTO departement (code, nom, region) VALUES", 3,
        " ON CONFLICT (code) DO UPDATE SET nom = excluded.nom, region = excluded.region"};
    for (const auto& l : lines)
        if (l[0] == "D") departements.add(l[1], l[2], l[3]);
    departements.finish();

    BulkStatement epcis{tx, "INSERT INTO epci (siren, nom, type) VALUES", 3,
                        " ON CONFLICT (siren) DO UPDATE SET nom = excluded.nom, type = excluded.type"};
    for (const auto& l : lines)
        if (l[0] == "E") epcis.add(l[1], l[2], l[3]);
    epcis.finish();

    // Better coordinates may have been imported since: they stay.
    BulkStatement communes{
        tx,
        "INSERT INTO commune (insee, nom, type, rattachee_a, departement, epci, codes_postaux, population, "
        "lon, lat, "
        "position_source) VALUES",
        11,
        " ON CONFLICT (insee) DO UPDATE SET nom = excluded.nom, type = excluded.type, "
        "rattachee_a = excluded.rattachee_a, departement = excluded.departement, epci = excluded.epci, "
        "codes_postaux = excluded.codes_postaux, population = excluded.population, "
        "lon = CASE WHEN commune.position_source = 'laposte' THEN commune.lon ELSE excluded.lon END, "
        "lat = CASE WHEN commune.position_source = 'laposte' THEN commune.lat ELSE excluded.lat END, "
        "position_source = CASE WHEN commune.position_source = 'laposte' THEN 'laposte' "
        "ELSE excluded.position_source END"};
    // Communes come first in the file, then their parts, which refer to them.
    for (const auto& l : lines)
        if (l[0] == "C")
            communes.add(l[1], l[2], l[3], or_null(l[4]), l[5], or_null(l[6]), l[7],
                         number<std::int64_t>(l[8]).value_or(0), number<double>(l[9]), number<double>(l[10]),
                         l[9].empty() ? std::nullopt : std::optional{"reference"});
    communes.finish();

    tx.exec("DELETE FROM commune_ancien_code");
    BulkStatement codes{tx, "INSERT INTO commune_ancien_code (code, insee) VALUES", 2};
    for (const auto& l : lines)
        if (l[0] == "A") codes.add(l[1], l[2]);
    codes.finish();
    // A commune that merged since the last version no longer designates anything by itself.
    tx.exec("DELETE FROM commune WHERE insee IN (SELECT code FROM commune_ancien_code) "
            "OR rattachee_a IN (SELECT code FROM commune_ancien_code)");
    tx.exec("UPDATE departement SET population = COALESCE((SELECT CAST(SUM(c.population) AS BIGINT) FROM "
            "commune c WHERE c.departement = departement.code AND c.type = 'commune'), 0)");

    add_lieux(tx, lines);
    // Postal codes and coordinates of La Poste may be taken again from the file already imported.
    tx.exec("DELETE FROM import_fichier WHERE genre = 'communes'");
}

} // namespace reference_detail

bool charger_reference(db::Database& database, Instant now)
{
    namespace d = reference_detail;
    const auto known = [](db::Transaction& tx) {
        return tx.find<std::string>("SELECT empreinte FROM reference_chargee WHERE nom = 'communes'");
    };
    {
        auto tx = database.read();
        if (known(tx) == std::string{reference_sha256()}) return false;
    }
    const auto text = d::inflate_all(reference_gz());
    std::vector<d::Line> lines;
    for (const auto& line : base::split(text, '\n'))
        if (!line.empty()) lines.push_back(base::split(line, '\t'));
    for (const auto& l : lines)
        base::expect(l.size() == (l[0] == "C"                  ? 11U
                                  : l[0] == "D" || l[0] == "E" ? 4U
                                                               : 3U),
                     "the embedded reference has a line of another shape");
    return database.write([&](db::Transaction& tx) {
        if (known(tx) == std::string{reference_sha256()}) return false; // another process was faster
        d::load(tx, lines);
        tx.exec("INSERT INTO reference_chargee (nom, empreinte, chargee_le) VALUES ('communes', $1, $2) ON "
                "CONFLICT "
                "(nom) DO UPDATE SET empreinte = excluded.empreinte, chargee_le = excluded.chargee_le",
                reference_sha256(), now);
        return true;
    });
}

} // namespace territoire
