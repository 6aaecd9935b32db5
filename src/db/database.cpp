// The pool, the turn of the writers, and the rules of a transaction that both engines share.
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "base/expect.hpp"
#include "base/step.hpp"
#include "db/engines.hpp"
#include "db/query.hpp"
#include "db/replica.hpp"

namespace db {

namespace detail {

constexpr std::chrono::seconds wait_for_turn{15};

/// First come, first served: the writers of one SQLite file inside this process. Without it they sleep in
/// SQLite's busy handler, which is neither fair nor quick (pile.md §6).
class WriterTurn {
public:
    void take()
    {
        std::unique_lock lock{mutex_};
        if (taken_ && owner_ == std::this_thread::get_id())
            throw base::Bug{"this thread already holds a write transaction: pass it on instead of a second "
                            "begin()"};
        const auto ticket = ++last_ticket_;
        queue_.push_back(ticket);
        const bool mine =
            changed_.wait_for(lock, wait_for_turn, [&] { return !taken_ && queue_.front() == ticket; });
        std::erase(queue_, ticket);
        if (!mine) {
            changed_.notify_all();
            ++gave_up_;
            throw Unavailable{"the database is busy: another write has lasted for too long"};
        }
        taken_ = true;
        owner_ = std::this_thread::get_id();
    }

    void give() noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            taken_ = false;
        }
        changed_.notify_all();
    }

    struct Load {
        std::size_t waiting;
        std::uint64_t gave_up;
    };
    [[nodiscard]] Load load() const
    {
        const std::lock_guard lock{mutex_};
        return {queue_.size(), gave_up_};
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t gave_up_ = 0;
    std::deque<std::uint64_t> queue_;
    std::uint64_t last_ticket_ = 0;
    bool taken_ = false;
    std::thread::id owner_;
};

} // namespace detail

namespace {

using detail::WriterTurn;

constexpr std::chrono::seconds wait_for_connection{5};

std::atomic<std::uint64_t> transactions_run_again{0}; // of this process

/// One turn per file and process, however many Database objects look at it.
std::shared_ptr<WriterTurn> turn_of(const std::string& path)
{
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<WriterTurn>> turns;
    const std::lock_guard lock{mutex};
    auto& known = turns[std::filesystem::weakly_canonical(path).string()];
    auto turn = known.lock();
    if (!turn) {
        turn = std::make_shared<WriterTurn>();
        known = turn;
    }
    return turn;
}

std::string fresh_directory()
{
    auto path = (std::filesystem::temp_directory_path() / "logis-XXXXXX").string();
    if (!mkdtemp(path.data())) throw Error{"cannot create a temporary directory below " + path};
    return path;
}

} // namespace

namespace detail {

void bad_column(std::size_t column, const char* expected, const Value& got)
{
    static constexpr const char* kinds[] = {"NULL", "an integer", "a number", "a text", "bytes"};
    throw Error{"column " + std::to_string(column + 1) + ": " + expected + " expected, " +
                kinds[got.index()] + " received"};
}

} // namespace detail

struct Database::Impl {
    Engine engine = Engine::Sqlite;
    std::string target; // path or libpq URL
    detail::Durability durable = detail::Durability::Full;
    std::string directory_to_remove;
    unsigned capacity = 8;
    std::shared_ptr<detail::WriterTurn> turn;   // SQLite only
    std::unique_ptr<detail::Follower> follower; // of a replica only

    std::mutex mutex;
    std::condition_variable freed;
    std::vector<std::unique_ptr<Connection>> idle; // most recently used last
    unsigned open = 0;                             // idle or in use
    unsigned waiting = 0;
    std::uint64_t gave_up = 0;

    std::mutex memory_mutex;
    std::map<std::string, std::string> memory;

    [[nodiscard]] std::unique_ptr<Connection> connect() const
    {
        return engine == Engine::Sqlite ? detail::connect_sqlite(target, durable)
                                        : detail::connect_postgres(target);
    }

    /// Whether a connection could only be had by waiting.
    [[nodiscard]] bool busy()
    {
        const std::lock_guard lock{mutex};
        return idle.empty() && open >= capacity;
    }

    std::unique_ptr<Connection> take(std::chrono::seconds patience = wait_for_connection)
    {
        std::unique_lock lock{mutex};
        ++waiting;
        const bool free = freed.wait_for(lock, patience, [&] { return !idle.empty() || open < capacity; });
        --waiting;
        if (!free) {
            ++gave_up;
            throw Unavailable{"every database connection has been busy for too long"};
        }
        if (!idle.empty()) {
            auto connection = std::move(idle.back());
            idle.pop_back();
            return connection;
        }
        ++open;
        lock.unlock();
        try {
            return connect();
        } catch (...) {
            forget();
            throw;
        }
    }

    void forget() noexcept
    {
        {
            const std::lock_guard lock{mutex};
            --open;
        }
        freed.notify_one();
    }

    void put(std::unique_ptr<Connection> connection) noexcept
    {
        if (!connection->usable()) {
            connection.reset();
            forget();
            return;
        }
        {
            const std::lock_guard lock{mutex};
            idle.push_back(std::move(connection));
        }
        freed.notify_one();
    }
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

std::unique_ptr<Database> Database::open(const std::string& url, unsigned connections)
{
    auto impl = std::make_unique<Impl>();
    impl->capacity = std::max(1u, connections);
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        impl->engine = Engine::Postgres;
        impl->target = url;
    } else if (url == "sqlite::memory:") {
        impl->directory_to_remove = fresh_directory();
        impl->target = impl->directory_to_remove + "/logis.db";
        impl->durable = detail::Durability::Off;
    } else if (url.starts_with("sqlite:") && url.size() > 7) {
        impl->target = url.substr(7);
        const auto option = [&](std::string_view text, detail::Durability durable) {
            if (!impl->target.ends_with(text)) return;
            impl->target.resize(impl->target.size() - text.size());
            impl->durable = durable;
        };
        option("?durable=no", detail::Durability::Off);
        option("?durable=normal", detail::Durability::Normal);
    } else {
        throw Error{"the database address must be sqlite:PATH or postgresql://…, not " +
                    url.substr(0, url.find(':') + 1) + "…"};
    }
    if (impl->engine == Engine::Sqlite) {
        detail::prepare_sqlite_file(impl->target);
        impl->turn = turn_of(impl->target);
    }
    impl->idle.reserve(impl->capacity); // put() must not throw
    std::unique_ptr<Database> database{new Database{std::move(impl)}};
    // A wrong address is told now rather than at the first page.
    database->impl_->put(database->impl_->take());
    return database;
}

std::unique_ptr<Database> Database::open_replica(const std::string& url, Database& primary,
                                                 unsigned connections)
{
    auto impl = std::make_unique<Impl>();
    impl->capacity = std::max(1u, connections);
    impl->engine = Engine::Postgres;
    impl->target = url;
    impl->idle.reserve(impl->capacity);
    impl->follower = std::make_unique<detail::Follower>(primary, url);
    return std::unique_ptr<Database>{new Database{std::move(impl)}};
}

Database::~Database()
{
    impl_->idle.clear();
    if (!impl_->directory_to_remove.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(impl_->directory_to_remove, ignored);
    }
}

Engine Database::engine() const
{
    return impl_->engine;
}

Transaction Database::begin()
{
    return start(true);
}

Transaction Database::read()
{
    return start(false);
}

void Database::maintain()
{
    if (engine() != Engine::Sqlite) return;
    write([](Transaction& tx) {
        // The limit makes it a matter of milliseconds on a million rows.
        tx.run("PRAGMA analysis_limit = 400", {}, nullptr);
        tx.exec("ANALYZE");
    });
}

std::optional<Transaction> Database::late()
{
    auto& follower = *impl_->follower;
    // A replica that has just frozen holds those who read it, and no others.
    if (!follower.answers() || impl_->busy()) return std::nullopt;
    try {
        auto connection = impl_->take(std::chrono::seconds{0});
        try {
            connection->begin(false);
            if (follower.recent(*connection)) return Transaction{*this, std::move(connection), false};
        } catch (...) {
            connection->rollback();
            impl_->put(std::move(connection));
            throw;
        }
        connection->rollback();
        impl_->put(std::move(connection));
    } catch (const Error&) {
        follower.failed();
    }
    return std::nullopt;
}

Transaction Database::start(bool write)
{
    if (impl_->follower) {
        if (!write)
            if (auto tx = late()) return std::move(*tx);
        return impl_->follower->primary.start(write);
    }
    // The turn comes first: a writer that waits must not keep a connection from the readers.
    const bool takes_turn = write && impl_->turn;
    if (takes_turn) impl_->turn->take();
    try {
        auto connection = impl_->take();
        try {
            connection->begin(write);
        } catch (...) {
            connection->rollback();
            impl_->put(std::move(connection));
            throw;
        }
        return Transaction{*this, std::move(connection), write};
    } catch (...) {
        if (takes_turn) impl_->turn->give();
        throw;
    }
}

void Database::give_back(std::unique_ptr<Connection> connection, bool write) noexcept
{
    impl_->put(std::move(connection));
    if (write && impl_->turn) impl_->turn->give();
}

Database::Load Database::load() const
{
    Load out;
    if (impl_->turn) {
        const auto turn = impl_->turn->load();
        out.writers_waiting = static_cast<unsigned>(turn.waiting);
        out.gave_up = turn.gave_up;
    }
    const std::lock_guard lock{impl_->mutex};
    out.connections = impl_->capacity;
    out.open = impl_->open;
    out.in_use = impl_->open - static_cast<unsigned>(impl_->idle.size());
    out.waiting = impl_->waiting;
    out.gave_up += impl_->gave_up;
    out.retries = transactions_run_again.load(std::memory_order_relaxed);
    return out;
}

void Database::pause_before_retry(int attempt)
{
    transactions_run_again.fetch_add(1, std::memory_order_relaxed);
    thread_local std::minstd_rand random{std::random_device{}()};
    const int most_ms = std::min(10 << attempt, 250);
    std::this_thread::sleep_for(
        std::chrono::milliseconds{std::uniform_int_distribution<int>{most_ms / 2, most_ms}(random)});
}

Transaction::Transaction(Database& database, std::unique_ptr<Connection> connection, bool write)
    : database_(&database), connection_(std::move(connection)), write_(write)
{}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(other.database_),
      connection_(std::move(other.connection_)),
      write_(other.write_),
      open_(std::exchange(other.open_, false)),
      running_(other.running_),
      failed_(other.failed_)
{}

Transaction::~Transaction()
{
    if (!open_) return;
    connection_->rollback();
    end();
}

void Transaction::end() noexcept
{
    open_ = false;
    database_->give_back(std::move(connection_), write_);
}

Connection& Transaction::ready()
{
    if (!open_) throw Error{"this transaction is over"};
    if (running_)
        throw Error{"a statement cannot run inside the rows of another one of the same transaction: collect "
                    "the rows first"};
    if (failed_) throw Error{"an earlier statement of this transaction failed: it can only be rolled back"};
    return *connection_;
}

namespace {

void refuse_nul(std::span<const Value> params)
{
    for (const auto& p : params)
        if (const auto* text = std::get_if<std::string>(&p); text && text->find('\0') != std::string::npos)
            throw Error{"a text parameter holds a NUL byte, which PostgreSQL cannot keep"};
}

} // namespace

/// What gives rows may not be interrupted by another statement, and what fails leaves only rolling back.
template <class F> auto Transaction::guarded(F&& work)
{
    running_ = true;
    try {
        const auto result = work();
        running_ = false;
        return result;
    } catch (...) {
        running_ = false;
        failed_ = true;
        throw;
    }
}

std::int64_t Transaction::run(std::string_view sql, std::span<const Value> params, const RowReader& on_row,
                              Rows rows)
{
    auto& connection = ready();
    refuse_nul(params);
    return guarded([&] { return connection.run(sql, params, on_row, rows); });
}

void Transaction::queue(Statement statement)
{
    auto& connection = ready();
    refuse_nul(statement.params);
    guarded([&] { return connection.queue(std::move(statement)), true; });
}

void Transaction::flush()
{
    auto& connection = ready();
    guarded([&] { return connection.flush(), true; });
}

void Transaction::lock(std::vector<std::string> names)
{
    auto sql = ready().lock_statement(names.size());
    if (sql.empty() || names.empty()) return;
    std::ranges::sort(names);
    std::vector<Value> sorted;
    for (auto& name : names) sorted.emplace_back(std::move(name));
    queue({std::move(sql), std::move(sorted), nullptr});
}

void Transaction::script(std::string_view sql)
{
    auto& connection = ready();
    guarded([&] { return connection.script(sql), true; });
}

Engine Transaction::engine() const
{
    return database_->engine();
}

void Transaction::commit()
{
    auto& connection = ready();
    if (write_) base::step("db.before_commit");
    connection.commit(); // on failure the destructor rolls back
    if (write_) base::step("db.after_commit");
    end();
}

std::string Database::remembered(const std::string& name, const std::function<std::string()>& read)
{
    {
        const std::lock_guard lock{impl_->memory_mutex};
        if (const auto known = impl_->memory.find(name); known != impl_->memory.end()) return known->second;
    }
    auto value = read(); // not under the lock: it may wait for a connection that another asker holds
    const std::lock_guard lock{impl_->memory_mutex};
    return impl_->memory.emplace(name, std::move(value)).first->second;
}

std::string containing(Query& query, std::string_view part)
{
    std::string pattern = "%";
    for (const char c : part) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return "LIKE " + query.add(pattern + "%") + " ESCAPE '!'";
}

std::optional<std::int64_t> ahead_of_server(Transaction& tx, Instant now)
{
    if (tx.engine() == Engine::Sqlite) return std::nullopt;
    return now.ms -
           tx.one<std::int64_t>("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");
}

} // namespace db
