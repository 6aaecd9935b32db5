// Identifiers: text, made in C++, ordered by time, impossible to confuse between nouns.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace base {

/// 26 characters (Crockford base 32): 48 bits of milliseconds, then 80 random bits. Sorts by creation.
std::string new_id(Instant now);

/// The identifier of a T. Two different nouns do not compile where one is expected.
template <class T> struct Id {
    std::string text;

    Id() = default;
    explicit Id(std::string t) : text(std::move(t)) {}
    auto operator<=>(const Id&) const = default;
    [[nodiscard]] bool empty() const { return text.empty(); }
    static Id make(Instant now) { return Id{new_id(now)}; }
};

} // namespace base

using base::Id;
