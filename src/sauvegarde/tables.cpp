// What the catalogue of each engine says of its tables, and rows as JSON lines.
#include "sauvegarde/tables.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/json.hpp"

namespace sauvegarde {

namespace {

constexpr std::size_t parametres_max = 5000;

std::string entre_guillemets(std::string_view nom)
{
    return fmt::format("\"{}\"", nom);
}

std::string liste(const std::vector<std::string>& noms)
{
    std::string out;
    for (const auto& n : noms) out += (out.empty() ? "" : ", ") + entre_guillemets(n);
    return out;
}

struct Octets {
    static std::string en_texte(const db::Blob& b)
    {
        static constexpr char chiffres[] = "0123456789abcdef";
        std::string out;
        for (const auto o : b) {
            out += chiffres[std::to_integer<unsigned>(o) >> 4];
            out += chiffres[std::to_integer<unsigned>(o) & 15];
        }
        return out;
    }
    static db::Blob lire(std::string_view hexa)
    {
        db::Blob out;
        for (std::size_t i = 0; i + 1 < hexa.size(); i += 2) {
            unsigned n = 0;
            std::from_chars(hexa.data() + i, hexa.data() + i + 2, n, 16);
            out.push_back(static_cast<std::byte>(n));
        }
        return out;
    }
};

db::Value valeur(const boost::json::value& v)
{
    switch (v.kind()) {
    case boost::json::kind::null:
        return nullptr;
    case boost::json::kind::int64:
        return v.get_int64();
    case boost::json::kind::string:
        return std::string{v.get_string()};
    case boost::json::kind::array: // bytes as hexadecimal, or « = » and a number with a fraction
        if (const auto& a = v.get_array(); a.size() == 1 && a[0].is_string()) {
            const std::string_view texte{a[0].get_string()};
            if (!texte.starts_with('=')) return Octets::lire(texte);
            double d = 0;
            if (const auto lu = std::from_chars(texte.data() + 1, texte.data() + texte.size(), d);
                lu.ec == std::errc{} && lu.ptr == texte.data() + texte.size())
                return d;
        }
        break;
    case boost::json::kind::double_:
    case boost::json::kind::uint64:
    case boost::json::kind::bool_:
    case boost::json::kind::object:
        break;
    }
    throw std::runtime_error{"a line of the backup holds a value of an unknown kind"};
}

struct CleEtrangere {
    std::string table, nom;
};

/// The foreign keys of our tables, on PostgreSQL.
std::vector<CleEtrangere> cles_etrangeres(db::Transaction& tx)
{
    return tx.query<CleEtrangere>(
        "SELECT CAST(r.relname AS TEXT), CAST(c.conname AS TEXT) FROM pg_constraint c "
        "JOIN pg_class r ON r.oid = c.conrelid WHERE c.contype = 'f' AND "
        "r.relnamespace = to_regnamespace(current_schema()) ORDER BY 1, 2");
}

} // namespace

std::vector<Table> tables(db::Transaction& tx)
{
    struct Colonne {
        std::string table, nom;
    };
    const auto colonnes =
        tx.engine() == db::Engine::Sqlite
            ? tx.query<Colonne>(
                  "SELECT l.name, c.name FROM pragma_table_list l JOIN pragma_table_info(l.name) c "
                  "WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                  "AND l.name NOT IN ('schema_migration', 'signalement_mouvement') ORDER BY l.name, c.cid")
            : tx.query<Colonne>("SELECT CAST(r.relname AS TEXT), CAST(a.attname AS TEXT) FROM pg_class r "
                                "JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT "
                                "a.attisdropped AND a.attgenerated = '' "
                                "WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition AND r.relnamespace = "
                                "to_regnamespace(current_schema()) AND r.relname NOT IN "
                                "('schema_migration', 'signalement_mouvement') "
                                "ORDER BY r.relname, a.attnum");
    std::vector<Table> out;
    for (const auto& c : colonnes) {
        if (out.empty() || out.back().nom != c.table) out.push_back({c.table, {}});
        out.back().colonnes.push_back(c.nom);
    }
    return out;
}

std::vector<std::string> tables_remplies(db::Transaction& tx)
{
    std::vector<std::string> out;
    for (const auto& t : tables(tx))
        if (tx.find<std::int64_t>(fmt::format("SELECT 1 FROM {} LIMIT 1", entre_guillemets(t.nom))))
            out.push_back(t.nom);
    return out;
}

void ajouter_ligne(std::string& out, std::span<const db::Value> ligne)
{
    char nombre[40];
    out += '[';
    for (std::size_t i = 0; i < ligne.size(); ++i) {
        if (i) out += ',';
        const auto& v = ligne[i];
        if (const auto* s = std::get_if<std::string>(&v))
            base::append_json_string(out, *s);
        else if (const auto* n = std::get_if<std::int64_t>(&v))
            out.append(nombre, std::to_chars(nombre, nombre + sizeof nombre, *n).ptr);
        else if (const auto* d = std::get_if<double>(&v)) {
            // To the last bit: Boost.JSON rounds what it reads.
            out += "[\"=";
            out.append(nombre, std::to_chars(nombre, nombre + sizeof nombre, *d).ptr);
            out += "\"]";
        } else if (const auto* b = std::get_if<db::Blob>(&v))
            out += "[\"" + Octets::en_texte(*b) + "\"]";
        else
            out += "null";
    }
    out += "]\n";
}

std::vector<db::Value> lire_ligne(std::string_view json)
{
    boost::system::error_code erreur;
    const auto v = boost::json::parse({json.data(), json.size()}, erreur);
    if (erreur || !v.is_array()) throw std::runtime_error{"a line of the backup cannot be read"};
    std::vector<db::Value> out;
    for (const auto& e : v.get_array()) out.push_back(valeur(e));
    return out;
}

Chargement::Chargement(db::Transaction& tx) : tx_(tx), connues_(tables(tx))
{
    if (tx.engine() == db::Engine::Sqlite) {
        tx.run("PRAGMA defer_foreign_keys = ON", {}, nullptr);
        return;
    }
    tx.exec("SET LOCAL statement_timeout = 0");
    for (const auto& c : cles_etrangeres(tx))
        tx.exec(fmt::format("ALTER TABLE {} ALTER CONSTRAINT {} DEFERRABLE INITIALLY DEFERRED",
                            entre_guillemets(c.table), entre_guillemets(c.nom)));
}

void Chargement::table(const Table& t)
{
    vider();
    const auto connue = std::ranges::find(connues_, t.nom, &Table::nom);
    if (connue == connues_.end())
        throw std::runtime_error{"the backup holds a table that is not here: " + t.nom};
    for (const auto& c : t.colonnes)
        if (std::ranges::find(connue->colonnes, c) == connue->colonnes.end())
            throw std::runtime_error{"the backup holds a column that is not here: " + t.nom + "." + c};
    // What migrations put there comes back from the backup, as it had become.
    tx_.exec(fmt::format("DELETE FROM {}", entre_guillemets(t.nom)));
    table_ = t;
}

void Chargement::ligne(std::vector<db::Value> valeurs)
{
    if (valeurs.size() != table_.colonnes.size())
        throw std::runtime_error{"a line of the backup does not have the columns of its table " + table_.nom};
    std::ranges::move(valeurs, std::back_inserter(attente_));
    ++lignes_;
    if (attente_.size() + table_.colonnes.size() > parametres_max || lignes_ == 200) vider();
}

void Chargement::vider()
{
    if (lignes_ == 0) return;
    std::string valeurs;
    std::size_t n = 0;
    for (std::size_t l = 0; l < lignes_; ++l) {
        valeurs += l ? ", (" : "(";
        for (std::size_t c = 0; c < table_.colonnes.size(); ++c)
            valeurs += fmt::format("{}${}", c ? ", " : "", ++n);
        valeurs += ")";
    }
    tx_.run(fmt::format("INSERT INTO {} ({}) VALUES {}", entre_guillemets(table_.nom), liste(table_.colonnes),
                        valeurs),
            attente_, nullptr);
    attente_.clear();
    lignes_ = 0;
}

void Chargement::finir()
{
    vider();
    if (tx_.engine() == db::Engine::Sqlite) {
        for (const auto& index : tx_.query<std::string>("SELECT name FROM sqlite_master WHERE type = 'table' "
                                                        "AND sql LIKE 'CREATE VIRTUAL TABLE%fts5(%'"))
            tx_.exec(fmt::format("INSERT INTO {0} ({0}) VALUES ('rebuild')", entre_guillemets(index)));
        if (!tx_.query<std::string>("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1").empty())
            throw std::runtime_error{"the backup holds rows that refer to missing ones"};
        return;
    }
    tx_.exec("SET CONSTRAINTS ALL IMMEDIATE");
    for (const auto& c : cles_etrangeres(tx_))
        tx_.exec(fmt::format("ALTER TABLE {} ALTER CONSTRAINT {} NOT DEFERRABLE", entre_guillemets(c.table),
                             entre_guillemets(c.nom)));
    struct Suite {
        std::string sequence, table, colonne;
    };
    for (const auto& s : tx_.query<Suite>(
             "SELECT CAST(s.relname AS TEXT), CAST(t.relname AS TEXT), CAST(a.attname AS TEXT) FROM pg_class "
             "s "
             "JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 "
             "JOIN pg_class t ON t.oid = d.refobjid "
             "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid "
             "WHERE s.relkind = 'S' AND s.relnamespace = to_regnamespace(current_schema())"))
        tx_.query<std::int64_t>(fmt::format(
            "SELECT setval('{0}', COALESCE(MAX({2}), 1), MAX({2}) IS NOT NULL) FROM {1}",
            entre_guillemets(s.sequence), entre_guillemets(s.table), entre_guillemets(s.colonne)));
}

} // namespace sauvegarde
