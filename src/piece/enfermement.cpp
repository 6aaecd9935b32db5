// See enfermement.hpp. A list of what is allowed: whatever is not on it, and whatever kernels add later, is
// refused.
#include "piece/enfermement.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <iterator>
#include <system_error>
#include <vector>

namespace piece {
namespace cellule {

void limite(int quoi, rlim_t valeur)
{
    const rlimit l{valeur, valeur};
    if (setrlimit(static_cast<__rlimit_resource_t>(quoi), &l) != 0)
        throw std::system_error{errno, std::generic_category(), "setrlimit"};
}

#if defined(__x86_64__) || defined(__aarch64__)

#if defined(__x86_64__)
constexpr unsigned architecture = AUDIT_ARCH_X86_64;
#else
constexpr unsigned architecture = AUDIT_ARCH_AARCH64;
#endif

constexpr unsigned permis[] = {
    // the descriptors that are open already
    SYS_read,
    SYS_readv,
    SYS_pread64,
    SYS_write,
    SYS_writev,
    SYS_lseek,
    SYS_fstat,
    SYS_close,
    SYS_ppoll,
    // memory
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_membarrier,
    // threads and signals of this process
    SYS_futex,
    SYS_set_robust_list,
    SYS_get_robust_list,
    SYS_rseq,
    SYS_set_tid_address,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_gettid,
    SYS_getpid,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_restart_syscall,
    SYS_exit,
    SYS_exit_group,
    // time, chance, measures
    SYS_clock_gettime,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrandom,
    SYS_getrusage,
    SYS_sysinfo,
    SYS_uname,
    SYS_getcpu,
#if defined(LOGIS_SANITIZED)
    SYS_pipe2, // how the sanitizers ask whether some memory can be read
#if defined(__x86_64__)
    SYS_pipe,
#endif
#endif
#if defined(__x86_64__)
    SYS_poll,
    SYS_time,
#endif
};

class Filtre {
public:
    void charger(std::size_t ou) { ajouter(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(ou), 0, 0); }
    /// Goes on with the next instruction when the loaded word is `k`, else skips `sinon`.
    void si_egal(unsigned k, unsigned sinon) { ajouter(BPF_JMP | BPF_JEQ | BPF_K, k, 0, sinon); }
    /// Goes on with the next instruction when the loaded word is not `k`, else skips `sinon`.
    void si_autre(unsigned k, unsigned sinon) { ajouter(BPF_JMP | BPF_JEQ | BPF_K, k, sinon, 0); }
    void si_bit(unsigned k, unsigned alors, unsigned sinon)
    {
        ajouter(BPF_JMP | BPF_JSET | BPF_K, k, alors, sinon);
    }
    void rendre(unsigned quoi) { ajouter(BPF_RET | BPF_K, quoi, 0, 0); }

    bool poser()
    {
        const sock_fprog programme{static_cast<unsigned short>(code_.size()), code_.data()};
        // TSYNC: the threads that libraries have already started obey too.
        return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &programme) == 0;
    }

private:
    void ajouter(unsigned code, unsigned k, unsigned jt, unsigned jf)
    {
        code_.push_back({static_cast<__u16>(code), static_cast<__u8>(jt), static_cast<__u8>(jf), k});
    }
    std::vector<sock_filter> code_;
};

/// Low half of an argument: the flags looked at are there, on both (little-endian) architectures.
constexpr std::size_t argument(std::size_t n)
{
    return offsetof(seccomp_data, args) + n * sizeof(__u64);
}

bool filtrer()
{
    constexpr unsigned refus = SECCOMP_RET_ERRNO | EPERM;
    constexpr std::size_t numero = offsetof(seccomp_data, nr);
    Filtre f;
    f.charger(offsetof(seccomp_data, arch));
    f.si_autre(architecture, 1); // over the next one when it is ours
    f.rendre(SECCOMP_RET_KILL_PROCESS);
    f.charger(numero);
    for (const auto n : permis) {
        f.si_egal(n, 1);
        f.rendre(SECCOMP_RET_ALLOW);
    }
    // Signals to itself alone: an account has other processes, the server among them.
    f.si_egal(SYS_tgkill, 4);
    f.charger(argument(0));
    f.si_egal(static_cast<unsigned>(getpid()), 1);
    f.rendre(SECCOMP_RET_ALLOW);
    f.rendre(refus);
    // A descriptor can also be told to send signals, to whoever is named.
    constexpr unsigned commandes[] = {F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC};
    f.si_egal(SYS_fcntl, 1 + 2 * static_cast<unsigned>(std::size(commandes)) + 1);
    f.charger(argument(1));
    for (const auto c : commandes) {
        f.si_egal(c, 1);
        f.rendre(SECCOMP_RET_ALLOW);
    }
    f.rendre(refus);
    // Memory, but never to be run.
    for (const unsigned n : {SYS_mmap, SYS_mprotect}) {
        f.si_egal(n, 4);
        f.charger(argument(2));
        f.si_bit(PROT_EXEC, 1, 0);
        f.rendre(SECCOMP_RET_ALLOW);
        f.rendre(refus);
    }
    // Threads, but no process. What clone3 asks for cannot be seen: without it, clone is used.
    f.si_egal(SYS_clone, 4);
    f.charger(argument(0));
    f.si_bit(CLONE_THREAD, 0, 1);
    f.rendre(SECCOMP_RET_ALLOW);
    f.rendre(refus);
    f.si_egal(SYS_clone3, 1);
    f.rendre(SECCOMP_RET_ERRNO | ENOSYS);
    // The name of a thread.
    f.si_egal(SYS_prctl, 4);
    f.charger(argument(0));
    f.si_egal(PR_SET_NAME, 1);
    f.rendre(SECCOMP_RET_ALLOW);
    f.rendre(refus);
    f.rendre(refus);
    return f.poser();
}

#else

bool filtrer()
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return false;
}

#endif

} // namespace cellule

void limiter(const Limites& l)
{
    cellule::limite(RLIMIT_CPU, l.cpu_s);
#if !defined(LOGIS_SANITIZED) // its shadow alone is terabytes of address space
    cellule::limite(RLIMIT_AS, l.memoire);
#endif
    cellule::limite(RLIMIT_CORE, 0);
    cellule::limite(RLIMIT_FSIZE, 0);
    signal(SIGXFSZ, SIG_IGN); // an error to whoever writes, rather than the end of the process
    cellule::limite(RLIMIT_NOFILE, 64);
    // RLIMIT_NPROC counts every thread of the account, the server's included: the filter forbids processes
    // instead.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    setpriority(PRIO_PROCESS, 0, 5);
}

bool enfermer()
{
    return cellule::filtrer();
}

} // namespace piece
