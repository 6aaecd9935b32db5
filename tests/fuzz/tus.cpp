// The headers of resumable uploads: the first line is Upload-Metadata, what follows Upload-Checksum.
#include <set>

#include "fuzz.hpp"
#include "http/ascii.hpp"
#include "piece/tus.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    const auto line = text.find('\n');
    if (const auto metadata = piece::tus::lire_metadonnees(text.substr(0, line))) {
        fuzz::must(metadata->size() <= 20, "a bounded number of values");
        std::set<std::string> names;
        for (const auto& [name, value] : *metadata) {
            fuzz::must(http::ascii::is_token(name), "a name is a token");
            fuzz::must(names.insert(name).second, "no name twice");
            fuzz::must(value.size() <= size, "no value longer than what said it");
        }
    }
    if (line == std::string_view::npos) return 0;
    if (const auto digest = piece::tus::lire_empreinte(text.substr(line + 1))) {
        const bool sha1 = digest->algorithme == piece::tus::Empreinte::Algorithme::Sha1;
        fuzz::must(digest->hexa.size() == (sha1 ? 40U : 64U), "a digest has its length");
    }
    return 0;
}
