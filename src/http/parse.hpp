// Reading what a client sends: pure functions from bytes to values, no socket, no file. Everything here is
// fed hostile input; each function either gives a value that needs no second look or says how to refuse.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "http/web.hpp"

namespace http {

/// Why a request is not served at all: the status of the answer, and a constant word or two for the log.
struct Refusal {
    int status;
    std::string_view why;
};
template <class T> using Parsed = Result<T, Refusal>;

/// The head of a request as received: names in lower case, values trimmed, nothing decoded.
struct Head {
    std::string method;
    std::string target;
    unsigned version = 11; // 10 or 11
    Pairs headers;
};

/// How the body travels.
struct Framing {
    bool chunked = false;
    std::uint64_t content_length = 0;
    bool expects_continue = false;
    bool keep_alive = true;

    [[nodiscard]] bool has_body() const { return chunked || content_length > 0; }
};

std::optional<Method> method_named(std::string_view);
std::string_view name_of(Method);

/// Everything that makes the length of a request doubtful is refused here (request smuggling): several
/// Content-Length, one beside Transfer-Encoding, an encoding other than "chunked", a missing or repeated
/// Host.
Parsed<Framing> parse_framing(const Head&);
/// The request without its body: method, path, query, headers, cookies.
Parsed<Request> parse_head(const Head&);
/// Fills `form` and `files` from `body`, as Content-Type says. Nothing to refuse: std::nullopt.
std::optional<Refusal> parse_body(Request&);
/// All of it at once, for tests and journeys without sockets. The body is copied into the request's storage.
Parsed<Request> parse_request(const Head&, std::string body);

/// Cookie header → pairs. Pairs that are not well-formed are left out: another site of the domain may have
/// set them.
Pairs parse_cookies(std::string_view header);

/// "form-data; name=\"a\"; filename=\"b\"": first word in lower case, then parameters (names in lower case,
/// quotes removed). Nothing when malformed or when a parameter is repeated.
struct Parameters {
    std::string value;
    Pairs parameters;

    [[nodiscard]] const std::string* find(std::string_view name) const;
};
std::optional<Parameters> parse_parameters(std::string_view);

/// Bounds on a multipart body, beyond those on its size.
struct MultipartLimits {
    std::size_t parts = 1000;
    std::size_t header_bytes = 8 * 1024;      // of one part
    std::size_t text_bytes = 2 * 1024 * 1024; // of all the parts that are not files
};

/// A part of multipart/form-data. Views point into the body.
struct Part {
    std::string name;
    std::optional<std::string> filename; // present: the part is a file
    std::string type;                    // Content-Type as sent, "text/plain" when absent
    std::string_view data;
};

/// RFC 7578, strictly: no preamble, no epilogue but a line break, every part named. Copies no content.
Parsed<std::vector<Part>> parse_multipart(std::string_view body, std::string_view boundary,
                                          const MultipartLimits& = {});

/// Addresses and CIDR blocks of the proxies in front ("127.0.0.1", "10.0.0.0/8", "fd00::/8").
class TrustedProxies {
public:
    TrustedProxies() = default;
    /// Throws std::invalid_argument naming the entry that is not an address.
    explicit TrustedProxies(const std::vector<std::string>& blocks);
    [[nodiscard]] bool trusts(std::string_view ip) const;

private:
    struct Block {
        std::array<unsigned char, 16> bytes;
        unsigned bits;
    };
    std::vector<Block> blocks_;
};

/// Who really asks: the peer, or, when the peer is a trusted proxy, the right-most address of X-Forwarded-For
/// that is not one. What stands left of it is the client's word and is ignored.
std::string client_address(std::string_view peer, const Pairs& headers, const TrustedProxies&);

} // namespace http
