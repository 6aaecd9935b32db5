// Every business table carries its territory, so that it can be partitioned or distributed by it; those that
// do not are in a table of docs/echelle.md with the reason.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "support/databases.hpp"

TEST_CASE("chaque table porte son territoire, ou docs/echelle.md dit pourquoi non")
{
    const std::filesystem::path file = std::filesystem::path{LOGIS_SOURCE_DIR} / "docs/echelle.md";
    std::ifstream stream{file};
    REQUIRE(stream);
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    const auto begin = text.find("## Les tables sans territoire");
    REQUIRE(begin != std::string::npos);
    const auto section = text.substr(begin, text.find("\n## ", begin + 1) - begin);
    std::set<std::string> excepted;
    for (auto line = section.find("\n| `"); line != std::string::npos;
         line = section.find("\n| `", line + 1)) {
        const auto cell = section.substr(line + 3, section.find(" |", line + 3) - line - 3);
        for (auto at = cell.find('`'); at != std::string::npos; at = cell.find('`', at + 1)) {
            const auto end = cell.find('`', at + 1);
            REQUIRE(end != std::string::npos);
            excepted.insert(cell.substr(at + 1, end - at - 1));
            at = end;
        }
    }
    CHECK(excepted.size() > 5);

    test::FreshDatabase base{db::Engine::Sqlite};
    auto tx = base->read();
    // The tables behind full text are the engine's own.
    const auto tables = tx.query<std::string>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        "AND name NOT LIKE 'lieu_recherche%' AND name NOT LIKE 'signalement_mots_index%' ORDER BY name");
    CHECK(tables.size() > 20);
    for (const auto& table : tables) {
        INFO("table : ", table);
        const bool carries = tx.one<bool>(
            "SELECT EXISTS (SELECT 1 FROM pragma_table_info($1) WHERE name = 'territoire')", table);
        const bool is_excepted = excepted.erase(table) == 1;
        CHECK(carries != is_excepted);
    }
    for (const auto& gone : excepted) {
        INFO("table nommée par docs/echelle.md et qui n’existe pas : ", gone);
        CHECK(false);
    }
}
