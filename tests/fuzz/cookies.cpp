// Cookies, and the parameters of headers such as Content-Type and Content-Disposition.
#include "fuzz.hpp"
#include "http/ascii.hpp"
#include "http/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    const auto cookies = http::parse_cookies(text);
    fuzz::must(cookies.size() <= 100, "a bounded number of cookies");
    for (const auto& [name, value] : cookies) {
        fuzz::must(http::ascii::is_token(name), "a cookie's name is a token");
        fuzz::must(value.find(';') == std::string::npos, "a value ends at the semicolon");
    }
    const auto parameters = http::parse_parameters(text);
    if (!parameters) return 0;
    for (const auto& [name, value] : parameters->parameters) {
        fuzz::must(http::ascii::is_token(name), "a parameter's name is a token");
        fuzz::must(*parameters->find(name) == value, "no parameter twice");
    }
    return 0;
}
