// Requests: reading a head, its query, cookies and form, strictly. Pure functions, no transport.
#include "base/expect.hpp"
#include "base/text.hpp"
#include "http/ascii.hpp"
#include "http/parse.hpp"
#include "http/web.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace http {

namespace reading {

constexpr std::pair<std::string_view, Method> method_names[] = {
    {"GET", Method::Get},         {"POST", Method::Post},     {"PUT", Method::Put},
    {"PATCH", Method::Patch},     {"DELETE", Method::Delete}, {"HEAD", Method::Head},
    {"OPTIONS", Method::Options},
};

constexpr std::size_t max_target = 8000;

/// Names in a request that mean nothing twice, or two things.
constexpr std::string_view once_only[] = {
    "host", "content-length", "transfer-encoding", "content-type", "authorization", "expect", "origin"};

int hex(char c)
{
    if (ascii::is_digit(c)) return c - '0';
    c = ascii::lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

const std::string* find(const Pairs& pairs, std::string_view name)
{
    for (const auto& [n, v] : pairs)
        if (n == name) return &v;
    return nullptr;
}

std::vector<std::string> all(const Pairs& pairs, std::string_view name)
{
    std::vector<std::string> out;
    for (const auto& [n, v] : pairs)
        if (n == name) out.emplace_back(base::trim(v));
    return out;
}

std::string first(const Pairs& pairs, std::string_view name)
{
    const auto* v = find(pairs, name);
    return v ? std::string{base::trim(*v)} : std::string{};
}

/// Does a comma-separated list of tokens hold this one?
bool lists(std::string_view list, std::string_view token)
{
    while (!list.empty())
        if (ascii::same(ascii::next_piece(list, ','), token)) return true;
    return false;
}

/// Path of a target, decoded; nothing when it could be read in two ways.
std::optional<std::string> decode_path(std::string_view raw)
{
    // An encoded slash or backslash would make one segment for us and two for another reader.
    for (std::size_t i = 0; i + 2 < raw.size(); ++i) {
        if (raw[i] != '%') continue;
        const char c = static_cast<char>(hex(raw[i + 1]) * 16 + hex(raw[i + 2]));
        if (c == '/' || c == '\\') return std::nullopt;
    }
    if (raw.find('\\') != std::string_view::npos) return std::nullopt;
    auto path = decode(raw, false);
    if (!path) return std::nullopt;
    const auto clean = base::clean_text(*path);
    if (!clean || *clean != *path || clean->find_first_of("\n\t") != std::string::npos) return std::nullopt;
    for (std::size_t at = 0; at != std::string::npos; at = path->find('/', at + 1)) {
        const auto end = path->find('/', at + 1);
        const auto segment = std::string_view{*path}.substr(
            at + 1, end == std::string::npos ? std::string::npos : end - at - 1);
        if (segment == "." || segment == "..") return std::nullopt;
    }
    return path;
}

struct Address {
    std::array<unsigned char, 16> bytes{};
    bool v4 = false;
};

/// An address as 16 bytes; IPv4 in its mapped form (::ffff:a.b.c.d), so that both spellings are one address.
std::optional<Address> parse_ip(std::string_view text)
{
    const std::string s{text};
    Address out;
    in_addr v4{};
    if (inet_pton(AF_INET, s.c_str(), &v4) == 1) {
        out.v4 = true;
        out.bytes[10] = out.bytes[11] = 0xFF;
        std::memcpy(out.bytes.data() + 12, &v4, 4);
        return out;
    }
    in6_addr v6{};
    if (inet_pton(AF_INET6, s.c_str(), &v6) != 1) return std::nullopt;
    std::memcpy(out.bytes.data(), &v6, 16);
    static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    out.v4 = std::equal(mapped.begin(), mapped.end(), out.bytes.begin());
    return out;
}

std::string text_of(const Address& a)
{
    char out[INET6_ADDRSTRLEN] = {};
    if (a.v4)
        inet_ntop(AF_INET, a.bytes.data() + 12, out, sizeof out);
    else
        inet_ntop(AF_INET6, a.bytes.data(), out, sizeof out);
    return out;
}

} // namespace reading

const std::string& Request::capture(std::string_view name) const
{
    const auto it = captures.find(std::string{name});
    base::expect(it != captures.end(), "the route has no part of this name");
    return it->second;
}

std::string Request::field(std::string_view name) const
{
    return reading::first(form, name);
}

std::vector<std::string> Request::fields(std::string_view name) const
{
    return reading::all(form, name);
}

bool Request::has_field(std::string_view name) const
{
    return reading::find(form, name) != nullptr;
}

std::string Request::param(std::string_view name) const
{
    return reading::first(query, name);
}

std::vector<std::string> Request::params(std::string_view name) const
{
    return reading::all(query, name);
}

std::string Request::header(std::string_view lower_case_name) const
{
    std::string out;
    for (const auto& [n, v] : headers) {
        if (n != lower_case_name) continue;
        if (!out.empty()) out += ", ";
        out += v;
    }
    return out;
}

std::string Request::cookie(std::string_view name) const
{
    const auto* v = reading::find(cookies, name);
    return v ? *v : std::string{};
}

bool Request::wants_json() const
{
    if (!header("x-requested-with").empty()) return true;
    const auto accept = header("accept");
    return accept.find("json") != std::string::npos && accept.find("text/html") == std::string::npos;
}

std::string encode(std::string_view s)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(s.size());
    for (const char c : s) {
        const bool plain = ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> decode(std::string_view s, bool plus_is_space)
{
    std::string out;
    out.reserve(s.size());
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (s[i] != '%') {
            out += s[i];
        } else {
            if (i + 2 >= s.size()) return std::nullopt;
            const int high = reading::hex(s[i + 1]);
            const int low = reading::hex(s[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::optional<Pairs> parse_pairs(std::string_view s, std::size_t max_pairs)
{
    Pairs out;
    while (!s.empty()) {
        const auto end = s.find('&');
        const auto piece = s.substr(0, end);
        s.remove_prefix(end == std::string_view::npos ? s.size() : end + 1);
        if (piece.empty()) continue;
        if (out.size() == max_pairs) return std::nullopt;
        const auto equal = piece.find('=');
        const auto name = decode(piece.substr(0, equal), true);
        const auto value =
            decode(equal == std::string_view::npos ? std::string_view{} : piece.substr(equal + 1), true);
        if (!name || !value) return std::nullopt;
        auto clean_name = base::clean_text(*name);
        auto clean_value = base::clean_text(*value);
        if (!clean_name || !clean_value) return std::nullopt;
        out.emplace_back(std::move(*clean_name), std::move(*clean_value));
    }
    return out;
}

std::optional<Method> method_named(std::string_view name)
{
    for (const auto& [n, m] : reading::method_names)
        if (n == name) return m;
    return std::nullopt;
}

std::string_view name_of(Method method)
{
    for (const auto& [n, m] : reading::method_names)
        if (m == method) return n;
    throw base::Bug{"method without a name"};
}

Parsed<Framing> parse_framing(const Head& head)
{
    using reading::find;
    for (const auto name : reading::once_only) {
        const auto n = std::count_if(head.headers.begin(), head.headers.end(),
                                     [&](const auto& h) { return h.first == name; });
        if (n > 1) return Refusal{400, "header given twice"};
    }
    const auto* host = find(head.headers, "host");
    if (!host && head.version >= 11) return Refusal{400, "no Host"};
    if (host) {
        const bool well_formed = std::all_of(host->begin(), host->end(), [](char c) {
            return ascii::is_alnum(c) || c == '-' || c == '.' || c == ':' || c == '[' || c == ']' || c == '_';
        });
        if (host->empty() || !well_formed) return Refusal{400, "bad Host"};
    }

    Framing framing;
    const auto* length = find(head.headers, "content-length");
    if (const auto* encoding = find(head.headers, "transfer-encoding")) {
        if (length) return Refusal{400, "both Content-Length and Transfer-Encoding"};
        if (head.version < 11) return Refusal{400, "Transfer-Encoding in HTTP/1.0"};
        if (ascii::lower(*encoding) != "chunked") return Refusal{501, "transfer encoding"};
        framing.chunked = true;
    } else if (length) {
        const auto* end = length->data() + length->size();
        const bool digits =
            !length->empty() && length->size() <= 18 &&
            std::all_of(length->begin(), length->end(), [](char c) { return ascii::is_digit(c); });
        if (!digits) return Refusal{400, "bad Content-Length"};
        std::from_chars(length->data(), end, framing.content_length);
    }
    if (const auto* expect = find(head.headers, "expect"); expect && head.version >= 11) {
        if (ascii::lower(*expect) != "100-continue") return Refusal{417, "Expect"};
        framing.expects_continue = framing.has_body();
    }

    framing.keep_alive = head.version >= 11;
    for (const auto& [name, value] : head.headers) {
        if (name != "connection") continue;
        if (head.version < 11 && reading::lists(value, "keep-alive")) framing.keep_alive = true;
        if (reading::lists(value, "close")) {
            framing.keep_alive = false;
            break;
        }
    }
    return framing;
}

Parsed<Request> parse_head(const Head& head)
{
    const auto method = method_named(head.method);
    if (!method) return Refusal{501, "method"};
    if (head.target.size() > reading::max_target) return Refusal{414, "target too long"};
    const bool ascii = std::all_of(head.target.begin(), head.target.end(),
                                   [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
    if (!ascii || !head.target.starts_with('/')) return Refusal{400, "target"};

    Request r;
    r.method = *method;
    const std::string_view target{head.target};
    const auto mark = target.find('?');
    auto path = reading::decode_path(target.substr(0, mark));
    if (!path) return Refusal{400, "path"};
    r.path = std::move(*path);
    if (mark != std::string_view::npos) r.raw_query = target.substr(mark + 1);
    auto query = parse_pairs(r.raw_query);
    if (!query) return Refusal{400, "query"};
    r.query = std::move(*query);

    for (const auto& [name, value] : head.headers) {
        const auto clean = base::clean_text(value);
        if (!clean) continue;
        if (name == "cookie") {
            auto cookies = parse_cookies(*clean);
            r.cookies.insert(r.cookies.end(), std::make_move_iterator(cookies.begin()),
                             std::make_move_iterator(cookies.end()));
        }
        r.headers.emplace_back(name, *clean);
    }
    return r;
}

std::optional<Refusal> parse_body(Request& r)
{
    if (r.body.empty()) return std::nullopt;
    const auto header = r.header("content-type");
    if (header.empty()) return std::nullopt;
    const auto type = parse_parameters(header);
    if (!type) return Refusal{400, "bad Content-Type"};
    if (type->value == "application/x-www-form-urlencoded") {
        // Routes that take files allow large bodies; text is decoded in memory and never needs that much.
        if (r.body.size() > 2'000'000) return Refusal{413, "form"};
        auto pairs = parse_pairs(r.body);
        if (!pairs) return Refusal{400, "form"};
        r.form = std::move(*pairs);
    } else if (type->value == "multipart/form-data") {
        const auto* boundary = type->find("boundary");
        if (!boundary) return Refusal{400, "no boundary"};
        auto parts = parse_multipart(r.body, *boundary);
        if (!parts) return parts.error();
        for (auto& part : *parts) {
            if (!part.filename) {
                auto clean = base::clean_text(part.data);
                if (!clean) return Refusal{400, "text of a form"};
                r.form.emplace_back(std::move(part.name), std::move(*clean));
            } else if (!part.filename->empty() || !part.data.empty()) {
                r.files.push_back(
                    {std::move(part.name), std::move(*part.filename), std::move(part.type), part.data});
            }
        }
    }
    return std::nullopt;
}

Parsed<Request> parse_request(const Head& head, std::string body)
{
    const auto framing = parse_framing(head);
    if (!framing) return framing.error();
    auto r = parse_head(head);
    if (!r) return r;
    const auto kept = std::make_shared<const std::string>(std::move(body));
    r->body = *kept;
    r->storage = kept;
    if (const auto refusal = parse_body(*r)) return *refusal;
    return r;
}

Pairs parse_cookies(std::string_view s)
{
    constexpr std::size_t max_cookies = 100;
    Pairs out;
    while (!s.empty() && out.size() < max_cookies) {
        const auto piece = ascii::next_piece(s, ';');
        const auto equal = piece.find('=');
        if (equal == std::string_view::npos || equal == 0) continue;
        const auto name = piece.substr(0, equal);
        auto value = piece.substr(equal + 1);
        if (!ascii::is_token(name)) continue;
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value.remove_prefix(1);
            value.remove_suffix(1);
        }
        out.emplace_back(name, value);
    }
    return out;
}

const std::string* Parameters::find(std::string_view name) const
{
    return reading::find(parameters, name);
}

std::optional<Parameters> parse_parameters(std::string_view s)
{
    Parameters out;
    const auto semicolon = s.find(';');
    out.value = ascii::lower(ascii::trim(s.substr(0, semicolon)));
    const auto slash = out.value.find('/');
    const bool word = ascii::is_token(out.value.substr(0, slash)) &&
                      (slash == std::string::npos || ascii::is_token(out.value.substr(slash + 1)));
    if (!word) return std::nullopt;
    s.remove_prefix(semicolon == std::string_view::npos ? s.size() : semicolon);
    while (!s.empty()) {
        s.remove_prefix(1); // the semicolon
        s = ascii::trim(s);
        if (s.empty()) break; // "text/html;" is sent by enough programs
        const auto equal = s.find('=');
        if (equal == std::string_view::npos || equal == 0) return std::nullopt;
        auto name = ascii::lower(s.substr(0, equal));
        if (!ascii::is_token(name)) return std::nullopt;
        if (out.find(name)) return std::nullopt;
        s.remove_prefix(equal + 1);
        std::string value;
        if (s.starts_with('"')) {
            s.remove_prefix(1);
            bool closed = false;
            while (!s.empty() && !closed) {
                const char c = s.front();
                s.remove_prefix(1);
                // Only \" and \\ are escapes: some browsers send the backslashes of a Windows path as they
                // are.
                if (c == '\\' && !s.empty() && (s.front() == '"' || s.front() == '\\')) {
                    value += s.front();
                    s.remove_prefix(1);
                } else if (c == '"') {
                    closed = true;
                } else {
                    value += c;
                }
            }
            if (!closed) return std::nullopt;
            s = ascii::trim(s);
            if (!s.empty() && s.front() != ';') return std::nullopt;
        } else {
            const auto end = s.find(';');
            value = ascii::trim(s.substr(0, end));
            const bool token = !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
                return c == '"' || c == ' ' || c == '\t' || static_cast<unsigned char>(c) < 0x20;
            });
            if (!token) return std::nullopt;
            s.remove_prefix(end == std::string_view::npos ? s.size() : end);
        }
        out.parameters.emplace_back(std::move(name), std::move(value));
    }
    return out;
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& blocks)
{
    for (const auto& entry : blocks) {
        const auto slash = entry.find('/');
        const auto address = reading::parse_ip(std::string_view{entry}.substr(0, slash));
        unsigned bits = 0;
        bool good = address.has_value();
        if (good) {
            const unsigned size = address->v4 && entry.find(':') == std::string::npos ? 32 : 128;
            bits = size;
            if (slash != std::string::npos) {
                const auto* end = entry.data() + entry.size();
                const auto [at, error] = std::from_chars(entry.data() + slash + 1, end, bits);
                good = error == std::errc{} && at == end && bits <= size;
            }
            bits += 128 - size;
        }
        if (!good) throw std::invalid_argument{"not an address nor a block of addresses: " + entry};
        blocks_.push_back({address->bytes, bits});
    }
}

bool TrustedProxies::trusts(std::string_view ip) const
{
    const auto address = reading::parse_ip(ip);
    if (!address) return false;
    return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
        for (unsigned i = 0; i < block.bits; ++i) {
            const auto mask = static_cast<unsigned char>(0x80 >> (i % 8));
            if ((address->bytes[i / 8] & mask) != (block.bytes[i / 8] & mask)) return false;
        }
        return true;
    });
}

std::string client_address(std::string_view peer, const Pairs& headers, const TrustedProxies& proxies)
{
    const auto canonical = reading::parse_ip(peer);
    std::string known = canonical ? reading::text_of(*canonical) : std::string{peer};
    if (!proxies.trusts(known)) return known;
    std::string chain;
    for (const auto& [name, value] : headers) {
        if (name != "x-forwarded-for") continue;
        if (!chain.empty()) chain += ',';
        chain += value;
    }
    std::string_view rest{chain};
    while (!rest.empty()) {
        const auto comma = rest.rfind(',');
        const auto entry = ascii::trim(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
        const auto address = reading::parse_ip(entry);
        if (!address) break; // not something a proxy writes: believe only what stands right of it
        known = reading::text_of(*address);
        if (!proxies.trusts(known)) break;
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
    }
    return known;
}

} // namespace http
