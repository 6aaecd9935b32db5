// Headers that carry other people's words: subjects of e-mails, names of files. No word becomes a header.
#include <sodium.h>

#include "base/text.hpp"
#include "courrier/smtp.hpp"
#include "fuzz.hpp"
#include "piece/envoi.hpp"

namespace {

/// What a mail program shows of a subject that we encoded.
std::string shown(std::string_view header)
{
    std::string out;
    while (!header.empty()) {
        if (header.starts_with("\r\n ")) header.remove_prefix(3);
        fuzz::must(header.starts_with("=?UTF-8?B?"), "a word of RFC 2047");
        const auto end = header.find("?=");
        fuzz::must(end != std::string_view::npos && end + 2 <= 75, "of at most 75 signs");
        const auto word = header.substr(10, end - 10);
        std::string bytes(word.size(), '\0');
        std::size_t length = 0;
        fuzz::must(sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                     word.data(), word.size(), nullptr, &length, nullptr,
                                     sodium_base64_VARIANT_ORIGINAL) == 0,
                   "in base 64");
        bytes.resize(length);
        fuzz::must(base::clean_text(bytes).has_value(), "no letter cut in two");
        out += bytes;
        header.remove_prefix(end + 2);
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    const auto subject = courrier::en_tete(text);
    for (const char c : subject) fuzz::must((c >= 0x20 && c < 0x7F) || c == '\r' || c == '\n', "ASCII only");
    if (subject.starts_with("=?")) {
        const auto clean = base::clean_text(text);
        std::string expected;
        for (const char c : clean.value_or("")) expected += c == '\n' || c == '\t' ? ' ' : c;
        fuzz::must(shown(subject) == base::trim(expected), "the words that were meant");
    } else {
        fuzz::must(subject.find_first_of("\r\n") == std::string::npos, "one line");
    }

    const auto clean = base::clean_text(text);
    if (clean && clean->find('\n') == std::string::npos) {
        const auto disposition = piece::content_disposition(false, *clean);
        for (const char c : disposition) fuzz::must(c >= 0x20 && c < 0x7F, "a header of plain signs");
        fuzz::must(disposition.starts_with("attachment; filename=\"") &&
                       std::string_view{disposition}.substr(22).find('"') ==
                           disposition.find("\"; filename*=UTF-8''") - 22,
                   "a name does not end its quotes");
    }
    if (const auto address = base::parse_email(text)) {
        fuzz::must(address->find_first_of("\r\n<> ,;") == std::string::npos, "one address, and no command");
        fuzz::must(base::parse_email(*address) == *address, "an address that was read is one");
    }
    return 0;
}
