// The transport as a client sees it: raw sockets on the loopback, against a server in this process. Delays
// are one second where the product waits longer.
#include <doctest/doctest.h>

#include "http/web.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>
#include <vector>

using namespace std::literals;

namespace http::server_test {

using Temps = std::chrono::steady_clock;

double secondes_depuis(Temps::time_point debut)
{
    return std::chrono::duration<double>(Temps::now() - debut).count();
}

/// A door that handlers wait at, so that a test decides when they end.
class Barriere {
public:
    void attendre()
    {
        std::unique_lock lock{mutex_};
        ++arrives_;
        change_.notify_all();
        change_.wait(lock, [this] { return ouverte_; });
    }
    bool arrives(int n)
    {
        std::unique_lock lock{mutex_};
        return change_.wait_for(lock, 5s, [&] { return arrives_ >= n; });
    }
    void ouvrir()
    {
        const std::lock_guard lock{mutex_};
        ouverte_ = true;
        change_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable change_;
    int arrives_ = 0;
    bool ouverte_ = false;
};

struct Recu {
    int status = 0;
    std::string head;
    std::string body;

    [[nodiscard]] std::string header(std::string_view name) const
    {
        const auto at = head.find("\r\n" + std::string{name} + ": ");
        if (at == std::string::npos) return {};
        const auto start = at + name.size() + 4;
        return head.substr(start, head.find("\r\n", start) - start);
    }
};

/// One connection. Reading gives up after five seconds.
class Connexion {
public:
    explicit Connexion(std::uint16_t port, const char* depuis = "127.0.0.1")
        : fd_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in from{};
        from.sin_family = AF_INET;
        ::inet_pton(AF_INET, depuis, &from.sin_addr);
        ::bind(fd_, reinterpret_cast<sockaddr*>(&from), sizeof from);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    }
    ~Connexion()
    {
        if (fd_ >= 0) ::close(fd_);
    }
    Connexion(Connexion&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_), pending_(std::move(other.pending_))
    {}

    [[nodiscard]] bool connected() const { return connected_; }

    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }

    /// Waits for more bytes; false at the end of the connection, or when nothing comes.
    bool more()
    {
        pollfd p{fd_, POLLIN, 0};
        if (::poll(&p, 1, 5000) <= 0) return false;
        char buffer[65536];
        const auto n = ::recv(fd_, buffer, sizeof buffer, 0);
        if (n <= 0) return false;
        pending_.append(buffer, static_cast<std::size_t>(n));
        return true;
    }

    /// The next answer; status 0 when the connection ends first.
    Recu receive(bool head_only = false)
    {
        Recu r;
        std::size_t end = 0;
        while ((end = pending_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return r;
        r.head = pending_.substr(0, end + 2);
        pending_.erase(0, end + 4);
        r.status = std::stoi(r.head.substr(9, 3));
        if (r.status == 100 || head_only || r.status == 204 || r.status == 304) return r;
        if (r.header("Transfer-Encoding") == "chunked") {
            while (true) {
                std::size_t line = 0;
                while ((line = pending_.find("\r\n")) == std::string::npos)
                    if (!more()) return {};
                const auto size = std::stoul(pending_.substr(0, line), nullptr, 16);
                while (pending_.size() < line + 2 + size + 2)
                    if (!more()) return {};
                r.body += pending_.substr(line + 2, size);
                pending_.erase(0, line + 2 + size + 2);
                if (size == 0) return r;
            }
        }
        const auto length = r.header("Content-Length");
        if (length.empty()) {
            while (more()) {
            }
            r.body = std::exchange(pending_, {});
            return r;
        }
        while (pending_.size() < std::stoul(length))
            if (!more()) return {};
        r.body = pending_.substr(0, std::stoul(length));
        pending_.erase(0, std::stoul(length));
        return r;
    }

    /// True once the server has ended the connection and nothing more was sent.
    bool closed()
    {
        if (more()) return false;
        return pending_.empty() && ended();
    }

    [[nodiscard]] bool ended() const
    {
        char c = 0;
        const auto n = ::recv(fd_, &c, 1, MSG_DONTWAIT | MSG_PEEK);
        return n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
    }

    void shut() { ::close(std::exchange(fd_, -1)); }

private:
    int fd_;
    bool connected_ = false;
    std::string pending_;
};

/// Echoes what it understood of a request; a few paths do something else.
struct Banc {
    Barriere barriere;
    std::atomic<int> appels = 0;
    std::function<Response(Request&)> autre;
    std::filesystem::path spool =
        std::filesystem::temp_directory_path() / ("logis-http-" + std::to_string(::getpid()));

    ~Banc()
    {
        std::error_code ignored;
        std::filesystem::remove_all(spool, ignored);
    }

    ServerOptions options()
    {
        ServerOptions o;
        o.port = 0;
        o.workers = 2;
        o.slow_workers = 1;
        o.header_seconds = 1;
        o.idle_seconds = 1;
        o.write_seconds = 1;
        o.linger_seconds = 1;
        o.drain_seconds = 3;
        o.spool_directory = spool.string();
        return o;
    }

    Response handle(Request& req)
    {
        ++appels;
        if (req.path == "/attend") {
            barriere.attendre();
            return text("fini");
        }
        if (autre && req.path == "/autre") return autre(req);
        std::string body;
        for (const auto& [n, v] : req.form) body += n + "=" + v + ";";
        for (const auto& f : req.files) {
            const auto sum = std::accumulate(f.data.begin(), f.data.end(), 0ULL, [](auto s, char c) {
                return s + static_cast<unsigned char>(c);
            });
            body += f.field + ":" + f.client_name + ":" + std::to_string(f.data.size()) + ":" +
                    std::to_string(sum) + ";";
        }
        if (body.empty()) body = req.path + " " + std::to_string(req.body.size());
        return text(body).header("X-Ip", req.client_ip).header("X-Id", req.request_id);
    }
};

Limits limites(Method, std::string_view path)
{
    if (path == "/depot") return {.body_bytes = 8 << 20, .body_seconds = 3};
    if (path == "/lent" || path == "/attend-lent") return {.pool = Pool::Slow};
    return {.body_bytes = 1000, .body_seconds = 1};
}

/// A server that runs for the length of a test.
class Serveur {
public:
    explicit Serveur(Banc& banc, std::optional<ServerOptions> options = std::nullopt,
                     LimitsOf limits = limites)
        : server_(options ? std::move(*options) : banc.options(), std::move(limits),
                  [&banc](Request& r) { return banc.handle(r); })
    {
        std::promise<std::uint16_t> ready;
        thread_ = std::thread{[this, &ready] { server_.run([&](std::uint16_t p) { ready.set_value(p); }); }};
        port_ = ready.get_future().get();
    }
    ~Serveur() { arreter(); }

    [[nodiscard]] Connexion connexion(const char* depuis = "127.0.0.1") const
    {
        return Connexion{port_, depuis};
    }
    [[nodiscard]] Recu demande(std::string_view bytes) const
    {
        auto c = connexion();
        c.send(bytes);
        return c.receive();
    }
    void demander_l_arret() { server_.stop(); }
    void attendre_la_fin()
    {
        if (thread_.joinable()) thread_.join();
    }
    void arreter()
    {
        demander_l_arret();
        attendre_la_fin();
    }
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    Server server_;
    std::thread thread_;
    std::uint16_t port_ = 0;
};

std::string get(std::string_view path)
{
    return "GET " + std::string{path} + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view headers = "")
{
    return "POST " + std::string{path} +
           " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string{headers} + "\r\n" + std::string{body};
}

} // namespace http::server_test

namespace http {

using namespace server_test;

TEST_CASE("une requête mal formée reçoit 400 et la connexion est fermée")
{
    Banc banc;
    const Serveur serveur{banc};
    for (const std::string_view requete : {
             "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
             "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
             "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx",
             "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\nHost: a\n\n",
             "GET / HTTP/1.1\r\nHost: a\n\r\n",
             "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
             "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
             "GET / HTTP/1.1\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
             "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET //a:80/../b HTTP/1.1\r\nHost: a\r\n\r\n",
             "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /?a=%C3 HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01\x62\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
             "GET /\r\nHost: a\r\n\r\n",
             "n’importe quoi\r\n\r\n",
             "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n",
         }) {
        CAPTURE(requete);
        auto c = serveur.connexion();
        c.send(requete);
        const auto r = c.receive();
        CHECK(r.status == 400);
        CHECK(r.header("Connection") == "close");
        CHECK(r.header("X-Content-Type-Options") == "nosniff");
        CHECK(r.body == "La requête est mal formée.\n");
        CHECK(c.closed());
    }
    CHECK(banc.appels == 0);
}

TEST_CASE("un octet nul dans la requête est refusé")
{
    Banc banc;
    const Serveur serveur{banc};
    CHECK(serveur.demande("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"sv).status == 400);
    CHECK(serveur.demande("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"sv).status == 400);
}

TEST_CASE("une version, un verbe ou un encodage inconnus sont refusés pour ce qu’ils sont")
{
    Banc banc;
    const Serveur serveur{banc};
    CHECK(serveur.demande("GET / HTTP/2.0\r\nHost: a\r\n\r\n").status == 505);
    CHECK(serveur.demande("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status == 505);
    CHECK(serveur.demande("GET / HTTP/1.2\r\nHost: a\r\n\r\n").status == 505);
    CHECK(serveur.demande("GET / HTTP/1.1x\r\nHost: a\r\n\r\n").status == 400);
    CHECK(serveur.demande("BREW / HTTP/1.1\r\nHost: a\r\n\r\n").status == 501);
    CHECK(serveur.demande("CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n").status == 501);
    CHECK(serveur.demande("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n").status ==
          501);
    CHECK(serveur.demande("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: miracle\r\n\r\n")
              .status == 417);
}

TEST_CASE("une adresse ou des en-têtes trop longs sont refusés")
{
    Banc banc;
    const Serveur serveur{banc};
    CHECK(serveur.demande(get("/" + std::string(9000, 'a'))).status == 414);
    CHECK(serveur.demande(get("/" + std::string(100'000, 'a'))).status == 414);
    CHECK(
        serveur.demande("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100'000, 'a') + "\r\n\r\n").status ==
        431);
    std::string beaucoup = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 150; ++i) beaucoup += "X" + std::to_string(i) + ": 1\r\n";
    CHECK(serveur.demande(beaucoup + "\r\n").status == 431);

    // One field at a time, each well within the limit.
    auto c = serveur.connexion();
    c.send("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 60; ++i) {
        if (!c.send("X: " + std::string(500, 'a') + "\r\n")) break;
        std::this_thread::sleep_for(2ms);
    }
    CHECK(c.receive().status == 431);
}

TEST_CASE("un envoi trop volumineux est refusé avant d’être lu, selon la page qui le reçoit")
{
    Banc banc;
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    c.send("POST /petit HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
    CHECK(c.receive().status == 413);
    CHECK(c.closed());
    CHECK(serveur.demande(post("/petit", std::string(1000, 'x'))).body == "/petit 1000");
    CHECK(serveur.demande(post("/depot", std::string(1001, 'x'))).body == "/depot 1001");
    CHECK(serveur.demande("POST /depot HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n").status ==
          413);
    CHECK(serveur
              .demande(
                  "POST /petit HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
              .status == 413);
    CHECK(serveur
              .demande("POST /petit HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" +
                       std::string(1000, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n")
              .status == 413);
}

TEST_CASE("celui qui envoie tout malgré le refus peut encore lire pourquoi")
{
    Banc banc;
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    CHECK(c.send(post("/petit", std::string(6 << 20, 'x'))));
    CHECK(c.receive().status == 413);
}

TEST_CASE(
    "un client au compte-gouttes est coupé à la fin du délai, qu’il soit dans l’en-tête ou dans le corps")
{
    Banc banc;
    const Serveur serveur{banc};
    const auto debut = Temps::now();
    auto entete = serveur.connexion();
    auto corps = serveur.connexion();
    auto muet = serveur.connexion();
    auto oisif = serveur.connexion();
    oisif.send(get("/"));
    CHECK(oisif.receive().status == 200);
    entete.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
    corps.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n");
    std::atomic<bool> stop = false;
    std::thread gouttes{[&] {
        while (!stop) {
            entete.send("a");
            corps.send("a");
            std::this_thread::sleep_for(100ms);
        }
    }};
    CHECK(entete.receive().status == 408);
    CHECK(corps.receive().status == 408);
    CHECK(muet.closed());
    CHECK(oisif.closed());
    CHECK(secondes_depuis(debut) > 0.9);
    CHECK(secondes_depuis(debut) < 4.0);
    stop = true;
    gouttes.join();
}

TEST_CASE("le serveur invite à poursuivre celui qui le demande avant d’envoyer")
{
    Banc banc;
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    c.send("POST /depot HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    CHECK(c.receive().status == 100);
    c.send("abc");
    CHECK(c.receive().body == "/depot 3");
    c.send("POST /depot HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc");
    CHECK(c.receive().body == "/depot 3");
}

TEST_CASE("HEAD rend les mêmes en-têtes que GET, sans corps")
{
    Banc banc;
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    c.send("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = c.receive(true);
    c.send(get("/page"));
    const auto page = c.receive();
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == page.header("Content-Length"));
    CHECK(head.header("Content-Type") == page.header("Content-Type"));
    CHECK(page.body == "/page 0");
    c.send("HEAD /../x HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(c.receive(true).status == 400);
    CHECK(c.closed());
}

TEST_CASE("des requêtes envoyées d’affilée reçoivent leurs réponses dans l’ordre")
{
    Banc banc;
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    std::string toutes;
    for (int i = 0; i < 20; ++i)
        toutes += i % 2 ? get("/" + std::to_string(i)) : post("/" + std::to_string(i), "abc");
    c.send(toutes);
    for (int i = 0; i < 20; ++i) CHECK(c.receive().body == "/" + std::to_string(i) + (i % 2 ? " 0" : " 3"));
    // Nothing that follows a request to close is answered.
    c.send("GET /fin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get("/apres"));
    const auto fin = c.receive();
    CHECK(fin.body == "/fin 0");
    CHECK(fin.header("Connection") == "close");
    CHECK(c.closed());
}

TEST_CASE("un client HTTP/1.0 est servi puis laissé, ou gardé s’il le demande")
{
    Banc banc;
    banc.autre = [](Request&) {
        Response r;
        r.stream = [n = 0](std::string& out) mutable {
            out += "ligne\n";
            return ++n < 3;
        };
        return r;
    };
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    c.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(c.receive().header("Connection") == "keep-alive");
    c.send("GET /b HTTP/1.0\r\n\r\n");
    CHECK(c.receive().header("Connection") == "close");
    CHECK(c.closed());
    const auto r = serveur.demande("GET /autre HTTP/1.0\r\n\r\n");
    CHECK(r.header("Transfer-Encoding").empty());
    CHECK(r.body == "ligne\nligne\nligne\n");
}

TEST_CASE("un corps par morceaux est lu, un corps mal découpé est refusé")
{
    Banc banc;
    const Serveur serveur{banc};
    constexpr auto tete = "POST /depot HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    CHECK(serveur.demande(tete + "3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nHost: b\r\n\r\n"s).body == "/depot 8");
    CHECK(serveur.demande(tete + "3\r\nabcd\r\n0\r\n\r\n"s).status == 400);
    CHECK(serveur.demande(tete + "zz\r\n"s).status == 400);
    CHECK(serveur.demande(tete + "fffffffffffffffff\r\n"s).status == 400);
    CHECK(serveur.demande(tete + "0x3\r\nabc\r\n0\r\n\r\n"s).status == 400);
    CHECK(serveur.demande(tete + "3\nabc\r\n0\r\n\r\n"s).status == 400);
}

TEST_CASE("un formulaire avec de gros fichiers passe par un fichier temporaire sans nom")
{
    Banc banc;
    std::string noms;
    banc.autre = [&](Request& r) {
        for (const auto& entry : std::filesystem::directory_iterator{banc.spool})
            noms += entry.path().filename().string();
        return text(std::to_string(r.files.at(0).data.size()));
    };
    const Serveur serveur{banc, std::nullopt,
                          [](Method, std::string_view) { return Limits{.body_bytes = 8 << 20}; }};
    std::string photo;
    unsigned long long sum = 0;
    for (unsigned i = 0; i < 3'000'000; ++i) {
        photo += static_cast<char>(i * 7919 >> 5);
        sum += static_cast<unsigned char>(photo.back());
    }
    const auto corps = "--limite\r\nContent-Disposition: form-data; name=\"titre\"\r\n\r\nFissure\r\n"
                       "--limite\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"mur.jpg\"\r\n"
                       "Content-Type: image/jpeg\r\n\r\n" +
                       photo + "\r\n--limite--\r\n";
    constexpr auto type = "Content-Type: multipart/form-data; boundary=limite\r\n";
    auto c = serveur.connexion();
    for (int i = 0; i < 2; ++i) {
        c.send(post("/depot", corps, type));
        CHECK(c.receive().body == "titre=Fissure;photo:mur.jpg:3000000:" + std::to_string(sum) + ";");
    }
    c.send(post("/autre", corps, type));
    CHECK(c.receive().body == "3000000");
    CHECK(noms.empty());
    // Just around the threshold between memory and file.
    for (const int n : {131'071, 131'072, 131'073}) {
        c.send(post("/depot", std::string(static_cast<std::size_t>(n), 'x')));
        CHECK(c.receive().body == "/depot " + std::to_string(n));
    }
    c.send(post("/depot", corps.substr(0, corps.size() - 10), type));
    CHECK(c.receive().status == 400);
}

TEST_CASE("quand la place des envois manque, le serveur demande de revenir plus tard")
{
    Banc banc;
    auto options = banc.options();
    options.spool_bytes = 8 << 20; // an eighth of it for one network
    const Serveur serveur{banc, options};
    for (int i = 0; i < 3; ++i) {
        const auto r = serveur.demande(post("/depot", std::string(2 << 20, 'x')));
        CHECK(r.status == 503);
        CHECK(r.header("Retry-After") == "5");
        // What was refused takes no room away from the others.
        CHECK(serveur.demande(post("/depot", std::string(900'000, 'x'))).body == "/depot 900000");
    }
}

TEST_CASE("quand la file d’attente est pleine, le serveur le dit au lieu de faire attendre")
{
    Banc banc;
    auto options = banc.options();
    options.workers = 1;
    options.queue = 1;
    Serveur serveur{banc, options};
    auto a = serveur.connexion();
    auto b = serveur.connexion();
    auto c = serveur.connexion();
    a.send(get("/attend"));
    REQUIRE(banc.barriere.arrives(1));
    b.send(get("/b"));
    std::this_thread::sleep_for(300ms);
    c.send(get("/c"));
    const auto refus = c.receive();
    CHECK(refus.status == 503);
    CHECK(refus.header("Retry-After") == "5");
    banc.barriere.ouvrir();
    CHECK(a.receive().body == "fini");
    CHECK(b.receive().body == "/b 0");
    c.send(get("/c"));
    CHECK(c.receive().body == "/c 0");
}

TEST_CASE(
    "lire des fichiers ne fait attendre ni les pages, ni les mots de passe, ni les messages sans fichier")
{
    Banc banc;
    Serveur serveur{banc, std::nullopt, [](Method, std::string_view path) {
                        if (path == "/attend" || path == "/message") return Limits{.pool = Pool::Files};
                        return path == "/lent" ? Limits{.pool = Pool::Slow} : Limits{};
                    }};
    const auto formulaire = [](std::string_view fichier) {
        return "--l\r\nContent-Disposition: form-data; name=\"texte\"\r\n\r\nBonjour\r\n"
               "--l\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"" +
               std::string{fichier.empty() ? "" : "mur.jpg"} + "\"\r\n\r\n" + std::string{fichier} +
               "\r\n--l--\r\n";
    };
    constexpr auto type = "Content-Type: multipart/form-data; boundary=l\r\n";
    std::vector<Connexion> envois;
    for (int i = 0; i < 10; ++i) {
        envois.push_back(serveur.connexion());
        envois.back().send(post("/attend", formulaire(i % 2 ? "petite" : std::string(200'000, 'x')), type));
    }
    REQUIRE(banc.barriere.arrives(1));
    CHECK(serveur.demande(get("/page")).status == 200);
    CHECK(serveur.demande(post("/lent", "a")).status == 200);
    CHECK(serveur.demande(post("/message", formulaire(""), type)).body == "texte=Bonjour;");
    CHECK(
        serveur
            .demande(post("/message", "texte=Bonjour", "Content-Type: application/x-www-form-urlencoded\r\n"))
            .body == "texte=Bonjour;");
    banc.barriere.ouvrir();
    for (auto& c : envois) CHECK(c.receive().body == "fini");
}

/// A body of n bytes that says whose it is, all but its end.
std::string commence(std::string_view ip, std::size_t n)
{
    return "POST /depot HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + std::string{ip} +
           "\r\nContent-Length: " + std::to_string(n + 1) + "\r\n\r\n" + std::string(n, 'x');
}

TEST_CASE("un seul réseau ne peut pas prendre toute la place des envois")
{
    Banc banc;
    auto options = banc.options();
    options.trusted_proxies = {"127.0.0.1"};
    SUBCASE("en octets")
    {
        options.spool_bytes = 8 << 20; // one megabyte for each network
        const Serveur serveur{banc, options};
        auto goulu = serveur.connexion();
        goulu.send(commence("203.0.113.7", 900'000));
        std::this_thread::sleep_for(200ms);
        const auto voisin = serveur.demande(commence("203.0.113.200", 300'000) + "x");
        CHECK(voisin.status == 503);
        CHECK(voisin.header("Retry-After") == "5");
        CHECK(serveur.demande(commence("198.51.100.1", 900'000) + "x").body == "/depot 900001");
        CHECK(serveur.demande(commence("2001:db8::1", 900'000) + "x").body == "/depot 900001");
        goulu.send("x");
        CHECK(goulu.receive().body == "/depot 900001");
        // Given back to the network with the answer.
        CHECK(serveur.demande(commence("203.0.113.200", 300'000) + "x").body == "/depot 300001");
    }
    SUBCASE("en nombre")
    {
        options.uploads = 16; // two for each network
        const Serveur serveur{banc, options};
        std::vector<Connexion> muets;
        for (const auto* ip : {"203.0.113.7", "203.0.113.8"}) {
            muets.push_back(serveur.connexion());
            muets.back().send("POST /depot HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + std::string{ip} +
                              "\r\nContent-Length: 8000000\r\n\r\nx");
        }
        std::this_thread::sleep_for(200ms);
        CHECK(serveur.demande(commence("203.0.113.9", 200'000) + "x").status == 503);
        CHECK(serveur.demande(commence("203.0.113.9", 1000) + "x").body == "/depot 1001"); // small: a page
        CHECK(serveur.demande(commence("198.51.100.1", 200'000) + "x").body == "/depot 200001");
        muets.clear();
        std::this_thread::sleep_for(200ms);
        CHECK(serveur.demande(commence("203.0.113.9", 200'000) + "x").body == "/depot 200001");
    }
}

TEST_CASE("un envoi qui n’avance plus est coupé bien avant son délai, un envoi lent mais régulier arrive")
{
    Banc banc;
    auto options = banc.options();
    options.body_window_seconds = 1;
    options.body_bytes_per_second = 2000;
    const Serveur serveur{banc, options, [](Method, std::string_view) {
                              return Limits{.body_bytes = 8 << 20, .body_seconds = 60};
                          }};
    const auto tete = [](int n) {
        return "POST /depot HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(n) + "\r\n\r\n";
    };
    const auto debut = Temps::now();
    auto fige = serveur.connexion();
    auto goutte = serveur.connexion();
    auto lent = serveur.connexion();
    fige.send(tete(8'000'000) + std::string(1'000'000, 'x'));
    goutte.send(tete(8'000'000));
    lent.send(tete(25 * 400));
    std::thread gouttes{[&] {
        for (int i = 0; i < 25; ++i) {
            goutte.send("x");
            lent.send(std::string(400, 'x')); // four thousand a second
            std::this_thread::sleep_for(100ms);
        }
    }};
    CHECK(goutte.receive().status == 408);
    CHECK(secondes_depuis(debut) > 0.9);
    CHECK(secondes_depuis(debut) < 2.0);
    CHECK(fige.receive().status == 408);
    CHECK(secondes_depuis(debut) < 3.5); // a window after its last byte
    CHECK(lent.receive().body == "/depot 10000");
    gouttes.join();
}

TEST_CASE("mille réponses que personne ne lit ne prennent pas toute la mémoire, et arrivent entières")
{
    Banc banc;
    banc.autre = [](Request& req) { return text(std::string(4 << 20, req.param("l").at(0))); };
    auto options = banc.options();
    options.write_seconds = 20;
    const Serveur serveur{banc, options};
    std::vector<Connexion> lecteurs;
    for (int i = 0; i < 40; ++i) { // 160 MB: more than answers may take in memory
        lecteurs.push_back(serveur.connexion());
        lecteurs.back().send(get("/autre?l=" + std::string(1, static_cast<char>('a' + i % 26))));
    }
    for (std::size_t i = 0; i < lecteurs.size(); ++i) {
        const auto r = lecteurs[i].receive();
        REQUIRE(r.body.size() == 4 << 20);
        CHECK(r.body.find_first_not_of(static_cast<char>('a' + i % 26)) == std::string::npos);
    }
    banc.autre = [](Request&) { return text(std::string(70 << 20, 'x')); };
    options.spool_bytes = 8 << 20;
    const Serveur sans_place{banc, options};
    CHECK(sans_place.demande(get("/autre")).status == 503);
    CHECK(sans_place.demande(get("/page")).status == 200);
}

TEST_CASE("un seul réseau ne peut pas prendre toutes les connexions")
{
    Banc banc;
    auto options = banc.options();
    options.max_connections = 8;
    options.workers = 8;
    options.header_seconds = 20;
    const Serveur serveur{banc, options};
    std::vector<Connexion> occupees;
    for (int i = 0; i < 4; ++i) {
        occupees.push_back(serveur.connexion());
        occupees.back().send(get("/attend"));
    }
    REQUIRE(banc.barriere.arrives(4));
    CHECK(serveur.connexion().receive().status == 503);
    auto d_ailleurs = serveur.connexion("127.0.9.1");
    d_ailleurs.send(get("/page"));
    CHECK(d_ailleurs.receive().status == 200);
    banc.barriere.ouvrir();
    for (auto& c : occupees) CHECK(c.receive().body == "fini");

    // Four that never end their header: the one that has waited the longest gives way.
    std::vector<Connexion> lentes;
    for (int i = 0; i < 4; ++i) {
        lentes.push_back(serveur.connexion());
        lentes.back().send("GET / HTTP/1.1\r\nX: ");
    }
    std::this_thread::sleep_for(2200ms);
    CHECK(serveur.demande(get("/page")).status == 200);
    CHECK(lentes.front().closed());
}

TEST_CASE("les travaux lents ne font pas attendre les pages")
{
    Banc banc;
    Serveur serveur{banc, std::nullopt, [](Method, std::string_view path) {
                        return path == "/attend" ? Limits{.pool = Pool::Slow} : Limits{};
                    }};
    std::vector<Connexion> lents;
    for (int i = 0; i < 10; ++i) {
        lents.push_back(serveur.connexion());
        lents.back().send(get("/attend"));
    }
    REQUIRE(banc.barriere.arrives(1));
    CHECK(serveur.demande(get("/page")).status == 200);
    banc.barriere.ouvrir();
    for (auto& c : lents) CHECK(c.receive().body == "fini");
}

TEST_CASE("au-delà du nombre de connexions, les oisives cèdent la place, sinon la nouvelle est refusée")
{
    Banc banc;
    auto options = banc.options();
    options.max_connections = 3;
    options.trusted_proxies = {"127.0.0.1"}; // whose connections are those of many
    Serveur serveur{banc, options};
    auto ancienne = serveur.connexion();
    ancienne.send(get("/"));
    CHECK(ancienne.receive().status == 200);
    auto a = serveur.connexion();
    auto b = serveur.connexion();
    a.send(get("/attend"));
    b.send(get("/attend"));
    REQUIRE(banc.barriere.arrives(2));
    auto c = serveur.connexion();
    c.send("GET / HTTP/1.1\r\n"); // begun: does not give way
    CHECK(ancienne.closed());
    std::this_thread::sleep_for(300ms);
    auto d = serveur.connexion();
    CHECK(d.receive().status == 503);
    banc.barriere.ouvrir();
    CHECK(a.receive().body == "fini");
    c.send("Host: a\r\n\r\n");
    CHECK(c.receive().status == 200);
}

TEST_CASE("une réponse produite au fil de l’eau arrive entière")
{
    Banc banc;
    banc.autre = [](Request&) {
        Response r;
        r.header("Content-Type", "text/csv; charset=utf-8");
        r.stream = [n = 0](std::string& out) mutable {
            if (n % 3)
                out += std::string(30'000, static_cast<char>('a' + n % 26)); // some calls have nothing to add
            return ++n < 40;
        };
        return r;
    };
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    c.send(get("/autre"));
    const auto r = c.receive();
    CHECK(r.header("Content-Type") == "text/csv; charset=utf-8");
    CHECK(r.body.size() == 26 * 30'000);
    c.send("HEAD /autre HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(c.receive(true).header("Transfer-Encoding") == "chunked");
    c.send(get("/suite"));
    CHECK(c.receive().body == "/suite 0");
}

TEST_CASE("une réponse sans fin attend le client, ne retient aucun travailleur et s’arrête quand il part ou "
          "se tait")
{
    Banc banc;
    std::atomic<int> morceaux = 0;
    const auto temoin = std::make_shared<int>(0);
    banc.autre = [&](Request&) {
        Response r;
        r.stream = [&morceaux, temoin](std::string& out) {
            ++morceaux;
            out += std::string(65'536, 'x');
            return true;
        };
        return r;
    };
    auto options = banc.options();
    options.workers = 1;
    const Serveur serveur{banc, options};
    auto muet = serveur.connexion();
    muet.send(get("/autre")); // never reads
    std::this_thread::sleep_for(400ms);
    const int produits = morceaux;
    CHECK(produits < 1000);
    CHECK(serveur.demande(get("/page")).status == 200);
    CHECK(morceaux == produits);
    const auto libere = [&] {
        for (int i = 0; i < 300 && temoin.use_count() > 2; ++i) std::this_thread::sleep_for(10ms);
        return temoin.use_count() == 2; // ours and the one that `autre` holds
    };
    CHECK(libere());

    auto parti = serveur.connexion();
    parti.send(get("/autre"));
    parti.more();
    parti.shut();
    CHECK(libere());
}

TEST_CASE("une réponse interrompue par une panne ne passe pas pour entière")
{
    Banc banc;
    banc.autre = [](Request&) {
        Response r;
        r.stream = [n = 0](std::string& out) mutable {
            if (++n == 4) throw std::runtime_error{"panne"};
            out += std::string(65'536, 'x');
            return true;
        };
        return r;
    };
    const Serveur serveur{banc};
    CHECK(serveur.demande(get("/autre")).status == 0); // the helper found no last chunk
}

TEST_CASE("un fichier est envoyé sans être chargé, avec sa longueur")
{
    Banc banc;
    const auto chemin =
        std::filesystem::temp_directory_path() / ("logis-fichier-" + std::to_string(::getpid()));
    std::string contenu;
    for (int i = 0; i < 1'000'000; ++i) contenu += static_cast<char>(i * 31);
    std::ofstream{chemin, std::ios::binary} << contenu;
    banc.autre = [&](Request& req) {
        Response r;
        r.file_path = req.param("absent").empty() ? chemin.string() : "/nulle/part";
        return std::move(r).header("Content-Type", "application/pdf");
    };
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    c.send(get("/autre"));
    const auto r = c.receive();
    CHECK(r.header("Content-Length") == "1000000");
    CHECK(r.header("Content-Type") == "application/pdf");
    CHECK((r.body == contenu));
    c.send("HEAD /autre HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(c.receive(true).header("Content-Length") == "1000000");
    c.send(get("/autre?absent=1"));
    CHECK(c.receive().status == 500);
    std::ofstream{chemin, std::ios::trunc};
    c.send(get("/autre"));
    CHECK(c.receive().header("Content-Length") == "0");
    std::filesystem::remove(chemin);
}

TEST_CASE("une grande réponse en mémoire arrive entière, et son client muet est coupé")
{
    Banc banc;
    const std::string grande(32 << 20, 'g');
    banc.autre = [&](Request&) {
        Response r;
        r.static_body = grande;
        return r;
    };
    Serveur serveur{banc};
    CHECK(serveur.demande(get("/autre")).body.size() == grande.size());
    auto muet = serveur.connexion();
    muet.send(get("/autre"));
    std::this_thread::sleep_for(100ms);
    // Were the silent client not cut, stopping would wait for the end of the drain (three seconds).
    std::this_thread::sleep_for(1200ms);
    const auto debut = Temps::now();
    serveur.arreter();
    CHECK(secondes_depuis(debut) < 2.0);
}

TEST_CASE("une exception donne une page 500 qui n’en dit rien, et la connexion reste utilisable")
{
    Banc banc;
    banc.autre = [](Request& req) -> Response {
        if (req.has_field("entete")) {
            Response r;
            r.headers.emplace_back("X", "a\r\nSet-Cookie: vole=1");
            return r;
        }
        if (req.has_field("entier")) throw 42;
        throw std::runtime_error{"secret"};
    };
    const Serveur serveur{banc};
    auto c = serveur.connexion();
    constexpr auto type = "Content-Type: application/x-www-form-urlencoded\r\n";
    for (const auto* form : {"a=1", "entier=1", "entete=1"}) {
        c.send(post("/autre", form, type));
        const auto r = c.receive();
        CHECK(r.status == 500);
        CHECK(r.body == "Une erreur est survenue. Réessayez plus tard.\n");
        CHECK(r.header("Set-Cookie").empty());
        CHECK(r.header("Connection").empty());
    }
    c.send(post("/autre", "a=%ff", type));
    CHECK(c.receive().status == 400);
    c.send(get("/page"));
    CHECK(c.receive().status == 200);
}

TEST_CASE("les pages d’erreur du transport peuvent être celles de l’application")
{
    Banc banc;
    auto options = banc.options();
    options.error_page = [](int status) {
        if (status == 414) throw std::runtime_error{"panne"};
        return html("<h1>Erreur " + std::to_string(status) + "</h1>")
            .header("Content-Security-Policy", "default-src 'none'");
    };
    const Serveur serveur{banc, options};
    const auto r = serveur.demande("GET / HTTP/1.1\r\n\r\n");
    CHECK(r.status == 400);
    CHECK(r.body == "<h1>Erreur 400</h1>");
    CHECK(r.header("Content-Security-Policy") == "default-src 'none'");
    CHECK(r.header("Cache-Control") == "no-store");
    CHECK(serveur.demande(get("/" + std::string(9000, 'a'))).status == 414);
}

TEST_CASE("chaque requête porte son numéro et l’adresse de qui la fait")
{
    Banc banc;
    auto options = banc.options();
    options.trusted_proxies = {"127.0.0.1"};
    const Serveur serveur{banc, options};
    const auto r =
        serveur.demande("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1, 203.0.113.9\r\n\r\n");
    CHECK(r.header("X-Ip") == "203.0.113.9");
    CHECK(r.header("X-Id").size() == 16);
    CHECK(r.header("X-Id").find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(r.header("X-Id") != serveur.demande(get("/")).header("X-Id"));
    CHECK(r.header("Date").ends_with(" GMT"));
    const Serveur sans_mandataire{banc};
    CHECK(sans_mandataire.demande("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n")
              .header("X-Ip") == "127.0.0.1");
}

TEST_CASE("cinq cents connexions lentes n’empêchent pas de servir les autres")
{
    Banc banc;
    auto options = banc.options();
    options.header_seconds = 10;
    Serveur serveur{banc, options};
    std::vector<Connexion> lentes;
    for (int i = 0; i < 500; ++i) {
        lentes.push_back(serveur.connexion());
        REQUIRE(lentes.back().connected());
        REQUIRE(
            lentes.back().send(i % 2 ? "GET / HTTP/1.1\r\nHost: a\r\nX: "
                                     : "POST /depot HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nabc"));
    }
    const auto debut = Temps::now();
    auto c = serveur.connexion();
    for (int i = 0; i < 300; ++i) {
        if (i % 50 == 0)
            for (std::size_t j = 0; j < lentes.size(); j += 7) lentes[j].send("x");
        c.send(get("/page"));
        REQUIRE(c.receive().status == 200);
    }
    CHECK(secondes_depuis(debut) < 4.0);
}

TEST_CASE("à l’arrêt, les requêtes en cours finissent, les connexions oisives se ferment, les nouvelles sont "
          "refusées")
{
    Banc banc;
    auto options = banc.options();
    options.workers = 4;
    options.idle_seconds = 60;
    Serveur serveur{banc, options};
    auto oisive = serveur.connexion();
    oisive.send(get("/"));
    CHECK(oisive.receive().status == 200);
    auto neuve = serveur.connexion();
    std::vector<Connexion> en_cours;
    for (int i = 0; i < 8; ++i) { // four run, four wait
        en_cours.push_back(serveur.connexion());
        en_cours.back().send(get("/attend"));
    }
    REQUIRE(banc.barriere.arrives(4));
    std::this_thread::sleep_for(50ms);
    const auto debut = Temps::now();
    SUBCASE("par un signal")
    {
        std::raise(SIGTERM);
    }
    SUBCASE("par le programme")
    {
        serveur.demander_l_arret();
    }
    CHECK(oisive.closed());
    CHECK(neuve.closed());
    CHECK(!serveur.connexion().connected());
    banc.barriere.ouvrir();
    for (auto& c : en_cours) {
        const auto r = c.receive();
        CHECK(r.body == "fini");
        CHECK(r.header("Connection") == "close");
        CHECK(c.closed());
        c.shut();
    }
    serveur.attendre_la_fin();
    CHECK(secondes_depuis(debut) < 2.5);
}

TEST_CASE("à l’arrêt, ce qui n’en finit pas est coupé")
{
    Banc banc;
    banc.autre = [](Request&) {
        Response r;
        r.stream = [](std::string& out) {
            std::this_thread::sleep_for(50ms);
            out += std::string(65'536, 'x');
            return true;
        };
        return r;
    };
    auto options = banc.options();
    bool deux_signaux = false;
    SUBCASE("au bout du délai")
    {
        options.drain_seconds = 1;
    }
    SUBCASE("ou à la seconde demande")
    {
        options.drain_seconds = 60;
        deux_signaux = true;
    }
    Serveur serveur{banc, options};
    auto c = serveur.connexion();
    c.send(get("/autre"));
    c.more();
    std::thread lecteur{[&] {
        while (c.more()) {
        }
    }};
    const auto debut = Temps::now();
    if (deux_signaux) {
        std::raise(SIGTERM);
        std::raise(SIGTERM);
        serveur.attendre_la_fin();
    } else {
        serveur.arreter();
        CHECK(secondes_depuis(debut) > 0.9);
    }
    CHECK(secondes_depuis(debut) < 4.0);
    lecteur.join();
}

TEST_CASE("un port déjà pris est nommé dans l’erreur")
{
    Banc banc;
    const Serveur serveur{banc};
    auto options = banc.options();
    options.port = serveur.port();
    Server second{options, limites, [](Request&) { return text(""); }};
    CHECK_THROWS_WITH_AS(
        second.run({}),
        ("cannot listen on 127.0.0.1:" + std::to_string(serveur.port()) + ": Address already in use").c_str(),
        std::runtime_error);
    options.address = "localhost";
    Server troisieme{options, limites, [](Request&) { return text(""); }};
    CHECK_THROWS_AS(troisieme.run({}), std::runtime_error);
}

} // namespace http
