// Queries and urlencoded forms: what is read is clean text, and written again it reads the same.
#include "base/text.hpp"
#include "fuzz.hpp"
#include "http/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    const auto pairs = http::parse_pairs(text);
    http::Request request;
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.body = text;
    const auto refusal = http::parse_body(request);
    fuzz::must(pairs ? !refusal : (refusal || text.empty()), "a form is read as a query is");
    if (!pairs) return 0;
    fuzz::must(request.form == *pairs, "a form holds what a query would");
    std::string again;
    for (const auto& [name, value] : *pairs) {
        for (const auto& part : {name, value}) {
            const auto clean = base::clean_text(part);
            fuzz::must(clean && *clean == part, "only clean text is kept");
        }
        again += http::encode(name) + "=" + http::encode(value) + "&";
    }
    fuzz::must(http::parse_pairs(again) == *pairs, "what is written reads the same");
    return 0;
}
