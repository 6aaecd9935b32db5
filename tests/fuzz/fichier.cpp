// Files that people send: containers of office documents, text, names. (libmagic is not ours.)
#include "base/text.hpp"
#include "fuzz.hpp"
#include "piece/nature.hpp"
#include "piece/reception.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    if (const auto type = piece::reconnaitre_zip(bytes))
        fuzz::must(*type == piece::TypePiece::Docx || *type == piece::TypePiece::Xlsx ||
                       *type == piece::TypePiece::Odt || *type == piece::TypePiece::Ods,
                   "a container is an office document");
    if (const auto type = piece::reconnaitre_ole(bytes))
        fuzz::must(*type == piece::TypePiece::Doc || *type == piece::TypePiece::Xls,
                   "an old office document");
    if (const auto text = piece::texte_en_utf8(bytes))
        fuzz::must(base::clean_text(*text).has_value(), "a text is UTF-8 without control signs");

    const auto name = piece::nettoyer_nom(bytes, piece::TypePiece::Pdf);
    fuzz::must(base::clean_text(name) == name, "a name is clean text");
    fuzz::must(name.ends_with(".pdf") && name.size() > 4 && base::length(name) <= 120, "a name of its type");
    fuzz::must(name.find_first_of("/\\\n\t\"<>") == std::string::npos && name[0] != '.',
               "a name, not a path");
    return 0;
}
