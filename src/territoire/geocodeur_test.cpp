// The remote service as it is on bad days: slow, wrong, busy, away. A small server of our own plays it.
#include "territoire/geocodeur.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "support/databases.hpp"
#include "support/loopback.hpp"
#include "support/reference.hpp"
#include "territoire/import.hpp"

namespace {

using territoire::Geocodeur;

/// Answers every request with the same bytes, after a delay; an empty answer closes without a word.
class FakeService {
public:
    FakeService() : thread_([this] { serve(); }) {}
    FakeService(const FakeService&) = delete;
    FakeService& operator=(const FakeService&) = delete;
    ~FakeService()
    {
        stop_ = true;
        shutdown(listener_.fd(), SHUT_RDWR);
        thread_.join();
    }
    [[nodiscard]] std::string url() const { return "http://" + listener_.address() + "/geocodage"; }

    void answer(std::string raw, std::chrono::milliseconds delay = {})
    {
        const std::lock_guard lock{mutex_};
        raw_ = std::move(raw);
        delay_ = delay;
    }
    void answer_json(const std::string& body, const std::string& status = "200 OK")
    {
        answer("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    }
    [[nodiscard]] int calls() const { return calls_; }
    std::string last_request()
    {
        const std::lock_guard lock{mutex_};
        return request_;
    }

private:
    void serve()
    {
        while (!stop_) {
            const int client = accept(listener_.fd(), nullptr, nullptr);
            if (client < 0) return;
            char buffer[4096];
            const auto n = read(client, buffer, sizeof buffer);
            ++calls_;
            std::string raw;
            std::chrono::milliseconds delay{};
            {
                const std::lock_guard lock{mutex_};
                request_.assign(buffer, static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
                raw = raw_;
                delay = delay_;
            }
            for (auto waited = std::chrono::milliseconds{}; waited < delay && !stop_;
                 waited += std::chrono::milliseconds{20})
                std::this_thread::sleep_for(std::chrono::milliseconds{20});
            std::size_t sent = 0;
            while (sent < raw.size()) {
                const auto w = send(client, raw.data() + sent, raw.size() - sent, MSG_NOSIGNAL);
                if (w <= 0) break;
                sent += static_cast<std::size_t>(w);
            }
            close(client);
        }
    }

    test::Loopback listener_;
    std::atomic<bool> stop_ = false;
    std::atomic<int> calls_ = 0;
    std::mutex mutex_;
    std::string raw_, request_;
    std::chrono::milliseconds delay_{};
    std::thread thread_;
};

std::string feature(const std::string& properties,
                    const std::string& geometry = R"({"type":"Point","coordinates":[1.09,49.44]})")
{
    return R"({"type":"Feature","geometry":)" + geometry + R"(,"properties":)" + properties + "}";
}
std::string collection(const std::string& features)
{
    return R"({"type":"FeatureCollection","version":"draft","features":[)" + features + "]}";
}
const std::string good =
    R"({"label":"8 Rue Inventée 76000 Rouen","score":0.97,"housenumber":"8","id":"76540_0001_00008",)"
    R"("name":"8 Rue Inventée","postcode":"76000","citycode":"76540","city":"Rouen","context":"faux",)"
    R"("type":"housenumber","importance":0.7,"street":"Rue Inventée"})";

constexpr Instant geo_start{1'795'000'000'000};

Geocodeur::Options options_for(const FakeService& service)
{
    Geocodeur::Options o;
    o.url = service.url();
    o.timeout_ms = 300;
    o.failures_to_open = 3;
    o.open_seconds = 30;
    return o;
}

db::Database& communes()
{
    return test::reference_database(db::Engine::Sqlite);
}

} // namespace

TEST_CASE("la réponse du service distant est rendue, avec notre contexte")
{
    FakeService service;
    service.answer_json(collection(feature(good)));
    Geocodeur g{options_for(service)};
    const auto found =
        g.chercher(communes(), "8 rue inventée", 5, {.insee = {}, .departement = "76"}, geo_start);
    REQUIRE(found.size() == 1);
    CHECK(found[0].libelle == "8 Rue Inventée 76000 Rouen");
    CHECK(found[0].voie == "Rue Inventée");
    CHECK(found[0].numero == "8");
    CHECK(found[0].contexte == "76, Seine-Maritime, Normandie");
    CHECK(found[0].position->lat == doctest::Approx(49.44));
    const auto request = service.last_request();
    CHECK(request.starts_with("GET /geocodage/search?q=8%20rue%20invent%C3%A9e&limit=5&autocomplete=1"));
    CHECK(request.find("departmentcode=76") != std::string::npos);
    CHECK(g.etat(geo_start) == Geocodeur::Etat::Ferme);
}

TEST_CASE("la même question n’est posée qu’une fois, jusqu’à ce que la réponse vieillisse")
{
    FakeService service;
    service.answer_json(collection(feature(good)));
    auto options = options_for(service);
    options.cache_seconds = 60;
    options.cache_entries = 2;
    Geocodeur g{options};
    g.chercher(communes(), "8 rue inventée", 5, {}, geo_start);
    g.chercher(communes(), "8  Rue INVENTEE", 5, {}, geo_start.plus_seconds(59));
    CHECK(service.calls() == 1);
    g.chercher(communes(), "8 rue inventée", 5, {}, geo_start.plus_seconds(61));
    CHECK(service.calls() == 2);
    // Bounded: the third question pushes the first out.
    g.chercher(communes(), "question deux", 5, {}, geo_start.plus_seconds(62));
    g.chercher(communes(), "question trois", 5, {}, geo_start.plus_seconds(62));
    g.chercher(communes(), "8 rue inventée", 5, {}, geo_start.plus_seconds(63));
    CHECK(service.calls() == 5);
}

TEST_CASE("un service qui se tait ne retarde pas la réponse locale au-delà du délai")
{
    FakeService service;
    service.answer("", std::chrono::milliseconds{5000});
    Geocodeur g{options_for(service)};
    const auto start = std::chrono::steady_clock::now();
    const auto found = g.chercher(communes(), "rouen", 5, {}, geo_start);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds{2500});
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].libelle == "Rouen");
}

TEST_CASE("après plusieurs échecs le disjoncteur s’ouvre, puis une seule requête essaie")
{
    FakeService service;
    service.answer_json("{}", "503 Service Unavailable");
    Geocodeur g{options_for(service)};
    for (int i = 0; i < 10; ++i)
        CHECK_FALSE(g.chercher(communes(), "rouen " + std::to_string(i), 5, {}, geo_start).empty());
    CHECK(service.calls() == 3);
    CHECK(g.etat(geo_start) == Geocodeur::Etat::Ouvert);

    const auto later = geo_start.plus_seconds(31);
    CHECK(g.etat(later) == Geocodeur::Etat::Essai);
    g.chercher(communes(), "rouen", 5, {}, later); // the trial fails
    g.chercher(communes(), "rouen", 5, {}, later);
    CHECK(service.calls() == 4);
    CHECK(g.etat(later) == Geocodeur::Etat::Ouvert);

    service.answer_json(collection(feature(good)));
    const auto mended = later.plus_seconds(31);
    CHECK(g.chercher(communes(), "8 rue inventée", 5, {}, mended).front().voie == "Rue Inventée");
    CHECK(g.etat(mended) == Geocodeur::Etat::Ferme);
}

TEST_CASE("une réponse 429, illisible, énorme ou coupée fait répondre la base locale")
{
    FakeService service;
    auto options = options_for(service);
    options.failures_to_open = 1000;
    options.max_bytes = 64 * 1024;
    Geocodeur g{options};
    int n = 0;
    const auto local = [&] {
        ++n;
        const auto found = g.chercher(communes(), "rouen", 5, {}, geo_start.plus_seconds(n * 10'000));
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].libelle == "Rouen");
    };
    service.answer_json(collection(feature(good)), "429 Too Many Requests");
    local();
    service.answer_json("<html>maintenance</html>");
    local();
    service.answer_json("[1,2,3]");
    local();
    service.answer_json(R"({"features":"aucun"})");
    local();
    service.answer_json("\xff\xfe{\"features\":[]}");
    local();
    service.answer_json(std::string(200 * 1024, '['));
    local();
    service.answer("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"features\":[");
    local();
    service.answer("n’importe quoi");
    local();
    service.answer("");
    local();
    service.answer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    local();
    CHECK(service.calls() == n);
}

TEST_CASE("les éléments douteux d’une réponse sont écartés, les bons gardés")
{
    FakeService service;
    Geocodeur g{options_for(service)};
    const auto replace = [](std::string s, const std::string& a, const std::string& b) {
        return s.replace(s.find(a), a.size(), b);
    };
    service.answer_json(
        collection(feature(replace(good, "\"76540\"", "\"99999\"")) + "," + // no such commune
                   feature(replace(good, "\"8 Rue Inventée 76000 Rouen\"", "42")) + "," +
                   feature(replace(good, "\"housenumber\",\"imp", "\"fusée\",\"imp")) + "," + R"("texte")" +
                   "," + feature(replace(good, "Rouen\",\"score", "Rouen\\u0000\\n<b>\",\"score")) + "," +
                   feature(replace(good, "8 Rue Inventée 76000 Rouen", "9 Rue Inventée 76000 Rouen"),
                           R"({"type":"Point","coordinates":[1e300,"x"]})")));
    const auto found = g.chercher(communes(), "rue inventée", 5, {}, geo_start);
    REQUIRE(found.size() == 1);
    CHECK(found[0].libelle == "9 Rue Inventée 76000 Rouen");
    CHECK_FALSE(found[0].position);
}

TEST_CASE("le filtre demandé vaut aussi pour ce que répond le service")
{
    FakeService service;
    service.answer_json(collection(feature(good)));
    Geocodeur g{options_for(service)};
    for (const auto& a :
         g.chercher(communes(), "8 rue inventée", 5, {.insee = "76217", .departement = {}}, geo_start))
        CHECK(a.insee == "76217");
}

TEST_CASE("personne au bout du fil : la base locale répond")
{
    Geocodeur::Options options;
    options.url = "http://127.0.0.1:1/";
    Geocodeur g{options};
    CHECK_FALSE(g.chercher(communes(), "dieppe", 5, {}, geo_start).empty());
    Geocodeur none;
    CHECK(none.etat(geo_start) == Geocodeur::Etat::SansService);
    CHECK_FALSE(none.chercher(communes(), "dieppe", 5, {}, geo_start).empty());
}

TEST_CASE("le GeoCodeJSON suit le contrat d’addok")
{
    territoire::Adresse a;
    a.id = "76540_4580_00012";
    a.type = territoire::TypeAdresse::Numero;
    a.libelle = "12 Rue \"Jeanne\" <d’Arc> 76000 Rouen";
    a.numero = "12";
    a.voie = "Rue Jeanne d’Arc";
    a.code_postal = "76000";
    a.insee = "76540";
    a.commune = "Rouen";
    a.contexte = "76, Seine-Maritime, Normandie";
    a.position = territoire::Point{1.0934, 49.4431};
    a.score = 0.95;
    a.importance = 0.5;
    territoire::Adresse c;
    c.type = territoire::TypeAdresse::Commune;
    c.libelle = c.commune = "Pouembout";
    c.insee = "98825";
    const auto json = boost::json::parse(territoire::geocodejson("12 rue", 5, {a, c}));
    CHECK(json.at("type") == "FeatureCollection");
    CHECK(json.at("version") == "draft");
    CHECK(json.at("attribution") == "BAN");
    CHECK(json.at("licence") == "ETALAB-2.0");
    CHECK(json.at("query") == "12 rue");
    CHECK(json.at("limit") == 5);
    const auto& f = json.at("features").at(0);
    CHECK(f.at("geometry").at("coordinates").at(0).as_double() == doctest::Approx(1.0934));
    const auto& p = f.at("properties");
    CHECK(p.at("label") == a.libelle.c_str());
    CHECK(p.at("score").as_double() == doctest::Approx(0.95));
    CHECK(p.at("housenumber") == "12");
    CHECK(p.at("name") == "12 Rue Jeanne d’Arc");
    CHECK(p.at("street") == "Rue Jeanne d’Arc");
    CHECK(p.at("postcode") == "76000");
    CHECK(p.at("citycode") == "76540");
    CHECK(p.at("city") == "Rouen");
    CHECK(p.at("type") == "housenumber");
    const auto& commune = json.at("features").at(1);
    CHECK(commune.at("geometry").is_null());
    CHECK(commune.at("properties").at("postcode").is_null());
    CHECK(commune.at("properties").at("type") == "municipality");
}
