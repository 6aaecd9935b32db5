// Re-encoding of pictures, each in a process of its own: a hostile picture can only harm that process.
// image.cpp is the only file that includes libvips; traitement.cpp starts the process and feeds it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
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

/// A process that stands ready, libvips awake, and has a child treat each picture: the child alone reads the
/// bytes of a stranger, in its cell, and ends with its picture. Starting the program anew for each would cost
/// as much as a small photo. Started at the first picture, and again when it is lost; for one thread at a
/// time.
class ProcessusImages {
public:
    explicit ProcessusImages(const Reglages&);
    ~ProcessusImages();

    /// Turns a JPEG, PNG, WebP or HEIC, open for reading, into ours. Throws std::system_error when no process
    /// can be started at all.
    Result<ImageTraitee, EchecImage> traiter(int entree);

private:
    struct Debout;
    Reglages reglages_;
    std::unique_ptr<Debout> debout_;
};

/// `logis traiter-image PIXELS COTE MINIATURE CPU MEMOIRE MS`: the process that stands ready. Its standard
/// input is the socket of traitement.cpp; each message brings two descriptors, the picture and where to write
/// the result, and is answered by one byte when the child is over. Called by main() before anything else is
/// set up; returns the exit status.
int image_worker_main(int argc, char** argv);

/// The bytes of that answer.
inline constexpr char image_finie = 'f';
inline constexpr char image_arretee = 'a'; // by a limit: time or memory

} // namespace piece
