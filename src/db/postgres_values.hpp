// Values as libpq takes and gives them: parameters to text, columns to values. Private to postgres.cpp.
#pragma once

#include <libpq-fe.h>

#include <charconv>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"

namespace db::detail {

// Types of results, from PostgreSQL's catalogue (pg_type.dat: these numbers never change).
constexpr Oid oid_bool = 16, oid_bytea = 17, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23, oid_oid = 26;
constexpr Oid oid_float4 = 700, oid_float8 = 701, oid_numeric = 1700;

struct PgResultDelete {
    void operator()(PGresult* r) const { PQclear(r); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDelete>;

template <class T> T pg_number(std::string_view text)
{
    T out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size())
        throw Error{"PostgreSQL sent a number that cannot be read"};
    return out;
}

/// numeric holds both SUM(bigint) and AVG: whole numbers stay integers, as SQLite gives them.
inline Value pg_numeric(std::string_view text)
{
    if (text.find('.') == std::string_view::npos) {
        std::int64_t whole = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
        if (error == std::errc{} && end == text.data() + text.size()) return whole;
    }
    return pg_number<double>(text);
}

inline Value pg_bytea(const char* text)
{
    std::size_t size = 0;
    auto* const bytes = PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size);
    if (!bytes) throw Error{"PostgreSQL sent bytes that cannot be read"};
    const auto* const first = reinterpret_cast<const std::byte*>(bytes);
    Blob out(first, first + size);
    PQfreemem(bytes);
    return out;
}

inline Value pg_column(const PGresult* r, int row, int i)
{
    if (PQgetisnull(r, row, i)) return nullptr;
    const char* const data = PQgetvalue(r, row, i);
    const std::string_view text{data, static_cast<std::size_t>(PQgetlength(r, row, i))};
    switch (PQftype(r, i)) {
    case oid_bool:
        return std::int64_t{text == "t" ? 1 : 0};
    case oid_int2:
    case oid_int4:
    case oid_int8:
    case oid_oid:
        return pg_number<std::int64_t>(text);
    case oid_float4:
    case oid_float8:
        return pg_number<double>(text);
    case oid_numeric:
        return pg_numeric(text);
    case oid_bytea:
        return pg_bytea(data);
    default:
        return std::string{text};
    }
}

/// Parameters as libpq wants them: text whose type the server infers, bytes in binary.
struct PgParams {
    explicit PgParams(std::span<const Value> values)
    {
        const auto n = values.size();
        texts.reserve(n);
        data.reserve(n);
        sizes.reserve(n);
        formats.reserve(n);
        for (const auto& v : values) {
            if (const auto* b = std::get_if<Blob>(&v)) {
                data.push_back(b->empty() ? "" : reinterpret_cast<const char*>(b->data()));
                sizes.push_back(static_cast<int>(b->size()));
                formats.push_back(1);
                continue;
            }
            sizes.push_back(0);
            formats.push_back(0);
            if (const auto* s = std::get_if<std::string>(&v))
                data.push_back(s->c_str());
            else if (const auto* i = std::get_if<std::int64_t>(&v))
                data.push_back(texts.emplace_back(std::to_string(*i)).c_str());
            else if (const auto* d = std::get_if<double>(&v))
                data.push_back(texts.emplace_back(shortest(*d)).c_str());
            else
                data.push_back(nullptr);
        }
    }

    /// The shortest text that reads back as the same double.
    static std::string shortest(double d)
    {
        char buffer[32];
        const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), d);
        return error == std::errc{} ? std::string{buffer, end} : std::string{"NaN"};
    }

    std::vector<std::string> texts; // reserved: its strings never move
    std::vector<const char*> data;
    std::vector<int> sizes, formats;
};

} // namespace db::detail
