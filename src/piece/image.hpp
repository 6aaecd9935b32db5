// Re-encoding of pictures in a process of their own: a hostile picture can only harm that process.
// image.cpp is the only file that includes libvips; traitement.cpp starts the process and limits it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "piece/piece.hpp"

namespace piece {

/// Limits of one picture's processing; the defaults are production's, tests tighten them.
struct Reglages {
    std::string programme = "/proc/self/exe"; // must answer to `PROGRAM traiter-image …` by image_worker_main
    std::chrono::milliseconds duree_max{30'000};
    unsigned cpu_max_s = 20;
    std::uint64_t memoire_max = 1'500'000'000; // address space, libraries included
    std::uint64_t pixels = pixels_max;
};

/// A picture of ours: JPEG, upright, sRGB, without any metadata.
struct ImageTraitee {
    std::string jpeg;
    std::string miniature;
    int largeur = 0;
    int hauteur = 0;
};

/// Why there is no picture.
enum class EchecImage { Illisible, TropDePixels, TropLong };

inline constexpr base::Name<EchecImage> echecs_image[] = {
    {EchecImage::Illisible, "illisible", "Image abîmée ou incomplète"},
    {EchecImage::TropDePixels, "trop_de_points", "Image qui compte trop de points"},
    {EchecImage::TropLong, "trop_lourde", "Image trop lourde à traiter"},
};

/// Turns a JPEG, PNG, WebP or HEIC, open for reading, into ours. Throws std::system_error when no process can
/// be started at all.
Result<ImageTraitee, EchecImage> traiter_image(int entree, const Reglages&);

/// `logis traiter-image PIXELS COTE MINIATURE CPU MEMOIRE`: reads a picture on standard input, writes the
/// result on standard output. Called by main() before anything else is set up; returns the exit status.
int image_worker_main(int argc, char** argv);

} // namespace piece
