// Requests and answers as values. Nothing of the transport (Boost.Beast, in server.cpp only) shows here.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/histogram.hpp"
#include "base/result.hpp"

namespace http {

enum class Method { Get, Post, Put, Patch, Delete, Head, Options };

/// A file of a multipart body. `data` points into the request's body (a mapped temporary file when it is
/// large) and lives as long as the request. The name and type are what the client says: never trusted.
/// A file input left empty gives none; a file of zero bytes that was really chosen gives one (with its name).
struct UploadedFile {
    std::string field;
    std::string client_name;
    std::string client_type;
    std::string_view data;
};

/// Ordered pairs, since a form may send several values for one name.
using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::Get;
    std::string path;      // decoded, without the query; no NUL, no encoded slash, no "." or ".." segment
    std::string raw_query; // as received
    Pairs query;           // decoded
    Pairs headers;         // names in lower case; values that are not UTF-8 are left out
    Pairs cookies;
    Pairs form;                                  // application/x-www-form-urlencoded or multipart text fields
    std::vector<UploadedFile> files;             // multipart file parts, empty ones left out
    std::string_view body;                       // raw body (JSON and XML routes)
    std::map<std::string, std::string> captures; // {name} parts of the route
    std::string client_ip;                       // through trusted proxies only
    std::string request_id;
    std::chrono::steady_clock::time_point received{}; // when its last byte was here
    std::shared_ptr<const void> storage;              // keeps `body` and `files` alive

    /// Named part of the route's path; throws base::Bug when the route has none of that name.
    [[nodiscard]] const std::string& capture(std::string_view name) const;
    /// First value, trimmed; empty when absent.
    [[nodiscard]] std::string field(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> fields(std::string_view name) const;
    [[nodiscard]] bool has_field(std::string_view name) const;
    [[nodiscard]] std::string param(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> params(std::string_view name) const;
    [[nodiscard]] std::string header(std::string_view lower_case_name) const;
    [[nodiscard]] std::string cookie(std::string_view name) const;
    /// The client asked for JSON (Accept) or is a fetch of one of our islands.
    [[nodiscard]] bool wants_json() const;
};

struct Response;

/// Where a body goes that is taken as it arrives: for uploads of which what came before a cut must count.
/// Dropped without `end` when the client is cut, too slow or too long: what it then keeps is its own doing.
struct Intake {
    enum class Taken { Good, TooLarge, NoRoom, Ended };

    /// The next bytes, on the I/O thread: may write to a file, nothing slower. Ended: nobody wants the rest.
    std::function<Taken(std::string_view)> take;
    /// Everything has come: the answer. On a worker.
    std::function<Response()> end;
};

/// An answer. Exactly one of body, static_body, file_path and stream is its content. The transport adds Date,
/// Content-Length, Transfer-Encoding and Connection itself, and drops them when they are given here.
struct Response {
    int status = 200;
    Pairs headers;
    std::string body;
    std::string_view static_body; // content that lives as long as the program (embedded files): not copied
    std::string file_path;        // when not empty the body is this file, sent without loading it
    /// Streaming answer: called until it returns false, each call appends a piece to `out`. Runs on a worker,
    /// not always the same one, never two at once, and only once the client has taken what came before: a
    /// slow client holds no worker. So keep no transaction open between two calls: remember where you are and
    /// read on from there. The request is gone by then: capture by value what is needed of it.
    std::function<bool(std::string& out)> stream;
    /// In place of an answer, from a route whose Limits say `direct`: the body is taken here first.
    std::shared_ptr<Intake> intake;

    /// Sets a header: replaces one of that name, except Set-Cookie which adds up.
    Response& header(std::string name, std::string value) &;
    Response&& header(std::string name, std::string value) &&;
    Response& cookie(std::string_view set_cookie) &;
    Response&& cookie(std::string_view set_cookie) &&;
};

Response html(std::string body, int status = 200);
Response text(std::string body, int status = 200);
Response json(std::string body, int status = 200);
/// RFC 9457 application/problem+json.
Response problem_json(const Problem&);
/// 303 See Other: after a POST, or to a canonical address. `location` must start with '/' (never a foreign
/// host).
Response redirect(std::string location);
/// IMF-fixdate of RFC 9110 (Date, Upload-Expires), whatever the locale.
std::string http_date(std::int64_t seconds_since_1970);
/// HTTP status of a refusal: 403, 404, 409 or 422.
int status_of(const Problem&);

/// Options of a Set-Cookie line; always HttpOnly, SameSite=Lax, Path=/ ; Secure when the public URL is https.
struct CookieOptions {
    bool secure = false;
    std::optional<std::int64_t> max_age_seconds = {};
};
std::string set_cookie(std::string_view name, std::string_view value, const CookieOptions&);

/// Percent-encoding for a path segment or a query value.
std::string encode(std::string_view);
/// Decodes %XX and, in queries and forms, '+'. Nothing when malformed.
std::optional<std::string> decode(std::string_view, bool plus_is_space);
/// Parses a query or a urlencoded form. Nothing when malformed or over `max_pairs`.
std::optional<Pairs> parse_pairs(std::string_view, std::size_t max_pairs = 2000);

/// Who does the work. Slow and Files have few workers and queues of their own, so that hashing passwords
/// (Slow) and reading pictures (Files) never keep the pages waiting, nor each other. A request of a Files
/// route that carries no file is answered like any page. None: the I/O thread itself, for what is in memory
/// and asks nobody; waking a worker costs more than such an answer.
enum class Pool { General, Slow, Files, None };

/// Size and time limits of a group of routes.
struct Limits {
    std::size_t body_bytes = 1 << 20;
    unsigned body_seconds = 30;
    Pool pool = Pool::General;
    /// The page is called before the body is read, and says whether it takes it (Response::intake).
    bool direct = false;
};

/// What the edge needs to know before it reads a body. Runs on the I/O thread: a look-up, nothing slow.
using LimitsOf = std::function<Limits(Method, std::string_view path)>;
using Handler = std::function<Response(Request&)>;

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; // 0: any free port
    unsigned workers = 8;
    unsigned slow_workers = 2;
    unsigned file_workers = 2;
    std::size_t queue =
        256; // requests waiting for a worker of a pool before 503; half of it from one network
    std::size_t max_connections = 4096; // half of it from one network
    std::size_t header_bytes = 16 * 1024;
    unsigned header_seconds = 15; // total time to receive the header
    unsigned idle_seconds = 30;   // keep-alive
    unsigned write_seconds = 60;  // for the first bytes; large answers get 1 s more per 16 KB
    unsigned linger_seconds = 20; // after a refusal: time the client has to stop sending and read it
    unsigned drain_seconds = 20;  // SIGTERM: time given to requests in flight
    /// A body that brings fewer bytes than this over the last half minute is cut (408).
    unsigned body_bytes_per_second = 4096;
    unsigned body_window_seconds = 30;
    std::string spool_directory; // bodies above 128 KB go to an unlinked file here; empty: the system's
    /// All the bodies in files together, and how many of them; beyond: 503. An eighth of both for one
    /// network.
    std::uint64_t spool_bytes = 4ULL << 30;
    std::size_t uploads = 256;
    bool stops_on_signals = true;             // SIGTERM and SIGINT
    std::vector<std::string> trusted_proxies; // addresses or CIDR blocks whose X-Forwarded-For is believed
    /// Page of an answer that the transport gives by itself (400, 408, 413, 414, 431, 500, 503…); a line of
    /// plain text when absent. Runs on any thread, the I/O one included: no database, nothing slow.
    std::function<Response(int status)> error_page;
};

/// What a server holds and has refused, for the metrics.
struct ServerLoad {
    struct PoolLoad {
        std::string_view name;
        std::size_t workers, busy, waiting, places;
        base::Histogram::Counts waits;
    };
    std::vector<PoolLoad> pools;
    std::size_t connections = 0, connection_places = 0;
    std::uint64_t connections_refused = 0;
    std::size_t uploads = 0, upload_places = 0;
    std::uint64_t upload_bytes = 0, upload_bytes_places = 0;
    /// Answers that no page gave, by status: refused, too slow, one too many, broken.
    std::vector<std::pair<int, std::uint64_t>> refusals;
};

/// Serves until stop() or SIGTERM/SIGINT, then drains. `ready` is called with the bound port.
/// Exceptions of the handler never reach the transport: the handler given here is the edge (app/edge.cpp),
/// which catches them; anything that still escapes is logged and answered 500.
class Server {
public:
    Server(ServerOptions, LimitsOf, Handler);
    ~Server();
    void run(const std::function<void(std::uint16_t port)>& ready);
    void stop();
    /// From any thread, once `ready` was called.
    [[nodiscard]] ServerLoad load() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace http
