// Taking indexes off and making them again (see volume_index.hpp).
#include "volume_index.hpp"

#include <optional>
#include <stdexcept>
#include <string>

#include "volume_moyens.hpp"

namespace volume {

namespace {
namespace index_ecartes {

// A table of the moment: it exists only between the two.
constexpr std::string_view garder =
    "CREATE TABLE IF NOT EXISTS volume_index (nom TEXT PRIMARY KEY, definition "
    "TEXT NOT NULL)";

std::optional<std::string> definition(db::Transaction& tx, std::string_view nom)
{
    if (tx.engine() == db::Engine::Sqlite)
        return tx.find<std::string>(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = $1 AND sql NOT LIKE '%UNIQUE%'",
            nom);
    return tx.find<std::string>("SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND "
                                "indexname = $1 AND indexdef NOT LIKE '%UNIQUE%'",
                                nom);
}

bool des_index_manquent(db::Database& base)
{
    auto tx = base.read();
    return tx
        .find<std::string>(
            tx.engine() == db::Engine::Sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'volume_index'"
                : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND "
                  "tablename = 'volume_index'")
        .has_value();
}

} // namespace index_ecartes
} // namespace

void ecarter_les_index(db::Database& base, std::span<const std::string_view> noms)
{
    namespace ici = index_ecartes;
    base.write([&](db::Transaction& tx) {
        tx.script(ici::garder);
        for (const auto nom : noms) {
            const auto definition = ici::definition(tx, nom);
            if (!definition) throw std::runtime_error{"seed --volume: no index " + std::string{nom}};
            tx.exec("INSERT INTO volume_index (nom, definition) VALUES ($1, $2)", nom, *definition);
            tx.script("DROP INDEX " + std::string{nom});
        }
    });
}

void remettre_les_index(db::Database& base)
{
    namespace ici = index_ecartes;
    if (!ici::des_index_manquent(base)) return;
    struct Ecarte {
        std::string nom, definition;
    };
    const auto ecartes = [&] {
        auto tx = base.read();
        return tx.query<Ecarte>("SELECT nom, definition FROM volume_index ORDER BY nom");
    }();
    for (const auto& e : ecartes)
        base.write([&](db::Transaction& tx) {
            menager_le_moteur(tx);
            tx.script(e.definition);
            tx.exec("DELETE FROM volume_index WHERE nom = $1", e.nom);
        });
    base.write([](db::Transaction& tx) { tx.script("DROP TABLE volume_index"); });
}

} // namespace volume
