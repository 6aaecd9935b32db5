// Targets: what passes has one meaning only, for us, for a proxy and for the router; and the address of a
// client behind proxies.
#include <algorithm>

#include "base/text.hpp"
#include "fuzz.hpp"
#include "http/parse.hpp"
#include "http/router.hpp"
#include "http/throttle.hpp"

namespace {

constexpr http::Pattern patterns[] = {{http::Method::Get, "/"},
                                      {http::Method::Get, "/signaler"},
                                      {http::Method::Get, "/signaler/{jeton}"},
                                      {http::Method::Get, "/signaler/{jeton}/{etape}"},
                                      {http::Method::Post, "/signaler/{jeton}/{etape}"},
                                      {http::Method::Get, "/signaler/{jeton}/fichiers/{piece}"}};

void check_path(const std::string& path)
{
    static const http::Router router{patterns};
    fuzz::must(path.starts_with('/'), "a path begins with a slash");
    fuzz::must(base::clean_text(path) == path, "a path is clean text");
    fuzz::must(path.find('\\') == std::string::npos, "no other kind of slash");
    for (const auto& segment : base::split(path, '/'))
        fuzz::must(segment != "." && segment != "..", "no step aside");
    const auto match = router.find(http::Method::Get, path);
    const bool found = match.kind == http::Match::Kind::Found;
    fuzz::must(router.index_of(http::Method::Get, path) == (found ? match.index : http::Router::none),
               "both look-ups agree");
    for (const auto& [name, value] : match.captures)
        fuzz::must(!value.empty() && value.find('/') == std::string::npos, "a capture is one segment");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    if (const auto request = http::parse_head({"GET", std::string{text}, 11, {{"host", "a"}}})) {
        check_path(request->path);
        // Encoded again it is the same place: nothing was decoded twice.
        std::string encoded;
        for (const auto& segment : base::split(request->path.substr(1), '/'))
            encoded += "/" + http::encode(segment);
        const auto again = http::parse_head({"GET", encoded, 11, {{"host", "a"}}});
        fuzz::must(encoded.size() > 8000 || (again && again->path == request->path), "decoded once");
    }
    static const http::TrustedProxies proxies{{"127.0.0.1", "10.0.0.0/8", "fd00::/8"}};
    const auto address = http::client_address("127.0.0.1", {{"x-forwarded-for", std::string{text}}}, proxies);
    fuzz::must(std::ranges::all_of(address,
                                   [](char c) {
                                       return c == '.' || c == ':' || (c >= '0' && c <= '9') ||
                                              (c >= 'a' && c <= 'f');
                                   }),
               "an address, whatever the header says");
    fuzz::must(!http::network_of(address).empty(), "an address is of a network");
    return 0;
}
