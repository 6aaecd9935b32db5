// Makes and reads the test files.
#include "support/fixtures.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>
#include <stdexcept>
#include <vector>

namespace test {
namespace fixture_files {

namespace fs = std::filesystem;

const fs::path& directory()
{
    static const fs::path made = [] {
        const fs::path root = LOGIS_SOURCE_DIR;
        const auto where = root / "build" / "fixtures";
        const auto command =
            "node '" + (root / "tests/fixtures/make.mjs").string() + "' '" + where.string() + "' >&2";
        if (std::system(command.c_str()) != 0) std::fprintf(stderr, "skipped: test files cannot be made\n");
        return where;
    }();
    return made;
}

struct Directories {
    std::mutex mutex;
    std::vector<fs::path> made;
    ~Directories()
    {
        std::error_code ignored;
        for (const auto& d : made) fs::remove_all(d, ignored);
    }
};

} // namespace fixture_files

std::optional<std::string> fixture(const std::string& name)
{
    std::ifstream file{fixture_files::directory() / name, std::ios::binary};
    if (!file) {
        static std::mutex mutex;
        static std::set<std::string> said;
        const std::lock_guard lock{mutex};
        if (said.insert(name).second)
            std::fprintf(stderr, "skipped: no test file %s (its tool is absent)\n", name.c_str());
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

std::string scratch_directory()
{
    static fixture_files::Directories directories;
    auto pattern = (std::filesystem::temp_directory_path() / "logis-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no temporary directory"};
    const std::lock_guard lock{directories.mutex};
    directories.made.emplace_back(pattern);
    return pattern;
}

Config scratch_config()
{
    Config config;
    config.mode = Mode::Test;
    config.files_directory = scratch_directory();
    return config;
}

} // namespace test
