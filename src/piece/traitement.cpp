// Starts the picture process, hands it pictures, waits for it no longer than allowed. Decodes nothing itself.
#include "piece/image.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <optional>
#include <system_error>
#include <vector>

#include "base/text.hpp"
#include "piece/disque.hpp"

namespace piece {
namespace processus {

using Horloge = std::chrono::steady_clock;
using disque::Fd;

// What the process is given above its own clock before it is held for lost.
constexpr std::chrono::seconds marge{5};

[[noreturn]] void echec(const char* quoi, int code = errno)
{
    throw std::system_error{code, std::generic_category(), quoi};
}

// Nothing of ours goes along: no descriptor but the socket, no environment (it may hold passwords), no signal
// mask.
pid_t lancer(const Reglages& r, int commandes)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, commandes, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributs;
    posix_spawnattr_init(&attributs);
    sigset_t aucun, tous;
    sigemptyset(&aucun);
    sigfillset(&tous);
    posix_spawnattr_setsigmask(&attributs, &aucun);
    posix_spawnattr_setsigdefault(&attributs, &tous);
    posix_spawnattr_setflags(&attributs,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    std::vector<std::string> arguments{r.programme,
                                       "traiter-image",
                                       std::to_string(r.pixels),
                                       std::to_string(cote_max),
                                       std::to_string(cote_miniature),
                                       std::to_string(r.cpu_max_s),
                                       std::to_string(r.memoire_max),
                                       std::to_string(r.duree_max.count())};
    std::vector<char*> argv;
    for (auto& a : arguments) argv.push_back(a.data());
    argv.push_back(nullptr);
    std::string langue = "LC_ALL=C.UTF-8", sanitiseur = "ASAN_OPTIONS=detect_leaks=0";
    char* environnement[] = {langue.data(), sanitiseur.data(), nullptr};

    pid_t pid = -1;
    const int code = posix_spawn(&pid, r.programme.c_str(), &actions, &attributs, argv.data(), environnement);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributs);
    if (code != 0) echec("posix_spawn of the picture process", code);
    return pid;
}

// One message with the two descriptors. False when the process is no longer there.
bool confier(int commandes, int entree, int sortie)
{
    char octet = 'i';
    iovec corps{&octet, 1};
    const int descripteurs[] = {entree, sortie};
    alignas(cmsghdr) char annexe[CMSG_SPACE(sizeof descripteurs)] = {};
    msghdr message{};
    message.msg_iov = &corps;
    message.msg_iovlen = 1;
    message.msg_control = annexe;
    message.msg_controllen = sizeof annexe;
    auto* c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof descripteurs);
    std::memcpy(CMSG_DATA(c), descripteurs, sizeof descripteurs);
    for (;;) {
        if (sendmsg(commandes, &message, MSG_NOSIGNAL) == 1) return true;
        if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN) return false;
        if (errno != EINTR) echec("sendmsg to the picture process");
    }
}

bool lisible_avant(int fd, Horloge::time_point fin)
{
    for (;;) {
        const auto reste =
            std::chrono::duration_cast<std::chrono::milliseconds>(fin - Horloge::now()).count();
        pollfd p{fd, POLLIN, 0};
        const int pret = poll(&p, 1, reste < 0 ? 0 : static_cast<int>(reste));
        if (pret >= 0 || errno != EINTR) return pret > 0;
    }
}

// All that the child writes, or nothing when it is too slow or says too much.
std::optional<std::string> recueillir(int fd, Horloge::time_point fin)
{
    std::string recu;
    std::array<char, 65536> tampon;
    while (lisible_avant(fd, fin)) {
        const ssize_t n = read(fd, tampon.data(), tampon.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return std::nullopt;
        if (n == 0) return recu;
        recu.append(tampon.data(), static_cast<std::size_t>(n));
        if (recu.size() > 2 * taille_max) return std::nullopt;
    }
    return std::nullopt;
}

// How the child ended; nothing when the process that stood ready did not say.
std::optional<char> reponse_de(int commandes, Horloge::time_point fin)
{
    char octet = 0;
    while (lisible_avant(commandes, fin)) {
        const ssize_t n = recv(commandes, &octet, 1, 0);
        if (n < 0 && errno == EINTR) continue;
        return n == 1 ? std::optional{octet} : std::nullopt;
    }
    return std::nullopt;
}

bool est_jpeg(std::string_view b)
{
    return b.size() > 4 && b.substr(0, 3) == "\xff\xd8\xff" && b.substr(b.size() - 2) == "\xff\xd9";
}

// « ok WIDTH HEIGHT SIZE SIZE\n » then the two pictures. The child may be in a stranger's hands by now: every
// number is checked.
std::optional<ImageTraitee> decoder_reponse(std::string_view reponse)
{
    const auto ligne = reponse.find('\n');
    if (ligne == std::string_view::npos || ligne > 80) return std::nullopt;
    const auto mots = base::split(reponse.substr(0, ligne), ' ');
    if (mots.size() != 5 || mots[0] != "ok") return std::nullopt;
    std::array<std::uint64_t, 4> n{};
    for (std::size_t i = 0; i < n.size(); ++i) {
        const auto& m = mots[i + 1];
        const auto [p, ec] = std::from_chars(m.data(), m.data() + m.size(), n[i]);
        if (ec != std::errc{} || p != m.data() + m.size() || n[i] == 0 || n[i] > taille_max)
            return std::nullopt;
    }
    const auto reste = reponse.substr(ligne + 1);
    if (n[0] > cote_max || n[1] > cote_max || reste.size() != n[2] + n[3]) return std::nullopt;
    ImageTraitee image{std::string{reste.substr(0, n[2])}, std::string{reste.substr(n[2])},
                       static_cast<int>(n[0]), static_cast<int>(n[1])};
    if (!est_jpeg(image.jpeg) || !est_jpeg(image.miniature)) return std::nullopt;
    return image;
}

} // namespace processus

struct ProcessusImages::Debout {
    explicit Debout(const Reglages& r)
    {
        int bouts[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, bouts) != 0) processus::echec("socketpair");
        commandes = bouts[0];
        const disque::Fd sien{bouts[1]};
        try {
            pid = processus::lancer(r, sien.get());
        } catch (...) {
            close(commandes);
            throw;
        }
    }
    // The group: the process and the child it may have.
    ~Debout()
    {
        close(commandes);
        kill(-pid, SIGKILL);
        while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    Debout(const Debout&) = delete;
    Debout& operator=(const Debout&) = delete;

    int commandes = -1;
    pid_t pid = -1;
};

ProcessusImages::ProcessusImages(const Reglages& r) : reglages_(r) {}
ProcessusImages::~ProcessusImages() = default;

Result<ImageTraitee, EchecImage> ProcessusImages::traiter(int entree)
{
    if (lseek(entree, 0, SEEK_SET) != 0) processus::echec("lseek of a picture");
    int bouts[2];
    if (pipe2(bouts, O_CLOEXEC) != 0) processus::echec("pipe2");
    const disque::Fd lecture{bouts[0]};
    disque::Fd ecriture{bouts[1]};

    // The one that stood there may have been killed since the last picture.
    if (!debout_ || !processus::confier(debout_->commandes, entree, ecriture.get())) {
        debout_ = std::make_unique<Debout>(reglages_);
        if (!processus::confier(debout_->commandes, entree, ecriture.get()))
            throw std::runtime_error{"the picture process ends as soon as it starts"};
    }
    ecriture.fermer();
    const auto fin = processus::Horloge::now() + reglages_.duree_max + processus::marge;
    const auto reponse = processus::recueillir(lecture.get(), fin);
    const auto comment = reponse ? processus::reponse_de(debout_->commandes, fin) : std::nullopt;
    if (!comment) debout_.reset();
    if (!reponse) return EchecImage::TropLong;
    if (auto image = processus::decoder_reponse(*reponse)) return std::move(*image);
    if (*reponse == "non pixels\n") return EchecImage::TropDePixels;
    if (comment != image_finie) return EchecImage::TropLong;
    if (*reponse == "non illisible\n" || reponse->empty()) return EchecImage::Illisible;
    throw std::runtime_error{"the picture process did not understand its task"};
}

} // namespace piece
