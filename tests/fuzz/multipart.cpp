// multipart/form-data: parts within the body, within their bounds; and an honest form reads back as it was.
#include "base/text.hpp"
#include "fuzz.hpp"
#include "http/parse.hpp"

namespace {

constexpr std::string_view boundary = "b";

bool within(std::string_view part, std::string_view whole)
{
    return part.empty() ||
           (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// The form again, as a browser would send it.
std::string written(const std::vector<http::Part>& parts)
{
    const auto quoted = [](std::string_view name) {
        std::string out;
        for (const char c : name) out += c == '"' ? std::string{"%22"} : c == '\\' ? "\\\\" : std::string{c};
        return out;
    };
    std::string out;
    for (const auto& p : parts) {
        out += "--b\r\nContent-Disposition: form-data; name=\"" + quoted(p.name) + '"';
        if (p.filename) out += "; filename=\"" + quoted(*p.filename) + '"';
        out += "\r\n\r\n";
        out += p.data;
        out += "\r\n";
    }
    return out + "--b--\r\n";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    const http::MultipartLimits limits{.parts = 20, .header_bytes = 500, .text_bytes = 1000};
    const auto parts = http::parse_multipart(text, boundary, limits);
    if (!parts) return 0;
    fuzz::must(parts->size() <= limits.parts, "no more parts than allowed");
    std::size_t text_bytes = 0;
    bool plain = true; // names that a browser writes in one way only
    for (const auto& p : *parts) {
        fuzz::must(!p.name.empty(), "every part is named");
        fuzz::must(within(p.data, text), "a part lies in the body");
        fuzz::must(base::clean_text(p.name) == p.name, "names are clean text");
        if (p.filename)
            fuzz::must(base::clean_text(*p.filename) == *p.filename, "names of files are clean text");
        else
            text_bytes += p.data.size();
        for (const auto& name : {p.name, p.filename.value_or("")})
            plain = plain && name.find_first_of("%\n") == std::string::npos;
    }
    fuzz::must(text_bytes <= limits.text_bytes, "no more text than allowed");

    if (plain && !parts->empty()) {
        const auto form = written(*parts);
        const auto again =
            http::parse_multipart(form, boundary, {.parts = 20, .header_bytes = 8000, .text_bytes = 1000});
        fuzz::must(again && again->size() == parts->size(), "a form that was read is a form");
        for (std::size_t i = 0; i < parts->size(); ++i)
            fuzz::must((*again)[i].name == (*parts)[i].name && (*again)[i].filename == (*parts)[i].filename &&
                           (*again)[i].data == (*parts)[i].data,
                       "what is written reads the same");
    }
    http::Request request;
    request.headers = {{"content-type", "multipart/form-data; boundary=b"}};
    request.body = text;
    if (!http::parse_body(request))
        for (const auto& f : request.files) fuzz::must(within(f.data, text), "a file lies in the body");
    return 0;
}
