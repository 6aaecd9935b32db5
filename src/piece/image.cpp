// The inside of the picture process: reads one picture, writes ours. The only file that includes libvips;
// runs with the limits it gives itself before it reads a byte. Never called in the server's own process.
#include "piece/image.hpp"

#include <vips/vips.h>
// Not part of vips.h.
#include <vips/vector.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <string>

namespace piece {
namespace ouvrier {

struct Refus {
    const char* mot; // word of the answer, read by traitement.cpp
};

struct Libere {
    void operator()(VipsImage* i) const { g_object_unref(i); }
};
using Image = std::unique_ptr<VipsImage, Libere>;

void limite(int quoi, rlim_t valeur)
{
    const rlimit l{valeur, valeur};
    if (setrlimit(static_cast<__rlimit_resource_t>(quoi), &l) != 0) throw Refus{"limites"};
}

// Forbids what decoding a picture never needs: the network, other programs, other processes, changing files.
// Best effort: on another architecture, or a kernel without seccomp, the rlimits remain.
void interdire()
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#if defined(__x86_64__) || defined(__aarch64__)
#if defined(__x86_64__)
    constexpr unsigned arch = AUDIT_ARCH_X86_64;
    constexpr unsigned plafond = 0x40000000; // x32 numbers
#else
    constexpr unsigned arch = AUDIT_ARCH_AARCH64;
    constexpr unsigned plafond = 0xffffffff;
#endif
    constexpr unsigned interdits[] = {
        SYS_socket,
        SYS_socketpair,
        SYS_connect,
        SYS_bind,
        SYS_execve,
        SYS_execveat,
        SYS_ptrace,
        SYS_process_vm_readv,
        SYS_unlinkat,
        SYS_renameat2,
        SYS_process_vm_writev,
        SYS_linkat,
        SYS_symlinkat,
        SYS_mkdirat,
        SYS_fchmodat,
        SYS_truncate,
#if defined(__x86_64__)
        SYS_unlink,
        SYS_rename,
        SYS_link,
        SYS_symlink,
        SYS_mkdir,
        SYS_chmod,
        SYS_fork,
        SYS_vfork,
#endif
    };
    constexpr std::size_t n = std::size(interdits);
    sock_filter f[n + 7];
    std::size_t i = 0;
    const auto jump = [](unsigned code, unsigned k, unsigned jt, unsigned jf) {
        return sock_filter{static_cast<__u16>(code), static_cast<__u8>(jt), static_cast<__u8>(jf), k};
    };
    const auto stmt = [](unsigned code, unsigned k) {
        return sock_filter{static_cast<__u16>(code), 0, 0, k};
    };
    f[i++] = stmt(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
    f[i++] = jump(BPF_JMP | BPF_JEQ | BPF_K, arch, 1, 0);
    f[i++] = stmt(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    f[i++] = stmt(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
    f[i++] = jump(BPF_JMP | BPF_JGE | BPF_K, plafond, n + 1, 0);
    for (std::size_t k = 0; k < n; ++k)
        f[i++] = jump(BPF_JMP | BPF_JEQ | BPF_K, interdits[k], static_cast<unsigned>(n - k), 0);
    f[i++] = stmt(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    f[i++] = stmt(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    const sock_fprog programme{static_cast<unsigned short>(i), f};
    // TSYNC: the threads that libraries have already started obey too.
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &programme);
#endif
}

std::string lire_entree()
{
    std::string octets;
    char tampon[65536];
    for (;;) {
        const ssize_t n = read(STDIN_FILENO, tampon, sizeof tampon);
        if (n == 0) return octets;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 || octets.size() > taille_max) throw Refus{"illisible"};
        octets.append(tampon, static_cast<std::size_t>(n));
    }
}

void ecrire_sortie(std::string_view octets)
{
    while (!octets.empty()) {
        const ssize_t n = write(STDOUT_FILENO, octets.data(), octets.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(1);
        octets.remove_prefix(static_cast<std::size_t>(n));
    }
}

// The only decoders we accept, whatever else this libvips can read.
bool decodeur_accepte(const std::string& octets)
{
    const char* nom = vips_foreign_find_load_buffer(octets.data(), octets.size());
    if (nom == nullptr) return false;
    for (const char* accepte : {"VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer",
                                "VipsForeignLoadWebpBuffer", "VipsForeignLoadHeifBuffer"})
        if (std::strcmp(nom, accepte) == 0) return true;
    return false;
}

// Upright, in sRGB, at most `cote` pixels long, opaque. fail_on makes a truncated file an error: half a photo
// would be kept in silence otherwise.
Image reduire(const std::string& octets, int cote)
{
    VipsImage* brut = nullptr;
    if (vips_thumbnail_buffer(const_cast<char*>(octets.data()), octets.size(), &brut, cote, "height", cote,
                              "size", VIPS_SIZE_DOWN, "export_profile", "srgb", "fail_on",
                              VIPS_FAIL_ON_TRUNCATED, nullptr) != 0)
        throw Refus{"illisible"};
    Image image{brut};
    if (vips_image_hasalpha(image.get())) {
        const double blanc[] = {255, 255, 255};
        VipsArrayDouble* fond = vips_array_double_new(blanc, 3);
        VipsImage* opaque = nullptr;
        const int rc = vips_flatten(image.get(), &opaque, "background", fond, nullptr);
        vips_area_unref(VIPS_AREA(fond));
        if (rc != 0) throw Refus{"illisible"};
        image.reset(opaque);
    }
    VipsImage* srgb = nullptr;
    if (vips_colourspace(image.get(), &srgb, VIPS_INTERPRETATION_sRGB, nullptr) != 0)
        throw Refus{"illisible"};
    image.reset(srgb);
    VipsImage* octet = nullptr;
    if (vips_cast_uchar(image.get(), &octet, nullptr) != 0) throw Refus{"illisible"};
    image.reset(octet);
    // Decoded once here, for the picture and its thumbnail.
    VipsImage* memoire = vips_image_copy_memory(image.get());
    if (memoire == nullptr) throw Refus{"illisible"};
    image.reset(memoire);
    return image;
}

std::string jpeg(VipsImage* image, int qualite)
{
    void* donnees = nullptr;
    std::size_t taille = 0;
    if (vips_jpegsave_buffer(image, &donnees, &taille, "Q", qualite, "strip", TRUE, "optimize_coding", TRUE,
                             nullptr) != 0)
        throw Refus{"illisible"};
    std::string out(static_cast<const char*>(donnees), taille);
    g_free(donnees);
    return out;
}

std::uint64_t nombre(const char* texte)
{
    std::uint64_t n = 0;
    const char* fin = texte + std::strlen(texte);
    const auto [p, ec] = std::from_chars(texte, fin, n);
    if (ec != std::errc{} || p != fin) throw Refus{"arguments"};
    return n;
}

void travailler(int argc, char** argv)
{
    if (argc != 7) throw Refus{"arguments"};
    const auto pixels = nombre(argv[2]);
    const auto cote = static_cast<int>(nombre(argv[3]));
    const auto cote_vignette = static_cast<int>(nombre(argv[4]));
    limite(RLIMIT_CPU, nombre(argv[5]));
#if !defined(LOGIS_SANITIZED) // its shadow alone is terabytes of address space
    limite(RLIMIT_AS, nombre(argv[6]));
#endif
    limite(RLIMIT_CORE, 0);
    limite(RLIMIT_FSIZE, 0);
    signal(SIGXFSZ, SIG_IGN); // an error to whoever writes, rather than the end of the process
    limite(RLIMIT_NOFILE, 64);
    // RLIMIT_NPROC counts every thread of the account, the server's included: the filter forbids programs
    // instead.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    setpriority(PRIO_PROCESS, 0, 5);

    if (vips_init("logis") != 0) throw Refus{"vips"};
    vips_block_untrusted_set(TRUE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    // Its run-time compiler writes executable memory through a file, which the limits forbid.
    vips_vector_set_enabled(FALSE);
    interdire();

    const std::string octets = lire_entree();
    if (!decodeur_accepte(octets)) throw Refus{"illisible"};
    {
        VipsImage* entete = vips_image_new_from_buffer(octets.data(), octets.size(), "", nullptr);
        if (entete == nullptr) throw Refus{"illisible"};
        const Image garde{entete};
        const auto largeur = static_cast<std::uint64_t>(vips_image_get_width(entete));
        const auto hauteur = static_cast<std::uint64_t>(vips_image_get_height(entete));
        if (largeur * hauteur > pixels) throw Refus{"pixels"};
    }

    const Image image = reduire(octets, cote);
    VipsImage* petite = nullptr;
    if (vips_thumbnail_image(image.get(), &petite, cote_vignette, "height", cote_vignette, "size",
                             VIPS_SIZE_DOWN, nullptr) != 0)
        throw Refus{"illisible"};
    const Image vignette{petite};
    const std::string grande = jpeg(image.get(), 82);
    const std::string miniature = jpeg(vignette.get(), 75);
    ecrire_sortie("ok " + std::to_string(vips_image_get_width(image.get())) + ' ' +
                  std::to_string(vips_image_get_height(image.get())) + ' ' + std::to_string(grande.size()) +
                  ' ' + std::to_string(miniature.size()) + '\n');
    ecrire_sortie(grande);
    ecrire_sortie(miniature);
}

} // namespace ouvrier

int image_worker_main(int argc, char** argv)
{
    try {
        ouvrier::travailler(argc, argv);
        // No tear-down of libvips: the process has nothing left to do but vanish.
        _exit(0);
    } catch (const ouvrier::Refus& r) {
        ouvrier::ecrire_sortie(std::string{"non "} + r.mot + '\n');
        _exit(2);
    } catch (const std::bad_alloc&) {
        ouvrier::ecrire_sortie("non illisible\n");
        _exit(2);
    }
}

} // namespace piece
