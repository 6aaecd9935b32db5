// Files of the national address base as somebody may have edited them, compressed or not, read line by line.
// The source itself is included, to reach what it does with one line.
#include <sys/mman.h>
#include <unistd.h>

#include "territoire/import_adresses.cpp"

#include "fuzz.hpp"

namespace {

namespace ban = territoire::ban_detail;

/// The bytes as a file with a path: one for the whole run.
std::string file_of(std::string_view bytes)
{
    static const int fd = memfd_create("fuzz", MFD_CLOEXEC);
    fuzz::must(ftruncate(fd, 0) == 0 &&
                   pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()),
               "a file");
    return "/proc/self/fd/" + std::to_string(fd);
}

const ban::Communes communes = {{"76540", {"76540", "Rouen", "76", "", 110'000}},
                                {"76231", {"76231", "Elbeuf", "76", "", 16'000}}};

void check(const ban::Batch& batch)
{
    for (const auto& l : batch.lieux()) {
        fuzz::must(!l.id.empty() && !l.nom.empty() && communes.contains(l.insee), "a place is one");
        for (const auto* text : {&l.id, &l.nom, &l.commune})
            fuzz::must(base::clean_text(*text) == *text, "names are clean text");
        fuzz::must(l.code_postal.empty() || ban::is_postal(l.code_postal), "postal codes are codes");
        fuzz::must(!ban::recherche_de(l, communes).empty(), "a place is found by its words");
        for (const auto& n : l.numeros) {
            fuzz::must(n.numero >= 0 && n.numero < 99'999 && !n.id.empty(), "a number is one");
            fuzz::must(!n.position || (std::abs(n.position->lon) <= 180 && std::abs(n.position->lat) <= 90),
                       "a place on the Earth");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto path = file_of(fuzz::text(data, size));
    try {
        territoire::LineReader reader{path};
        auto line = reader.next();
        if (!line) return 0;
        const bool ndjson = base::trim(*line).starts_with('{');
        const territoire::CsvHeader header{ndjson ? std::string_view{} : std::string_view{*line}};
        const ban::Columns columns{header};
        ban::Batch batch;
        if (!ndjson) line = reader.next();
        std::uint64_t before = 0;
        for (int lines = 0; line && lines < 200; ++lines, line = reader.next()) {
            fuzz::must(reader.position() > before && reader.progress() <= 1, "each line moves on");
            before = reader.position();
            if (ndjson) {
                ban::take_addok(*line, communes, batch);
            } else if (columns.usable()) {
                const auto row = territoire::parse_csv(*line, header.separator());
                if (row && row->size() == header.size()) ban::take_csv(*row, columns, communes, batch);
            }
        }
        check(batch);
    } catch (const std::runtime_error&) { // a damaged file is refused with a reason
    }
    return 0;
}
