// A browser without a screen.
#include "support/client.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include "ui/check.hpp"

namespace test {
namespace {

Config client_settings(const std::filesystem::path& directory)
{
    Config config;
    config.mode = Mode::Test;
    config.files_directory = directory.string();
    config.public_url = "http://logis.test";
    return config;
}

std::filesystem::path new_directory()
{
    auto path = (std::filesystem::temp_directory_path() / "logis-site-XXXXXX").string();
    REQUIRE(mkdtemp(path.data()) != nullptr);
    return path;
}

std::string plain_spaces(std::string_view text)
{
    std::string out{text};
    for (const std::string_view space : {"\u00a0", "\u202f"})
        for (auto at = out.find(space); at != std::string::npos; at = out.find(space, at))
            out.replace(at, space.size(), " ");
    return out;
}

} // namespace

Site::Site(db::Database& database, Instant now)
    : directory_(new_directory()),
      config_(client_settings(directory_)),
      fichiers_(config_),
      app_{database, base::Clock{now}, config_, fichiers_, geocodeur_},
      edge_(app_)
{}

Site::~Site()
{
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

bool Page::says(std::string_view text) const
{
    return plain_spaces(body).find(plain_spaces(text)) != std::string::npos;
}

http::Response Client::ask(http::Method method, std::string_view path_and_query, http::Pairs fields)
{
    http::Request request;
    request.method = method;
    const auto question = path_and_query.find('?');
    request.path = http::decode(path_and_query.substr(0, question), false).value();
    if (question != std::string_view::npos) {
        request.raw_query = path_and_query.substr(question + 1);
        auto query = http::parse_pairs(request.raw_query);
        if (!query) return http::text("malformed query", 400); // as the transport does before any page
        request.query = std::move(*query);
    }
    request.headers = {
        {"host", "logis.test"}, {"accept", "text/html"}, {"user-agent", "Firefox/132.0 (Linux)"}};
    request.headers.insert(request.headers.end(), headers.begin(), headers.end());
    request.cookies = cookies;
    request.form = std::move(fields);
    request.client_ip = ip;
    request.request_id = "test";

    auto response = site_->edge().handle(request);
    for (const auto& [name, value] : response.headers) {
        if (name != "Set-Cookie") continue;
        const auto equals = value.find('=');
        const auto cookie = value.substr(0, equals);
        const auto content = value.substr(equals + 1, value.find(';') - equals - 1);
        std::erase_if(cookies, [&](const auto& c) { return c.first == cookie; });
        if (!content.empty()) cookies.emplace_back(cookie, content);
    }
    const auto& body = response.body;
    if (body.starts_with("<!DOCTYPE html>"))
        for (const auto& defect : ui::check_well_formed(body)) FAIL_CHECK(path_and_query << " : " << defect);
    constexpr std::string_view field = "name=\"csrf\" value=\"";
    if (const auto at = body.find(field); at != std::string::npos) {
        const auto begin = at + field.size();
        token_ = body.substr(begin, body.find('"', begin) - begin);
    }
    return response;
}

Page Client::send(http::Method method, std::string_view path_and_query, http::Pairs fields)
{
    auto response = ask(method, path_and_query, std::move(fields));
    Page page{response.status,
              {},
              response.body.empty() ? std::string{response.static_body} : std::move(response.body)};
    for (const auto& [name, value] : response.headers)
        if (name == "Location") page.location = value;
    return page;
}

Page Client::get(std::string_view path_and_query)
{
    return send(http::Method::Get, path_and_query, {});
}

Page Client::post(std::string_view path, http::Pairs fields)
{
    fields.emplace_back("csrf", token_);
    return send(http::Method::Post, path, std::move(fields));
}

Page Client::post_without_token(std::string_view path, http::Pairs fields)
{
    return send(http::Method::Post, path, std::move(fields));
}

Page Client::follow(const Page& page)
{
    REQUIRE(page.status == 303);
    return get(page.location);
}

void Client::log_in(std::string_view email, std::string_view password)
{
    get("/connexion");
    const auto answer =
        post("/connexion", {{"email", std::string{email}}, {"mot_de_passe", std::string{password}}});
    REQUIRE(answer.status == 303);
    // The token of the session is in the pages that follow.
    get("/mon-compte");
}

} // namespace test
