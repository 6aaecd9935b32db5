// The file store in S3: what every store does, on a service of our own and on a real one when there is one
// (LOGIS_TEST_S3); and the bad days of such a service.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "piece/atelier.hpp"
#include "piece/envoi.hpp"
#include "piece/magasin_double.hpp"
#include "piece/magasin_s3.hpp"
#include "piece/migrer.hpp"
#include "piece/s3_reponses.hpp"
#include "piece/store.hpp"
#include "support/databases.hpp"
#include "support/fixtures.hpp"
#include "support/s3.hpp"

namespace magasin_s3_test {
namespace {

using piece::ContenuPerdu;
using piece::MagasinIndisponible;
using Style = Config::S3::Style;

/// A bucket of Swift's (tools/swift-for-tests), when there is one: « address key secret bucket ».
std::optional<Config::S3> swift(Style style)
{
    const char* ou = std::getenv("LOGIS_TEST_S3");
    if (!ou) return std::nullopt;
    const auto mots = base::split(ou, ' ');
    REQUIRE(mots.size() == 4);
    return Config::S3{.adresse = mots[0],
                      .compartiment = mots[3],
                      .cle = mots[1],
                      .secret = mots[2],
                      .prefixe = "essai-" + base::random_token(6) + "/",
                      .style = style,
                      .seuil = 100'000,
                      .morceau = 64'000,
                      .patience = 60};
}

template <class F> void sur_chaque_s3(F&& f)
{
    for (const auto style : {Style::Chemin, Style::Hote}) {
        INFO((style == Style::Hote ? "named by the host" : "named in the path"));
        test::S3 s3;
        piece::MagasinS3 magasin{s3.settings(style), 4};
        f(magasin);
        if (const auto vrai = swift(style)) {
            INFO("on Swift");
            piece::MagasinS3 chez_swift{*vrai, 4};
            f(chez_swift);
        }
    }
}

/// Long enough for several reads and several parts, and nowhere the same.
std::string long_contenu(std::size_t n = 700'000)
{
    std::string out;
    for (std::size_t i = 0; out.size() < n; ++i) out += std::to_string(i) + ';';
    return out;
}

/// What the store says when it cannot.
template <class F> std::string indisponible(F&& f)
{
    try {
        f();
    } catch (const MagasinIndisponible& e) {
        return e.what();
    }
    return "answered";
}

bool contient(std::string_view s, std::string_view morceau)
{
    return s.find(morceau) != std::string_view::npos;
}

} // namespace

TEST_CASE("S3 garde un contenu sous son empreinte, le rend, le liste et l’oublie")
{
    sur_chaque_s3([](piece::MagasinS3& magasin) {
        const auto sha = magasin.mettre("bonjour");
        CHECK(sha == base::sha256_hex("bonjour"));
        CHECK(magasin.existe(sha));
        CHECK(magasin.lire(sha) == "bonjour");
        CHECK(magasin.mettre("bonjour") == sha);
        const auto autre = base::sha256_hex("absent");
        CHECK_FALSE(magasin.existe(autre));
        CHECK_THROWS_AS((void)magasin.lire(autre), ContenuPerdu);
        std::vector<std::string> vus;
        const auto noter = [&](const std::string& s) { vus.push_back(s); };
        magasin.parcourir(std::chrono::hours{24}, noter);
        CHECK(vus.empty());
        CHECK(magasin.marque("de-cette-base") == "de-cette-base");
        CHECK(magasin.marque("d-une-autre") == "de-cette-base");
        magasin.parcourir(std::chrono::seconds{0}, noter);
        CHECK(vus == std::vector{sha});
        CHECK_FALSE(magasin.retirer(sha, std::chrono::hours{24}));
        CHECK(magasin.retirer(sha, std::chrono::seconds{0}));
        CHECK_FALSE(magasin.existe(sha));
        CHECK_FALSE(magasin.retirer(sha, std::chrono::seconds{0}));
    });
}

TEST_CASE("un grand contenu part en morceaux vers S3 et revient entier, sans être jamais tout en mémoire")
{
    const auto contenu = long_contenu();
    sur_chaque_s3([&](piece::MagasinS3& magasin) {
        const auto sha = magasin.mettre(contenu);
        const auto lecture = magasin.ouvrir(sha);
        CHECK(lecture->taille() == contenu.size());
        std::string recu, morceau;
        for (bool encore = true; encore; recu += morceau) {
            morceau.clear();
            encore = lecture->suivant(morceau);
            CHECK(morceau.size() <= 300'000);
        }
        CHECK(recu == contenu);
        magasin.retirer(sha, std::chrono::seconds{0});
    });
}

TEST_CASE(
    "une mauvaise clé d’accès à S3 est dite clairement, sans le secret, et n’est pas prise pour une perte")
{
    const auto essayer = [](Config::S3 reglages) {
        const auto sha = base::sha256_hex("bonjour");
        reglages.secret = "un-mauvais-secret";
        piece::MagasinS3 magasin{reglages, 4};
        for (const auto& dit : {indisponible([&] { magasin.mettre("bonjour"); }),
                                indisponible([&] { (void)magasin.lire(sha); }),
                                indisponible([&] { (void)magasin.existe(sha); }),
                                indisponible([&] { magasin.parcourir({}, [](const std::string&) {}); })}) {
            CHECK(contient(dit, "403 SignatureDoesNotMatch"));
            CHECK(contient(dit, "fichiers.s3.secret"));
            CHECK_FALSE(contient(dit, reglages.secret));
        }
        reglages.compartiment = "un-autre-compartiment";
        const auto dit = indisponible([&] { piece::MagasinS3{reglages, 4}.mettre("bonjour"); });
        CHECK(contient(dit, "S3 http"));
    };
    test::S3 s3;
    essayer(s3.settings());
    if (const auto vrai = swift(Style::Chemin)) essayer(*vrai);
}

TEST_CASE("un compartiment qui n’existe pas n’est pas pris pour la perte des fichiers")
{
    test::S3 s3;
    s3.broken([](const test::S3Request&) { return test::S3::refusal(404, "NoSuchBucket"); });
    piece::MagasinS3 magasin{s3.settings(), 4};
    const auto sha = base::sha256_hex("bonjour");
    CHECK(contient(indisponible([&] { (void)magasin.existe(sha); }), "fichiers.s3.compartiment"));
    CHECK(contient(indisponible([&] { (void)magasin.lire(sha); }), "NoSuchBucket"));
    if (auto vrai = swift(Style::Chemin)) {
        vrai->compartiment = "nulle-part";
        CHECK(contient(indisponible([&] { (void)piece::MagasinS3{*vrai, 4}.existe(sha); }), "NoSuchBucket"));
    }
}

TEST_CASE("une panne passagère de S3 est surmontée, une panne qui dure est dite")
{
    test::S3 s3;
    piece::MagasinS3 magasin{s3.settings(), 4};
    SUBCASE("deux fois trop occupé, puis non")
    {
        int refus = 0;
        s3.broken([&](const test::S3Request&) {
            return refus++ < 2 ? std::optional{test::S3::refusal(503, "SlowDown")} : std::nullopt;
        });
        const auto sha = magasin.mettre("bonjour");
        s3.broken(nullptr);
        CHECK(magasin.lire(sha) == "bonjour");
        CHECK(s3.requests("PUT") == 3);
    }
    SUBCASE("coupé au milieu, puis non")
    {
        int coupures = 0;
        s3.broken([&](const test::S3Request&) {
            return coupures++ < 1 ? std::optional<std::string>{""} : std::nullopt;
        });
        const auto sha = magasin.mettre(std::string(90'000, 'x'));
        CHECK(s3.objects().size() == 1);
        CHECK(magasin.existe(sha));
    }
    SUBCASE("plein")
    {
        s3.broken([](const test::S3Request&) { return test::S3::refusal(507, ""); });
        CHECK(contient(indisponible([&] { magasin.mettre("bonjour"); }), "full"));
        CHECK(s3.requests("PUT") == 1);
    }
    SUBCASE("un serveur qui dit oui à tout n’est pas cru")
    {
        s3.broken([](const test::S3Request&) {
            return std::optional<std::string>{"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nbonjour"};
        });
        CHECK(contient(indisponible([&] { magasin.mettre("bonjour"); }), "answered 200"));
        CHECK(contient(indisponible([&] { magasin.mettre(long_contenu()); }), "S3"));
        CHECK(contient(indisponible([&] { magasin.parcourir({}, [](const std::string&) {}); }), "list"));
    }
    SUBCASE("toujours en panne")
    {
        s3.broken([](const test::S3Request&) { return test::S3::refusal(500, "InternalError"); });
        CHECK(contient(indisponible([&] { magasin.mettre("bonjour"); }), "500 InternalError"));
        CHECK(s3.requests("PUT") == 3);
        // Beginning an upload twice would leave one behind.
        CHECK(contient(indisponible([&] { magasin.mettre(long_contenu()); }), "500 InternalError"));
        CHECK(s3.requests("POST") == 1);
    }
}

TEST_CASE("un envoi en morceaux qui échoue ne laisse rien derrière lui")
{
    test::S3 s3;
    piece::MagasinS3 magasin{s3.settings(), 4};
    SUBCASE("au troisième morceau")
    {
        s3.broken([](const test::S3Request& r) {
            return contient(r.query, "partNumber=3")
                       ? std::optional{test::S3::refusal(507, "InsufficientStorage")}
                       : std::nullopt;
        });
        CHECK(contient(indisponible([&] { magasin.mettre(long_contenu()); }), "full"));
    }
    SUBCASE("à l’assemblage, qui échoue après avoir répondu 200")
    {
        s3.broken([](const test::S3Request& r) {
            return r.method == "POST" && contient(r.query, "uploadId")
                       ? std::optional{test::S3::refusal(200, "InternalError")}
                       : std::nullopt;
        });
        CHECK(contient(indisponible([&] { magasin.mettre(long_contenu()); }), "200 InternalError"));
    }
    CHECK(s3.uploads() == 0);
    CHECK(s3.objects().empty());
}

TEST_CASE("un contenu abîmé en chemin n’est ni gardé dans S3 ni rendu")
{
    test::S3 s3;
    piece::MagasinS3 magasin{s3.settings(), 4};
    for (const auto& contenu : {std::string{"bonjour"}, long_contenu()}) {
        const auto p = test::scratch_directory() + "/contenu";
        std::ofstream{p, std::ios::binary} << contenu << "!";
        const auto lecture = piece::lire_le_fichier(p, base::sha256_hex(contenu));
        CHECK_THROWS_AS(magasin.garder(*lecture), ContenuPerdu);
        CHECK(s3.objects().empty());
        CHECK(s3.uploads() == 0);
    }
    const auto sha = magasin.mettre("bonjour");
    s3.put("logis/" + sha.substr(0, 2) + '/' + sha.substr(2), "bonj0ur");
    CHECK_THROWS_AS((void)magasin.lire(sha), ContenuPerdu);
    magasin.mettre("bonjour");
    CHECK(magasin.lire(sha) == "bonjour");
}

TEST_CASE("une horloge fausse d’une heure n’empêche pas de parler à S3")
{
    test::S3 s3;
    piece::MagasinS3 magasin{s3.settings(), 4};
    for (const auto heures : {1, -1, 0}) {
        s3.clock = heures * 3600;
        CHECK(magasin.lire(magasin.mettre("bonjour")) == "bonjour");
    }
}

TEST_CASE("les pages d’une longue liste de S3 sont toutes lues")
{
    test::S3 s3;
    s3.page = 2;
    piece::MagasinS3 magasin{s3.settings(), 4};
    for (int i = 0; i < 5; ++i) magasin.mettre("contenu " + std::to_string(i));
    std::size_t vus = 0;
    magasin.parcourir({}, [&](const std::string&) { ++vus; });
    CHECK(vus == 5);
}

TEST_CASE("un service S3 qui ment n’épuise ni la mémoire ni la patience")
{
    test::S3 s3;
    // Each time a new one: after a failure, readers are not let through.
    const auto lire = [&](const std::string& sha) { return piece::MagasinS3{s3.settings(), 4}.lire(sha); };
    const auto sha = base::sha256_hex("bonjour");
    const auto repondre = [&](const std::string& debut, const std::string& corps) {
        s3.broken([=](const test::S3Request&) {
            return std::optional{debut + "\r\nContent-Length: " + std::to_string(corps.size()) + "\r\n\r\n" +
                                 corps};
        });
    };
    repondre("HTTP/1.1 200 X", "");
    CHECK(contient(indisponible([&] { (void)lire(sha); }), "answered 200"));
    repondre("HTTP/1.1 206 X\r\nETag: x\r\nContent-Range: bytes 0-6/9000000000000000000", "bonjour");
    CHECK_THROWS_AS((void)lire(sha), ContenuPerdu);
    repondre("HTTP/1.1 206 X\r\nETag: x\r\nContent-Range: bytes 0-6/70", "bonjour");
    CHECK_THROWS((void)lire(sha)); // always the same bytes
    repondre("HTTP/1.1 200 X", std::string(5'000'000, 'x'));
    CHECK(contient(indisponible([&] { (void)lire(sha); }), "longer"));
    repondre("HTTP/1.1 200 X", "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>a"
                               "</NextContinuationToken></ListBucketResult>");
    CHECK(contient(
        indisponible([&] { piece::MagasinS3(s3.settings(), 4).parcourir({}, [](const std::string&) {}); }),
        "never ends"));
}

TEST_CASE("S3 muet : un lecteur attend peu, les suivants n’attendent pas, et tout revient avec lui")
{
    std::atomic<bool> muet{true}; // outlives the threads of the service, which read it
    test::S3 s3;
    auto reglages = s3.settings();
    const auto sha = piece::MagasinS3{reglages, 1}.mettre("bonjour");
    reglages.patience = 1;
    const piece::MagasinS3 magasin{reglages, 2};
    s3.broken([&](const test::S3Request&) {
        while (muet) std::this_thread::sleep_for(std::chrono::milliseconds{5});
        return std::optional<std::string>{""};
    });
    const auto debut = std::chrono::steady_clock::now();
    const auto depuis = [&] { return std::chrono::steady_clock::now() - debut; };
    {
        std::vector<std::jthread> lecteurs;
        for (int i = 0; i < 6; ++i)
            lecteurs.emplace_back([&] { (void)indisponible([&] { (void)magasin.lire(sha); }); });
    }
    CHECK(depuis() < std::chrono::seconds{15});
    const auto avant = depuis();
    CHECK(contient(indisponible([&] { (void)magasin.lire(sha); }), "does not answer"));
    CHECK(depuis() - avant < std::chrono::milliseconds{900});
    muet = false;
    s3.broken(nullptr);
}

TEST_CASE("un envoi vers S3 s’interrompt quand on demande l’arrêt")
{
    std::atomic<bool> muet{true}; // outlives the threads of the service, which read it
    test::S3 s3;
    auto reglages = s3.settings();
    reglages.patience = 60;
    piece::MagasinS3 magasin{reglages, 4};
    s3.broken([&](const test::S3Request&) {
        while (muet) std::this_thread::sleep_for(std::chrono::milliseconds{5});
        return std::optional<std::string>{""};
    });
    const auto p = test::scratch_directory() + "/contenu";
    std::ofstream{p} << "bonjour";
    const auto lecture = piece::lire_le_fichier(p, base::sha256_hex("bonjour"));
    std::stop_source arret;
    arret.request_stop();
    CHECK(contient(indisponible([&] { magasin.garder(*lecture, arret.get_token()); }), "asked to stop"));
    muet = false;
}

TEST_CASE("S3 absent : le fichier reçu attend sur la machine, et n’est rangé qu’une fois, au retour")
{
    test::for_each_engine([](db::Database& db) {
        test::S3 s3;
        auto config = test::scratch_config();
        config.store = Config::Store::S3;
        config.s3 = s3.settings();
        piece::Fichiers fichiers{config};
        const auto jour = *base::parse_instant("2026-11-21T09:00:00Z");
        base::Clock horloge{jour};
        const auto recue = piece::recevoir(fichiers, {"fichiers", "courrier.txt", "", "Madame, Monsieur,"});
        REQUIRE(recue);
        const auto id =
            db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, *recue, jour).id; });
        const auto relire = [&] {
            auto tx = db.read();
            return *piece::store::trouver(tx, id);
        };
        CHECK(s3.requests("PUT") == 0); // receiving asks nothing of the store

        s3.broken([](const test::S3Request&) { return test::S3::refusal(507, "QuotaExceeded"); });
        CHECK(piece::preparer_fichiers(db, fichiers, horloge).reportees == 1);
        CHECK(relire().etat == piece::Etat::ARanger);
        CHECK(s3.objects().empty());
        const http::Request requete{};
        CHECK(piece::servir(*fichiers.magasin, relire(), piece::Variante::Fichier, requete).status == 409);

        s3.broken(nullptr);
        fichiers.magasin_absent.fermer();
        horloge = base::Clock{jour.plus_seconds(600)};
        CHECK(piece::preparer_fichiers(db, fichiers, horloge).rangees == 1);
        CHECK(relire().disponible());
        CHECK(s3.objects().size() == 1);
        CHECK(fichiers.magasin->lire(relire().sha256) == "Madame, Monsieur,");

        // Away again: said calmly to whoever wants it.
        s3.broken([](const test::S3Request&) { return std::optional<std::string>{""}; });
        const auto reponse = piece::servir(*fichiers.magasin, relire(), piece::Variante::Fichier, requete);
        CHECK(reponse.status == 503);
        CHECK(contient(reponse.body, "Ce fichier est gardé"));
    });
}

TEST_CASE(
    "la purge retire de S3 ce qu’aucune ligne ne nomme, et rien d’autre, même d’un compartiment partagé")
{
    test::for_each_engine([](db::Database& db) {
        test::S3 s3;
        auto config = test::scratch_config();
        config.store = Config::Store::S3;
        config.s3 = s3.settings();
        piece::Fichiers fichiers{config};
        const auto jour = *base::parse_instant("2026-11-21T09:00:00Z");
        const auto perdu = fichiers.magasin->mettre("contenu d’une transaction qui a échoué");
        s3.put("autre-application/" + perdu.substr(0, 2) + '/' + perdu.substr(2), "à quelqu’un d’autre");
        CHECK(piece::purger_orphelins(db, fichiers, jour, 7).contenus == 0); // put a moment ago
        CHECK(piece::purger_orphelins(db, fichiers, jour, 0).contenus == 1);
        CHECK_FALSE(fichiers.magasin->existe(perdu));
        CHECK(s3.objects().size() == 2); // the mark, and what is not ours

        s3.put("logis/base", "la marque d’une autre base");
        fichiers.magasin->mettre("contenu de cette autre base");
        CHECK(piece::purger_orphelins(db, fichiers, jour, 0).contenus == 0);
        CHECK(s3.objects().size() == 3);
    });
}

TEST_CASE("pendant le passage d’un magasin à l’autre, chaque contenu se lit où il est et s’efface des deux")
{
    test::S3 s3;
    auto ancien = std::make_unique<piece::MagasinLocal>(test::scratch_directory());
    auto& local = *ancien;
    const auto vieux = ancien->mettre("déposé avant");
    piece::MagasinDouble deux{std::make_unique<piece::MagasinS3>(s3.settings(), 4), std::move(ancien)};
    const auto neuf = deux.mettre("déposé après");
    CHECK_FALSE(local.existe(neuf));
    CHECK(deux.lire(vieux) == "déposé avant");
    CHECK(deux.lire(neuf) == "déposé après");
    CHECK_THROWS_AS((void)deux.lire(base::sha256_hex("jamais")), ContenuPerdu);
    CHECK(deux.marque("une") == "une");
    CHECK(local.marque("deux") == "une");

    s3.broken([](const test::S3Request&) { return test::S3::refusal(500, "InternalError"); });
    CHECK(deux.lire(vieux) == "déposé avant");
    CHECK_THROWS_AS((void)deux.lire(neuf), MagasinIndisponible);
    s3.broken(nullptr);

    deux.mettre("déposé avant");
    CHECK(deux.retirer(vieux, std::chrono::seconds{0}));
    CHECK_FALSE(deux.existe(vieux));
    CHECK_FALSE(local.existe(vieux));
}

TEST_CASE(
    "migrer copie chaque fichier dans l’autre magasin, reprend où il en était, et ne retire rien sans relire")
{
    test::S3 s3;
    const auto dossier = test::scratch_directory();
    piece::MagasinLocal local{dossier};
    piece::MagasinS3 magasin{s3.settings(), piece::migration_ouvriers};
    std::vector<std::string> shas;
    for (int i = 0; i < 20; ++i) shas.push_back(local.mettre("contenu " + std::to_string(i)));
    shas.push_back(local.mettre(long_contenu()));
    std::ostringstream dit;

    // The store fills up on the way: what was copied stays, and it goes on from there.
    std::atomic<int> gardes{0};
    s3.broken([&](const test::S3Request& r) {
        return r.method == "PUT" && ++gardes > 8 ? std::optional{test::S3::refusal(507, "")} : std::nullopt;
    });
    CHECK_THROWS_AS(piece::migrer(local, magasin, false, dit), MagasinIndisponible);
    // Eight letters, or fewer when the long content, which takes several, is among the first: no order is
    // promised.
    const auto faits = static_cast<std::int64_t>(s3.objects().size());
    CHECK(faits >= 4);
    CHECK(faits <= 8);
    s3.broken(nullptr);
    auto m = piece::migrer(local, magasin, false, dit);
    CHECK(m.vus == 21);
    CHECK(m.deja == faits);
    CHECK(m.copies == 21 - faits);
    CHECK(m.abimes + m.retires == 0);
    for (const auto& sha : shas) CHECK(magasin.lire(sha) == local.lire(sha));
    m = piece::migrer(local, magasin, false, dit);
    CHECK(m.deja == 21);
    CHECK(m.copies == 0);

    // One damaged here and whole there, one the other way round, one damaged in both places.
    const auto abimer_ici = [&](const std::string& sha) {
        std::ofstream{dossier + "/" + sha.substr(0, 2) + "/" + sha.substr(2)} << "abîmé";
    };
    const auto abimer_la_bas = [&](const std::string& sha) {
        s3.put("logis/" + sha.substr(0, 2) + "/" + sha.substr(2), "abîmé");
    };
    abimer_ici(shas[0]);
    abimer_la_bas(shas[1]);
    abimer_ici(shas[2]);
    abimer_la_bas(shas[2]);
    m = piece::migrer(local, magasin, true, dit);
    CHECK(m.copies == 1); // put right again
    CHECK(m.abimes == 1);
    CHECK(m.retires == 20);
    CHECK(contient(dit.str(), shas[2]));
    CHECK(local.existe(shas[2]));
    for (const auto& sha : shas)
        if (sha != shas[2]) {
            CHECK_FALSE(local.existe(sha));
            CHECK_NOTHROW((void)magasin.lire(sha));
        }
    // And back.
    local.retirer(shas[2], std::chrono::seconds{0});
    m = piece::migrer(magasin, local, false, dit);
    CHECK(m.copies == 20);
    CHECK(local.lire(shas.back()) == long_contenu());
}

TEST_CASE("essayer le magasin ne laisse rien derrière soi")
{
    test::S3 s3;
    piece::MagasinS3 magasin{s3.settings(), 1};
    piece::essayer(magasin);
    CHECK(s3.objects().empty());
    s3.broken([](const test::S3Request& r) {
        return r.method == "GET" && r.key.empty() ? std::optional{test::S3::refusal(403, "AccessDenied")}
                                                  : std::nullopt;
    });
    CHECK(contient(indisponible([&] { piece::essayer(magasin); }), "list in this bucket"));
    CHECK(s3.objects().empty());
}

TEST_CASE("ce que S3 répond est lu sans être cru")
{
    using piece::s3::element;
    CHECK(element("<a><Code>x</Code></a>", "Code") == "x");
    CHECK(element("<a><Codes>y</Codes><Code>&lt;&#233;&amp;</Code></a>", "Code") == "<é&");
    CHECK_FALSE(element("<Code>x", "Code"));
    CHECK_FALSE(element("<Code>&inconnue;</Code>", "Code"));
    CHECK_FALSE(element("<Code>&#xD800;</Code>", "Code"));
    CHECK_FALSE(element("<Code/>", "Code"));
    CHECK_FALSE(piece::s3::lire_liste("<html>bonjour</html>"));
    CHECK_FALSE(
        piece::s3::lire_liste("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"));
    CHECK(piece::s3::code_d_erreur("<Error><Code>No Such</Code></Error>").empty());
    CHECK(piece::s3::code_d_erreur("<html><Code>NoSuchKey</Code></html>").empty());
}

} // namespace magasin_s3_test
