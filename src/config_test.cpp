// Settings: a bad key or value is named, the environment wins over the file.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "config.hpp"

namespace {

std::string write_config(const char* text)
{
    std::string name = "/tmp/logis-config-XXXXXX";
    const int fd = mkstemp(name.data());
    REQUIRE(fd >= 0);
    std::ofstream{name} << text;
    return name;
}

std::string complaint(const char* text)
{
    try {
        load_config(write_config(text));
        return {};
    } catch (const std::runtime_error& e) {
        return e.what();
    }
}

} // namespace

TEST_CASE("une clé inconnue ou une valeur impossible est nommée")
{
    CHECK(complaint("serveur.port = 70000").find("'serveur.port' cannot be '70000'") != std::string::npos);
    CHECK(complaint("[serveur]\nprot = 8080").find("unknown key 'serveur.prot'") != std::string::npos);
    CHECK(complaint("[serveur]\nprot = 8080").find("the closest one is 'serveur.port'") != std::string::npos);
    CHECK(complaint("mode = \"prod\"").find("production, demo or test") != std::string::npos);
    CHECK(complaint("mode = ").find("line 1") != std::string::npos);
}

TEST_CASE("sans mode, c’est une production, qui dit d’un coup tout ce qui lui manque")
{
    CHECK(load_config(write_config("")).mode == Mode::Production);
    const auto missing = [](const std::string& text) {
        try {
            expect_operator(load_config(write_config(text.c_str())));
            return std::string{};
        } catch (const std::runtime_error& e) {
            return std::string{e.what()};
        }
    };
    const auto all = missing("");
    for (const auto* key : {"serveur.url_publique (LOGIS_PUBLIC_URL)", "operateur.nom", "operateur.contact",
                            "courriel.expediteur", "LOGIS_MODE=demo"}) {
        INFO(key);
        CHECK(all.find(key) != std::string::npos);
    }
    const std::string set = "operateur = {nom = \"Département d’essai\", contact = \"aide@essai.fr\"}\n"
                            "courriel.expediteur = \"logis@essai.fr\"\n";
    CHECK(missing(set + "serveur.url_publique = \"http://essai.fr\"").find("https://…") != std::string::npos);
    CHECK(missing(set + "serveur.url_publique = \"https://essai.fr\"").empty());
    CHECK(missing("mode = \"demo\"").empty());
    CHECK(missing("mode = \"test\"").empty());
}

TEST_CASE("le magasin S3 se règle, et son secret n’est montré nulle part")
{
    const auto config = load_config(write_config(
        "[fichiers]\nmagasin = \"s3\"\nrepli = \"dossier\"\n"
        "s3 = {adresse = \"https://s3.essai.fr:9000\", compartiment = \"photos\", cle = \"a:b\", "
        "secret = \" s3cr3t \", prefixe = \"logis/\", style = \"hote\", morceau_mo = 10, patience = 7}\n"));
    CHECK(config.store == Config::Store::S3);
    CHECK(config.store_fallback == Config::Store::Dossier);
    CHECK(config.s3.secret == "s3cr3t"); // copied with what stood around it
    CHECK(config.s3.style == Config::S3::Style::Hote);
    CHECK(config.s3.morceau == 10'000'000);
    CHECK(config.s3.patience == 7);
    for (const auto* wrong :
         {"magasin = \"disque\"", "s3.adresse = \"s3.essai.fr\"", "s3.adresse = \"https://a/b\"",
          "s3.adresse = \"https://a@b\"", "s3.compartiment = \"a/b\"", "s3.compartiment = \"a b\"",
          "s3.cle = \"a\\nb\"", "s3.prefixe = \"/a\"", "s3.prefixe = \"é\"", "s3.style = \"autre\"",
          "s3.morceau_mo = 1", "s3.patience = 0"}) {
        INFO(wrong);
        CHECK_FALSE(complaint(("[fichiers]\n" + std::string{wrong}).c_str()).empty());
    }
}

TEST_CASE("l’environnement l’emporte sur le fichier")
{
    const auto file = write_config("[serveur]\nport = 9000\nouvriers = 3\n");
    setenv("LOGIS_PORT", "9001", 1);
    const auto config = load_config(file);
    unsetenv("LOGIS_PORT");
    CHECK(config.port == 9001);
    CHECK(config.workers == 3);
    CHECK(config.base_url() == "http://127.0.0.1:9001");
}

TEST_CASE("une variable LOGIS_ mal écrite est refusée, avec le nom le plus proche")
{
    setenv("LOGIS_DATABSE", "sqlite:/tmp/ailleurs.db", 1);
    const auto said = complaint("");
    unsetenv("LOGIS_DATABSE");
    CHECK(said == "environment: unknown variable 'LOGIS_DATABSE'; the closest one is 'LOGIS_DATABASE'");
    // Those of the tests are not settings, and those of other programs are none of our business.
    setenv("LOGIS_AUDIT", "non", 1);
    setenv("LOGISTIQUE", "oui", 1);
    CHECK(complaint("").empty());
    unsetenv("LOGIS_AUDIT");
    unsetenv("LOGISTIQUE");
}
