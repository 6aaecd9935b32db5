// Many rows in few statements: what an import needs of each engine. Nothing of what the rows mean.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "db/db.hpp"

namespace territoire {

/// INSERT … VALUES (…), (…), … by full groups, so that one prepared statement serves nearly all rows.
/// `head`: "INSERT INTO t (a, b) VALUES"; `tail`: " ON CONFLICT …". Call finish() before the transaction
/// commits.
class BulkStatement {
public:
    BulkStatement(db::Transaction& tx, std::string head, std::size_t columns, std::string tail = {},
                  std::function<void(std::span<const db::Value>)> on_row = nullptr)
        : tx_(tx),
          head_(std::move(head)),
          tail_(std::move(tail)),
          columns_(columns),
          on_row_(std::move(on_row)),
          // A round trip costs more than a row on a server; inside the process a row costs more than a call.
          group_(tx.engine() == db::Engine::Postgres ? 400 : 25)
    {}

    template <class... A> void add(const A&... values)
    {
        (params_.push_back(db::detail::to_value(values)), ...);
        if (params_.size() >= group_ * columns_) flush(group_);
    }
    void finish()
    {
        // Few lengths: statements of every possible one would fill the cache of prepared ones.
        while (params_.size() >= few * columns_) flush(few);
        while (!params_.empty()) flush(1);
    }

private:
    static constexpr std::size_t few = 20;

    void flush(std::size_t rows)
    {
        auto& sql = rows == group_ ? group_sql_ : rows == few ? few_sql_ : single_sql_;
        if (sql.empty()) {
            sql = head_ + ' ';
            std::size_t n = 0;
            for (std::size_t i = 0; i < rows; ++i) {
                sql += i ? ", (" : "(";
                for (std::size_t j = 0; j < columns_; ++j) sql += (j ? ", $" : "$") + std::to_string(++n);
                sql += ')';
            }
            sql += tail_;
        }
        const auto count = rows * columns_;
        tx_.run(sql, std::span{params_}.first(count), on_row_);
        params_.erase(params_.begin(), params_.begin() + static_cast<std::ptrdiff_t>(count));
    }

    db::Transaction& tx_;
    std::string head_;
    std::string tail_;
    std::size_t columns_;
    std::function<void(std::span<const db::Value>)> on_row_;
    std::size_t group_;
    std::string group_sql_;
    std::string few_sql_;
    std::string single_sql_;
    std::vector<db::Value> params_;
};

} // namespace territoire
