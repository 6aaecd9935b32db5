// /api/adresses: what the address field asks while somebody types.
#include "territoire/pages.hpp"

#include <algorithm>
#include <charconv>

#include "base/json.hpp"
#include "base/text.hpp"
#include "http/throttle.hpp"
#include "routes.hpp"
#include "territoire/geocodeur.hpp"

namespace territoire {

namespace pages_detail {

http::Response bad_request(std::string_view title, std::string_view description)
{
    return http::json("{\"title\":" + base::json_string(title) +
                          ",\"description\":" + base::json_string(description) + "}",
                      400);
}

bool is_code(std::string_view s, std::size_t shortest, std::size_t longest)
{
    return s.size() >= shortest && s.size() <= longest && std::all_of(s.begin(), s.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

} // namespace pages_detail

http::Response get_api_adresses(App& app, const http::Request& req, const Visitor&)
{
    namespace d = pages_detail;
    // A town hall of forty agents shares one address: only machines go beyond.
    static http::Throttle throttle;
    constexpr http::Rate rate{240, 60};
    // The machine's clock, even where --now holds the platform's still: patience and memory need time to
    // pass.
    const auto now = base::Clock{}.now();
    const auto who = "adresses:" + http::ip_group(req.client_ip);
    if (!throttle.allow(who, rate, now)) {
        auto answer =
            http::json(R"({"title":"Trop de recherches","description":"Réessayez dans un instant."})", 429);
        answer.header("Retry-After",
                      std::to_string(std::max(1U, throttle.retry_after_seconds(who, rate, now))));
        return answer;
    }

    const auto clean = base::clean_text(req.param("q"));
    const auto q = clean ? std::string{base::trim(*clean)} : std::string{};
    const auto length = base::length(q);
    if (length < 3 || length > 200 || base::fold(q).empty())
        return d::bad_request("Paramètre q incorrect",
                              "q doit compter de 3 à 200 caractères, dont une lettre ou un "
                              "chiffre.");
    std::size_t limit = 5;
    if (const auto text = req.param("limit"); !text.empty()) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
        if (error != std::errc{} || end != text.data() + text.size() || limit < 1 || limit > 20)
            return d::bad_request("Paramètre limit incorrect", "limit est un nombre entier de 1 à 20.");
    }
    const Filtre filtre{.insee = req.param("citycode"), .departement = req.param("departement")};
    if (!filtre.insee.empty() && !d::is_code(filtre.insee, 5, 5))
        return d::bad_request("Paramètre citycode incorrect",
                              "citycode est un code INSEE de cinq caractères.");
    if (!filtre.departement.empty() && !d::is_code(filtre.departement, 2, 3))
        return d::bad_request("Paramètre departement incorrect",
                              "departement est un code comme 76, 2A ou 974.");
    return http::json(geocodejson(q, limit, app.geocodeur.chercher(app.db, q, limit, filtre, now)));
}

} // namespace territoire
