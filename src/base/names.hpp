// Every enumerator of the domain is named once: its slug (database, URL) and its label (screen) stand on one
// row.
#pragma once

#include <optional>
#include <string_view>

#include "base/expect.hpp"

namespace base {

template <class E> struct Name {
    E value;
    std::string_view slug;
    std::string_view label;
};

/// Slug of a value, from its table.
template <class E, std::size_t N> constexpr std::string_view slug_of(const Name<E> (&table)[N], E value)
{
    for (const auto& row : table)
        if (row.value == value) return row.slug;
    throw Bug{"enumerator without a row in its table of names"};
}

template <class E, std::size_t N> constexpr std::string_view label_of(const Name<E> (&table)[N], E value)
{
    for (const auto& row : table)
        if (row.value == value) return row.label;
    throw Bug{"enumerator without a row in its table of names"};
}

/// The value whose slug this is; nothing when no row has it.
template <class E, std::size_t N>
constexpr std::optional<E> from_slug(const Name<E> (&table)[N], std::string_view slug)
{
    for (const auto& row : table)
        if (row.slug == slug) return row.value;
    return std::nullopt;
}

} // namespace base
