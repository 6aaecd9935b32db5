// The tables of the database as lines of text, the same for both engines: a backup of one may be restored on
// the other. Asks the schema what there is, so that no new table can be forgotten.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"

namespace sauvegarde {

struct Table {
    std::string nom;
    std::vector<std::string> colonnes;
};

/// Every table of ours but the record of migrations, and the movements that running servers follow, by name:
/// no index, no virtual table, nothing of the engine.
std::vector<Table> tables(db::Transaction&);

/// A row as a JSON array: texts, whole numbers, nulls; bytes as ["hexadecimal"], other numbers as ["=0.5"],
/// exactly.
void ajouter_ligne(std::string& out, std::span<const db::Value> ligne);
/// The same read back; throws std::runtime_error when it is not one.
std::vector<db::Value> lire_ligne(std::string_view json);

/// Fills tables that are empty. Foreign keys are checked at the end only, in `finir`: rows come in any order.
class Chargement {
public:
    explicit Chargement(db::Transaction&);
    /// Begins a table; its columns must exist.
    void table(const Table&);
    void ligne(std::vector<db::Value>);
    /// Writes what waits, checks the foreign keys, sets sequences and full-text indexes right.
    void finir();

private:
    void vider();

    db::Transaction& tx_;
    std::vector<Table> connues_; // what the schema holds
    Table table_;
    std::vector<db::Value> attente_;
    std::size_t lignes_ = 0;
};

/// Names of the tables that hold something. Tables that a migration fills count only beyond that.
std::vector<std::string> tables_remplies(db::Transaction&);

} // namespace sauvegarde
