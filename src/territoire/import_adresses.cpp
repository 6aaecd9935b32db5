// The Base adresse nationale: CSV of either header or addok ndjson, by batches, each with its checkpoint.
#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "territoire/import_bulk.hpp"
#include "territoire/import_lines.hpp"
#include "territoire/import_progress.hpp"
#include "territoire/recherche.hpp"
#include "territoire/store_lieux.hpp"

namespace territoire {

namespace ban_detail {

namespace json = boost::json;

/// A house number, or a street or locality without one.
struct Numero {
    std::string id;
    int numero = 0;
    std::string suffixe;
    std::string code_postal;
    std::optional<Point> position;
};
struct Lieu {
    std::string id;
    bool lieu_dit = false;
    std::string nom;
    std::string insee; // as it is today
    std::string commune;
    std::string code_postal;
    std::optional<Point> position;
    std::optional<double> importance; // when the source says it
    std::vector<Numero> numeros;
};

struct CommuneConnue {
    std::string insee; // what the code designates today
    std::string nom;
    std::string departement;
    std::string mere; // of an arrondissement
    double population = 0;
};
using Communes = std::unordered_map<std::string, CommuneConnue>;

Communes load_communes(db::Database& database)
{
    struct Row {
        std::string insee, nom, type;
        std::optional<std::string> mere;
        std::string departement;
        std::int64_t population;
    };
    Communes out;
    auto tx = database.read();
    tx.each<Row>("SELECT insee, nom, type, rattachee_a, departement, population FROM commune", [&](Row r) {
        out.emplace(r.insee, CommuneConnue{r.insee, r.nom, r.departement, r.mere.value_or(""),
                                           static_cast<double>(r.population)});
    });
    struct Old {
        std::string code, insee;
    };
    std::vector<Old> old;
    tx.each<Old>("SELECT code, insee FROM commune_ancien_code", [&](Old o) { old.push_back(std::move(o)); });
    for (const auto& o : old)
        if (const auto at = out.find(o.insee); at != out.end())
            out.emplace(o.code, CommuneConnue{at->second});
    return out;
}

std::optional<double> number(std::string_view text)
{
    double out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(out)) return std::nullopt;
    return out;
}

std::optional<Point> point(std::optional<double> lon, std::optional<double> lat)
{
    if (!lon || !lat || std::abs(*lon) > 180 || std::abs(*lat) > 90) return std::nullopt;
    return Point{*lon, *lat};
}

/// Short clean text, or nothing when it is not text.
std::optional<std::string> text(std::string_view raw)
{
    if (raw.size() > 400) return std::nullopt;
    auto clean = base::clean_text(raw);
    if (!clean || clean->find('\n') != std::string::npos) return std::nullopt;
    return std::string{base::trim(*clean)};
}

bool is_postal(std::string_view s)
{
    return s.size() == 5 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Where rows become places: the batch being filled.
class Batch {
public:
    Lieu& lieu(Lieu wanted)
    {
        const auto [at, added] = by_id_.try_emplace(wanted.id, lieux_.size());
        if (added) lieux_.push_back(std::move(wanted));
        return lieux_[at->second];
    }
    [[nodiscard]] const std::vector<Lieu>& lieux() const { return lieux_; }
    std::uint64_t retenues = 0;
    void clear()
    {
        lieux_.clear();
        by_id_.clear();
        retenues = 0;
    }

private:
    std::vector<Lieu> lieux_;
    std::unordered_map<std::string, std::size_t> by_id_;
};

std::string recherche_de(const Lieu& l, const Communes& communes)
{
    auto out = texte_recherche(l.nom) + " " + texte_recherche(l.commune);
    if (!l.code_postal.empty()) out += " " + l.code_postal;
    out += " zvoie zi" + base::fold(l.insee);
    if (const auto at = communes.find(l.insee); at != communes.end()) {
        out += " zd" + base::fold(at->second.departement);
        if (!at->second.mere.empty()) out += " zi" + base::fold(at->second.mere);
    }
    return out;
}

std::optional<std::string> or_null(const std::string& s)
{
    return s.empty() ? std::nullopt : std::optional{s};
}

std::optional<double> lon_of(const std::optional<Point>& p)
{
    return p ? std::optional{p->lon} : std::nullopt;
}
std::optional<double> lat_of(const std::optional<Point>& p)
{
    return p ? std::optional{p->lat} : std::nullopt;
}

struct Stat {
    std::int64_t rang, nombre;
    std::optional<double> lon, lat;
};

/// Every statement of a batch. Doing it twice gives the same rows.
void save(db::Transaction& tx, const Batch& batch, const Communes& communes)
{
    // Streets of the demonstration give way to real ones.
    std::set<std::string> towns;
    for (const auto& l : batch.lieux()) towns.insert(l.insee);
    for (const auto& insee : towns) {
        store::unindex_lieux(tx, "insee = $1 AND source = 'demo'", insee);
        tx.exec("DELETE FROM lieu WHERE insee = $1 AND source = 'demo'", insee);
    }

    std::unordered_map<std::string, std::int64_t> rangs;
    std::unordered_set<std::string_view> ids;
    BulkStatement numeros{
        tx, "INSERT INTO adresse (id, lieu, numero, suffixe, code_postal, lon, lat) VALUES", 7,
        " ON CONFLICT (id) DO UPDATE SET lieu = excluded.lieu, numero = excluded.numero, "
        "suffixe = excluded.suffixe, code_postal = excluded.code_postal, lon = excluded.lon, "
        "lat = excluded.lat"};
    struct Known {
        std::int64_t rang;
        std::string recherche;
    };
    for (const auto& l : batch.lieux()) {
        const auto recherche = recherche_de(l, communes);
        const char* type = l.lieu_dit ? "locality" : "street";
        const auto known = tx.find<Known>("SELECT rang, recherche FROM lieu WHERE id = $1", l.id);
        std::int64_t rang = 0;
        if (!known) {
            rang = tx.one<std::int64_t>(
                "INSERT INTO lieu (id, type, nom, insee, commune, code_postal, lon, lat, "
                "importance, recherche, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                "$10, 'ban') RETURNING rang",
                l.id, type, l.nom, l.insee, l.commune, or_null(l.code_postal), lon_of(l.position),
                lat_of(l.position), l.importance.value_or(0), recherche);
            store::index_lieux(tx, "rang = $1", rang);
        } else {
            rang = known->rang;
            const bool changed = known->recherche != recherche;
            if (changed) store::unindex_lieux(tx, "rang = $1", rang);
            tx.exec(
                "UPDATE lieu SET type = $1, nom = $2, insee = $3, commune = $4, code_postal = COALESCE($5, "
                "code_postal), recherche = $6, source = 'ban' WHERE rang = $7",
                type, l.nom, l.insee, l.commune, or_null(l.code_postal), recherche, rang);
            if (changed) store::index_lieux(tx, "rang = $1", rang);
        }
        rangs.emplace(l.id, rang);
        for (const auto& n : l.numeros)
            // Files repeat themselves; a statement may not write one row twice.
            if (ids.insert(n.id).second)
                numeros.add(n.id, rang, n.numero, n.suffixe, or_null(n.code_postal), lon_of(n.position),
                            lat_of(n.position));
    }
    numeros.finish();

    // Middle and weight of each street from all its numbers, those of earlier batches included.
    for (const auto& l : batch.lieux()) {
        const auto rang = rangs.at(l.id);
        const auto s =
            tx.one<Stat>("SELECT CAST($1 AS INTEGER), count(*), avg(lon), avg(lat) FROM adresse WHERE "
                         "lieu = $2",
                         rang, rang);
        double population = 0;
        if (const auto at = communes.find(l.insee); at != communes.end()) population = at->second.population;
        // The formula of the BAN itself.
        const auto importance = l.importance.value_or(
            (std::log(1 + population / 3) + std::log(1 + static_cast<double>(s.nombre))) / 20);
        const auto place =
            l.position && !l.numeros.empty() && l.importance ? l.position : point(s.lon, s.lat);
        const auto kept = place ? place : l.position;
        tx.exec("UPDATE lieu SET importance = $1, lon = COALESCE($2, lon), lat = COALESCE($3, lat) WHERE "
                "rang = $4",
                importance, lon_of(kept), lat_of(kept), rang);
    }
}

// ── CSV ────────────────────────────────────────────────────────────────────────────────────────────────────

struct Columns {
    explicit Columns(const CsvHeader& h)
        : id(h.find({"id", "cle interop"})),
          fantoir(h.find({"id fantoir"})),
          numero(h.find({"numero"})),
          rep(h.find({"rep", "suffixe"})),
          nom_voie(h.find({"nom voie", "voie nom"})),
          nom_ld(h.find({"nom ld"})),
          code_postal(h.find({"code postal", "code post"})),
          insee(h.find({"code insee", "commune insee"})),
          commune(h.find({"nom commune", "commune nom"})),
          lon(h.find({"lon", "long"})),
          lat(h.find({"lat"})),
          lieu_dit(h.find({"nom lieu dit"}))
    {}
    [[nodiscard]] bool usable() const { return insee && (nom_voie || lieu_dit); }
    std::optional<std::size_t> id, fantoir, numero, rep, nom_voie, nom_ld, code_postal, insee, commune, lon,
        lat, lieu_dit;
};

/// "01002_w4ld4h_00006_bis" → "01002_w4ld4h": the key of the street is the beginning of the key of its
/// numbers.
std::optional<std::string> street_key(const std::string& id)
{
    const auto parts = base::split(id, '_');
    if (parts.size() < 2 || parts[0].size() != 5 || parts[1].empty() || parts[1].size() > 9)
        return std::nullopt;
    return parts[0] + "_" + parts[1];
}

/// Why the row is refused; empty when it was taken.
std::string take_csv(const std::vector<std::string>& row, const Columns& columns, const Communes& communes,
                     Batch& batch)
{
    const auto field = [&](const std::optional<std::size_t>& at) { return at ? row[*at] : std::string{}; };
    const auto commune = communes.find(field(columns.insee));
    if (commune == communes.end())
        return field(columns.insee).empty() ? "code INSEE manquant" : "code INSEE inconnu";
    Lieu l;
    const auto numero_text = field(columns.numero);
    int numero = 0;
    bool numbered = false;
    if (!numero_text.empty()) {
        const auto [end, error] =
            std::from_chars(numero_text.data(), numero_text.data() + numero_text.size(), numero);
        if (error != std::errc{} || end != numero_text.data() + numero_text.size() || numero < 0 ||
            numero > 99999)
            return "numéro illisible";
        numbered = numero != 99999; // 99999 is how the BAN says « no number »
    }
    auto name = text(field(columns.nom_voie));
    if (!name) return "nom de voie illisible";
    if (name->empty()) {
        name = text(field(columns.lieu_dit ? columns.lieu_dit : columns.nom_ld));
        if (!name) return "nom de lieu-dit illisible";
        l.lieu_dit = true;
    }
    if (name->empty()) return "ni voie ni lieu-dit";
    l.nom = std::move(*name);
    // Files of before 2020 write « allée des acacias ».
    if (l.nom[0] >= 'a' && l.nom[0] <= 'z') l.nom[0] = static_cast<char>(l.nom[0] - 'a' + 'A');
    l.insee = commune->second.insee;
    const auto town = text(field(columns.commune));
    l.commune = town && !town->empty() && l.insee == commune->first ? *town : commune->second.nom;
    const auto postal = field(columns.code_postal);
    if (!postal.empty() && !is_postal(postal)) return "code postal mal formé";
    l.code_postal = postal;
    const auto position = point(number(field(columns.lon)), number(field(columns.lat)));
    if (!position && !(field(columns.lon).empty() && field(columns.lat).empty()))
        return "coordonnées hors limites";

    const auto id = text(field(columns.id));
    if (!id || id->size() > 100) return "identifiant illisible";
    const auto fantoir = text(field(columns.fantoir)).value_or("");
    if (auto key = street_key(*id))
        l.id = std::move(*key);
    else
        l.id = commune->first + "_" + (fantoir.empty() ? base::slug(l.nom) : base::slug(fantoir));
    if (!numbered) l.position = position;
    auto& place = batch.lieu(std::move(l));
    ++batch.retenues;
    if (!numbered) return {};
    const auto suffix = text(field(columns.rep));
    if (!suffix || suffix->size() > 20) return "indice de répétition illisible";
    Numero n;
    n.numero = numero;
    n.suffixe = base::fold(*suffix);
    n.code_postal = postal;
    n.position = position;
    n.id = !id->empty() ? *id : place.id + "_" + numero_text + (n.suffixe.empty() ? "" : "_" + n.suffixe);
    place.numeros.push_back(std::move(n));
    return {};
}

// ── addok ndjson ───────────────────────────────────────────────────────────────────────────────────────────

/// A string, or the first of an array of strings; empty when null or absent.
std::string first_text(const json::object& o, std::string_view name)
{
    const auto* v = o.if_contains(name);
    if (v && v->is_array() && !v->get_array().empty()) v = &v->get_array().front();
    if (!v || !v->is_string()) return {};
    return text(v->get_string()).value_or("");
}

std::optional<double> real(const json::object& o, std::string_view name)
{
    const auto* v = o.if_contains(name);
    if (!v || !v->is_number()) return std::nullopt;
    const auto d = v->to_number<double>();
    return std::isfinite(d) ? std::optional{d} : std::nullopt;
}

std::string take_addok(const std::string& line, const Communes& communes, Batch& batch)
{
    boost::system::error_code failed;
    const auto value = json::parse(line, failed);
    if (failed || !value.is_object()) return "JSON illisible";
    const auto& o = value.get_object();
    const auto type = first_text(o, "type");
    if (type == "municipality") return {}; // the geographic code has them
    if (type != "street" && type != "locality" && type != "place") return "type inconnu";
    Lieu l;
    l.id = first_text(o, "id");
    l.nom = first_text(o, "name");
    if (l.id.empty() || l.id.size() > 100) return "identifiant manquant";
    if (l.nom.empty()) return "nom manquant";
    const auto commune = communes.find(first_text(o, "citycode"));
    if (commune == communes.end()) return "code INSEE inconnu";
    l.lieu_dit = type != "street";
    l.insee = commune->second.insee;
    l.commune = first_text(o, "city");
    if (l.commune.empty() || l.insee != commune->first) l.commune = commune->second.nom;
    l.code_postal = first_text(o, "postcode");
    if (!l.code_postal.empty() && !is_postal(l.code_postal)) return "code postal mal formé";
    l.position = point(real(o, "lon"), real(o, "lat"));
    l.importance = real(o, "importance");
    if (l.importance) l.importance = std::clamp(*l.importance, 0.0, 1.0);
    auto& place = batch.lieu(std::move(l));
    ++batch.retenues;
    const auto* numbers = o.if_contains("housenumbers");
    if (!numbers || !numbers->is_object()) return {};
    std::string refused;
    for (const auto& [key, v] : numbers->get_object()) {
        const std::string_view label{key.data(), key.size()};
        Numero n;
        const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), n.numero);
        if (error != std::errc{} || n.numero < 0 || n.numero > 99998 || !v.is_object()) {
            refused = "numéro illisible";
            continue;
        }
        n.suffixe = base::fold(std::string_view{end, label.data() + label.size()});
        if (n.suffixe.size() > 20) {
            refused = "indice de répétition illisible";
            continue;
        }
        const auto& h = v.get_object();
        n.id = first_text(h, "id");
        if (n.id.empty()) n.id = place.id + "_" + base::slug(label);
        n.code_postal = first_text(h, "postcode");
        if (!is_postal(n.code_postal)) n.code_postal = place.code_postal;
        n.position = point(real(h, "lon"), real(h, "lat"));
        place.numeros.push_back(std::move(n));
        ++batch.retenues;
    }
    return refused;
}

} // namespace ban_detail

BilanImport importer_adresses(db::Database& database, const std::string& path, Instant now,
                              const OptionsImport& options)
{
    namespace d = ban_detail;
    BilanImport bilan;
    bilan.fichier = std::filesystem::path{path}.filename().string();
    auto checkpoint = open_checkpoint(database, "adresses", path, now);
    if (checkpoint.termine) {
        bilan.deja_fait = true;
        return bilan;
    }
    const auto communes = d::load_communes(database);
    if (communes.empty())
        throw std::runtime_error{"Les communes ne sont pas chargées : lancez d’abord « logis migrate »."};

    LineReader reader{path};
    auto line = reader.next();
    const bool ndjson = line && base::trim(*line).starts_with('{');
    const CsvHeader header{ndjson || !line ? std::string_view{} : std::string_view{*line}};
    const d::Columns columns{header};
    if (!ndjson && !columns.usable())
        throw std::runtime_error{
            path + " : ce n’est pas un fichier de la Base adresse nationale. Colonnes attendues : "
                   "id, numero, rep, nom_voie, code_postal, code_insee, nom_commune, lon, lat ; "
                   "ou une ligne JSON par voie."};
    std::uint64_t number = 1;
    if (checkpoint.position > 0) {
        bilan.repris = true;
        reader.skip_to(checkpoint.position);
        number = checkpoint.lignes + (ndjson ? 0 : 1);
        line.reset();
    } else if (!ndjson) {
        line.reset(); // the header
    }

    Progress progress{options.progression, bilan.fichier};
    d::Batch batch;
    constexpr std::size_t rows_per_batch = 4000;
    const auto earlier_errors = checkpoint.erreurs;
    std::uint64_t rows = 0;
    const auto flush = [&](bool finished) {
        if (rows == 0 && !finished) return;
        auto next = checkpoint;
        next.position = reader.position();
        next.lignes += rows;
        next.retenues += batch.retenues;
        next.erreurs = earlier_errors + bilan.erreurs;
        database.write([&](db::Transaction& tx) {
            d::save(tx, batch, communes);
            if (finished) store::settle_lieux(tx);
            save_checkpoint(tx, next, finished ? std::optional{now} : std::nullopt);
        });
        bilan.retenues += batch.retenues;
        checkpoint = next;
        rows = 0;
        batch.clear();
    };

    bool stopped = false;
    std::uint64_t weight = 0;
    if (line && ndjson) {
        // Its first line is data, already read.
        ++rows;
        ++bilan.lignes;
        if (const auto why = d::take_addok(*line, communes, batch); !why.empty())
            note_error(bilan, number, why);
    }
    while ((line = reader.next())) {
        ++number;
        ++rows;
        ++bilan.lignes;
        progress.show(reader.progress(), number);
        if (!base::trim(*line).empty()) {
            std::string why;
            const auto before = batch.retenues;
            if (ndjson) {
                why = d::take_addok(*line, communes, batch);
            } else {
                const auto row = parse_csv(*line, header.separator());
                why = !row || row->size() != header.size() ? "nombre de colonnes inattendu"
                                                           : d::take_csv(*row, columns, communes, batch);
            }
            if (!why.empty()) note_error(bilan, number, why);
            weight += batch.retenues - before;
        }
        if (weight >= rows_per_batch || rows >= rows_per_batch) {
            flush(false);
            weight = 0;
        }
        if (options.arreter_apres && bilan.lignes >= options.arreter_apres) {
            stopped = true;
            break;
        }
    }
    if (!stopped) flush(true);
    progress.done();
    return bilan;
}

} // namespace territoire
