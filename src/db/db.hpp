// The thin typed layer over SQLite and PostgreSQL: one SQL text, $1 parameters, rows as aggregates.
// What it does not do: build SQL, hide SQL, or map objects. Only sqlite.cpp and postgres.cpp know an engine.
#pragma once

#include <boost/pfr.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace db {

enum class Engine { Sqlite, Postgres };

/// The database failed: broken SQL, full disk, lost connection. Answered 500 (503 when Unavailable).
struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct Unavailable : Error {
    using Error::Error;
};
/// A UNIQUE or PRIMARY KEY constraint refused the row; `constraint` names it as far as the engine tells.
struct UniqueViolation : Error {
    UniqueViolation(const std::string& what, std::string name) : Error(what), constraint(std::move(name)) {}
    std::string constraint;
};
/// Somebody else changed the row first (version mismatch): answered 409 “rechargez la page”.
struct Conflict : std::runtime_error {
    Conflict() : std::runtime_error("row changed by somebody else") {}
};
/// The engine asks to run the transaction again (serialization failure, deadlock, busy): Database::write
/// does.
struct Retry : Error {
    using Error::Error;
};

using Blob = std::vector<std::byte>;
/// A value of a row or a parameter. Booleans are 0 or 1, instants and dates ISO-8601 text.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, Blob>;

namespace detail {

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_id : std::false_type {};
template <class T> struct is_id<Id<T>> : std::true_type {};

template <class T> Value to_value(const T& v)
{
    using D = std::decay_t<T>;
    if constexpr (is_optional<D>::value)
        return v ? to_value(*v) : Value{nullptr};
    else if constexpr (std::is_same_v<D, Value>)
        return v;
    else if constexpr (std::is_same_v<D, std::nullopt_t> || std::is_same_v<D, std::nullptr_t>)
        return nullptr;
    else if constexpr (std::is_same_v<D, Instant> || std::is_same_v<D, Date>)
        return base::to_iso(v);
    else if constexpr (is_id<D>::value)
        return v.text;
    else if constexpr (std::is_same_v<D, Blob>)
        return v;
    else if constexpr (std::is_same_v<D, bool>)
        return std::int64_t{v ? 1 : 0};
    else if constexpr (std::is_integral_v<D>)
        return static_cast<std::int64_t>(v);
    else if constexpr (std::is_floating_point_v<D>)
        return static_cast<double>(v);
    else
        return std::string{std::string_view{v}};
}

[[noreturn]] void bad_column(std::size_t column, const char* expected, const Value& got);

template <class T> T from_value(const Value& v, std::size_t column)
{
    if constexpr (is_optional<T>::value) {
        if (std::holds_alternative<std::nullptr_t>(v)) return std::nullopt;
        return from_value<typename T::value_type>(v, column);
    } else if constexpr (std::is_same_v<T, Value>) {
        return v;
    } else if constexpr (std::is_same_v<T, Instant>) {
        if (const auto* s = std::get_if<std::string>(&v))
            if (auto i = base::parse_instant(*s)) return *i;
        bad_column(column, "instant", v);
    } else if constexpr (std::is_same_v<T, Date>) {
        if (const auto* s = std::get_if<std::string>(&v))
            if (auto d = base::parse_date(*s)) return *d;
        bad_column(column, "date", v);
    } else if constexpr (is_id<T>::value) {
        if (const auto* s = std::get_if<std::string>(&v)) return T{*s};
        bad_column(column, "text", v);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (const auto* i = std::get_if<std::int64_t>(&v)) return *i != 0;
        bad_column(column, "0 or 1", v);
    } else if constexpr (std::is_integral_v<T>) {
        if (const auto* i = std::get_if<std::int64_t>(&v); i && std::in_range<T>(*i))
            return static_cast<T>(*i);
        bad_column(column, "integer", v);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (const auto* d = std::get_if<double>(&v)) return *d;
        if (const auto* i = std::get_if<std::int64_t>(&v)) return static_cast<T>(*i);
        bad_column(column, "number", v);
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (const auto* s = std::get_if<std::string>(&v)) return *s;
        bad_column(column, "text", v);
    } else {
        static_assert(std::is_same_v<T, Blob>,
                      "a column can be text, number, bool, Instant, Date, Id, Blob or optional");
        if (const auto* b = std::get_if<Blob>(&v)) return *b;
        bad_column(column, "blob", v);
    }
}

template <class R> R row_as(std::span<const Value> row)
{
    if constexpr (std::is_aggregate_v<R> && !is_id<R>::value && !std::is_same_v<R, Instant> &&
                  !std::is_same_v<R, Date>) {
        R out{};
        if (row.size() != boost::pfr::tuple_size_v<R>)
            throw Error{"wrong number of columns for the row type"};
        boost::pfr::for_each_field(out, [&](auto& field, std::size_t i) {
            field = from_value<std::decay_t<decltype(field)>>(row[i], i);
        });
        return out;
    } else {
        if (row.size() != 1) throw Error{"a single value was asked of a row with several columns"};
        return from_value<R>(row[0], 0);
    }
}

} // namespace detail

/// What is done with each row; the span lives until it returns.
using RowReader = std::function<void(std::span<const Value>)>;
/// All of them brought at once, or as few in memory as the engine can (exports).
enum class Rows { Together, OneByOne };

/// A statement that may wait for the next one. `again_on_duplicate`: a row that is there already is a reason
/// to run the transaction again (Retry), not an answer to give.
struct Statement {
    std::string sql;
    std::vector<Value> params;
    RowReader on_row;
    bool again_on_duplicate = false;
};

/// One engine's connection. Used through Transaction only.
class Connection {
public:
    virtual ~Connection() = default;
    [[nodiscard]] virtual Engine engine() const = 0;
    /// Runs what is queued, then one statement; calls `on_row` for each of its rows. Returns the rows it
    /// changed.
    virtual std::int64_t run(std::string_view sql, std::span<const Value> params, const RowReader& on_row,
                             Rows rows) = 0;
    /// Runs a statement before whatever comes next on this connection; at once where asking costs nothing.
    virtual void queue(Statement) = 0;
    /// Runs what is queued.
    virtual void flush() = 0;
    /// Runs a script of several statements without parameters (migrations).
    virtual void script(std::string_view sql) = 0;
    /// The statement that locks `names` parameters until the transaction ends; empty when writers take turns
    /// anyway.
    [[nodiscard]] virtual std::string lock_statement(std::size_t names) const = 0;
    virtual void begin(bool write) = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    /// False after the link to the server was lost: the pool throws it away.
    [[nodiscard]] virtual bool usable() const = 0;

    /// Of a connection to a replica: until when what was found of its delay holds.
    std::chrono::steady_clock::time_point recent_until{};
};

class Database;

class Transaction;

/// Rows that have been asked for. They come with the answer to the first statement of the transaction whose
/// result is wanted: what is asked together crosses the network together.
template <class R> class Answer {
public:
    /// Every row. Moves them out: to be called once, while the transaction is open.
    std::vector<R> all();
    /// The first row, or nothing.
    std::optional<R> first();
    /// The only row; throws Error when there is none.
    R one();

private:
    friend class Transaction;
    struct State {
        std::vector<R> rows;
    };
    Answer(Transaction& tx, std::shared_ptr<State> state) : tx_(&tx), state_(std::move(state)) {}
    Transaction* tx_;
    std::shared_ptr<State> state_;
};

/// What a store function that asks gives back: to be called once, for what came.
template <class T> using Later = std::function<T()>;

/// A unit of work. Rolls back unless committed. Not shared between threads.
/// Same rules on both engines: after a statement failed (even a UniqueViolation that was caught) only rolling
/// back is possible; and `on_row` or the F of each() cannot run another statement: collect first, then run.
class Transaction {
public:
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Runs a statement that returns nothing; gives the number of rows changed.
    template <class... A> std::int64_t exec(std::string_view sql, const A&... args)
    {
        return run(sql, values(args...), nullptr);
    }
    /// Every row as an R: an aggregate whose fields are the columns in order, or a single value.
    template <class R, class... A> std::vector<R> query(std::string_view sql, const A&... args)
    {
        std::vector<R> out;
        run(
            sql, values(args...), [&](std::span<const Value> row) { out.push_back(detail::row_as<R>(row)); },
            Rows::Together);
        return out;
    }
    /// The first row, or nothing.
    template <class R, class... A> std::optional<R> find(std::string_view sql, const A&... args)
    {
        std::optional<R> out;
        run(
            sql, values(args...),
            [&](std::span<const Value> row) {
                if (!out) out = detail::row_as<R>(row);
            },
            Rows::Together);
        return out;
    }
    /// Asks for rows that are wanted later, with others.
    template <class R, class... A> Answer<R> ask(std::string_view sql, const A&... args)
    {
        return ask<R>(sql, values(args...));
    }
    template <class R> Answer<R> ask(std::string_view sql, std::vector<Value> params)
    {
        auto state = std::make_shared<typename Answer<R>::State>();
        queue({std::string{sql}, std::move(params),
               [state](std::span<const Value> row) { state->rows.push_back(detail::row_as<R>(row)); }});
        return Answer<R>{*this, std::move(state)};
    }
    /// A change whose number of rows nobody looks at: it is made in its turn, before whatever is asked next
    /// or the commit. What it breaks may therefore be told there; never later than the commit.
    template <class... A> void post(std::string_view sql, const A&... args)
    {
        queue({std::string{sql}, values(args...), nullptr});
    }
    /// The same, where a row that is there already tells that another transaction went first: Retry.
    template <class... A> void post_or_retry(std::string_view sql, const A&... args)
    {
        queue({std::string{sql}, values(args...), nullptr, true});
    }
    void queue(Statement);
    /// Runs what has been asked and posted so far.
    void flush();
    /// The only row; throws Error when there is none.
    template <class R, class... A> R one(std::string_view sql, const A&... args)
    {
        auto r = find<R>(sql, args...);
        if (!r) throw Error{"a row was expected and none came"};
        return std::move(*r);
    }
    /// Calls f with each row as an R, without keeping them (exports, imports).
    template <class R, class F, class... A> void each(std::string_view sql, F&& f, const A&... args)
    {
        run(sql, values(args...), [&](std::span<const Value> row) { f(detail::row_as<R>(row)); });
    }
    /// Same as exec, for a number of parameters known only at run time (filters).
    std::int64_t run(std::string_view sql, std::span<const Value> params, const RowReader& on_row,
                     Rows rows = Rows::OneByOne);
    void script(std::string_view sql);
    /// Until this transaction ends, others that lock one of these names wait: for what is counted before it
    /// is written. Taken in one order, whatever the order given. On SQLite writers wait for each other
    /// already.
    void lock(std::vector<std::string> names);

    [[nodiscard]] Engine engine() const;
    /// Makes everything durable and visible. Nothing can be run afterwards.
    void commit();

private:
    friend class Database;
    Transaction(Database&, std::unique_ptr<Connection>, bool write);

    template <class... A> static std::vector<Value> values(const A&... args)
    {
        std::vector<Value> v;
        v.reserve(sizeof...(A));
        (v.push_back(detail::to_value(args)), ...);
        return v;
    }

    Database* database_;
    std::unique_ptr<Connection> connection_;
    bool write_;
    bool open_ = true;
    bool running_ = false; // a statement is giving its rows
    bool failed_ = false;  // only rolling back is possible

    Connection& ready();
    template <class F> auto guarded(F&& work);
    void end() noexcept;
};

template <class R> std::vector<R> Answer<R>::all()
{
    tx_->flush();
    return std::move(state_->rows);
}

template <class R> std::optional<R> Answer<R>::first()
{
    auto rows = all();
    return rows.empty() ? std::nullopt : std::optional<R>{std::move(rows.front())};
}

template <class R> R Answer<R>::one()
{
    auto row = first();
    if (!row) throw Error{"a row was expected and none came"};
    return std::move(*row);
}

/// Pool of connections to one database. Thread-safe. Waits a few seconds for a free connection (and, on
/// SQLite, for the other writers), then throws Unavailable.
/// url: sqlite:PATH, sqlite::memory: (tests: a temporary file, removed with the Database, so that they meet
/// the same WAL as production) or postgresql://…. sqlite:PATH?durable=no gives up fsync, ?durable=normal most
/// of it (tests only).
class Database {
public:
    static std::unique_ptr<Database> open(const std::string& url, unsigned connections = 8);
    /// PostgreSQL: reads of a replica of `primary`, which outlives it. What they show is at most ten seconds
    /// old: when the replica is later than that, or away, they are the primary's, as writes always are.
    static std::unique_ptr<Database> open_replica(const std::string& url, Database& primary,
                                                  unsigned connections = 8);
    ~Database();

    [[nodiscard]] Engine engine() const;
    /// A transaction that may write. On SQLite: BEGIN IMMEDIATE behind an in-process writer mutex (pile.md
    /// §6).
    Transaction begin();
    /// A read-only transaction: one snapshot.
    Transaction read();
    /// Runs `work` in a transaction and commits it; again, up to eight times with back-off and for ten
    /// seconds at most, when the engine says Retry. `work` must therefore have no effect outside the
    /// transaction.
    template <class F> auto write(F&& work)
    {
        const auto start = std::chrono::steady_clock::now();
        for (int attempt = 1;; ++attempt) {
            try {
                auto tx = begin();
                if constexpr (std::is_void_v<decltype(work(tx))>) {
                    work(tx);
                    tx.commit();
                    return;
                } else {
                    auto result = work(tx);
                    tx.commit();
                    return result;
                }
            } catch (const Retry&) {
                // SQLite's busy handler may have waited ten seconds already.
                if (attempt == 8 || std::chrono::steady_clock::now() - start > std::chrono::seconds{10})
                    throw;
                pause_before_retry(attempt);
            }
        }
    }

    /// Connections and waiting threads of this moment, and what has been counted since the start.
    struct Load {
        unsigned connections = 0, open = 0, in_use = 0, waiting = 0; // connections: the most there may be
        unsigned writers_waiting = 0;                                // SQLite: for their turn
        std::uint64_t gave_up = 0;                                   // threads that waited in vain
        std::uint64_t retries = 0;                                   // transactions run again
    };
    [[nodiscard]] Load load() const;

    /// What `read` gave when this name was first asked for: values that never change once they are in the
    /// database.
    std::string remembered(const std::string& name, const std::function<std::string()>& read);

    /// What the engine wants once a day: statistics for SQLite's planner. PostgreSQL looks after itself.
    void maintain();

private:
    friend class Transaction;
    struct Impl;
    explicit Database(std::unique_ptr<Impl>);
    static void pause_before_retry(int attempt);
    Transaction start(bool write);
    std::optional<Transaction> late();
    void give_back(std::unique_ptr<Connection>, bool write) noexcept;

    std::unique_ptr<Impl> impl_;
};

/// Milliseconds by which `now` is ahead of the clock of the database's server; nothing on SQLite, which has
/// none.
std::optional<std::int64_t> ahead_of_server(Transaction&, Instant now);

} // namespace db
