// A whole request: its first line, its fields, its body. What passes has one length and one host.
#include <algorithm>

#include "base/text.hpp"
#include "fuzz.hpp"
#include "http/ascii.hpp"
#include "http/parse.hpp"
#include "http/static_files.hpp"

namespace {

constexpr http::StaticFile files[] = {
    {"/static/a.css", "text/css; charset=utf-8", "a { color: red }", "brotli", "gzip", "\"12ab\"", true}};

std::size_t count(const http::Head& head, std::string_view name)
{
    return static_cast<std::size_t>(
        std::ranges::count(head.headers, name, [](const auto& h) { return h.first; }));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto rest = fuzz::text(data, size);
    const auto line = [&] {
        const auto end = rest.find('\n');
        auto out = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (out.ends_with('\r')) out.remove_suffix(1);
        return out;
    };
    http::Head head;
    const auto first = line();
    const auto space = first.find(' ');
    head.method = first.substr(0, space);
    if (space != std::string_view::npos) head.target = first.substr(space + 1);
    head.version = !head.target.empty() && head.target.back() == '0' ? 10 : 11;
    for (auto field = line(); !field.empty(); field = line()) {
        const auto colon = field.find(':');
        // The library in front lets through tokens only, and values without control signs.
        if (colon == std::string_view::npos || !http::ascii::is_token(field.substr(0, colon))) return 0;
        head.headers.emplace_back(http::ascii::lower(field.substr(0, colon)),
                                  http::ascii::trim(field.substr(colon + 1)));
    }
    const auto framing = http::parse_framing(head);
    if (framing) {
        fuzz::must(count(head, "content-length") + count(head, "transfer-encoding") <= 1, "one length only");
        fuzz::must(count(head, "host") == 1 || head.version < 11, "one host");
        fuzz::must(!(framing->chunked && framing->content_length), "one kind of length");
    }
    const auto request = http::parse_request(head, std::string{rest});
    if (!request) {
        fuzz::must(request.error().status >= 400 && request.error().status < 600, "a refusal is an error");
        return 0;
    }
    fuzz::must(framing.has_value(), "nothing is read whose length is in doubt");
    for (const auto& [name, value] : request->headers)
        fuzz::must(base::clean_text(value) == value, "values are clean text");
    static_cast<void>(request->wants_json());
    static_cast<void>(request->cookie("logis_session"));
    if (const auto answer = http::serve_static(files, *request))
        fuzz::must(answer->status == 200 || answer->status == 304 || answer->status == 405, "a file of ours");
    return 0;
}
