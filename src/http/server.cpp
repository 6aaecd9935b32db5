// The transport: connections, time limits, reading and writing. The only file that knows Boost.Beast and
// Asio. One I/O thread (the one that calls run) does everything but the handlers, which run on blocking
// workers; so nothing here is locked, and nothing here may block. Callbacks, no coroutines:
// docs/adr/0002-beast-sans-coroutines.md.
#include "http/web.hpp"

#include "base/expect.hpp"
#include "base/log.hpp"
#include "http/ascii.hpp"
#include "http/parse.hpp"
#include "http/spool.hpp"
#include "http/throttle.hpp"
#include "http/workers.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <list>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace http {

namespace transport {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Moment = std::chrono::steady_clock::time_point;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

constexpr std::size_t piece_bytes = 64 * 1024; // of a streamed or file answer, and of a read during a body
constexpr std::size_t small_piece_bytes = 8 * 1024; // the same when many connections hold one each
constexpr std::size_t crowd = 1024;                 // connections from which memory is spared
constexpr int window_ticks = 3;                     // looks at the pace of a body in one window
constexpr std::size_t slice_bytes = 256 * 1024; // of an answer in memory: what must leave before the deadline
constexpr std::size_t max_fields = 100;
constexpr std::uint64_t slowest_bytes_per_second = 16 * 1024; // of a client we still wait for
constexpr unsigned busy_retry_seconds = 5;
constexpr int give_way = 5; // niceness of the workers of passwords and pictures

/// A Beast body that hands what arrives to an IncomingBody, without a copy in between.
struct SinkBody {
    struct value_type {
        IncomingBody* into = nullptr;
        IncomingBody::Outcome outcome = IncomingBody::Outcome::Good;
    };

    class reader {
    public:
        template <bool is_request, class Fields>
        reader(bhttp::header<is_request, Fields>&, value_type& body) : body_(body)
        {}
        void init(const boost::optional<std::uint64_t>&, error_code& ec) { ec = {}; }
        template <class Buffers> std::size_t put(const Buffers& buffers, error_code& ec)
        {
            ec = {};
            std::size_t taken = 0;
            for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers);
                 ++it) {
                const asio::const_buffer piece = *it;
                body_.outcome = body_.into->append(static_cast<const char*>(piece.data()), piece.size());
                if (body_.outcome != IncomingBody::Outcome::Good) {
                    ec = bhttp::error::body_limit;
                    return taken;
                }
                taken += piece.size();
            }
            return taken;
        }
        void finish(error_code& ec) { ec = {}; }

    private:
        value_type& body_;
    };
};

std::string random_id()
{
    std::array<unsigned char, 8> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        throw std::runtime_error{"getrandom failed"};
    std::string out;
    for (const auto b : bytes) out += fmt::format("{:02x}", b);
    return out;
}

std::string_view words_for(int status)
{
    switch (status) {
    case 400:
        return "La requête est mal formée.";
    case 408:
        return "La requête a mis trop de temps à arriver.";
    case 413:
        return "L’envoi est trop volumineux.";
    case 414:
        return "L’adresse demandée est trop longue.";
    case 431:
        return "Les en-têtes de la requête sont trop longs.";
    case 501:
    case 505:
        return "Ce type de requête n’est pas pris en charge.";
    case 503:
        return "Le service est momentanément surchargé. Réessayez dans quelques instants.";
    default:
        return status < 500 ? "La requête est refusée." : "Une erreur est survenue. Réessayez plus tard.";
    }
}

/// Neither memory nor disk is left for an answer.
struct NoRoom : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return "no room for an answer"; }
};

/// An answer on its way out, with what was opened for it.
struct Outgoing {
    Response response;
    int file = -1;
    std::uint64_t file_bytes = 0;
    std::string piece; // of a streamed or file answer
    std::size_t piece_size = piece_bytes;
    std::shared_ptr<Holding> account; // of the memory or the file that the body takes
    bool more = false;                // the stream has not ended
    bool failed = false;

    Outgoing() = default;
    ~Outgoing()
    {
        if (file >= 0) ::close(file);
    }
    Outgoing(const Outgoing&) = delete;
    Outgoing& operator=(const Outgoing&) = delete;
};

/// Fills `piece` from the stream. On a worker.
void produce(Outgoing& out)
{
    constexpr std::size_t frame = 32; // of a chunk: without its room, the piece would be copied and doubled
    out.piece.clear();
    out.piece.reserve(out.piece_size + frame);
    out.more = true;
    while (out.more && out.piece.size() < out.piece_size) out.more = out.response.stream(out.piece);
}

/// A client may take its time to read an answer: when too many wait in memory, the next ones wait in a file.
void park(Outgoing& out, const Spool& spool, std::string network)
{
    auto& body = out.response.body;
    if (body.size() <= small_piece_bytes) return;
    out.account = spool.open_account(std::move(network));
    if (out.account->take({.answer = body.size()})) return;
    if (!out.account->take({.disk = body.size()})) throw NoRoom{};
    out.file = spool.open_unnamed();
    if (out.file < 0 || !write_all(out.file, body) || ::lseek(out.file, 0, SEEK_SET) != 0) throw NoRoom{};
    out.file_bytes = body.size();
    std::string{}.swap(body); // an assignment of {} would keep its room
}

/// Opens what the answer needs, so that nothing fails once its header has left. On a worker.
void prepare(Outgoing& out, bool head_only)
{
    auto& r = out.response;
    base::expect(r.status >= 200 && r.status <= 599, "status of an answer");
    for (const auto& [name, value] : r.headers)
        base::expect(ascii::is_token(name) &&
                         value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos,
                     "header of an answer");
    if (!r.file_path.empty()) {
        out.file = ::open(r.file_path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat about {};
        if (out.file < 0 || ::fstat(out.file, &about) != 0 || !S_ISREG(about.st_mode))
            throw std::runtime_error{"the file of an answer cannot be opened"};
        out.file_bytes = static_cast<std::uint64_t>(about.st_size);
    } else if (r.stream && !head_only) {
        produce(out);
    }
}

/// Lets the process hold as many sockets as it is allowed to: shells start programs with 1,024.
void allow_descriptors(std::size_t wanted)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

class Session;

/// What all connections share. Used on the I/O thread, but for `handler` and `refusal`.
struct Engine {
    Engine(ServerOptions options, LimitsOf limits_of, Handler handler);

    void run(const std::function<void(std::uint16_t)>& ready);
    void accept();
    void admit(Socket socket);
    void on_signal();
    void begin_drain();
    void give_up();
    void end();
    void forget(const std::shared_ptr<Session>&);
    Workers& pool(Pool);
    Response refusal(int status) const;
    void warn_of_load(std::string_view what);
    bool make_room(const std::string& network);
    /// What one connection may hold of a body or of an answer.
    [[nodiscard]] std::size_t piece() const
    {
        return sessions.size() > crowd ? small_piece_bytes : piece_bytes;
    }

    ServerOptions options;
    LimitsOf limits_of;
    Handler handler;
    TrustedProxies proxies;
    Spool spool;

    asio::io_context io{1};
    Acceptor acceptor{io};
    asio::signal_set signals{io};
    Timer accept_again{io};
    Timer drain_deadline{io};
    bool draining = false;
    std::unordered_set<std::shared_ptr<Session>> sessions;
    std::unordered_map<std::string, std::size_t> by_network; // how many of them
    std::list<Session*> idle;                                // longest idle first
    std::list<Session*> reading;                             // in their header, longest first
    std::array<char, 16 * 1024> discarded;
    Moment warned_at{};
    std::optional<Workers> general, slow, files;

    // Read by other threads.
    std::atomic<std::size_t> connections{0};
    std::atomic<std::uint64_t> turned_away{0};
    mutable std::array<std::atomic<std::uint64_t>, 600> refused{}; // by status
};

/// One connection: one request at a time, so that pipelined ones are answered in order.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(Engine& server, Socket socket) : server_(server), socket_(std::move(socket)), timer_(server.io)
    {
        error_code ec;
        const auto peer = socket_.remote_endpoint(ec);
        if (!ec) peer_ = peer.address().to_string();
        peer_network_ = network_ = network_of(client_address(peer_, {}, server_.proxies));
    }

    /// Of the other end of the connection: the client, or a proxy.
    [[nodiscard]] const std::string& peer_network() const { return peer_network_; }
    [[nodiscard]] bool is_proxy() const { return server_.proxies.trusts(peer_); }
    [[nodiscard]] Moment since() const { return since_; }

    void start() { wait_for_request(server_.options.header_seconds); }

    /// For one connection too many, which no list knows.
    void turn_away()
    {
        static constexpr std::string_view full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n"
                                                 "Content-Length: 0\r\nConnection: close\r\n\r\n";
        error_code ignored;
        socket_.non_blocking(true, ignored);
        socket_.write_some(asio::buffer(full), ignored);
    }

    /// The server stops: what has not begun ends now, what has begun is finished.
    void drain()
    {
        if (state_ == State::Idle) return close();
        if (state_ == State::Header) arm(2);
        if (state_ == State::Lingering) arm(1);
    }

    void close()
    {
        if (state_ == State::Closed) return;
        enter(State::Closed);
        timer_.cancel();
        error_code ignored;
        socket_.close(ignored);
        server_.forget(shared_from_this());
    }

private:
    enum class State { Idle, Header, Body, Working, Writing, Lingering, Closed };

    // ── time ──────────────────────────────────────────────────────────────────────────────────────────────
    // One deadline per phase, set when the phase begins and never moved by what arrives: a client that sends
    // one byte a second gains nothing.

    void arm(std::uint64_t seconds)
    {
        arm_until(std::chrono::steady_clock::now() + std::chrono::seconds{seconds});
    }

    void arm_until(Moment moment)
    {
        timer_.expires_at(moment);
        timer_.async_wait([self = shared_from_this(), generation = ++timer_generation_](error_code ec) {
            if (!ec && generation == self->timer_generation_) self->on_deadline();
        });
    }

    void disarm()
    {
        ++timer_generation_;
        timer_.cancel();
    }

    void on_deadline()
    {
        if (state_ == State::Body && !timed_out_ && std::chrono::steady_clock::now() < body_until_ &&
            keeps_pace())
            return arm_body();
        if ((state_ == State::Header || state_ == State::Body) && !timed_out_) {
            // The pending read ends with an error, and its callback answers 408.
            timed_out_ = true;
            error_code ignored;
            socket_.cancel(ignored);
            arm(1);
        } else if (state_ != State::Working) {
            close();
        }
    }

    /// During a body: now and then its pace is looked at.
    void arm_body()
    {
        const auto tick =
            std::chrono::milliseconds{server_.options.body_window_seconds * 1000 / window_ticks};
        arm_until(std::min(body_until_, std::chrono::steady_clock::now() + tick));
    }

    /// Did enough arrive in the window that ends now?
    bool keeps_pace()
    {
        const auto before = std::exchange(received_[ticks_++ % window_ticks], body_->size());
        const auto least =
            std::uint64_t{server_.options.body_bytes_per_second} * server_.options.body_window_seconds;
        return ticks_ < window_ticks || body_->size() - before >= least;
    }

    // ── between requests ──────────────────────────────────────────────────────────────────────────────────

    void wait_for_request(unsigned seconds)
    {
        parser_.reset();
        body_.reset();
        if (buffer_.size() > 0) return read_header();
        buffer_.shrink_to_fit(); // an idle connection keeps no buffer
        enter(State::Idle);
        arm(seconds);
        socket_.async_wait(Socket::wait_read, [self = shared_from_this()](error_code ec) {
            if (self->state_ == State::Closed) return;
            if (ec) return self->close();
            self->read_header();
        });
    }

    /// Idle and Header are the states in which a connection gives way to others: they are listed.
    void enter(State state)
    {
        if (state_ == State::Idle) server_.idle.erase(place_);
        if (state_ == State::Header) server_.reading.erase(place_);
        state_ = state;
        since_ = std::chrono::steady_clock::now();
        if (state_ == State::Idle) place_ = server_.idle.insert(server_.idle.end(), this);
        if (state_ == State::Header) place_ = server_.reading.insert(server_.reading.end(), this);
    }

    // ── header ────────────────────────────────────────────────────────────────────────────────────────────

    void read_header()
    {
        enter(State::Header);
        arm(server_.draining ? 2 : server_.options.header_seconds);
        head_ = {};
        head_only_ = false;
        request_ = {};
        framing_ = {};
        limits_ = {};
        asked_.reset();
        intake_.reset();
        header_bytes_ = 0;
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(server_.options.header_bytes));
        parser_->body_limit(boost::none); // counted by IncomingBody, against the limit of the route
        buffer_.reserve(4096);
        continue_header();
    }

    void continue_header()
    {
        bhttp::async_read_some(socket_, buffer_, *parser_,
                               [self = shared_from_this()](error_code ec, std::size_t n) {
                                   if (self->state_ != State::Closed) self->on_header_bytes(ec, n);
                               });
    }

    void on_header_bytes(error_code ec, std::size_t n)
    {
        // Beast bounds what it has not parsed yet; fields sent one by one could add up without end.
        header_bytes_ += n;
        if (timed_out_) return header_bytes_ + buffer_.size() > 0 ? refuse(408, "header deadline") : close();
        if (ec) return on_bad_header(ec);
        const auto& fields = parser_->get();
        if (header_bytes_ > server_.options.header_bytes + fields.target().size())
            return refuse(431, "header too long");
        if (!parser_->is_header_done()) return continue_header();
        on_header();
    }

    void on_bad_header(error_code ec)
    {
        if (ec == bhttp::error::end_of_stream || ec == bhttp::error::partial_message ||
            ec.category() != make_error_code(bhttp::error::bad_method).category())
            return close(); // the client has gone
        if (ec == bhttp::error::header_limit || ec == bhttp::error::buffer_overflow)
            return parser_->get().target().empty() ? refuse(414, "target too long")
                                                   : refuse(431, "header too long");
        if (ec == bhttp::error::bad_version && speaks_another_version()) return refuse(505, "version");
        refuse(400, "header");
    }

    /// Does the first line in the buffer end with a well-formed version that is neither 1.0 nor 1.1?
    [[nodiscard]] bool speaks_another_version() const
    {
        std::string_view line{static_cast<const char*>(buffer_.data().data()), buffer_.size()};
        line = line.substr(0, line.find("\r\n"));
        const auto target = line.find(' ');
        const auto version = line.rfind(' ');
        if (target == version || target + 1 + line.substr(target + 1).find(' ') != version) return false;
        line.remove_prefix(version + 1);
        return line.size() == 8 && line.starts_with("HTTP/") && ascii::is_digit(line[5]) && line[6] == '.' &&
               ascii::is_digit(line[7]) && line != "HTTP/1.0" && line != "HTTP/1.1";
    }

    void on_header()
    {
        const auto& message = parser_->get();
        head_.method = std::string_view{message.method_string().data(), message.method_string().size()};
        head_only_ = head_.method == "HEAD";
        head_.target = std::string_view{message.target().data(), message.target().size()};
        head_.version = message.version();
        for (const auto& field : message) {
            if (head_.headers.size() == max_fields) return refuse(431, "too many headers");
            head_.headers.emplace_back(
                ascii::lower(std::string_view{field.name_string().data(), field.name_string().size()}),
                std::string_view{field.value().data(), field.value().size()});
        }

        const auto framing = parse_framing(head_);
        if (!framing) return refuse(framing.error().status, framing.error().why);
        framing_ = *framing;
        auto request = parse_head(head_);
        if (!request) return refuse(request.error().status, request.error().why);
        request_ = std::move(*request);
        request_.client_ip = client_address(peer_, request_.headers, server_.proxies);
        network_ = network_of(request_.client_ip);
        request_.request_id = random_id();
        try {
            limits_ = server_.limits_of(request_.method, request_.path);
        } catch (const std::exception& e) {
            base::log(base::Level::Error, "http.limits",
                      {{"what", e.what()}, {"request", request_.request_id}});
            return refuse(500, "limits");
        }
        if (!framing_.has_body()) return dispatch();
        if (request_.method == Method::Get || request_.method == Method::Head)
            return refuse(400, "body of a GET");
        if (framing_.content_length > limits_.body_bytes || limits_.body_bytes == 0)
            return refuse(413, "body too long");
        if (!limits_.direct) return read_body();
        // The parser and what it has read of the body wait for what the page says.
        asked_ = std::make_shared<Request>(std::move(request_));
        asked_->received = std::chrono::steady_clock::now();
        enqueue(asked_, Pool::General, true);
    }

    // ── body ──────────────────────────────────────────────────────────────────────────────────────────────

    void read_body()
    {
        enter(State::Body);
        body_until_ = std::chrono::steady_clock::now() + std::chrono::seconds{limits_.body_seconds};
        ticks_ = 0;
        received_ = {};
        arm_body();
        body_.emplace(server_.spool, limits_.body_bytes, network_);
        if (intake_) body_->pour_into(intake_);
        if (body_->expect(framing_.content_length) != IncomingBody::Outcome::Good) {
            server_.warn_of_load("http.uploads_full");
            return refuse(503, "uploads");
        }
        parser_->get().body().into = &*body_;
        if (!framing_.expects_continue || buffer_.size() > 0) return receive_body();
        asio::async_write(socket_, asio::buffer(std::string_view{"HTTP/1.1 100 Continue\r\n\r\n"}),
                          [self = shared_from_this()](error_code ec, std::size_t) {
                              if (self->state_ == State::Closed) return;
                              if (self->timed_out_) return self->refuse(408, "body deadline");
                              if (ec) return self->close();
                              self->receive_body();
                          });
    }

    void receive_body()
    {
        // Left to itself Beast reads by 512 bytes: an upload would cost three times as much.
        const auto expected = framing_.chunked ? std::uint64_t{piece_bytes} : framing_.content_length;
        buffer_.reserve(static_cast<std::size_t>(std::clamp<std::uint64_t>(expected, 4096, server_.piece())));
        bhttp::async_read(socket_, buffer_, *parser_,
                          [self = shared_from_this()](error_code ec, std::size_t) {
                              if (self->state_ != State::Closed) self->on_body(ec);
                          });
    }

    void on_body(error_code ec)
    {
        if (timed_out_) return refuse(408, "body deadline");
        const auto outcome = parser_->get().body().outcome;
        if (outcome == IncomingBody::Outcome::TooLarge) return refuse(413, "body too long");
        if (outcome == IncomingBody::Outcome::Ended) return close();
        if (outcome == IncomingBody::Outcome::NoRoom) {
            server_.warn_of_load("http.spool_full");
            return refuse(503, "spool");
        }
        if (ec) {
            const bool malformed = ec != bhttp::error::partial_message && ec != bhttp::error::end_of_stream &&
                                   ec.category() == make_error_code(bhttp::error::bad_method).category();
            return malformed ? refuse(400, "body") : close();
        }
        if (intake_) {
            asked_->received = std::chrono::steady_clock::now();
            forget_what_was_read();
            return enqueue(asked_, limits_.pool, true);
        }
        try {
            auto received = body_->finish();
            request_.body = received.bytes;
            request_.storage = std::move(received.storage);
        } catch (const std::exception& e) {
            base::log(base::Level::Error, "http.spool", {{"what", e.what()}});
            return refuse(503, "spool");
        }
        dispatch();
    }

    // ── handler ───────────────────────────────────────────────────────────────────────────────────────────

    /// The page takes the body that it has not been shown yet.
    void take_in(std::shared_ptr<Intake> intake)
    {
        intake_ = std::move(intake);
        read_body();
    }

    void dispatch()
    {
        const auto request = std::make_shared<Request>(std::move(request_));
        request->received = std::chrono::steady_clock::now();
        forget_what_was_read();
        // Whether there is a file in it is known once it is read: that takes a moment when it is in memory.
        const bool may_be_a_page =
            limits_.pool == Pool::Files && request->body.size() <= IncomingBody::memory_bytes;
        enqueue(request, may_be_a_page ? Pool::General : limits_.pool, false);
    }

    /// Nothing of it is needed any more, and the client may take its time with the answer.
    void forget_what_was_read()
    {
        parser_.reset();
        body_.reset();
        head_ = {.version = head_.version};
        if (buffer_.size() == 0) buffer_.shrink_to_fit();
    }

    void enqueue(std::shared_ptr<Request> request, Pool pool, bool read)
    {
        enter(State::Working);
        disarm();
        if (pool == Pool::None) return work_on(request, pool, read, server_.piece());
        const bool accepted = server_.pool(pool).submit(
            network_, [self = shared_from_this(), request = std::move(request), pool, read,
                       piece = server_.piece(), work = asio::make_work_guard(server_.io)]() mutable {
                self->work_on(request, pool, read, piece);
                request.reset();
                self.reset();
            });
        if (accepted) return;
        server_.warn_of_load("http.queue_full");
        answer_by_itself(503);
    }

    /// On a worker, or on the I/O thread (Pool::None): reads the form, calls the handler, prepares what it
    /// answers, hands it back to the I/O thread.
    void work_on(const std::shared_ptr<Request>& request, Pool pool, bool read, std::size_t piece)
    {
        const base::RequestScope scope{request->request_id};
        auto out = std::make_shared<Outgoing>();
        out->piece_size = piece;
        const auto fail = [&](int status, std::string_view event, std::string_view what) {
            base::log(base::Level::Error, event,
                      {{"what", std::string{what}}, {"request", request->request_id}});
            out = std::make_shared<Outgoing>();
            out->response = server_.refusal(status);
        };
        try {
            if (const auto refusal = read ? std::nullopt : parse_body(*request)) {
                out->response = server_.refusal(refusal->status);
            } else if (pool != limits_.pool && !request->files.empty()) {
                return asio::post(server_.io, [self = shared_from_this(), request] {
                    if (self->state_ != State::Closed) self->enqueue(request, self->limits_.pool, true);
                });
            } else {
                out->response = intake_ ? intake_->end() : server_.handler(*request);
                if (auto intake = std::move(out->response.intake)) {
                    if (asked_)
                        return asio::post(server_.io, [self = shared_from_this(), intake] {
                            if (self->state_ != State::Closed) self->take_in(intake);
                        });
                    out->response = intake->end(); // a body without a byte
                }
                prepare(*out, request->method == Method::Head);
                if (!head_only_) park(*out, server_.spool, network_);
            }
        } catch (const NoRoom& e) {
            fail(503, "http.answers_full", e.what());
        } catch (const std::exception& e) {
            fail(500, "http.exception", e.what());
        } catch (...) {
            fail(500, "http.exception", {});
        }
        request->storage.reset(); // the room of its body, before the client has read the answer
        asio::post(server_.io, [self = shared_from_this(), out = std::move(out)]() mutable {
            if (self->state_ != State::Closed) self->send(std::move(out));
        });
    }

    // ── answer ────────────────────────────────────────────────────────────────────────────────────────────

    /// Ends the exchange without the handler, and the connection with it: what follows on it cannot be
    /// trusted.
    void refuse(int status, std::string_view why)
    {
        base::log(base::Level::Debug, "http.refused",
                  {{"status", std::to_string(status)}, {"why", std::string{why}}});
        framing_.keep_alive = false;
        unread_ = true;
        timed_out_ = false;
        parser_.reset();
        body_.reset(); // gives its room back at once
        asked_.reset();
        intake_.reset();
        buffer_.clear();
        buffer_.shrink_to_fit();
        disarm();
        enter(State::Working);
        answer_by_itself(status);
    }

    /// The answer comes before the body: what follows on this connection is not a request.
    void refuse_the_rest()
    {
        framing_.keep_alive = false;
        unread_ = true;
        parser_.reset();
        buffer_.clear();
        buffer_.shrink_to_fit();
    }

    void answer_by_itself(int status)
    {
        auto out = std::make_shared<Outgoing>();
        out->response = server_.refusal(status);
        send(std::move(out));
    }

    void send(std::shared_ptr<Outgoing> out)
    {
        out_ = std::move(out);
        const auto& r = out_->response;
        if (asked_ && !intake_) refuse_the_rest();
        asked_.reset();
        intake_.reset();
        const bool streams = static_cast<bool>(r.stream);
        const bool old = head_.version < 11;
        const bool bodiless = r.status == 204 || r.status == 304;
        chunked_ = streams && !old;
        if (streams && old) framing_.keep_alive = false; // the end of the connection is the end of the answer
        keep_ = framing_.keep_alive && !server_.draining;
        content_ = r.body.empty() ? r.static_body : std::string_view{r.body};

        const auto reason = bhttp::obsolete_reason(bhttp::int_to_status(static_cast<unsigned>(r.status)));
        header_ = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", r.status,
                              std::string_view{reason.data(), reason.size()}, http_date(std::time(nullptr)));
        for (const auto& [name, value] : r.headers) {
            const bool ours = ascii::same(name, "date") || ascii::same(name, "content-length") ||
                              ascii::same(name, "transfer-encoding") || ascii::same(name, "connection");
            if (!ours) header_ += fmt::format("{}: {}\r\n", name, value);
        }
        const std::uint64_t length = out_->file >= 0 ? out_->file_bytes : content_.size();
        if (chunked_)
            header_ += "Transfer-Encoding: chunked\r\n";
        else if (!bodiless && !streams)
            header_ += fmt::format("Content-Length: {}\r\n", length);
        if (!keep_)
            header_ += "Connection: close\r\n";
        else if (old)
            header_ += "Connection: keep-alive\r\n";
        header_ += "\r\n";

        enter(State::Writing);
        remaining_ = 0;
        if (head_only_ || bodiless) {
            content_ = {};
            allow_for(0);
            return write_then(&Session::finish);
        }
        if (streams) return send_piece();
        allow_for(length);
        if (out_->file < 0) return write_then(&Session::finish);
        remaining_ = length;
        send_file_piece();
    }

    /// Large answers get more time, in proportion: what is cut is slowness, not size.
    void allow_for(std::uint64_t bytes)
    {
        write_until_ = std::chrono::steady_clock::now() +
                       std::chrono::seconds{server_.options.write_seconds + bytes / slowest_bytes_per_second};
    }

    /// Sends the header (when it has not left yet) and the content, then goes on with `next`. A client that
    /// takes no slice for write_seconds is cut, however long the whole may last.
    void write_then(void (Session::*next)())
    {
        const auto slice = content_.substr(0, slice_bytes);
        arm_until(std::min(write_until_, std::chrono::steady_clock::now() +
                                             std::chrono::seconds{server_.options.write_seconds}));
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(header_), asio::buffer(slice)};
        asio::async_write(socket_, buffers,
                          [self = shared_from_this(), next, sent = slice.size()](error_code ec, std::size_t) {
                              if (self->state_ == State::Closed) return;
                              if (ec) return self->close();
                              self->header_.clear();
                              self->content_.remove_prefix(sent);
                              if (!self->content_.empty()) return self->write_then(next);
                              (self.get()->*next)();
                          });
    }

    void send_file_piece()
    {
        if (remaining_ == 0) return header_.empty() ? finish() : write_then(&Session::finish);
        auto& piece = out_->piece;
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, server_.piece())));
        ssize_t n = 0;
        do n = ::read(out_->file, piece.data(), piece.size());
        while (n < 0 && errno == EINTR);
        if (n <= 0) return close(); // shorter than announced: the client must not take it for whole
        piece.resize(static_cast<std::size_t>(n));
        remaining_ -= static_cast<std::uint64_t>(n);
        content_ = piece;
        write_then(&Session::send_file_piece);
    }

    void send_piece()
    {
        auto& piece = out_->piece;
        if (out_->failed) return close(); // no last chunk: the client knows that the answer is not whole
        enter(State::Writing);
        allow_for(piece.size());
        if (chunked_ && !piece.empty()) {
            header_ += fmt::format("{:x}\r\n", piece.size());
            piece += "\r\n";
        }
        if (chunked_ && !out_->more) piece += "0\r\n\r\n";
        content_ = piece;
        write_then(out_->more ? &Session::next_piece : &Session::finish);
    }

    /// The client has taken everything so far: a worker makes the next piece.
    void next_piece()
    {
        enter(State::Working);
        disarm();
        server_.pool(limits_.pool)
            .submit_always(network_, [self = shared_from_this(), out = out_,
                                      work = asio::make_work_guard(server_.io)]() mutable {
                try {
                    produce(*out);
                } catch (const std::exception& e) {
                    base::log(base::Level::Error, "http.stream", {{"what", e.what()}});
                    out->failed = true;
                } catch (...) {
                    base::log(base::Level::Error, "http.stream");
                    out->failed = true;
                }
                out.reset();
                asio::post(self->server_.io, [self] {
                    if (self->state_ != State::Closed) self->send_piece();
                });
                self.reset();
            });
    }

    void finish()
    {
        out_.reset();
        content_ = {};
        if (keep_ && !server_.draining) return wait_for_request(server_.options.idle_seconds);
        linger();
    }

    /// Closing a socket that still has unread bytes resets the connection, and the answer may be lost with
    /// it: so the client is told that nothing more comes, and what it still sends is read and thrown away for
    /// a while.
    void linger()
    {
        enter(State::Lingering);
        error_code ec;
        socket_.shutdown(Socket::shutdown_send, ec);
        if (ec) return close();
        arm(server_.draining ? 1 : unread_ ? server_.options.linger_seconds : 2);
        discard();
    }

    void discard()
    {
        socket_.async_read_some(asio::buffer(server_.discarded),
                                [self = shared_from_this()](error_code ec, std::size_t) {
                                    if (self->state_ == State::Closed) return;
                                    if (ec) return self->close();
                                    self->discard();
                                });
    }

    Engine& server_;
    Socket socket_;
    Timer timer_;
    unsigned timer_generation_ = 0;
    bool timed_out_ = false;
    State state_ = State::Working;
    std::list<Session*>::iterator place_; // in the list of its state
    Moment since_;
    std::string peer_;
    std::string peer_network_;
    std::string network_; // of the client, once its header is read

    beast::flat_buffer buffer_{256 * 1024};
    std::optional<bhttp::request_parser<SinkBody>> parser_;
    std::size_t header_bytes_ = 0;
    std::optional<IncomingBody> body_;
    Moment body_until_;
    std::array<std::uint64_t, window_ticks> received_{}; // at the last looks
    unsigned ticks_ = 0;
    Head head_;
    Framing framing_;
    Limits limits_;
    Request request_;
    std::shared_ptr<Request> asked_; // of a direct route: the page hears of it before its body
    std::shared_ptr<Intake> intake_; // what the page said to do with the body
    bool head_only_ = false;
    bool unread_ = false; // the client may still be sending

    std::shared_ptr<Outgoing> out_;
    std::string header_;
    std::string_view content_;
    std::uint64_t remaining_ = 0; // of a file
    Moment write_until_;
    bool chunked_ = false;
    bool keep_ = false;
};

Engine::Engine(ServerOptions o, LimitsOf l, Handler h)
    : options(std::move(o)),
      limits_of(std::move(l)),
      handler(std::move(h)),
      proxies(options.trusted_proxies),
      spool(options.spool_directory, {.disk_bytes = options.spool_bytes, .large_bodies = options.uploads})
{}

void Engine::run(const std::function<void(std::uint16_t)>& ready)
{
    allow_descriptors(2 * options.max_connections + 256); // a connection, and perhaps the file of its body
    const auto fail = [&](const std::string& why) {
        throw std::runtime_error{
            fmt::format("cannot listen on {}:{}: {}", options.address, options.port, why)};
    };
    error_code ec;
    const auto address = asio::ip::make_address(options.address, ec);
    if (ec) fail("not an IP address");
    const asio::ip::tcp::endpoint endpoint{address, options.port};
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(asio::socket_base::reuse_address{true}, ec);
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) fail(ec.message());

    general.emplace(options.workers, options.queue);
    // A password takes a core for a tenth of a second on purpose: a page that is due goes before it.
    slow.emplace(options.slow_workers, options.queue, give_way);
    files.emplace(options.file_workers, options.queue, give_way);
    if (options.stops_on_signals) {
        signals.add(SIGTERM);
        signals.add(SIGINT);
        on_signal();
    }
    accept();
    if (ready) ready(acceptor.local_endpoint().port());
    while (true) {
        try {
            io.run();
            break;
        } catch (const std::exception& e) { // no memory for one connection is no reason to drop the others
            base::log(base::Level::Error, "http.io", {{"what", e.what()}});
        }
    }
    general->join();
    slow->join();
    files->join();
}

/// The first signal drains, the second cuts what is left, a third finds the default action of the system.
void Engine::on_signal()
{
    signals.async_wait([this](error_code ec, int) {
        if (ec) return;
        if (draining) return give_up();
        begin_drain();
        if (!sessions.empty()) on_signal();
    });
}

void Engine::accept()
{
    if (draining) return;
    acceptor.async_accept([this](error_code ec, Socket socket) {
        if (draining) return;
        if (!ec) {
            admit(std::move(socket));
            return accept();
        }
        if (ec == asio::error::connection_aborted) return accept();
        // Out of descriptors, most likely: trying again at once would burn the processor.
        warn_of_load("http.accept");
        accept_again.expires_after(std::chrono::milliseconds{100});
        accept_again.async_wait([this](error_code) { accept(); });
    });
}

void Engine::admit(Socket socket)
{
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
    const auto session = std::make_shared<Session>(*this, std::move(socket));
    if (!make_room(session->is_proxy() ? std::string{} : session->peer_network())) {
        turned_away.fetch_add(1, std::memory_order_relaxed);
        return session->turn_away();
    }
    sessions.insert(session);
    connections.store(sessions.size(), std::memory_order_relaxed);
    ++by_network[session->peer_network()];
    session->start();
}

/// Whoever says nothing gives way to whoever may, and whoever has taken long to say it. A network that holds
/// half of the places makes room among its own.
bool Engine::make_room(const std::string& network)
{
    constexpr std::chrono::seconds long_enough{2}; // to say what one wants
    const auto its = by_network.find(network);
    const bool too_many_of_it = !network.empty() && its != by_network.end() &&
                                its->second >= std::max<std::size_t>(1, options.max_connections / 2);
    if (sessions.size() < options.max_connections && !too_many_of_it) return true;
    warn_of_load("http.connections_full");
    const auto before = std::chrono::steady_clock::now() - long_enough;
    for (const auto* list : {&idle, &reading})
        for (auto* session : *list) {
            if (list == &reading && session->since() > before) break;
            if (too_many_of_it && session->peer_network() != network) continue;
            session->close();
            return true;
        }
    return false;
}

void Engine::begin_drain()
{
    if (draining) return;
    draining = true;
    base::log(base::Level::Info, "http.drain", {{"connections", std::to_string(sessions.size())}});
    error_code ignored;
    acceptor.close(ignored);
    accept_again.cancel();
    const std::vector<std::shared_ptr<Session>> all{sessions.begin(), sessions.end()};
    for (const auto& session : all) session->drain();
    if (sessions.empty()) return end();
    drain_deadline.expires_after(std::chrono::seconds{options.drain_seconds});
    drain_deadline.async_wait([this](error_code ec) {
        if (!ec) give_up();
    });
}

void Engine::give_up()
{
    base::log(base::Level::Warning, "http.drain_deadline", {{"cut", std::to_string(sessions.size())}});
    end();
    general->discard();
    slow->discard();
    files->discard();
    const std::vector<std::shared_ptr<Session>> all{sessions.begin(), sessions.end()};
    for (const auto& session : all) session->close();
}

void Engine::forget(const std::shared_ptr<Session>& session)
{
    sessions.erase(session);
    connections.store(sessions.size(), std::memory_order_relaxed);
    const auto its = by_network.find(session->peer_network());
    if (its != by_network.end() && --its->second == 0) by_network.erase(its);
    if (draining && sessions.empty()) end();
}

void Engine::end()
{
    error_code ignored;
    drain_deadline.cancel();
    signals.cancel(ignored);
    signals.clear(ignored); // nothing waits any more: run() returns when the last handler has
}

Workers& Engine::pool(Pool which)
{
    return which == Pool::Slow ? *slow : which == Pool::Files ? *files : *general;
}

Response Engine::refusal(int status) const
{
    refused.at(static_cast<std::size_t>(status)).fetch_add(1, std::memory_order_relaxed);
    Response r;
    try {
        if (options.error_page) r = options.error_page(status);
    } catch (const std::exception& e) {
        base::log(base::Level::Error, "http.error_page", {{"what", e.what()}});
        r = {};
    }
    if (r.headers.empty()) r = text(std::string{words_for(status)} + "\n");
    r.status = status;
    r.file_path.clear();
    r.stream = nullptr;
    r.header("Cache-Control", "no-store");
    r.header("X-Content-Type-Options", "nosniff");
    if (status == 503) r.header("Retry-After", std::to_string(busy_retry_seconds));
    return r;
}

void Engine::warn_of_load(std::string_view what)
{
    const auto now = std::chrono::steady_clock::now();
    if (now - warned_at < std::chrono::seconds{1}) return;
    warned_at = now;
    base::log(base::Level::Warning, what, {{"connections", std::to_string(sessions.size())}});
}

} // namespace transport

struct Server::Impl : transport::Engine {
    using Engine::Engine;
};

Server::Server(ServerOptions options, LimitsOf limits_of, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(limits_of), std::move(handler)))
{}

Server::~Server() = default;

void Server::run(const std::function<void(std::uint16_t port)>& ready)
{
    impl_->run(ready);
}

ServerLoad Server::load() const
{
    const auto& engine = *impl_;
    ServerLoad out;
    const auto add = [&](std::string_view name, const Workers& workers) {
        const auto now = workers.load();
        out.pools.push_back({name, now.threads, now.busy, now.waiting, now.places, workers.waits().counts()});
    };
    add("general", *engine.general);
    add("slow", *engine.slow);
    add("files", *engine.files);
    out.connections = engine.connections;
    out.connection_places = engine.options.max_connections;
    out.connections_refused = engine.turned_away;
    const auto taken = engine.spool.taken();
    out.uploads = taken.large;
    out.upload_places = engine.options.uploads;
    out.upload_bytes = taken.disk;
    out.upload_bytes_places = engine.options.spool_bytes;
    for (std::size_t status = 0; status < engine.refused.size(); ++status)
        if (const auto n = engine.refused[status].load(std::memory_order_relaxed))
            out.refusals.emplace_back(static_cast<int>(status), n);
    return out;
}

void Server::stop()
{
    boost::asio::post(impl_->io, [impl = impl_.get()] { impl->begin_drain(); });
}

} // namespace http
