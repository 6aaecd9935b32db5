// The cell of the picture process, from inside.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <thread>

#include "piece/enfermement.hpp"

namespace enfermement_test {
namespace {

enum class Fin { Oui, Non, SansFiltre };

/// Runs `essai` in a process that has put itself in the cell.
template <class F> Fin dans_la_cellule(F&& essai)
{
    const pid_t pid = fork();
    if (pid == 0) {
        try {
            piece::limiter({});
            if (!piece::enfermer()) _exit(3);
            _exit(essai() ? 0 : 1);
        } catch (...) {
            _exit(4);
        }
    }
    int etat = 0;
    REQUIRE(waitpid(pid, &etat, 0) == pid);
    REQUIRE(WIFEXITED(etat));
    REQUIRE(WEXITSTATUS(etat) != 4);
    return WEXITSTATUS(etat) == 0 ? Fin::Oui : WEXITSTATUS(etat) == 1 ? Fin::Non : Fin::SansFiltre;
}

bool refuse(long rc)
{
    return rc < 0 && errno == EPERM;
}

} // namespace

TEST_CASE("dans sa cellule, le traitement d’images ne peut ni ouvrir, ni joindre, ni lancer quoi que ce soit")
{
    if (dans_la_cellule([] { return true; }) == Fin::SansFiltre) {
        std::fprintf(stderr, "skipped: this kernel has no system-call filter\n");
        return;
    }
    CHECK(dans_la_cellule([] { return refuse(open("/etc/passwd", O_RDONLY)); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(open("/tmp/logis-essai", O_WRONLY | O_CREAT, 0600)); }) ==
          Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(unlink("/tmp/logis-essai")); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(socket(AF_INET, SOCK_STREAM, 0)); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(socket(AF_UNIX, SOCK_STREAM, 0)); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(fork()); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(execl("/bin/true", "true", nullptr)); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(kill(getppid(), 0)); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(syscall(SYS_tgkill, getppid(), getppid(), 0)); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return refuse(fcntl(STDOUT_FILENO, F_SETOWN, getppid())); }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return syscall(SYS_tgkill, getpid(), getpid(), 0) == 0; }) == Fin::Oui);
    CHECK(dans_la_cellule([] { return fcntl(STDOUT_FILENO, F_GETFD) >= 0; }) == Fin::Oui);
    CHECK(dans_la_cellule([] {
              return mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                          0) == MAP_FAILED;
          }) == Fin::Oui);
    // What it does need.
    CHECK(dans_la_cellule([] {
              int fait = 0;
              std::thread{[&] { fait = 1; }}.join();
              return fait == 1;
          }) == Fin::Oui);
}

} // namespace enfermement_test
