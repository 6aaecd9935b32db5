// Instants and days: text forms, time zones (date-tz on the system's tzdata) and calendar arithmetic.
#include "base/time.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>

namespace base {

namespace {

using std::chrono::milliseconds;
using sys_ms = date::sys_time<milliseconds>;

constexpr std::array months = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                               "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

date::year_month_day to_ymd(Date d)
{
    return date::year{d.year} / date::month{d.month} / date::day{d.day};
}

Date from_ymd(date::year_month_day ymd)
{
    return {int{ymd.year()}, unsigned{ymd.month()}, unsigned{ymd.day()}};
}

std::optional<int> digits(std::string_view s, std::size_t at, std::size_t n)
{
    if (s.size() < at + n) return std::nullopt;
    int value = 0;
    for (std::size_t i = at; i < at + n; ++i) {
        if (s[i] < '0' || s[i] > '9') return std::nullopt;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

std::optional<Date> checked(int year, int month, int day)
{
    const auto ymd = date::year{year} / month / day;
    if (!ymd.ok()) return std::nullopt;
    return from_ymd(ymd);
}

auto zoned(Instant i, std::string_view zone)
{
    return date::make_zoned(date::locate_zone(std::string{zone}), sys_ms{milliseconds{i.ms}});
}

} // namespace

std::string to_iso(Instant i)
{
    const auto t = sys_ms{milliseconds{i.ms}};
    const auto day = date::floor<date::days>(t);
    const auto d = from_ymd(date::year_month_day{day});
    const auto ms = (t - day).count();
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", d.year, d.month, d.day, ms / 3'600'000,
                       ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

std::optional<Instant> parse_instant(std::string_view s)
{
    const auto date_part = parse_date(s.substr(0, 10));
    if (!date_part) return std::nullopt;
    std::int64_t ms = date::sys_days{to_ymd(*date_part)}.time_since_epoch().count() * 86'400'000LL;
    if (s.size() == 10) return Instant{ms};
    if (s[10] != 'T' && s[10] != ' ') return std::nullopt;
    const auto hour = digits(s, 11, 2), minute = digits(s, 14, 2);
    if (!hour || !minute || s[13] != ':' || *hour > 23 || *minute > 59) return std::nullopt;
    ms += (*hour * 60LL + *minute) * 60'000;
    std::size_t at = 16;
    if (at < s.size() && s[at] == ':') {
        const auto second = digits(s, at + 1, 2);
        if (!second || *second > 59) return std::nullopt;
        ms += *second * 1000LL;
        at += 3;
        if (at < s.size() && s[at] == '.') {
            int scale = 100;
            for (++at; at < s.size() && s[at] >= '0' && s[at] <= '9'; ++at, scale /= 10)
                ms += (s[at] - '0') * scale;
        }
    }
    if (at == s.size() || (s[at] == 'Z' && at + 1 == s.size())) return Instant{ms};
    if ((s[at] == '+' || s[at] == '-') && s.size() >= at + 5) {
        const auto oh = digits(s, at + 1, 2);
        const auto colon = s[at + 3] == ':' ? 1u : 0u;
        const auto om = digits(s, at + 3 + colon, 2);
        if (!oh || !om || s.size() != at + 5 + colon || *oh > 14 || *om > 59) return std::nullopt;
        const auto offset = (*oh * 60LL + *om) * 60'000;
        return Instant{s[at] == '+' ? ms - offset : ms + offset};
    }
    return std::nullopt;
}

std::string to_iso(Date d)
{
    return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

std::optional<Date> parse_date(std::string_view s)
{
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
    const auto y = digits(s, 0, 4), m = digits(s, 5, 2), d = digits(s, 8, 2);
    if (!y || !m || !d) return std::nullopt;
    return checked(*y, *m, *d);
}

std::optional<Date> parse_typed_date(std::string_view s)
{
    if (auto iso = parse_date(s)) return iso;
    std::array<int, 3> parts{};
    std::size_t n = 0;
    const char* p = s.data();
    const char* const end = p + s.size();
    while (n < 3) {
        const auto [next, error] = std::from_chars(p, end, parts[n]);
        if (error != std::errc{}) return std::nullopt;
        ++n;
        p = next;
        if (n < 3) {
            if (p == end || (*p != '/' && *p != '.' && *p != '-' && *p != ' ')) return std::nullopt;
            ++p;
        }
    }
    if (p != end || parts[2] < 1000 || parts[2] > 9999) return std::nullopt;
    return checked(parts[2], parts[1], parts[0]);
}

Date local_date(Instant i, std::string_view zone)
{
    return from_ymd(date::year_month_day{date::floor<date::days>(zoned(i, zone).get_local_time())});
}

std::int64_t days_between(Date a, Date b)
{
    return (date::sys_days{to_ymd(b)} - date::sys_days{to_ymd(a)}).count();
}

Date plus_days(Date d, int n)
{
    return from_ymd(date::year_month_day{date::sys_days{to_ymd(d)} + date::days{n}});
}

Date plus_months(Date d, int n)
{
    auto ymd = to_ymd(d) + date::months{n};
    if (!ymd.ok()) ymd = ymd.year() / ymd.month() / date::last;
    return from_ymd(ymd);
}

std::string in_words(Date d)
{
    return fmt::format("{}{} {} {}", d.day, d.day == 1 ? "er" : "", months.at(d.month - 1), d.year);
}

std::string in_words(Instant i, std::string_view zone)
{
    const auto local = zoned(i, zone).get_local_time();
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(local - date::floor<date::days>(local));
    return fmt::format("{} à {}\u00a0h\u00a0{:02}", in_words(local_date(i, zone)), minutes.count() / 60,
                       minutes.count() % 60);
}

std::string short_text(Date d)
{
    return fmt::format("{:02}/{:02}/{:04}", d.day, d.month, d.year);
}

Instant Clock::now() const
{
    if (fixed_) return *fixed_;
    const auto t = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(t).count()};
}

} // namespace base
