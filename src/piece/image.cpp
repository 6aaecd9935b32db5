// The inside of the picture process: reads one picture, writes ours. The only file that includes libvips;
// runs with the limits it gives itself before it reads a byte. Never called in the server's own process.
#include "piece/image.hpp"

#include <vips/vips.h>
// Not part of vips.h.
#include <vips/vector.h>

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <system_error>

#include "piece/enfermement.hpp"

namespace piece {
namespace ouvrier {

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
    limiter({.cpu_s = nombre(argv[5]), .memoire = nombre(argv[6])});

    if (vips_init("logis") != 0) throw Refus{"vips"};
    vips_block_untrusted_set(TRUE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    // Its run-time compiler needs memory that is both written and run.
    vips_vector_set_enabled(FALSE);
    enfermer(); // not on every kernel: the limits remain

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
    } catch (const std::system_error&) {
        ouvrier::ecrire_sortie("non limites\n");
        _exit(2);
    }
}

} // namespace piece
