// The generated documents are those the tables give today: any change of a right or of a route shows in the
// diff.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "docs.hpp"

TEST_CASE("les documents produits sont à jour (sinon : build/logis docs)")
{
    for (const auto& [name, text] : docs::generate()) {
        std::ifstream file{std::filesystem::path{LOGIS_SOURCE_DIR} / "docs/generated" / name,
                           std::ios::binary};
        const std::string committed{std::istreambuf_iterator<char>{file}, {}};
        const auto& which = name;
        INFO(which);
        CHECK(committed == text);
    }
}
