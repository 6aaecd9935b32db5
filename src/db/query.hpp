// SQL put together at run time: conditions added one by one with their parameters, and text searched by LIKE.
// Not a query language: the SQL stays in the stores.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"

namespace db {

/// The parameters of a statement being written; each add() gives the placeholder to put in its text.
struct Query {
    std::vector<Value> params;

    template <class T> std::string add(const T& value)
    {
        params.push_back(detail::to_value(value));
        return "$" + std::to_string(params.size());
    }
    /// « ($1, $2) »: what stands after IN.
    template <class T> std::string add_all(const std::vector<T>& values)
    {
        std::string list;
        for (const auto& v : values) list += (list.empty() ? "" : ", ") + add(v);
        return "(" + list + ")";
    }
    template <class R> std::vector<R> run(Transaction& tx, std::string_view sql) const
    {
        std::vector<R> rows;
        tx.run(
            sql, params, [&](std::span<const Value> row) { rows.push_back(detail::row_as<R>(row)); },
            Rows::Together);
        return rows;
    }
    template <class R> Answer<R> ask(Transaction& tx, std::string_view sql) const
    {
        return tx.ask<R>(sql, params);
    }
};

/// « LIKE … » that finds `part` anywhere; « % » and « _ » typed by a person are letters like others.
std::string containing(Query&, std::string_view part);

} // namespace db
