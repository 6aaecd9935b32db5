// Answers: the usual kinds, headers and cookies. No transport.
#include "base/expect.hpp"
#include "base/json.hpp"
#include "http/ascii.hpp"
#include "http/web.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace http {

namespace answering {

Response of_type(std::string_view type, std::string body, int status)
{
    Response r;
    r.status = status;
    r.body = std::move(body);
    r.headers.emplace_back("Content-Type", type);
    return r;
}

std::string_view title_of(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::Forbidden:
        return "Accès refusé";
    case Problem::Kind::NotFound:
        return "Introuvable";
    case Problem::Kind::Conflict:
        return "Modifié entre-temps";
    case Problem::Kind::Invalid:
        return "Saisie à corriger";
    }
    return "Erreur";
}

} // namespace answering

Response& Response::header(std::string name, std::string value) &
{
    base::expect(ascii::is_token(name), "header name is not a token");
    base::expect(value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos,
                 "header value holds a line break");
    if (!ascii::same(name, "Set-Cookie"))
        std::erase_if(headers, [&](const auto& h) { return ascii::same(h.first, name); });
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

Response&& Response::header(std::string name, std::string value) &&
{
    header(std::move(name), std::move(value));
    return std::move(*this);
}

Response& Response::cookie(std::string_view set_cookie) &
{
    return header("Set-Cookie", std::string{set_cookie});
}

Response&& Response::cookie(std::string_view set_cookie) &&
{
    cookie(set_cookie);
    return std::move(*this);
}

Response html(std::string body, int status)
{
    return answering::of_type("text/html; charset=utf-8", std::move(body), status);
}

Response text(std::string body, int status)
{
    return answering::of_type("text/plain; charset=utf-8", std::move(body), status);
}

Response json(std::string body, int status)
{
    return answering::of_type("application/json", std::move(body), status);
}

Response problem_json(const Problem& problem)
{
    const int status = status_of(problem);
    std::string body = R"({"type":"about:blank","title":)";
    base::append_json_string(body, answering::title_of(problem.kind));
    body += fmt::format(R"(,"status":{},"detail":)", status);
    base::append_json_string(body, problem.message);
    if (!problem.field.empty()) {
        body += R"(,"field":)";
        base::append_json_string(body, problem.field);
    }
    body += '}';
    return answering::of_type("application/problem+json", std::move(body), status);
}

Response redirect(std::string location)
{
    const bool local =
        location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\");
    base::expect(local, "redirect to something else than a path of ours");
    Response r;
    r.status = 303;
    return std::move(r).header("Location", std::move(location));
}

std::string http_date(std::int64_t seconds)
{
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto moment = static_cast<std::time_t>(seconds);
    std::tm t{};
    gmtime_r(&moment, &t);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[t.tm_wday], t.tm_mday, months[t.tm_mon],
                       t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

int status_of(const Problem& problem)
{
    switch (problem.kind) {
    case Problem::Kind::Forbidden:
        return 403;
    case Problem::Kind::NotFound:
        return 404;
    case Problem::Kind::Conflict:
        return 409;
    case Problem::Kind::Invalid:
        return 422;
    }
    return 500;
}

std::string set_cookie(std::string_view name, std::string_view value, const CookieOptions& options)
{
    base::expect(ascii::is_token(name), "cookie name is not a token");
    base::expect(std::all_of(value.begin(), value.end(),
                             [](char c) {
                                 return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
                             }),
                 "cookie value needs http::encode()");
    std::string line = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax", name, value);
    if (options.max_age_seconds) line += fmt::format("; Max-Age={}", *options.max_age_seconds);
    if (options.secure) line += "; Secure";
    return line;
}

} // namespace http
