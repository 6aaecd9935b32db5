// What an S3 service answers: lists, errors, names of uploads.
#include <algorithm>

#include "fuzz.hpp"
#include "piece/s3_reponses.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto xml = fuzz::text(data, size);
    if (const auto liste = piece::s3::lire_liste(xml)) {
        fuzz::must(liste->objets.size() <= xml.size() / 10, "an object takes room");
        for (const auto& o : liste->objets)
            fuzz::must(o.cle.size() <= xml.size(), "a name is no longer than what holds it");
        fuzz::must(liste->suite.size() <= xml.size(), "nor is what leads to the next page");
    }
    const auto code = piece::s3::code_d_erreur(xml);
    fuzz::must(code.size() <= 60 && std::ranges::none_of(code, [](char c) { return c == '\n' || c == '<'; }),
               "a code may be written to the log");
    const auto dit = "<a>" + piece::s3::echapper(xml) + "</a>";
    fuzz::must(piece::s3::element(dit, "a") == xml, "what is written reads back");
    return 0;
}
