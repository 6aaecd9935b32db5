// Text as people type it, made comparable and safe to keep.
#include "base/text.hpp"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace base {

namespace {

bool is_ascii_space(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::string_view trim(std::string_view s)
{
    const auto leading = [&]() -> std::size_t {
        if (s.empty()) return 0;
        if (is_ascii_space(static_cast<unsigned char>(s.front()))) return 1;
        return s.starts_with("\xC2\xA0") ? 2 : 0;
    };
    const auto trailing = [&]() -> std::size_t {
        if (s.empty()) return 0;
        if (is_ascii_space(static_cast<unsigned char>(s.back()))) return 1;
        return s.ends_with("\xC2\xA0") ? 2 : 0;
    };
    while (const auto n = leading()) s.remove_prefix(n);
    while (const auto n = trailing()) s.remove_suffix(n);
    return s;
}

std::optional<std::string> clean_text(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    const auto n = static_cast<std::int32_t>(bytes.size());
    for (std::int32_t i = 0; i < n;) {
        const auto start = i;
        UChar32 c = 0;
        U8_NEXT(reinterpret_cast<const std::uint8_t*>(bytes.data()), i, n, c);
        if (c < 0) return std::nullopt;
        if (c == '\r') {
            if (i >= n || bytes[static_cast<std::size_t>(i)] != '\n') out += '\n';
            continue;
        }
        const bool invisible = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
                               c == 0xFEFF || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) ||
                               (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if (!invisible)
            out.append(bytes.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
    return out;
}

std::size_t length(std::string_view s)
{
    return static_cast<std::size_t>(std::count_if(
        s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string truncate(std::string_view s, std::size_t n)
{
    std::size_t at = 0;
    for (; at < s.size(); ++at) {
        if ((static_cast<unsigned char>(s[at]) & 0xC0) == 0x80) continue;
        if (n == 0) break;
        --n;
    }
    return std::string{s.substr(0, at)};
}

std::string fold(std::string_view s)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkd = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error{"ICU has no NFKD data"};
    auto text = icu::UnicodeString::fromUTF8(icu::StringPiece{s.data(), static_cast<std::int32_t>(s.size())});
    // Twice: letters hidden in a symbol (𝐑) have a case of their own once they are opened.
    text = nfkd->normalize(text.foldCase(), status);
    text = nfkd->normalize(text.foldCase(), status);
    std::string out;
    out.reserve(s.size());
    bool gap = false;
    const auto put = [&](std::string_view piece) {
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += piece;
    };
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const auto c = text.char32At(i);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (c == 0x153) {
            put("oe");
        } else if (c == 0xE6) {
            put("ae");
        } else if (u_isalnum(c)) {
            std::string piece;
            icu::UnicodeString{c}.toUTF8String(piece);
            put(piece);
        } else {
            gap = true;
        }
    }
    return out;
}

std::string slug(std::string_view s)
{
    auto out = fold(s);
    std::replace(out.begin(), out.end(), ' ', '-');
    std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return out;
}

std::vector<std::string> split(std::string_view s, char separator)
{
    std::vector<std::string> out;
    std::size_t start = 0;
    while (true) {
        const auto at = s.find(separator, start);
        out.emplace_back(s.substr(start, at - start));
        if (at == std::string_view::npos) return out;
        start = at + 1;
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator)
{
    return fmt::format("{}", fmt::join(parts, separator));
}

bool starts_with_digit(std::string_view s)
{
    return !s.empty() && is_digit(s.front());
}

std::optional<std::string> parse_email(std::string_view typed)
{
    const auto s = trim(typed);
    const auto at = s.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || s.size() > 254 || at + 1 >= s.size())
        return std::nullopt;
    const auto local = s.substr(0, at);
    auto domain = std::string{s.substr(at + 1)};
    constexpr std::string_view others = "!#$%&'*+/=?^_`{|}~-.";
    for (const char c : local)
        if (!is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            others.find(c) == std::string_view::npos)
            return std::nullopt;
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos)
        return std::nullopt;
    const auto labels = split(domain, '.');
    if (labels.size() < 2) return std::nullopt;
    for (const auto& label : labels) {
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
            return std::nullopt;
        for (const char c : label)
            if (!is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-')
                return std::nullopt;
    }
    if (labels.back().size() < 2 || is_digit(labels.back().front())) return std::nullopt;
    std::transform(domain.begin(), domain.end(), domain.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::string{local} + "@" + domain;
}

std::optional<std::string> parse_phone(std::string_view typed)
{
    std::string digits;
    bool international = false;
    const auto s = trim(typed);
    for (std::size_t i = 0; i < s.size(); ++i) {
        const char c = s[i];
        if (is_digit(c))
            digits += c;
        else if (c == '+' && digits.empty() && !international)
            international = true;
        else if (c == '(' && s.substr(i).starts_with("(0)"))
            i += 2;
        else if (c != ' ' && c != '.' && c != '-' && c != '/' && c != '(' && c != ')' &&
                 static_cast<unsigned char>(c) != 0xC2 && static_cast<unsigned char>(c) != 0xA0 &&
                 static_cast<unsigned char>(c) != 0xE2 && static_cast<unsigned char>(c) != 0x80 &&
                 static_cast<unsigned char>(c) != 0xAF)
            return std::nullopt;
    }
    if (!international && digits.starts_with("00")) {
        international = true;
        digits.erase(0, 2);
    }
    if (international) {
        if (digits.starts_with("33") && digits.size() == 12 && digits[2] == '0') digits.erase(2, 1);
        if (digits.starts_with("33") && (digits.size() != 11 || digits[2] == '0')) return std::nullopt;
        if (digits.size() < 8 || digits.size() > 15 || digits.front() == '0') return std::nullopt;
        return "+" + digits;
    }
    if (digits.size() != 10 || digits[0] != '0' || digits[1] == '0') return std::nullopt;
    // Overseas numbers have a country code of their own (numbering plan of ARCEP).
    struct Overseas {
        std::string_view prefix, code;
    };
    static constexpr std::array<Overseas, 10> overseas = {{{"0590", "590"},
                                                           {"0690", "590"},
                                                           {"0691", "590"},
                                                           {"0594", "594"},
                                                           {"0694", "594"},
                                                           {"0596", "596"},
                                                           {"0696", "596"},
                                                           {"0262", "262"},
                                                           {"0692", "262"},
                                                           {"0269", "262"}}};
    for (const auto& row : overseas)
        if (digits.starts_with(row.prefix)) return fmt::format("+{}{}", row.code, digits.substr(1));
    for (const std::string_view prefix : {"0693", "0639"})
        if (digits.starts_with(prefix)) return "+262" + digits.substr(1);
    return "+33" + digits.substr(1);
}

std::string format_phone(std::string_view e164)
{
    for (const std::string_view code : {"+33", "+590", "+594", "+596", "+262"}) {
        if (!e164.starts_with(code) || e164.size() != code.size() + 9) continue;
        const auto national = "0" + std::string{e164.substr(code.size())};
        // +262 1… is no number of Réunion: written 01… it would ring in Paris.
        if (parse_phone(national) != e164) continue;
        std::string out;
        for (std::size_t i = 0; i < national.size(); i += 2)
            out += (i ? "\u00A0" : "") + national.substr(i, 2);
        return out;
    }
    return std::string{e164};
}

std::string format_integer(long long n)
{
    auto digits = std::to_string(n < 0 ? -n : n);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i && (digits.size() - i) % 3 == 0) out += "\u202F";
        out += digits[i];
    }
    return n < 0 ? "−" + out : out;
}

std::string count(long long n, std::string_view singular, std::string_view plural)
{
    return fmt::format("{} {}", format_integer(n), n == 0 || n == 1 ? singular : plural);
}

std::string format_bytes(std::uint64_t n)
{
    if (n < 1000) return fmt::format("{} octets", n);
    if (n < 1'000'000) return fmt::format("{} ko", (n + 500) / 1000);
    const auto tenths = (n + 50'000) / 100'000;
    return tenths % 10 ? fmt::format("{},{} Mo", tenths / 10, tenths % 10)
                       : fmt::format("{} Mo", tenths / 10);
}

} // namespace base
