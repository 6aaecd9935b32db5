// The signature of S3 requests, on the examples that AWS publishes for it.
#include <doctest/doctest.h>

#include "base/crypto.hpp"
#include "piece/s3_signature.hpp"

namespace s3_signature_test {
namespace {

using piece::s3::Demande;

// The key of the documentation: it opens nothing.
const piece::s3::Cles cles{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"};
constexpr std::string_view instant = "20130524T000000Z";
const std::string hote = "examplebucket.s3.amazonaws.com";

std::string signature(Demande d)
{
    d.entetes.emplace_back("host", hote);
    d.entetes.emplace_back("x-amz-content-sha256", d.charge_sha256);
    d.entetes.emplace_back("x-amz-date", instant);
    const auto a = piece::s3::autorisation(cles, d, instant);
    return a.substr(a.rfind('=') + 1);
}

} // namespace

TEST_CASE("les requêtes d’exemple d’AWS sont signées comme AWS les signe")
{
    const auto vide = base::sha256_hex("");
    CHECK(signature({.methode = "GET",
                     .chemin = "/test.txt",
                     .entetes = {{"range", "bytes=0-9"}},
                     .charge_sha256 = vide}) ==
          "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    CHECK(signature({.methode = "PUT",
                     .chemin = "/test$file.text",
                     .entetes = {{"date", "Fri, 24 May 2013 00:00:00 GMT"},
                                 {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                     .charge_sha256 = base::sha256_hex("Welcome to Amazon S3.")}) ==
          "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    CHECK(signature(
              {.methode = "GET", .chemin = "/", .parametres = {{"lifecycle", ""}}, .charge_sha256 = vide}) ==
          "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    CHECK(signature({.methode = "GET",
                     .chemin = "/",
                     .parametres = {{"prefix", "J"}, {"max-keys", "2"}},
                     .charge_sha256 = vide}) ==
          "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST_CASE("une requête se trie une fois codée, par nom puis par valeur")
{
    using piece::s3::requete_canonique;
    CHECK(requete_canonique({{"partNumber", "2"}, {"a-b", ""}, {"a", "é/ "}, {"a", "0"}}) ==
          "a=%C3%A9%2F%20&a=0&a-b=&partNumber=2");
    CHECK(piece::s3::coder("a b/é~", true) == "a%20b/%C3%A9~");
}

} // namespace s3_signature_test
