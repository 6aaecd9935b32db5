// Small text helpers shared by everything: trimming, UTF-8, accents, comparing names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// Without leading and trailing white space (ASCII and U+00A0).
std::string_view trim(std::string_view);
/// Valid UTF-8 without control characters but tab and line breaks; CRLF becomes LF. Nothing when the bytes
/// are not UTF-8.
std::optional<std::string> clean_text(std::string_view bytes);
/// Number of code points of valid UTF-8.
std::size_t length(std::string_view utf8);
/// At most n code points, never cutting one in two.
std::string truncate(std::string_view utf8, std::size_t n);
/// For searching and comparing: lower case, no accent, ligatures opened, every run of other signs one space.
/// « Saint-Étienne-du-Rouvray » → "saint etienne du rouvray". Uses ICU.
std::string fold(std::string_view utf8);
/// fold() with hyphens, for URLs and file names.
std::string slug(std::string_view utf8);
std::vector<std::string> split(std::string_view, char separator);
std::string join(const std::vector<std::string>&, std::string_view separator);
bool starts_with_digit(std::string_view);

/// An e-mail address a mail server would accept, lower-cased domain; nothing when it is not one.
std::optional<std::string> parse_email(std::string_view typed);
/// A French or international phone number as E.164 (+33612345678); overseas numbers keep their own code by
/// département.
std::optional<std::string> parse_phone(std::string_view typed);
/// Readable form of an E.164 number: 06 12 34 56 78 for French ones.
std::string format_phone(std::string_view e164);
/// 1 234 567 with narrow no-break spaces.
std::string format_integer(long long);
/// "1 photo", "3 photos": the noun in the singular or the plural of French (0 and 1 are singular).
std::string count(long long n, std::string_view singular, std::string_view plural);
/// 12,4 Mo · 300 ko.
std::string format_bytes(std::uint64_t);

} // namespace base
