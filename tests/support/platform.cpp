// See platform.hpp.
#include "support/platform.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>

#include "compte/demo.hpp"
#include "demo.hpp"
#include "piece/fichiers.hpp"
#include "territoire/geocodeur.hpp"
#include "territoire/import.hpp"

namespace test {

namespace {

std::filesystem::path directory_of_files()
{
    std::string name = (std::filesystem::temp_directory_path() / "logis-test-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    return name;
}

Config settings(const std::filesystem::path& files)
{
    Config config;
    config.mode = Mode::Test;
    config.files_directory = files.string();
    return config;
}

std::string token_in(const std::string& html)
{
    const std::string_view mark = "name=\"csrf\" value=\"";
    const auto at = html.find(mark);
    if (at == std::string::npos) return {};
    const auto start = at + mark.size();
    return html.substr(start, html.find('"', start) - start);
}

} // namespace

struct Platform::Impl {
    Impl(db::Database& db, Instant now)
        : directory(directory_of_files()),
          config(settings(directory)),
          fichiers(config),
          app{db, base::Clock{now}, config, fichiers, geocodeur}
    {
        territoire::charger_reference(db, now);
        demo::seed(app, "");
        edge = std::make_unique<Edge>(app);
    }
    ~Impl() { std::filesystem::remove_all(directory); }

    std::filesystem::path directory;
    Config config;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
    App app;
    std::unique_ptr<Edge> edge;
};

Platform::Platform(db::Database& db, Instant now) : impl_(std::make_unique<Impl>(db, now)) {}
Platform::~Platform() = default;

App& Platform::app()
{
    return impl_->app;
}

http::Response Platform::send(http::Method method, const std::string& path_and_query, http::Pairs form)
{
    http::Request request;
    request.method = method;
    const auto mark = path_and_query.find('?');
    request.path = path_and_query.substr(0, mark);
    if (mark != std::string::npos) {
        request.raw_query = path_and_query.substr(mark + 1);
        auto query = http::parse_pairs(request.raw_query);
        if (!query) return http::text("malformed query", 400); // as the transport does before any page
        request.query = std::move(*query);
    }
    request.form = std::move(form);
    request.cookies = cookies_;
    request.client_ip = "127.0.0.1";
    request.request_id = "test";
    auto answer = impl_->edge->handle(request);
    for (const auto& [name, value] : answer.headers)
        if (name == "Set-Cookie") {
            const auto equal = value.find('=');
            const auto key = value.substr(0, equal);
            std::erase_if(cookies_, [&](const auto& c) { return c.first == key; });
            cookies_.emplace_back(key, value.substr(equal + 1, value.find(';') - equal - 1));
        }
    return answer;
}

http::Response Platform::get(const std::string& path_and_query)
{
    return send(http::Method::Get, path_and_query, {});
}

http::Response Platform::post_without_csrf(const std::string& path, http::Pairs form)
{
    return send(http::Method::Post, path, std::move(form));
}

http::Response Platform::post(const std::string& path, http::Pairs form)
{
    // The display settings hold a form that everybody may open.
    form.emplace_back("csrf", token_in(get("/parametres-affichage").body));
    return send(http::Method::Post, path, std::move(form));
}

void Platform::login(const std::string& email)
{
    cookies_.clear();
    const auto answer =
        post("/connexion", {{"email", email}, {"mot_de_passe", std::string{compte::mot_de_passe_demo}}});
    REQUIRE(answer.status == 303);
}

Platform& shared_platform(db::Engine engine)
{
    struct Shared {
        explicit Shared(db::Engine e) : database(e), platform(*database) {}
        FreshDatabase database;
        Platform platform;
    };
    static std::map<db::Engine, std::unique_ptr<Shared>> all;
    auto& shared = all[engine];
    if (!shared) shared = std::make_unique<Shared>(engine);
    return shared->platform;
}

} // namespace test
