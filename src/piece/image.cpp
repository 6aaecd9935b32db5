// The inside of the picture process: waits for pictures, has a child read each of them and write ours. The
// only file that includes libvips; the child gives itself limits before it reads a byte. Never called in the
// server's own process.
#include "piece/image.hpp"

#include <vips/vips.h>
// Not part of vips.h.
#include <vips/vector.h>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <system_error>

#include "piece/enfermement.hpp"

namespace piece {
namespace ouvrier {

// Below that many points on its longest side, a photo of a wall shows its stains no more.
constexpr int cote_utile = 1500;

struct Refus {
    const char* mot; // word of the answer, read by traitement.cpp
};

struct Libere {
    void operator()(VipsImage* i) const { g_object_unref(i); }
};
using Image = std::unique_ptr<VipsImage, Libere>;

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

Image a_la_taille(Image image, int cote)
{
    const int largeur = vips_image_get_width(image.get());
    const int hauteur = vips_image_get_height(image.get());
    const double facteur = static_cast<double>(cote) / std::max(largeur, hauteur);
    if (facteur >= 1) return image;
    VipsImage* petite = nullptr;
    // A side never shrinks to nothing; the gap leaves most of the work to a plain average.
    if (vips_resize(image.get(), &petite, std::max(facteur, 1.0 / largeur), "vscale",
                    std::max(facteur, 1.0 / hauteur), "kernel", VIPS_KERNEL_LINEAR, "gap", 1.0, nullptr) != 0)
        throw Refus{"illisible"};
    return Image{petite};
}

bool est_jpeg(const std::string& octets)
{
    return octets.starts_with("\xff\xd8\xff");
}

// Most photos say sRGB or nothing: their colours stay as they are, which saves half of the work.
bool est_srgb(VipsImage* image)
{
    const auto couleurs = vips_image_get_interpretation(image);
    if (couleurs != VIPS_INTERPRETATION_sRGB && couleurs != VIPS_INTERPRETATION_B_W) return false;
    const void* profil = nullptr;
    std::size_t taille = 0;
    if (vips_image_get_typeof(image, VIPS_META_ICC_NAME) == 0 ||
        vips_image_get_blob(image, VIPS_META_ICC_NAME, &profil, &taille) != 0)
        return true;
    const std::string_view texte{static_cast<const char*>(profil), taille};
    constexpr std::string_view utf16{"s\0R\0G\0B", 7};
    return texte.find("sRGB") != texte.npos || texte.find(utf16) != texte.npos;
}

// A JPEG is read at half, a quarter or an eighth of its size for less than the whole. Ours is the largest of
// these that fits; the whole when that one would be too small to see the detail of a wall.
int division(int grand_cote, int cote)
{
    for (const int n : {1, 2, 4, 8})
        if (grand_cote / n <= cote) return grand_cote / n >= cote_utile ? n : 1;
    return 8;
}

// At most `cote` points long, and upright. fail_on makes a truncated file an error: half a photo would be
// kept in silence otherwise.
Image lire(const std::string& octets, VipsImage* entete, int cote)
{
    auto* donnees = const_cast<char*>(octets.data());
    VipsImage* lue = nullptr;
    if (!est_jpeg(octets)) {
        if (vips_thumbnail_buffer(donnees, octets.size(), &lue, cote, "height", cote, "size", VIPS_SIZE_DOWN,
                                  "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr) != 0)
            throw Refus{"illisible"};
        return Image{lue};
    }
    const int grand = std::max(vips_image_get_width(entete), vips_image_get_height(entete));
    if (vips_jpegload_buffer(donnees, octets.size(), &lue, "shrink", division(grand, cote), "autorotate",
                             TRUE, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED,
                             nullptr) != 0)
        throw Refus{"illisible"};
    return a_la_taille(Image{lue}, cote);
}

// In sRGB, opaque, one byte by colour, decoded: for the picture and its thumbnail.
Image preparer(const std::string& octets, VipsImage* entete, int cote)
{
    Image image = lire(octets, entete, cote);
    VipsImage* suite = nullptr;
    if (!est_srgb(image.get()) &&
        vips_icc_transform(image.get(), &suite, "srgb", "embedded", TRUE, nullptr) == 0)
        image.reset(suite); // otherwise its profile is of no use: its colours are taken as they are
    if (vips_image_hasalpha(image.get())) {
        const double blanc[] = {255, 255, 255};
        VipsArrayDouble* fond = vips_array_double_new(blanc, 3);
        const int rc = vips_flatten(image.get(), &suite, "background", fond, nullptr);
        vips_area_unref(VIPS_AREA(fond));
        if (rc != 0) throw Refus{"illisible"};
        image.reset(suite);
    }
    if (vips_colourspace(image.get(), &suite, VIPS_INTERPRETATION_sRGB, nullptr) != 0)
        throw Refus{"illisible"};
    image.reset(suite);
    if (vips_cast_uchar(image.get(), &suite, nullptr) != 0) throw Refus{"illisible"};
    image.reset(suite);
    suite = vips_image_copy_memory(image.get());
    if (suite == nullptr) throw Refus{"illisible"};
    image.reset(suite);
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

struct Tache {
    std::uint64_t pixels;
    int cote, cote_miniature;
    Limites limites;
    std::uint64_t duree_ms;
};

// In the child: picture on standard input, result on standard output.
void traiter(const Tache& t)
{
    limiter(t.limites);
    enfermer(); // not on every kernel: the limits remain

    const std::string octets = lire_entree();
    if (!decodeur_accepte(octets)) throw Refus{"illisible"};
    const Image entete{vips_image_new_from_buffer(octets.data(), octets.size(), "", nullptr)};
    if (!entete) throw Refus{"illisible"};
    const auto largeur = static_cast<std::uint64_t>(vips_image_get_width(entete.get()));
    const auto hauteur = static_cast<std::uint64_t>(vips_image_get_height(entete.get()));
    if (largeur * hauteur > t.pixels) throw Refus{"pixels"};

    Image image = preparer(octets, entete.get(), t.cote);
    const int l = vips_image_get_width(image.get()), h = vips_image_get_height(image.get());
    const std::string grande = jpeg(image.get(), 82);
    const std::string miniature = jpeg(a_la_taille(std::move(image), t.cote_miniature).get(), 75);
    ecrire_sortie("ok " + std::to_string(l) + ' ' + std::to_string(h) + ' ' + std::to_string(grande.size()) +
                  ' ' + std::to_string(miniature.size()) + '\n');
    ecrire_sortie(grande);
    ecrire_sortie(miniature);
}

[[noreturn]] void etre_l_enfant(const Tache& t, int entree, int sortie)
{
    dup2(entree, STDIN_FILENO);
    dup2(sortie, STDOUT_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    try {
        traiter(t);
        // No tear-down of libvips: the process has nothing left to do but vanish.
        _exit(0);
    } catch (const Refus& r) {
        ecrire_sortie(std::string{"non "} + r.mot + '\n');
    } catch (const std::bad_alloc&) {
        ecrire_sortie("non illisible\n");
    } catch (const std::system_error&) {
        ecrire_sortie("non limites\n");
    }
    _exit(2);
}

// The picture and where to write the result. False at the end of the commands.
bool recevoir(int& entree, int& sortie)
{
    char octet = 0;
    iovec corps{&octet, 1};
    int descripteurs[2] = {-1, -1};
    alignas(cmsghdr) char annexe[CMSG_SPACE(sizeof descripteurs)] = {};
    msghdr message{};
    message.msg_iov = &corps;
    message.msg_iovlen = 1;
    message.msg_control = annexe;
    message.msg_controllen = sizeof annexe;
    ssize_t n = 0;
    while ((n = recvmsg(STDIN_FILENO, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
    }
    const auto* c = n == 1 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (c == nullptr || c->cmsg_len != CMSG_LEN(sizeof descripteurs)) return false;
    std::memcpy(descripteurs, CMSG_DATA(c), sizeof descripteurs);
    entree = descripteurs[0];
    sortie = descripteurs[1];
    return true;
}

// How the child ended; killed when its time is over. SIGCHLD is blocked, hence waits to be asked for.
char surveiller(pid_t enfant, std::uint64_t duree_ms)
{
    using Horloge = std::chrono::steady_clock;
    sigset_t fin_d_enfant;
    sigemptyset(&fin_d_enfant);
    sigaddset(&fin_d_enfant, SIGCHLD);
    const auto limite = Horloge::now() + std::chrono::milliseconds{duree_ms};
    bool tue = false;
    for (;;) {
        int etat = 0;
        const pid_t p = waitpid(enfant, &etat, tue ? 0 : WNOHANG);
        if (p == enfant) {
            const bool limite_atteinte =
                WIFSIGNALED(etat) && (WTERMSIG(etat) == SIGXCPU || WTERMSIG(etat) == SIGKILL);
            return limite_atteinte ? image_arretee : image_finie;
        }
        const auto reste =
            std::chrono::duration_cast<std::chrono::nanoseconds>(limite - Horloge::now()).count();
        if (reste <= 0) {
            kill(enfant, SIGKILL);
            tue = true;
            continue;
        }
        const timespec t{reste / 1'000'000'000, reste % 1'000'000'000};
        sigtimedwait(&fin_d_enfant, nullptr, &t);
    }
}

void servir(const Tache& t)
{
    sigset_t fin_d_enfant;
    sigemptyset(&fin_d_enfant);
    sigaddset(&fin_d_enfant, SIGCHLD);
    sigprocmask(SIG_BLOCK, &fin_d_enfant, nullptr);
    int entree = -1, sortie = -1;
    while (recevoir(entree, sortie)) {
        const pid_t enfant = fork();
        if (enfant == 0) etre_l_enfant(t, entree, sortie);
        close(entree);
        close(sortie);
        const char comment = enfant < 0 ? image_arretee : surveiller(enfant, t.duree_ms);
        if (send(STDIN_FILENO, &comment, 1, MSG_NOSIGNAL) != 1) return;
    }
}

} // namespace ouvrier

int image_worker_main(int argc, char** argv)
{
    using ouvrier::nombre;
    try {
        if (argc != 8) return 2;
        const ouvrier::Tache t{.pixels = nombre(argv[2]),
                               .cote = static_cast<int>(nombre(argv[3])),
                               .cote_miniature = static_cast<int>(nombre(argv[4])),
                               .limites = {.cpu_s = nombre(argv[5]), .memoire = nombre(argv[6])},
                               .duree_ms = nombre(argv[7])};
        if (vips_init("logis") != 0) return 2;
        vips_block_untrusted_set(TRUE);
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        // Its run-time compiler needs memory that is both written and run.
        vips_vector_set_enabled(FALSE);
        ouvrier::servir(t);
        return 0;
    } catch (const ouvrier::Refus&) {
        return 2; // arguments
    }
}

} // namespace piece
