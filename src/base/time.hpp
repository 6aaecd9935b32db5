// Moments and calendar days. Nothing here reads the clock except Clock::now, which only the shell calls.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// A moment in UTC, to the millisecond. Text form: 2026-11-21T08:30:00.000Z (sorts like the moment itself).
struct Instant {
    std::int64_t ms = 0; // since 1970-01-01T00:00:00Z

    auto operator<=>(const Instant&) const = default;
    [[nodiscard]] Instant plus_seconds(std::int64_t s) const { return {ms + s * 1000}; }
    [[nodiscard]] Instant plus_days(std::int64_t d) const { return plus_seconds(d * 86'400); }
};

/// A calendar day. Text form: 2026-11-21.
struct Date {
    int year = 1970;
    unsigned month = 1;
    unsigned day = 1;

    auto operator<=>(const Date&) const = default;
};

/// ISO-8601 text of an instant, always with milliseconds and Z.
std::string to_iso(Instant);
/// Reads ISO-8601 with or without time, fraction or numeric offset; nothing when malformed or not a real
/// date.
std::optional<Instant> parse_instant(std::string_view);

/// YYYY-MM-DD.
std::string to_iso(Date);
/// Reads YYYY-MM-DD; nothing when malformed or not a real date.
std::optional<Date> parse_date(std::string_view);
/// Reads what people type: 3/2/1984, 03.02.1984, 1984-02-03; nothing when it is not a real date.
std::optional<Date> parse_typed_date(std::string_view);

/// The day it is in the given IANA time zone (départements overseas differ from Paris).
Date local_date(Instant, std::string_view zone = "Europe/Paris");
/// Days from a to b, negative when b is before a.
std::int64_t days_between(Date a, Date b);
Date plus_days(Date, int days);
/// The same day n months later; the last day of the month when that day does not exist there.
Date plus_months(Date, int months);

/// French text: « 21 novembre 2026 ».
std::string in_words(Date);
/// French text in the zone: « 21 novembre 2026 à 9 h 30 ».
std::string in_words(Instant, std::string_view zone = "Europe/Paris");
/// 21/11/2026.
std::string short_text(Date);

/// The clock the shell reads. `--now` fixes it in demo and test modes.
class Clock {
public:
    Clock() = default;
    explicit Clock(std::optional<Instant> fixed) : fixed_(fixed) {}
    [[nodiscard]] Instant now() const;
    [[nodiscard]] bool is_fixed() const { return fixed_.has_value(); }

private:
    std::optional<Instant> fixed_;
};

} // namespace base

using base::Date;
using base::Instant;
