// Starts the picture process, feeds it, waits for it no longer than allowed. Decodes nothing itself.
#include "piece/image.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "base/text.hpp"
#include "piece/disque.hpp"

namespace piece {
namespace processus {

using Horloge = std::chrono::steady_clock;

[[noreturn]] void echec(const char* quoi, int code = errno)
{
    throw std::system_error{code, std::generic_category(), quoi};
}

using disque::Fd;

// Nothing of ours goes along: no descriptor but three, no environment (it may hold passwords), no signal
// mask.
pid_t lancer(const Reglages& r, int entree, int sortie)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, entree, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, sortie, STDOUT_FILENO);
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
                                       std::to_string(r.memoire_max)};
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

int ms_avant(Horloge::time_point fin)
{
    const auto reste = std::chrono::duration_cast<std::chrono::milliseconds>(fin - Horloge::now()).count();
    return reste < 0 ? 0 : static_cast<int>(reste);
}

// All that the child writes, or nothing when it is too slow or says too much.
std::optional<std::string> recueillir(int fd, Horloge::time_point fin)
{
    std::string recu;
    std::array<char, 65536> tampon;
    for (;;) {
        pollfd p{fd, POLLIN, 0};
        const int pret = poll(&p, 1, ms_avant(fin));
        if (pret < 0 && errno == EINTR) continue;
        if (pret <= 0) return std::nullopt;
        const ssize_t n = read(fd, tampon.data(), tampon.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return std::nullopt;
        if (n == 0) return recu;
        recu.append(tampon.data(), static_cast<std::size_t>(n));
        if (recu.size() > 2 * taille_max) return std::nullopt;
    }
}

// Reaps the child; kills it first when its time is over. True when the end was one of a limit (time).
bool attendre(pid_t pid, Horloge::time_point fin)
{
    int etat = 0;
    for (;;) {
        const pid_t p = waitpid(pid, &etat, WNOHANG);
        if (p == pid) break;
        if (p < 0 && errno != EINTR) return false; // reaped elsewhere: what it wrote is what counts
        if (Horloge::now() >= fin) {
            kill(-pid, SIGKILL);
            kill(pid, SIGKILL);
            while (waitpid(pid, &etat, 0) < 0 && errno == EINTR) {
            }
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return WIFSIGNALED(etat) && (WTERMSIG(etat) == SIGXCPU || WTERMSIG(etat) == SIGKILL);
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

Result<ImageTraitee, EchecImage> executer(int entree, const Reglages& r)
{
    if (lseek(entree, 0, SEEK_SET) != 0) echec("lseek of a picture");
    int bouts[2];
    if (pipe2(bouts, O_CLOEXEC) != 0) echec("pipe2");
    const Fd lecture{bouts[0]};
    Fd ecriture{bouts[1]};

    const auto fin = Horloge::now() + r.duree_max;
    const pid_t pid = lancer(r, entree, ecriture.get());
    ecriture.fermer();
    const auto reponse = recueillir(lecture.get(), fin);
    const bool arrete = attendre(pid, reponse ? fin : Horloge::now());
    if (!reponse) return EchecImage::TropLong;
    if (auto image = decoder_reponse(*reponse)) return std::move(*image);
    if (*reponse == "non pixels\n") return EchecImage::TropDePixels;
    if (arrete) return EchecImage::TropLong;
    if (*reponse == "non illisible\n" || reponse->empty()) return EchecImage::Illisible;
    throw std::runtime_error{"the picture process did not understand its task"};
}

} // namespace processus

Result<ImageTraitee, EchecImage> traiter_image(int entree, const Reglages& r)
{
    return processus::executer(entree, r);
}

} // namespace piece
