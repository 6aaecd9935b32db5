// The dependency rule of ARCHITECTURE.md, read from the #include lines of src/.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path source_root = fs::path{LOGIS_SOURCE_DIR} / "src";

/// What each folder may include besides itself and base.
const std::map<std::string, std::set<std::string>> allowed = {
    {"base", {}},
    {"db", {}},
    {"http", {}},
    {"ui", {}},
    {"document", {}},
    {"territoire", {"db", "http", "ui"}},
    {"partenaire", {"db", "http", "ui", "territoire"}},
    {"compte", {"db", "http", "ui", "territoire", "partenaire", "courrier", "journal"}},
    {"piece", {"db", "http", "ui", "territoire", "partenaire", "compte"}},
    {"journal", {"db", "http", "ui", "territoire", "partenaire"}},
    {"courrier", {"db", "http", "ui", "territoire", "partenaire"}},
    {"signalement",
     {"db", "http", "ui", "document", "territoire", "partenaire", "compte", "piece", "journal", "courrier"}},
    {"demande",
     {"db", "http", "ui", "document", "territoire", "partenaire", "compte", "piece", "journal", "courrier"}},
    {"verification", {"db", "demande", "piece", "signalement"}},
    {"sauvegarde", {"db", "piece"}},
};

/// Headers of src/ itself that a folder may include: only pages, tasks and commands know the whole program.
const std::set<std::string> top_level = {"app.hpp", "config.hpp", "routes.hpp", "edge.hpp"};

struct Include {
    fs::path file;    // relative to src/
    std::string what; // "db/db.hpp"
};

std::vector<Include> includes_of_the_tree()
{
    std::vector<Include> out;
    for (const auto& entry : fs::recursive_directory_iterator{source_root}) {
        const auto ext = entry.path().extension();
        if (ext != ".cpp" && ext != ".hpp") continue;
        std::ifstream file{entry.path()};
        for (std::string line; std::getline(file, line);)
            if (line.starts_with("#include \"")) {
                const auto end = line.find('"', 10);
                out.push_back({fs::relative(entry.path(), source_root), line.substr(10, end - 10)});
            }
    }
    return out;
}

bool is_test(const fs::path& file)
{
    return file.stem().string().ends_with("_test");
}

std::string folder_of(const fs::path& relative)
{
    return relative.has_parent_path() ? relative.begin()->string() : std::string{};
}

bool has_prefix(const std::string& name, std::initializer_list<const char*> prefixes)
{
    return std::ranges::any_of(prefixes, [&](const char* p) { return name.starts_with(p); });
}

/// A rule: a file of a French folder whose name is neither machinery nor a known kind of shell.
const std::set<std::string> french = {"territoire", "partenaire", "compte",      "piece",
                                      "journal",    "courrier",   "signalement", "demande"};

} // namespace

TEST_CASE("chaque dossier n’inclut que ce que l’architecture lui permet")
{
    for (const auto& i : includes_of_the_tree()) {
        const auto from = folder_of(i.file);
        const auto to = folder_of(i.what);
        if (from.empty() || is_test(i.file) || to == from || to == "base" || to == "boost") continue;
        INFO(i.file.string(), " inclut ", i.what);
        if (to.empty()) {
            CHECK(top_level.contains(i.what));
            continue;
        }
        REQUIRE(allowed.contains(from));
        CHECK(allowed.at(from).contains(to));
    }
}

TEST_CASE("les deux services ne se connaissent pas")
{
    for (const auto& i : includes_of_the_tree()) {
        const auto from = folder_of(i.file), to = folder_of(i.what);
        INFO(i.file.string());
        CHECK_FALSE((from == "signalement" && to == "demande"));
        CHECK_FALSE((from == "demande" && to == "signalement"));
    }
}

TEST_CASE("une règle ne touche ni la base, ni HTTP, ni l’écran, ni l’horloge")
{
    const std::set<std::string> rules = {"cycle.cpp",        "cycle.hpp",      "tri.cpp",
                                         "affectation.cpp",  "suivi.cpp",      "cloture.cpp",
                                         "regles.hpp",       "perimetre.cpp",  "ouverture.cpp",
                                         "droits.cpp",       "invitation.cpp", "rattachement.cpp",
                                         "mot_de_passe.cpp", "criticite.cpp",  "catalogue.cpp",
                                         "motifs.hpp",       "formulaire.cpp", "questions.cpp",
                                         "lecture.cpp",      "numero.cpp",     "territoires.cpp",
                                         "jalons.cpp",       "radiation.cpp",  "plafonds.cpp",
                                         "nir.cpp",          "doublons.cpp",   "pieces.cpp",
                                         "attestation.cpp",  "echeancier.cpp", "peremption.cpp",
                                         "campagne.cpp",     "preavis.cpp",    "adresse_postale.cpp",
                                         "situation.cpp",    "separation.cpp", "dossier.cpp",
                                         "estimation.cpp",   "periode.cpp",    "masquage.cpp",
                                         "chiffres.cpp",     "avancement.cpp", "gestes.cpp",
                                         "candidature.cpp",  "delais.cpp",     "regles.cpp",
                                         "logement.cpp",     "vivier.cpp",     "paroles.cpp",
                                         "etapes.cpp",       "controle.cpp",   "demandeur.cpp",
                                         "grille.cpp",       "aide.cpp",       "codemandeur.cpp",
                                         "gestion.cpp"};
    for (const auto& i : includes_of_the_tree()) {
        if (!french.contains(folder_of(i.file)) || !rules.contains(i.file.filename().string())) continue;
        INFO(i.file.string(), " inclut ", i.what);
        const auto to = folder_of(i.what);
        CHECK_FALSE((to == "db" || to == "http" || to == "ui"));
        CHECK_FALSE(has_prefix(fs::path{i.what}.filename().string(), {"store", "views", "pages", "app.hpp"}));
    }
    for (const auto& entry : fs::recursive_directory_iterator{source_root}) {
        if (!rules.contains(entry.path().filename().string())) continue;
        std::ifstream file{entry.path()};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        INFO(entry.path().string());
        CHECK(text.find("Clock") == std::string::npos);
        CHECK(text.find("system_clock") == std::string::npos);
    }
}

TEST_CASE("ni le bord, ni le menu, ni une page, ni une vue ne regarde le rôle de quelqu’un : ils demandent "
          "aux tables de droits")
{
    for (const auto& entry : fs::recursive_directory_iterator{source_root}) {
        const auto file = fs::relative(entry.path(), source_root);
        const auto name = file.filename().string();
        const bool asks =
            name == "edge.cpp" || name == "navigation.cpp" || has_prefix(name, {"pages", "views"});
        if (!asks || file.extension() != ".cpp" || is_test(file)) continue;
        std::ifstream stream{entry.path()};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        INFO(file.string());
        CHECK(text.find("role ==") == std::string::npos);
    }
}

TEST_CASE("une vue ne lit pas la base et un store n’écrit pas d’écran")
{
    for (const auto& i : includes_of_the_tree()) {
        const auto name = i.file.filename().string();
        if (is_test(i.file) || !french.contains(folder_of(i.file))) continue;
        INFO(i.file.string(), " inclut ", i.what);
        if (name.starts_with("store"))
            CHECK_FALSE((i.what.starts_with("ui/") || i.what.starts_with("http/")));
    }
}

TEST_CASE("une bibliothèque lourde ne se montre que dans son fichier")
{
    const std::map<std::string, std::set<std::string>> confined = {
        {"<boost/beast", {"http/server.cpp"}},
        {"<boost/asio", {"http/server.cpp"}},
        {"<CLI/", {"main.cpp"}},
        {"<toml++", {"config.cpp"}},
        {"<vips/", {"piece/image.cpp"}},
        {"<pango/", {"document/document.cpp", "document/police.cpp", "document/police.hpp"}},
        {"<qpdf/", {"document/balisage.cpp"}},
        {"<expat.h", {"demande/echange/lecture.cpp"}},
    };
    for (const auto& entry : fs::recursive_directory_iterator{source_root}) {
        const auto ext = entry.path().extension();
        if (ext != ".cpp" && ext != ".hpp") continue;
        const auto file = fs::relative(entry.path(), source_root);
        if (is_test(file)) continue;
        std::ifstream stream{entry.path()};
        for (std::string line; std::getline(stream, line);)
            for (const auto& [library, files] : confined)
                if (line.starts_with("#include " + library)) {
                    INFO(file.string(), " : ", line);
                    CHECK(files.contains(file.string()));
                }
    }
}

TEST_CASE("aucune coroutine : g++ 12.2 les compile mal")
{
    for (const auto& entry : fs::recursive_directory_iterator{source_root}) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        std::ifstream file{entry.path()};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        INFO(entry.path().string());
        CHECK(text.find(std::string{"co_"} + "await") == std::string::npos);
    }
}
