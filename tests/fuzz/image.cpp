// Headers of pictures, which we read before anything is decoded in a process of its own.
#include "fuzz.hpp"
#include "piece/entete.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    for (const auto type : {piece::TypePiece::Jpeg, piece::TypePiece::Png, piece::TypePiece::Webp,
                            piece::TypePiece::Heic, piece::TypePiece::Pdf}) {
        const bool whole = piece::est_complete(type, bytes);
        const auto read = piece::dimensions(type, bytes);
        // A side is written on 32 bits at most: their product cannot overflow.
        fuzz::must(!read || (read->largeur <= 0xffff'ffff && read->hauteur <= 0xffff'ffff),
                   "sides of a picture");
        fuzz::must(whole == piece::est_complete(type, bytes), "the same bytes, the same answer");
    }
    return 0;
}
