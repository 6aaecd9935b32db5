// The repository belongs to no machine: its lock file names packages and their digests, never the registry
// that one developer used.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

TEST_CASE("le verrou des paquets npm dit leurs empreintes, pas le registre d’une machine")
{
    const std::filesystem::path root = LOGIS_SOURCE_DIR;
    std::ifstream stream{root / "package-lock.json"};
    REQUIRE(stream);
    const std::string lock{std::istreambuf_iterator<char>{stream}, {}};
    CHECK(lock.find("\"resolved\"") == std::string::npos);
    CHECK(lock.find("\"integrity\"") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(root / ".npmrc"));
}
