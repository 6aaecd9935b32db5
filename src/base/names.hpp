// Every enumerator of the domain is named once: its slug (database, URL) and its label (screen) stand on one
// row.
#pragma once

#include <optional>
#include <string>
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

/// The same for a slug of the database, that a CHECK constraint or this program itself has vouched for.
template <class E, std::size_t N> E known(const Name<E> (&table)[N], const std::string& slug)
{
    if (const auto value = from_slug(table, slug)) return *value;
    throw Bug{"the database holds a slug that this program does not know: " + slug};
}

template <class E, std::size_t N>
std::optional<E> known(const Name<E> (&table)[N], const std::optional<std::string>& slug)
{
    return slug ? std::optional{known(table, *slug)} : std::nullopt;
}

} // namespace base
