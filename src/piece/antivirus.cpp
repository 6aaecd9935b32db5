// See antivirus.hpp. The protocol of INSTREAM: lengths of four bytes, big-endian, each before its piece; zero
// ends.
#include "piece/antivirus.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "piece/disque.hpp"

namespace piece {
namespace clamd {

using Horloge = std::chrono::steady_clock;
/// When to give up: late, or because the process is asked to stop.
struct Fin {
    Horloge::time_point quand;
    const std::stop_token& arret;
};
constexpr std::chrono::milliseconds entre_deux_regards_au_plus{200};

constexpr std::string_view unix_ = "unix:", tcp = "tcp:";
constexpr std::size_t reponse_max = 4096;

struct Panne : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void attendre(int fd, short quoi, const Fin& fin)
{
    for (;;) {
        const auto reste = std::chrono::duration_cast<std::chrono::milliseconds>(fin.quand - Horloge::now());
        if (reste.count() <= 0) throw Panne{"clamd does not answer in time"};
        if (fin.arret.stop_requested()) throw Panne{"asked to stop before clamd answered"};
        pollfd p{fd, quoi, 0};
        const int n = poll(&p, 1, static_cast<int>(std::min(reste, entre_deux_regards_au_plus).count()));
        if (n > 0) return;
        if (n < 0 && errno != EINTR) throw Panne{"poll of clamd failed"};
    }
}

disque::Fd connecter(const sockaddr* adresse, socklen_t taille, int famille, const Fin& fin)
{
    disque::Fd fd{socket(famille, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (fd.get() < 0) throw Panne{"no socket for clamd"};
    if (connect(fd.get(), adresse, taille) != 0) {
        if (errno != EINPROGRESS)
            throw Panne{std::string{"clamd cannot be reached: "} + std::strerror(errno)};
        attendre(fd.get(), POLLOUT, fin);
        int erreur = 0;
        socklen_t n = sizeof erreur;
        if (getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &erreur, &n) != 0 || erreur != 0)
            throw Panne{std::string{"clamd cannot be reached: "} + std::strerror(erreur)};
    }
    return fd;
}

disque::Fd ouvrir(std::string_view adresse, const Fin& fin)
{
    if (adresse.starts_with(unix_)) {
        const auto chemin = adresse.substr(unix_.size());
        sockaddr_un a{};
        a.sun_family = AF_UNIX;
        std::memcpy(a.sun_path, chemin.data(), std::min(chemin.size(), sizeof a.sun_path - 1));
        return connecter(reinterpret_cast<const sockaddr*>(&a), sizeof a, AF_UNIX, fin);
    }
    const auto reste = adresse.substr(tcp.size());
    const auto deux_points = reste.rfind(':');
    const std::string hote{reste.substr(0, deux_points)}, port{reste.substr(deux_points + 1)};
    addrinfo voulu{};
    voulu.ai_socktype = SOCK_STREAM;
    addrinfo* trouve = nullptr;
    if (getaddrinfo(hote.c_str(), port.c_str(), &voulu, &trouve) != 0)
        throw Panne{"the host of clamd is unknown"};
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> garde{trouve, freeaddrinfo};
    return connecter(trouve->ai_addr, trouve->ai_addrlen, trouve->ai_family, fin);
}

void envoyer(int fd, std::string_view octets, const Fin& fin)
{
    while (!octets.empty()) {
        const ssize_t n = send(fd, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (n > 0) {
            octets.remove_prefix(static_cast<std::size_t>(n));
        } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            attendre(fd, POLLOUT, fin);
        } else if (errno != EINTR) {
            throw Panne{"clamd closed the connection"};
        }
    }
}

std::string recevoir(int fd, const Fin& fin)
{
    std::string out;
    std::array<char, 512> tampon;
    while (out.size() < reponse_max) {
        attendre(fd, POLLIN, fin);
        const ssize_t n = recv(fd, tampon.data(), tampon.size(), 0);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n < 0) throw Panne{"clamd closed the connection"};
        if (n == 0) break;
        out.append(tampon.data(), static_cast<std::size_t>(n));
        if (out.back() == '\0') break;
    }
    if (!out.empty() && out.back() == '\0') out.pop_back();
    return out;
}

void transmettre(int clamd, int fichier, const Fin& fin)
{
    envoyer(clamd, std::string_view{"zINSTREAM\0", 10}, fin);
    std::string morceau;
    off_t position = 0;
    for (;;) {
        morceau.resize(4 + 64 * 1024);
        const ssize_t n = pread(fichier, morceau.data() + 4, morceau.size() - 4, position);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw Panne{"the file to scan cannot be read"};
        for (int i = 0; i < 4; ++i)
            morceau[static_cast<std::size_t>(i)] =
                static_cast<char>(static_cast<std::uint32_t>(n) >> (24 - 8 * i));
        morceau.resize(4 + static_cast<std::size_t>(n));
        envoyer(clamd, morceau, fin);
        if (n == 0) return;
        position += n;
    }
}

} // namespace clamd

bool est_adresse_clamd(const std::string& s)
{
    if (s.starts_with(clamd::unix_))
        return s.size() > clamd::unix_.size() + 1 && s[clamd::unix_.size()] == '/' && s.size() < 5 + 108;
    if (!s.starts_with(clamd::tcp)) return false;
    const auto port = s.rfind(':');
    return port > clamd::tcp.size() && port + 1 < s.size() &&
           s.find_first_not_of("0123456789", port + 1) == std::string::npos;
}

Analyse lire_reponse_clamd(const std::string& reponse)
{
    constexpr std::string_view debut = "stream: ", trouve = " FOUND";
    if (reponse == "stream: OK") return {Verdict::Sain, {}};
    if (reponse.starts_with(debut) && reponse.ends_with(trouve) &&
        reponse.size() > debut.size() + trouve.size())
        return {Verdict::Infecte,
                reponse.substr(debut.size(), reponse.size() - debut.size() - trouve.size())};
    return {Verdict::Absent, "clamd answers: " + reponse.substr(0, 200)};
}

Antivirus::Antivirus(std::string adresse, std::chrono::milliseconds delai)
    : adresse_(std::move(adresse)), delai_(delai)
{}

Analyse Antivirus::analyser(int fd, const std::stop_token& arret) const
{
    const clamd::Fin fin{clamd::Horloge::now() + delai_, arret};
    try {
        const auto connexion = clamd::ouvrir(adresse_, fin);
        clamd::transmettre(connexion.get(), fd, fin);
        return lire_reponse_clamd(clamd::recevoir(connexion.get(), fin));
    } catch (const clamd::Panne& e) {
        return {Verdict::Absent, e.what()};
    }
}

} // namespace piece
