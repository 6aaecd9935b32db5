// The file store on a real directory.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "base/crypto.hpp"
#include "piece/magasin.hpp"
#include "support/fixtures.hpp"

namespace magasin_test {
namespace {

namespace fs = std::filesystem;

std::size_t nombre_de_fichiers(const fs::path& racine)
{
    std::size_t n = 0;
    for (const auto& f : fs::recursive_directory_iterator{racine})
        if (f.is_regular_file() && f.path().filename() != "verrou") ++n;
    return n;
}

fs::path chemin(const fs::path& racine, const std::string& sha)
{
    return racine / sha.substr(0, 2) / sha.substr(2);
}

} // namespace

TEST_CASE("le même contenu déposé deux fois n’est stocké qu’une fois")
{
    const auto racine = test::scratch_directory();
    piece::MagasinLocal magasin{racine};
    const auto un = magasin.mettre("bonjour");
    const auto deux = magasin.mettre("bonjour");
    CHECK(un == deux);
    CHECK(un == base::sha256_hex("bonjour"));
    CHECK(magasin.existe(un));
    CHECK(magasin.lire(un) == "bonjour");
    CHECK(nombre_de_fichiers(racine) == 1);
}

TEST_CASE("un fichier altéré ou disparu du disque n’est pas rendu ; le redéposer le répare")
{
    const auto racine = test::scratch_directory();
    piece::MagasinLocal magasin{racine};
    const auto sha = magasin.mettre("contenu d’origine");
    const auto p = chemin(racine, sha);
    std::ofstream{p, std::ios::binary} << "contenu d’0rigine";
    CHECK_THROWS_AS((void)magasin.lire(sha), piece::ContenuPerdu);
    magasin.mettre("contenu d’origine");
    CHECK(magasin.lire(sha) == "contenu d’origine");
    std::filesystem::remove(p);
    CHECK_FALSE(magasin.existe(sha));
    CHECK_THROWS_AS((void)magasin.lire(sha), piece::ContenuPerdu);
}

TEST_CASE("les fichiers ne sont lisibles que par le compte du service")
{
    const auto racine = test::scratch_directory() + "/neuf/fichiers";
    piece::MagasinLocal magasin{racine};
    const auto sha = magasin.mettre("secret");
    const auto mode = [](const std::filesystem::path& p) {
        struct stat s {};
        REQUIRE(stat(p.c_str(), &s) == 0);
        return s.st_mode & 0777;
    };
    CHECK(mode(racine) == 0700);
    CHECK(mode(chemin(racine, sha)) == 0600);
    CHECK(mode(chemin(racine, sha).parent_path()) == 0700);
}

TEST_CASE("un contenu utilisé récemment n’est pas retiré, un contenu au repos l’est")
{
    piece::MagasinLocal magasin{test::scratch_directory()};
    const auto sha = magasin.mettre("éphémère");
    CHECK_FALSE(magasin.retirer(sha, std::chrono::hours{24}));
    std::vector<std::string> vus;
    magasin.parcourir(std::chrono::hours{24}, [&](const std::string& s) { vus.push_back(s); });
    CHECK(vus.empty());
    magasin.parcourir(std::chrono::seconds{0}, [&](const std::string& s) { vus.push_back(s); });
    CHECK(vus == std::vector{sha});
    CHECK(magasin.retirer(sha, std::chrono::seconds{0}));
    CHECK_FALSE(magasin.existe(sha));
    CHECK_FALSE(magasin.retirer(sha, std::chrono::seconds{0}));
}

TEST_CASE("huit dépôts simultanés du même contenu donnent un seul fichier entier")
{
    const auto racine = test::scratch_directory();
    piece::MagasinLocal magasin{racine};
    const std::string octets(300'000, 'x');
    {
        std::vector<std::jthread> ouvriers;
        for (int i = 0; i < 8; ++i)
            ouvriers.emplace_back([&] {
                for (int k = 0; k < 5; ++k) magasin.mettre(octets);
            });
    }
    CHECK(nombre_de_fichiers(racine) == 1);
    CHECK(magasin.lire(base::sha256_hex(octets)) == octets);
}

TEST_CASE("un nom de contenu qui n’est pas une empreinte n’ouvre aucun fichier")
{
    const piece::MagasinLocal magasin{test::scratch_directory()};
    CHECK_THROWS((void)magasin.lire("../../etc/passwd"));
    CHECK_THROWS((void)magasin.existe(""));
}

TEST_CASE("un répertoire inutilisable est refusé au démarrage")
{
    const auto fichier = test::scratch_directory() + "/fichier";
    std::ofstream{fichier} << "x";
    CHECK_THROWS_AS(piece::MagasinLocal{fichier}, std::runtime_error);
}

} // namespace magasin_test
